import type { ProviderToken } from '@ai-cockpit/sdk';
import { held } from '@ai-cockpit/example-server/in-page';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { renderElement } from './canvas/host-markup.js';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { jiraToken, longTokens, someTokens } from './server/seeds.js';
import { serverFor } from './server/story-server.js';
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

const meta: Meta = { title: 'Elements/provider-token-form', component: 'provider-token-form' };
export default meta;
type Story = StoryObj;

/** Of the organization's first token: its id is known once the database is filled. */
const editing: Story = {
  parameters: { server: { seed: someTokens } },
  loaders: [
    async (context) => {
      const server = await serverFor(context);
      const { data } = await server.elsewhere('ana').organization('acme').providerTokens.list();
      return { token: data[0] };
    },
  ],
  render: (args, context) => {
    const { token } = context.loaded as { token?: ProviderToken };
    return renderElement({ ...args, 'token-id': token?.id }, context);
  },
};

const fillsIn: Play = async (scene) => {
  const person = new Person(scene);
  await person.chooses(/^Provider/, 'Jira');
  await person.types(/^Name/, 'Jira of the platform team');
  await person.types(/^Site/, 'acme.atlassian.net');
  await person.types(/^E-mail/, 'bot@acme.example');
  await person.types(/^API token/, 'not-a-real-token');
};

const describes: Play = async (scene) => {
  await new Person(scene).types(/^Description/, 'Reads only.');
};

/** The provider comes first: it decides what is asked for. */
export const New: Story = {};

export const OfOneProvider: Story = { args: { provider: 'jira' } };

/** A secret is never shown again; left blank, it stays. */
export const Editing: Story = { ...editing };

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

export const SignedOut: Story = { ...signedOut };

/** A member has nothing to add to what the organization owns. */
export const Denied: Story = {
  args: { owner: 'organization' },
  globals: { person: 'carla' },
  play: async (scene) => {
    await new Person(scene).reads('You cannot add or change tokens here.');
  },
};

export const LongText: Story = { ...editing, ...narrow, parameters: { server: { seed: longTokens } } };

export const Dark: Story = { ...dark, args: { provider: 'jira' } };

export const RightToLeft: Story = { ...rightToLeft, args: { provider: 'azure-devops' } };

export const Narrow: Story = { ...narrow, args: { provider: 'servicenow' } };

export const Slots: Story = {
  args: { header: 'Tokens are kept encrypted.', footer: 'Ask the platform team for a service account.' },
  play: fits,
};

export const Adds: Story = {
  ...played,
  play: async (scene) => {
    await fillsIn(scene);
    const person = new Person(scene);
    await person.presses('Add token');
    await person.reads('Saved');
    const { data } = await serverOf(scene).as('ana').organization('acme').providerTokens.list();
    await expect(data.map(({ name }) => name)).toEqual(['Jira of the platform team']);
  },
};

export const Saving: Story = {
  ...played,
  ...waiting,
  play: async (scene) => {
    await fillsIn(scene);
    serverOf(scene).fault(held().fault);
    const person = new Person(scene);
    await person.presses('Add token');
    await person.find('button', 'Saving…');
  },
};

export const RefusedFields: Story = {
  ...played,
  args: { provider: 'jira' },
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Add token');
    await person.reads('Enter name.');
    await person.hasFocusOn('textbox', /^Name/);
  },
};

/** A conflict: the other person's saved values are shown beside the typed ones. */
export const Conflict: Story = {
  ...editing,
  ...played,
  play: async (scene) => {
    await describes(scene);
    const { providerTokens } = serverOf(scene).elsewhere('bruno').organization('acme');
    const { data } = await providerTokens.list();
    const { id = '', version = 0 } = data[0] ?? {};
    await providerTokens.update(id, { description: 'Ask Bruno.' }, { version });
    const person = new Person(scene);
    await person.presses('Save');
    await person.reads('Someone else changed this in the meantime.');
    await person.reads('Ask Bruno.');
  },
};

export const ConflictUsesTheirs: Story = {
  ...editing,
  ...played,
  play: async (scene) => {
    await Conflict.play?.(scene);
    const person = new Person(scene);
    await person.presses('Use current version');
    await expect(await person.field(/^Description/)).toHaveValue('Ask Bruno.');
  },
};

export const DeletedMeanwhile: Story = {
  ...editing,
  ...played,
  play: async (scene) => {
    await describes(scene);
    const { providerTokens } = serverOf(scene).elsewhere('bruno').organization('acme');
    const { data } = await providerTokens.list();
    const { id = '', version = 0 } = data[0] ?? {};
    await providerTokens.delete(id, { version });
    const person = new Person(scene);
    await person.presses('Save');
    await person.reads('Someone else deleted this in the meantime.');
    await expect(await person.field(/^Name/)).toHaveValue(jiraToken.name ?? '');
  },
};

export const RetriesLoading: Story = retried('Provider');

const submission = submissionStates({
  fillsIn,
  presses: 'Add token',
  keeps: [/^API token/, 'not-a-real-token'],
  isDone: (person) => person.reads('Saved'),
});

export const RetriesSaving: Story = submission.retried;

export const SessionLapsed: Story = submission.sessionLapsed;

export const SessionRenewed: Story = submission.sessionRenewed;
