import { environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import { portrait } from '../canvas/pictures.js';
import { findAll, Person } from '../person.js';
import { avatar, inTurn, nothing } from '../server/seeds.js';
import { serverOf } from '../server/connection.js';
import type { StoryServer } from '../server/story-server.js';
import { dark, fits, narrow, type Play, played, rightToLeft } from '../states.js';
import { systemPage } from './system-page.js';

const day = 86_400_000;

/** Ana's token of 30 days, so many days ago. */
const token =
  (daysAgo: number) =>
  async (server: StoryServer): Promise<void> => {
    server.advance(-daysAgo * day);
    await server.as('ana').apiKeys.create({ expiresInDays: 30 });
    server.advance(daysAgo * day);
  };

/** One page with one Save: details, a picture, and one token at a time for a chosen period. */
const meta: Meta = {
  title: 'Systems/Environment Operations Center',
  component: 'profile-tabs',
  tags: ['!autodocs'],
  parameters: {
    server: { policy: environmentOperationsCenter, seed: inTurn(avatar, token(21)) },
    controls: { disable: true },
  },
  render: systemPage({
    product: 'Environment Operations Center',
    heading: 'Account settings',
    lead: 'Manage your account details and API token.',
    accent: 'light-dark(oklch(0.5 0.13 40), oklch(0.78 0.12 55))',
    menu: html`<profile-menu href="#account-settings"></profile-menu>`,
  }),
};
export default meta;
type Story = StoryObj;

const firstDay = { server: { policy: environmentOperationsCenter, seed: nothing } };

/** In the field once it is read, under the dates of the one that there is. */
const isThere: Play = async (scene) => {
  const person = new Person(scene);
  await person.find('button', 'Delete API token');
  await person.reads(/Expires in [89] days/);
};

/** A token that soon ends, and a picture. */
export const AccountSettings: Story = { play: isThere };

export const FirstDay: Story = { parameters: firstDay };

/** The main job, from the first day on: who one is, and a token for scripts, its value stored once. */
export const GetsAToken: Story = {
  ...played,
  parameters: firstDay,
  play: async (scene) => {
    const person = new Person(scene);
    const { canvasElement } = scene;
    await person.find('button', 'Edit avatar');
    const [input] = findAll<HTMLInputElement>(canvasElement, 'input[type="file"]');
    if (!input) throw new Error('There is no picture to choose.');
    // As a person does in the browser's own dialog, which no story can open.
    const chosen = new DataTransfer();
    chosen.items.add(await portrait(300));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await person.reads('Not saved yet.');
    await person.types(/^E-mail/, 'ana.souza@acme.example');
    await person.presses(/^90 days/, 'radio');
    await person.presses('Generate API token');
    await person.reads('Copy it now and store it somewhere safe. You won’t be able to see it again.');
    await person.presses('Done');
    await person.presses('Finish anyway');
    await person.reads('The value was shown only once');
    await person.presses('Save');
    await person.reads('Saved');
    await expect(findAll(canvasElement, 'profile-menu')).toHaveLength(1);
    const { apiKeys, profile } = serverOf(scene).as('ana');
    const { email, avatarUrl } = await profile.get();
    await expect(email).toBe('ana.souza@acme.example');
    await expect(avatarUrl).not.toBeNull();
    await expect((await apiKeys.list()).data.map(({ status }) => status)).toEqual(['active']);
  },
};

/** By the bin, after it was told what stops working. */
export const DeletesTheToken: Story = {
  ...played,
  play: async (scene) => {
    await isThere(scene);
    const person = new Person(scene);
    await person.presses('Delete API token');
    await person.hasFocusOn('button', 'Cancel');
    await person.presses('Delete API token');
    await person.reads('The API token has been deleted. Future calls need a new one.');
    await person.reads('No API token yet. Generate one to get started.');
    await person.hasFocusOn('button', 'Generate API token');
  },
};

/** Another can be generated in its place. */
export const Expired: Story = {
  parameters: { server: { policy: environmentOperationsCenter, seed: token(31) } },
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads('Expired');
    await person.find('radio', /^30 days/);
  },
};

/** An error that prevents the one Save is shown at its field, and summarized beside the button. */
export const NotEverythingSaved: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types(/^First name/, '{Backspace}');
    await person.types(/^E-mail/, 'ana@');
    await person.presses('Save');
    await person.reads('Enter an e-mail address');
    await person.reads('Some changes were not saved.');
    await person.hasFocusOn('textbox', /^First name/);
  },
};

/** The signed-in person, on every page of the product. */
export const Menu: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Account of Ana Souza');
    await person.find('menuitem', 'Account settings');
    await person.reads('Administrator');
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
