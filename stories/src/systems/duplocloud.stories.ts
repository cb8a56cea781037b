import { duplocloud } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import { Person } from '../person.js';
import { serverOf } from '../server/connection.js';
import { everybodysKeys } from '../server/everybodys-seeds.js';
import { nothing } from '../server/seeds.js';
import { dark, fits, narrow, type Play, played, rightToLeft } from '../states.js';
import { systemPage } from './system-page.js';

const product = {
  product: 'DuploCloud AI Suite',
  accent: 'light-dark(oklch(0.5 0.2 292), oklch(0.76 0.14 292))',
  menu: html`<profile-menu href="#profile"><a href="#user-tokens">User tokens</a></profile-menu>`,
};

/** The person's data above their tokens; administrators have a page with the tokens of all members. */
const meta: Meta = {
  title: 'Systems/DuploCloud AI Suite',
  component: 'profile-tabs',
  tags: ['!autodocs'],
  parameters: { server: { policy: duplocloud, seed: everybodysKeys }, controls: { disable: true } },
  render: systemPage({
    ...product,
    heading: 'Profile',
    lead: 'Your account and your API tokens.',
  }),
};
export default meta;
type Story = StoryObj;

const isThere: Play = async (scene) => {
  const person = new Person(scene);
  await person.reads('User info');
  await person.find('button', 'Create API token');
  await person.find('row', /Quarterly report/);
};

export const Profile: Story = { play: isThere };

export const FirstDay: Story = { parameters: { server: { policy: duplocloud, seed: nothing } } };

/** The menu on every page: who one is, and as what. */
export const AvatarMenu: Story = {
  ...played,
  play: async (scene) => {
    await isThere(scene);
    const person = new Person(scene);
    await person.presses('Account of Ana Souza');
    await person.reads('Administrator');
    await person.find('menuitem', 'User tokens');
  },
};

/** The main job: a token for a tool, its value stored once, and after its time revoked. */
export const MakesATokenAndRevokesIt: Story = {
  ...played,
  play: async (scene) => {
    await isThere(scene);
    const person = new Person(scene);
    await person.presses('Create API token');
    await person.presses('Create API token');
    await person.reads('Enter name.');
    await person.types(/^Name/, 'Deploy pipeline');
    await person.presses('Create API token');
    await person.reads('Copy it now and store it somewhere safe. You won’t be able to see it again.');
    await person.presses('Close');
    await person.presses('Close anyway');
    await person.find('row', /^Deploy pipeline.+Active/);
    await person.presses('Actions for Deploy pipeline');
    await person.presses('Revoke', 'menuitem');
    await person.reads('“Deploy pipeline” stops working immediately');
    await person.presses('Revoke API token');
    await person.find('row', /^Deploy pipeline.+Revoked/);
    const { data } = await serverOf(scene).as('ana').apiKeys.list({ q: 'Deploy pipeline' });
    await expect(data.map(({ status }) => status)).toEqual(['revoked']);
  },
};

/** The administrator's page. */
const userTokens = systemPage({
  ...product,
  heading: 'User tokens',
  lead: 'All API tokens in the organizations you administer. A revoked token stops working immediately.',
  content: html`<api-key-list owner="all"></api-key-list>`,
});

export const UserTokens: Story = {
  render: userTokens,
  play: async (scene) => {
    await new Person(scene).find('row', /Bruno Lima/);
  },
};

export const RevokesAnothers: Story = {
  ...played,
  render: userTokens,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Actions for Notebook');
    await person.presses('Revoke', 'menuitem');
    await person.reads('“Notebook”, owned by Carla Mendes, stops working immediately');
    await person.presses('Revoke API token');
    await person.find('row', /^Notebook.+Carla Mendes.+Revoked/);
  },
};

export const Dark: Story = { ...dark, ...played, play: isThere };

export const Narrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await isThere(scene);
    await fits(scene);
  },
};

export const RightToLeft: Story = {
  ...rightToLeft,
  ...played,
  play: async (scene) => {
    await isThere(scene);
    await fits(scene);
  },
};
