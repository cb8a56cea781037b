import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import { findAll, Person } from '../person.js';
import { serverOf } from '../server/connection.js';
import { inTurn, nothing, someKeys, someTokens } from '../server/seeds.js';
import { dark, fits, narrow, type Play, played, rightToLeft } from '../states.js';
import { systemPage } from './system-page.js';

/** Tokens of a person and of the organization, any number of keys of the organization, and which one that is. */
const meta: Meta = {
  title: 'Systems/AI Cockpit One',
  component: 'profile-tabs',
  tags: ['!autodocs'],
  parameters: {
    server: { policy: aiCockpitOne, seed: inTurn(someKeys, someTokens) },
    controls: { disable: true },
  },
  render: systemPage({
    product: 'AI Cockpit One',
    heading: 'Profile',
    lead: 'Manage your profile, provider tokens and API keys.',
    accent: 'light-dark(oklch(0.5 0.17 262), oklch(0.74 0.12 262))',
    menu: html`<organization-select></organization-select>`,
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
const opensTokens = opens('Providers', /Jira of the platform team/);
const opensKeys = opens('API keys', /Nightly report/);

const dateInDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export const Profile: Story = {};

export const Providers: Story = { ...played, play: opensTokens };

export const Keys: Story = { ...played, play: opensKeys };

/** The main job, from the first day on: the organization's token for agents, and the key by which an agent comes for it. */
export const LetsAnAgentWork: Story = {
  ...played,
  parameters: { server: { policy: aiCockpitOne, seed: nothing } },
  play: async (scene) => {
    const person = new Person(scene);
    const { canvasElement } = scene;
    await person.presses('Providers', 'tab');
    await person.presses('Add token');
    await person.chooses(/^Provider/, 'Jira');
    await person.types(/^Name/, 'Jira of Acme');
    await person.types(/^Site/, 'acme.atlassian.net');
    await person.types(/^E-mail/, 'agent@acme.example');
    await person.types(/^API token/, 'not-a-real-token');
    await person.presses('Add token');
    await person.find('row', /Jira of Acme/);
    await expect(findAll(canvasElement, 'input[type="password"]')).toHaveLength(0);

    await person.presses('API keys', 'tab');
    await person.presses('Create API key');
    await person.reads('For Acme');
    await person.types(/^Description/, 'Support agent');
    await person.chooses(/^Module/, 'Agents');
    await person.types(/^Expiration date/, dateInDays(90));
    await person.presses('Create API key');
    await person.reads('Copy it now and store it somewhere safe. You won’t be able to see it again.');
    await person.presses('Close');
    await person.presses('Close anyway');
    await person.find('row', /Support agent/);
    const { data } = await serverOf(scene).as('ana').organization('acme').apiKeys.list();
    await expect(data).toMatchObject([{ module: 'agents', expiresOn: dateInDays(90), createdBy: 'Ana Souza' }]);
  },
};

/** Keys are those of the chosen organization, where this person may do less. */
export const AnotherOrganization: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await opensKeys(scene);
    await person.presses('Organization', 'combobox');
    await person.presses(/^Globex/, 'option');
    await person.readsNoMore('Nightly report');
    await person.reads('Globex has no API keys yet.');
    await expect(findAll(scene.canvasElement, '[part="create"], api-key-create')).toHaveLength(0);
  },
};

/** A person whose role does not include the organization's keys sees the reason. */
export const WithoutAccess: Story = {
  ...played,
  globals: { person: 'eve' },
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('API keys', 'tab');
    await person.reads('in Acme doesn’t include access to');
  },
};

export const Dark: Story = { ...dark, ...played, play: opensTokens };

export const Narrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await opensKeys(scene);
    await fits(scene);
  },
};

export const RightToLeft: Story = {
  ...rightToLeft,
  ...played,
  play: async (scene) => {
    await opensTokens(scene);
    await fits(scene);
  },
};
