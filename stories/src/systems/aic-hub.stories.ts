import { createIntegration } from '@ai-cockpit/sdk/integration';
import { aicHub } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { findAll, Person } from '../person.js';
import { inTurn, namelessTokens } from '../server/seeds.js';
import { serverOf } from '../server/connection.js';
import type { StoryServer } from '../server/story-server.js';
import { dark, fits, narrow, type Play, played, rightToLeft } from '../states.js';
import { systemPage } from './system-page.js';

const day = 86_400_000;

/** Keys of Ana's: one in use, one forgotten. */
const namedKeys = async (server: StoryServer): Promise<void> => {
  const { apiKeys } = server.as('ana');
  server.advance(-90 * day);
  await apiKeys.create({ name: 'Old laptop' });
  server.advance(69 * day);
  const { secret } = await apiKeys.create({ name: 'Nightly report' });
  server.advance(21 * day);
  if (!secret) return;
  const fetch = (request: Request) => server.fetch(request);
  await createIntegration({ baseUrl: server.baseUrl, fetch, apiKey: secret }).whoAmI();
};

/** Everybody's own: keys with a name and nothing else, one row a provider, and names that open by Edit. */
const meta: Meta = {
  title: 'Systems/AIC Hub',
  component: 'profile-tabs',
  tags: ['!autodocs'],
  parameters: {
    server: { policy: aicHub, seed: inTurn(namedKeys, namelessTokens) },
    controls: { disable: true },
  },
  render: systemPage({
    product: 'AIC Hub',
    heading: 'Profile',
    lead: 'Manage your name, API keys and provider tokens.',
    accent: 'light-dark(#00695c, #4fd8c8)',
  }),
};
export default meta;
type Story = StoryObj;

const opens =
  (tab: string, row: RegExp): Play =>
  async (scene) => {
    const person = new Person(scene);
    await person.presses(tab, 'tab');
    await person.find('row', row);
  };
const opensKeys = opens('API keys', /Nightly report/);
const opensTokens = opens('Provider tokens', /Azure DevOps/);

export const Profile: Story = {};

export const Keys: Story = { ...played, play: opensKeys };

export const ProviderTokens: Story = { ...played, play: opensTokens };

/** The main job: a key for a tool, its value stored once, and a service that agents may work at. */
export const ConnectsAToolAndAService: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await opensKeys(scene);
    await person.presses('Create API key');
    await person.types(/^Name/, 'Build server');
    await person.presses('Create API key');
    await person.reads('Copy it now and store it somewhere safe. You won’t be able to see it again.');
    await person.presses('Close');
    await person.reads('Close without copying?');
    await person.presses('Close anyway');
    await person.find('row', /Build server/);
    await opensTokens(scene);
    await person.presses('Add token for Jira');
    await person.types(/^Site/, 'acme.atlassian.net');
    await person.types(/^E-mail/, 'ana@acme.example');
    await person.types(/^API token/, 'not-a-real-token');
    await person.presses('Add token');
    await person.reads('“Jira token” was added.');
    await expect(findAll(scene.canvasElement, '[aria-label="Add token for Jira"]')).toHaveLength(0);
    const { data } = await serverOf(scene).as('ana').apiKeys.list();
    await expect(data.map(({ name }) => name)).toEqual(['Build server', 'Nightly report', 'Old laptop']);
  },
};

/** By the button beside it, and not before. */
export const EditsTheName: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Edit');
    await person.types(/^First name/, 'Anabel');
    await person.presses('Save');
    await person.reads('Saved');
    await person.reads('Anabel Souza');
    await person.hasFocusOn('button', 'Edit');
  },
};

export const Dark: Story = { ...dark, ...played, play: opensTokens };

export const Narrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await opensTokens(scene);
    await fits(scene);
  },
};

export const RightToLeft: Story = {
  ...rightToLeft,
  ...played,
  play: async (scene) => {
    await opensKeys(scene);
    await fits(scene);
  },
};
