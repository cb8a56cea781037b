import { held, offline } from '@ai-cockpit/example-server/in-page';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { longTokens, nothing, someTokens } from './server/seeds.js';
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
  title: 'Elements/provider-token-list',
  component: 'provider-token-list',
  parameters: { server: { seed: someTokens } },
};
export default meta;
type Story = StoryObj;

const oneAProvider: HostPolicy = {
  ...aiCockpitOne,
  providerTokens: {
    owners: ['user'],
    presentation: 'perProvider',
    fields: { name: 'hidden', code: 'hidden', description: 'hidden' },
    providers: ['azure-devops', 'jira', 'github-projects'],
    rawLeases: false,
  },
};

const jira = 'Jira of the platform team';

const opensTheForm: Play = async (scene) => {
  const person = new Person(scene);
  await person.presses('Add token');
  await person.chooses(/^Provider/, 'Azure DevOps');
  await person.find('textbox', /^Name/);
};

/** Opens what is asked before a token is deleted. */
const asks = async (scene: Parameters<Play>[0]): Promise<Person> => {
  const person = new Person(scene);
  await person.presses(`Actions for ${jira}`);
  await person.presses('Delete', 'menuitem');
  await person.reads(`Name ${jira}`);
  await person.hasFocusOn('button', 'Cancel');
  return person;
};

export const Filled: Story = {};

export const OneOwner: Story = { args: { owner: 'organization' } };

/** As the policy may have it: a row for each provider. */
export const OneRowAProvider: Story = { parameters: { server: { policy: oneAProvider, seed: nothing } } };

export const Empty: Story = {
  parameters: { server: { seed: nothing } },
  play: async (scene) => {
    await new Person(scene).reads('No tokens yet. Add one so that agents can access a provider.');
  },
};

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

/** A member sees those of the organization, and manages their own. */
export const ReadOnly: Story = {
  globals: { person: 'carla' },
  play: async (scene) => {
    await new Person(scene).reads('Only administrators and managers of Acme can change them.');
  },
};

/** A viewer sees none of the organization's. */
export const Denied: Story = {
  args: { owner: 'organization' },
  globals: { person: 'eve' },
  play: async (scene) => {
    await new Person(scene).reads('in Acme doesn’t include access to');
  },
};

export const SignedOut: Story = { ...signedOut };

export const LongText: Story = { parameters: { server: { seed: longTokens } }, play: fits };

export const LongTextNarrow: Story = { ...narrow, parameters: { server: { seed: longTokens } } };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

export const Slots: Story = {
  args: { header: 'Agents act for you.', empty: 'Nothing is connected yet.', footer: 'Ask the platform team.' },
  parameters: { server: { seed: nothing } },
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads('Agents act for you.');
    await person.reads('Nothing is connected yet.');
    await person.reads('Ask the platform team.');
  },
};

export const Adding: Story = { ...played, play: opensTheForm };

export const AddingDark: Story = { ...dark, ...played, play: opensTheForm };

export const AddingNarrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await opensTheForm(scene);
    await fits(scene);
  },
};

export const AddsOne: Story = {
  ...played,
  parameters: { server: { seed: nothing } },
  play: async (scene) => {
    await opensTheForm(scene);
    const person = new Person(scene);
    await person.types(/^Name/, 'Azure of the platform team');
    await person.types(/^Azure DevOps organization/, 'acme');
    await person.types(/^Personal access token/, 'not-a-real-token');
    await person.presses('Add token');
    await person.find('row', /Azure of the platform team/);
    await person.reads('“Azure of the platform team” was added.');
  },
};

export const EditsOne: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses(`Actions for ${jira}`);
    await person.presses('Edit', 'menuitem');
    await person.types(/^Name/, 'Jira of everybody');
    await person.presses('Save');
    await person.find('row', /Jira of everybody/);
  },
};

export const Searches: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types('Search tokens', 'azure');
    await person.readsNoMore(jira);
    await person.types('Search tokens', 'zzz');
    await person.reads('No token matches “zzz”.');
    await person.presses('Clear search');
    await person.reads(jira);
  },
};

export const Asking: Story = {
  ...played,
  play: async (scene) => {
    await asks(scene);
  },
};

export const Deletes: Story = {
  ...played,
  play: async (scene) => {
    const person = await asks(scene);
    await person.presses('Delete token');
    await person.reads(`“${jira}” was deleted.`);
  },
};

export const Saving: Story = {
  ...played,
  ...waiting,
  play: async (scene) => {
    const person = await asks(scene);
    serverOf(scene).fault(held().fault);
    await person.presses('Delete token');
    await person.find('button', 'Deleting…');
  },
};

/** Somebody else has renamed it while it was asked. */
export const Conflict: Story = {
  ...played,
  play: async (scene) => {
    const person = await asks(scene);
    const { providerTokens } = serverOf(scene).elsewhere('bruno').organization('acme');
    const { data } = await providerTokens.list();
    const { id = '', version = 0 } = data[0] ?? {};
    await providerTokens.update(id, { name: 'Jira of everybody' }, { version });
    await person.presses('Delete token');
    await person.reads('Someone else changed this in the meantime.');
    await person.presses('Delete token');
    await person.reads('“Jira of everybody” was deleted.');
  },
};

export const RetriesLoading: Story = retried(jira);

export const RetriesDeleting: Story = {
  ...played,
  play: async (scene) => {
    const person = await asks(scene);
    serverOf(scene).fault(offline);
    await person.presses('Delete token');
    await person.reads('The server could not be reached.');
    serverOf(scene).fault();
    await person.presses('Delete token');
    await person.reads(`“${jira}” was deleted.`);
  },
};

export const SessionLapsed: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('row', /Jira/);
    serverOf(scene).lapse('ana');
    await person.types('Search tokens', 'azure');
    await person.reads('Your session has expired.');
    await expect(await person.field('Search tokens')).toHaveValue('azure');
  },
};

export const SessionRenewed: Story = {
  ...played,
  play: async (scene) => {
    await SessionLapsed.play?.(scene);
    serverOf(scene).renew('ana');
    const person = new Person(scene);
    await person.types('Search tokens', 'jira');
    await person.find('row', /Jira/);
  },
};
