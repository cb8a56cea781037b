import { held, offline } from '@ai-cockpit/example-server/in-page';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { longKeys, manyKeys, nothing, someKeys } from './server/seeds.js';
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

const meta: Meta = {
  title: 'Elements/api-key-list',
  component: 'api-key-list',
  parameters: { server: { seed: someKeys } },
};
export default meta;
type Story = StoryObj;

/** Opens what is asked before a key is deleted. */
const asks = async (scene: Parameters<Play>[0], key: string): Promise<Person> => {
  const person = new Person(scene);
  await person.presses(`Actions for ${key}`);
  await person.presses('Delete', 'menuitem');
  await person.reads(`“${key}” stops working immediately`);
  await person.hasFocusOn('button', 'Cancel');
  return person;
};

export const Filled: Story = {};

export const Empty: Story = {
  parameters: { server: { seed: nothing } },
  play: async (scene) => {
    await new Person(scene).reads('Acme has no API keys yet.');
  },
};

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

/** A member sees the keys of the organization, and manages none. */
export const ReadOnly: Story = { globals: { person: 'carla' } };

/** A viewer sees none. */
export const Denied: Story = {
  globals: { person: 'eve' },
  play: async (scene) => {
    await new Person(scene).reads('in Acme doesn’t include access to');
  },
};

export const SignedOut: Story = { ...signedOut };

export const LongText: Story = { parameters: { server: { seed: longKeys } }, play: fits };

export const LongTextNarrow: Story = { ...narrow, parameters: { server: { seed: longKeys } } };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

/** The host's own words around the list, and where it is empty. */
export const Slots: Story = {
  args: {
    header: 'Keys let your programs in.',
    empty: 'Your first key is one press away.',
    footer: 'Questions? Ask the platform team.',
  },
  parameters: { server: { seed: nothing } },
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads('Keys let your programs in.');
    await person.reads('Your first key is one press away.');
    await person.reads('Questions? Ask the platform team.');
  },
};

export const Pages: Story = {
  ...played,
  args: { 'page-size': 10 },
  parameters: { server: { seed: manyKeys } },
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads('Sync job 01');
    await person.presses('Next');
    await person.reads('Sync job 11');
    await person.readsNoMore('Sync job 01');
    await person.presses('Previous');
    await person.reads('Sync job 01');
  },
};

export const Searches: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types('Search API keys', 'report');
    await person.readsNoMore('Planning board');
    await person.reads('Nightly report');
    await person.types('Search API keys', 'nothing like it');
    await person.reads('No API key matches “nothing like it”.');
    await person.presses('Clear search');
    await person.reads('Planning board');
  },
};

export const Sorts: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads(/Support agent.+Planning board.+Migration of 2025.+Nightly report.+Deployment pipeline/);
    await person.presses('Created');
    await person.reads(/Deployment pipeline.+Nightly report.+Migration of 2025.+Planning board.+Support agent/);
  },
};

export const CreatesOne: Story = {
  ...played,
  parameters: { server: { seed: nothing } },
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Create API key');
    await person.types(/Description/, 'The first one');
    await person.presses('Create API key');
    await person.presses('Close');
    await person.presses('Close anyway');
    await person.find('row', /The first one/);
    await person.reads('“The first one” was created.');
  },
};

export const Asking: Story = {
  ...played,
  play: async (scene) => {
    await asks(scene, 'Planning board');
  },
};

export const AskingNarrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await asks(scene, 'Planning board');
    await fits(scene);
  },
};

export const Deletes: Story = {
  ...played,
  play: async (scene) => {
    const person = await asks(scene, 'Planning board');
    await person.presses('Delete API key');
    await person.reads('“Planning board” was deleted.');
  },
};

export const Saving: Story = {
  ...played,
  ...waiting,
  play: async (scene) => {
    const person = await asks(scene, 'Planning board');
    serverOf(scene).fault(held().fault);
    await person.presses('Delete API key');
    await person.find('button', 'Deleting…');
  },
};

/** Somebody else has revoked it while it was asked. */
export const Conflict: Story = {
  ...played,
  play: async (scene) => {
    const person = await asks(scene, 'Planning board');
    const { apiKeys } = serverOf(scene).as('bruno').organization('acme');
    const { data } = await apiKeys.list({ q: 'Planning board' });
    await apiKeys.revoke(data[0]?.id ?? '');
    await person.presses('Delete API key');
    await person.reads('Someone else changed this in the meantime.');
    await person.presses('Delete API key');
    await person.reads('“Planning board” was deleted.');
  },
};

export const RetriesLoading: Story = retried('Planning board');

export const RetriesDeleting: Story = {
  ...played,
  play: async (scene) => {
    const person = await asks(scene, 'Planning board');
    serverOf(scene).fault(offline);
    await person.presses('Delete API key');
    await person.reads('The server could not be reached.');
    serverOf(scene).fault();
    await person.presses('Delete API key');
    await person.reads('“Planning board” was deleted.');
  },
};

export const SessionLapsed: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('row', /Planning board/);
    serverOf(scene).lapse('ana');
    await person.types('Search API keys', 'board');
    await person.reads('Your session has expired.');
    await expect(await person.field('Search API keys')).toHaveValue('board');
  },
};

export const SessionRenewed: Story = {
  ...played,
  play: async (scene) => {
    await SessionLapsed.play?.(scene);
    serverOf(scene).renew('ana');
    const person = new Person(scene);
    await person.presses('Try again');
    await person.find('row', /Planning board/);
  },
};
