import { held, offline } from '@ai-cockpit/example-server/in-page';
import { duplocloud } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { everybodysKeys, manyOfEverybody } from './server/everybodys-seeds.js';
import { nothing } from './server/seeds.js';
import {
  dark,
  failed,
  fits,
  loading,
  narrow,
  type Play,
  played,
  retried,
  rightToLeft,
  signedOut,
  waiting,
} from './states.js';

/** An administrator's list: the keys of everybody in the organizations that they administer. */
const meta: Meta = {
  title: 'Elements/api-key-list, everybody’s',
  // The element's own page is that of its other stories.
  tags: ['!autodocs'],
  component: 'api-key-list',
  args: { owner: 'all' },
  parameters: { server: { policy: duplocloud, seed: everybodysKeys } },
};
export default meta;
type Story = StoryObj;

const asks = async (scene: Parameters<Play>[0]): Promise<Person> => {
  const person = new Person(scene);
  await person.presses('Actions for Notebook');
  await person.presses('Revoke', 'menuitem');
  await person.reads('“Notebook”, owned by Carla Mendes, stops working immediately');
  await person.hasFocusOn('button', 'Cancel');
  return person;
};

export const Filled: Story = {
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('row', /Release pipeline.+Bruno Lima/);
    await person.find('row', /Old laptop.+Bruno Lima.+Revoked/);
  },
};

export const Empty: Story = {
  parameters: { server: { policy: duplocloud, seed: nothing } },
  play: async (scene) => {
    await new Person(scene).reads('There are no API tokens yet.');
  },
};

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

/** A person without an administered organization sees a message. */
export const Denied: Story = {
  globals: { person: 'bruno' },
  play: async (scene) => {
    await new Person(scene).reads('in Acme doesn’t include access to');
  },
};

/** The policy lets no administrator see them. */
export const NotOffered: Story = {
  parameters: { server: { policy: { ...duplocloud, overrides: [] }, seed: everybodysKeys } },
  play: async (scene) => {
    await new Person(scene).reads('API tokens are not available here.');
  },
};

export const SignedOut: Story = { ...signedOut };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

export const Pages: Story = {
  ...played,
  args: { 'page-size': 10 },
  parameters: { server: { policy: duplocloud, seed: manyOfEverybody } },
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads('Sync job 01');
    await person.presses('Next');
    await person.reads('Sync job 11');
    await person.readsNoMore('Sync job 01');
  },
};

export const FindsByOwner: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types('Search API tokens', 'mendes');
    await person.readsNoMore('Release pipeline');
    await person.reads('Notebook');
    await person.reads('Workshop');
  },
};

export const SortsByOwner: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Owner');
    await person.reads(/Ana Souza.+Bruno Lima.+Carla Mendes.+Eve Okafor/);
    await person.presses('Status');
    await person.reads(/Active.+Expired.+Revoked/);
  },
};

export const Asking: Story = {
  ...played,
  play: async (scene) => {
    await asks(scene);
  },
};

export const AskingNarrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await asks(scene);
    await fits(scene);
  },
};

export const Revokes: Story = {
  ...played,
  play: async (scene) => {
    const person = await asks(scene);
    await person.presses('Revoke API token');
    await person.reads('“Notebook” was revoked.');
    await person.find('row', /Notebook.+Revoked/);
  },
};

export const Saving: Story = {
  ...played,
  ...waiting,
  play: async (scene) => {
    const person = await asks(scene);
    serverOf(scene).fault(held().fault);
    await person.presses('Revoke API token');
    await person.find('button', 'Revoking…');
  },
};

export const RetriesLoading: Story = retried('Notebook');

export const RetriesRevoking: Story = {
  ...played,
  play: async (scene) => {
    const person = await asks(scene);
    serverOf(scene).fault(offline);
    await person.presses('Revoke API token');
    await person.reads('The server could not be reached.');
    serverOf(scene).fault();
    await person.presses('Revoke API token');
    await person.reads('“Notebook” was revoked.');
  },
};

export const SessionLapsed: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('row', /Notebook/);
    serverOf(scene).lapse('ana');
    await person.types('Search API tokens', 'note');
    await person.reads('Your session has expired.');
    await expect(await person.field('Search API tokens')).toHaveValue('note');
  },
};

export const SessionRenewed: Story = {
  ...played,
  play: async (scene) => {
    await SessionLapsed.play?.(scene);
    serverOf(scene).renew('ana');
    const person = new Person(scene);
    await person.presses('Try again');
    await person.find('row', /Notebook/);
  },
};
