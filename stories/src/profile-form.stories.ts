import { held } from '@ai-cockpit/example-server/in-page';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aicHub, aipConsole, duplocloud, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { longNames, longNamesAtTheDirectory } from './server/seeds.js';
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

const meta: Meta = { title: 'Elements/profile-form', component: 'profile-form' };
export default meta;
type Story = StoryObj;

const { profile } = aiCockpitOne;
/** Names to edit below a login name, everything else kept elsewhere. */
const namesAlone: HostPolicy = {
  ...aiCockpitOne,
  profile: { ...profile, fields: { ...profile.fields, loginName: { access: 'read' }, role: { access: 'hidden' } } },
};

const explicit = { parameters: { server: { policy: aicHub } } };

const renames: Play = async (scene) => {
  const person = new Person(scene);
  await person.types(/First name/, 'Anabel');
};

export const Filled: Story = {};

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

export const SignedOut: Story = { ...signedOut };

/** Fields that another system manages are read-only, with the reason. There is nothing to save. */
export const ReadOnly: Story = { parameters: { server: { policy: duplocloud } } };

export const ReadOnlyNarrow: Story = { ...ReadOnly, ...narrow };

export const ReadOnlyDark: Story = { ...ReadOnly, ...dark };

export const ReadOnlyLongText: Story = {
  ...narrow,
  parameters: { server: { policy: duplocloud, seed: longNamesAtTheDirectory } },
};

/** Known by a login name, which stands above. */
export const LoginName: Story = { parameters: { server: { policy: aipConsole } } };

export const LoginNameAboveFields: Story = { parameters: { server: { policy: namesAlone } } };

/** An address that people may change themselves. */
export const EditableEmail: Story = { parameters: { server: { policy: environmentOperationsCenter } } };

export const RefusedEmail: Story = {
  ...EditableEmail,
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types(/E-mail/, 'ana@acme');
    await person.presses('Save');
    await person.reads('Enter an e-mail address such as ana@example.com.');
    await person.hasFocusOn('textbox', /E-mail/);
  },
};

/** Names to read, until Edit opens them. */
export const Explicit: Story = { ...explicit };

export const ExplicitNarrow: Story = { ...explicit, ...narrow };

export const ExplicitRightToLeft: Story = { ...explicit, ...rightToLeft };

export const ExplicitEditing: Story = {
  ...explicit,
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Edit');
    await person.hasFocusOn('textbox', /First name/);
  },
};

export const ExplicitSaves: Story = {
  ...explicit,
  ...played,
  play: async (scene) => {
    await ExplicitEditing.play?.(scene);
    await renames(scene);
    const person = new Person(scene);
    await person.presses('Save');
    await person.reads('Saved');
    await person.reads('Anabel Souza');
    await person.hasFocusOn('button', 'Edit');
  },
};

/** Nothing was typed: Cancel asks nothing. */
export const ExplicitCancelled: Story = {
  ...explicit,
  ...played,
  play: async (scene) => {
    await ExplicitEditing.play?.(scene);
    const person = new Person(scene);
    await person.presses('Cancel');
    await person.hasFocusOn('button', 'Edit');
  },
};

export const ExplicitDiscarded: Story = {
  ...explicit,
  ...played,
  play: async (scene) => {
    await ExplicitEditing.play?.(scene);
    await renames(scene);
    const person = new Person(scene);
    await person.presses('Cancel');
    await person.reads('Ana Souza');
    await person.hasFocusOn('button', 'Edit');
  },
};

/** In no organization, nobody has a role. */
export const NoOrganization: Story = {
  globals: { person: 'frank' },
  play: async (scene) => {
    await expect(await new Person(scene).field(/Role/)).toHaveValue('No role');
  },
};

export const LongText: Story = { ...narrow, parameters: { server: { seed: longNames } } };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

/** The host's own words above and below. */
export const Slots: Story = {
  args: { header: 'Your name, as your colleagues see it.', footer: 'To leave, ask the people team.' },
  play: fits,
};

export const Saves: Story = {
  ...played,
  play: async (scene) => {
    await renames(scene);
    const person = new Person(scene);
    await person.presses('Save');
    await person.reads('Saved');
    await expect((await serverOf(scene).as('ana').profile.get()).firstName).toBe('Anabel');
    await person.types(/Last name/, 'Lima');
    await person.readsNoMore('Saved');
  },
};

export const Saving: Story = {
  ...played,
  ...waiting,
  play: async (scene) => {
    await renames(scene);
    serverOf(scene).fault(held().fault);
    const person = new Person(scene);
    await person.presses('Save');
    await person.find('button', 'Saving…');
  },
};

export const RefusedField: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types(/First name/, ' ');
    await person.presses('Save');
    await person.reads('Enter first name.');
    await person.hasFocusOn('textbox', /First name/);
  },
};

/** Somebody else saved first: what is there now, what was typed, and the choice. */
export const Conflict: Story = {
  ...played,
  play: async (scene) => {
    await renames(scene);
    // In another window, which this one does not hear of.
    const elsewhere = serverOf(scene).elsewhere('ana');
    const { version } = await elsewhere.profile.get();
    await elsewhere.profile.update({ firstName: 'Ana Maria' }, { version });
    const person = new Person(scene);
    await person.presses('Save');
    await person.reads('Someone else changed this in the meantime.');
    await person.reads('Ana Maria');
  },
};

export const ConflictNarrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await Conflict.play?.(scene);
    await fits(scene);
  },
};

export const ConflictKeepsMine: Story = {
  ...played,
  play: async (scene) => {
    await Conflict.play?.(scene);
    const person = new Person(scene);
    await person.presses('Keep my version');
    await person.reads('Saved');
    await expect((await serverOf(scene).as('ana').profile.get()).firstName).toBe('Anabel');
  },
};

export const RetriesLoading: Story = retried('First name');

const submission = submissionStates({
  fillsIn: renames,
  presses: 'Save',
  keeps: [/First name/, 'Anabel'],
  isDone: (person) => person.reads('Saved'),
});

export const RetriesSaving: Story = submission.retried;

export const SessionLapsed: Story = submission.sessionLapsed;

export const SessionRenewed: Story = submission.sessionRenewed;
