import { held } from '@ai-cockpit/example-server/in-page';
import type { NewApiKey } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aipConsole, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect, spyOn } from 'storybook/test';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { longOrganization, nothing } from './server/seeds.js';
import type { StoryServer } from './server/story-server.js';
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
  submissionStates,
  waiting,
} from './states.js';

const meta: Meta = {
  title: 'Elements/api-key-single',
  component: 'api-key-single',
  parameters: { server: { policy: environmentOperationsCenter, seed: nothing } },
};
export default meta;
type Story = StoryObj;

const day = 86_400_000;
type KeysPolicy = NonNullable<HostPolicy['apiKeys']>;
const withTerms = (policy: HostPolicy, terms: Partial<KeysPolicy>): HostPolicy => ({
  ...policy,
  // Both presets have keys.
  apiKeys: { ...(policy.apiKeys as KeysPolicy), ...terms },
});

/** Ana's one, made so many days ago. */
const oneKey =
  (key: NewApiKey = {}, daysAgo = 0) =>
  async (server: StoryServer): Promise<void> => {
    server.advance(-daysAgo * day);
    (await server.as('ana').apiKeys.create(key)).secret?.dispose();
    server.advance(daysAgo * day);
  };

const served = (policy: HostPolicy, seed: (server: StoryServer) => Promise<void> = nothing) => ({
  parameters: { server: { policy, seed } },
});
const there = served(environmentOperationsCenter, oneKey({ expiresInDays: 90 }, 20));
/** As at AIP Console, in the form of this page's other keys: a story's parameters are merged with those of all. */
const replacing = withTerms(environmentOperationsCenter, { ...aipConsole.apiKeys, format: { prefix: 'aip' } });
const replaced = served(replacing, oneKey({}, 20));

const generates: Play = async (scene) => {
  const person = new Person(scene);
  await person.presses('Generate API token');
  await person.find('button', 'Copy');
};

/** There is none: for how long, and Generate. */
export const None: Story = {};

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

export const RetriesLoading: Story = retried('No API token yet. Generate one to get started.');

export const SignedOut: Story = { ...signedOut };

/** There can be only one: deleted first, then another. */
export const There: Story = { ...there };

/** Near its end, the panel says so beside the date. */
export const NearItsEnd: Story = served(environmentOperationsCenter, oneKey({ expiresInDays: 30 }, 24));

export const Expired: Story = served(environmentOperationsCenter, oneKey({ expiresInDays: 30 }, 40));

/** Of another policy: no inputs, and the next one replaces it. */
export const NoneToReplace: Story = served(replacing);

export const ToBeReplaced: Story = { ...replaced };

/** A member may look at the one of the organization; changing it is for others. */
export const ReadOnly: Story = {
  globals: { person: 'carla' },
  ...served(withTerms(environmentOperationsCenter, { owner: 'organization' })),
};

export const Denied: Story = {
  globals: { person: 'eve' },
  ...served(withTerms(environmentOperationsCenter, { owner: 'organization' })),
};

/** All that a policy may ask. */
export const WithFields: Story = served(
  withTerms(environmentOperationsCenter, {
    fields: { name: 'required', description: 'optional' },
    modules: [{ id: 'reports', name: 'Reports' }],
    columns: ['name', 'module', 'createdAt', 'expiresAt', 'status'],
  }),
);

export const LongText: Story = {
  args: { 'organization-id': 'long' },
  ...served(withTerms(environmentOperationsCenter, { owner: 'organization' }), longOrganization),
};

export const Dark: Story = { ...there, ...dark };

export const RightToLeft: Story = { ...there, ...rightToLeft };

export const Narrow: Story = { ...there, ...narrow };

export const Generates: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    const written = spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await generates(scene);
    await person.presses('Copy');
    await person.reads('Copied');
    await expect(written).toHaveBeenCalledWith(expect.stringMatching(/^eoc_/));
    await person.presses('Done');
    await person.reads('cannot be shown again');
  },
};

export const ValueDark: Story = { ...played, ...dark, play: generates };

export const ValueNarrow: Story = {
  ...played,
  ...narrow,
  play: async (scene) => {
    await generates(scene);
    await fits(scene);
  },
};

export const AsksBeforeTheValueGoes: Story = {
  ...played,
  play: async (scene) => {
    await generates(scene);
    const person = new Person(scene);
    await person.presses('Done');
    await person.reads('Finish without copying?');
    await person.hasFocusOn('button', 'Go back');
  },
};

export const Saving: Story = {
  ...played,
  ...waiting,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('button', 'Generate API token');
    serverOf(scene).fault(held().fault);
    await person.presses('Generate API token');
    await person.find('button', 'Generating…');
  },
};

export const RefusedDate: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Custom date', 'radio');
    await person.presses('Generate API token');
    await person.reads('Enter expiration date.');
  },
};

/** One was made in another tab meanwhile: the panel follows. */
export const Conflict: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('button', 'Generate API token');
    await oneKey({ expiresInDays: 30 })(serverOf(scene));
    await person.reads('Only one API token can exist at a time.');
  },
};

export const AsksBeforeDeleting: Story = {
  ...there,
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Delete API token');
    await person.reads('future calls need a new one');
    await person.hasFocusOn('button', 'Cancel');
  },
};

export const AsksBeforeReplacing: Story = {
  ...replaced,
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Generate API key');
    await person.reads('The current API key stops working immediately');
    await person.hasFocusOn('button', 'Cancel');
  },
};

const submission = submissionStates({
  fillsIn: async (scene) => {
    await new Person(scene).types(/Name/, 'Nightly report');
  },
  presses: 'Generate API token',
  keeps: [/Name/, 'Nightly report'],
  isDone: (person) => person.find('button', 'Copy'),
});

export const RetriesSaving: Story = { ...WithFields, ...submission.retried };

export const SessionLapsed: Story = { ...WithFields, ...submission.sessionLapsed };

export const SessionRenewed: Story = { ...WithFields, ...submission.sessionRenewed };
