import { held } from '@ai-cockpit/example-server/in-page';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect, spyOn } from 'storybook/test';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { longOrganization } from './server/seeds.js';
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

const meta: Meta = { title: 'Elements/api-key-create', component: 'api-key-create' };
export default meta;
type Story = StoryObj;

type KeysPolicy = NonNullable<HostPolicy['apiKeys']>;
const policyWith = (apiKeys: Partial<KeysPolicy>): HostPolicy => ({
  ...aiCockpitOne,
  // The preset has keys.
  apiKeys: { ...(aiCockpitOne.apiKeys as KeysPolicy), ...apiKeys },
});

const opens: Play = async (scene) => {
  const person = new Person(scene);
  await person.presses('Create API key');
  await person.hasFocusOn('textbox', /Description/);
};

const fillsIn: Play = async (scene) => {
  await opens(scene);
  await new Person(scene).types(/Description/, 'Nightly report');
};

const creates: Play = async (scene) => {
  await fillsIn(scene);
  const person = new Person(scene);
  await person.presses('Create API key');
  await person.find('button', 'Copy');
};

export const Button: Story = {};

/** A member may look at the keys of the organization; creating one is for others. */
export const Denied: Story = {
  globals: { person: 'carla' },
  play: async (scene) => {
    await new Person(scene).reads('in Acme doesn’t include access to');
  },
};

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

export const SignedOut: Story = { ...signedOut };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

/** Of a key for themselves, which everybody may create. */
export const OwnKey: Story = { args: { owner: 'user' }, globals: { person: 'carla' } };

export const Dialog: Story = { ...played, play: opens };

export const DialogDark: Story = { ...played, ...dark, play: opens };

export const DialogRightToLeft: Story = { ...rightToLeft, ...played, play: opens };

export const DialogNarrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await opens(scene);
    await fits(scene);
  },
};

export const DialogLongText: Story = {
  ...narrow,
  ...played,
  args: { 'organization-id': 'long' },
  parameters: { server: { seed: longOrganization } },
  play: DialogNarrow.play,
};

/** Another policy, another form: tokens with a name, for so many days. */
export const DialogOfAnotherPolicy: Story = {
  ...played,
  parameters: {
    server: {
      policy: policyWith({
        noun: 'apiToken',
        verb: 'generate',
        fields: { name: 'required', description: 'optional' },
        modules: [],
        columns: ['name', 'createdAt', 'expiresAt', 'status'],
        expiry: {
          mode: 'required',
          input: 'choices',
          choicesInDays: [30, 90, 365],
          defaultInDays: 90,
          maxInDays: 365,
          custom: true,
        },
      }),
    },
  },
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Generate API token');
    await person.find('textbox', /Name/);
    await person.reads('90 days');
  },
};

export const CreatesAndCopies: Story = {
  ...played,
  play: async (scene) => {
    await creates(scene);
    const person = new Person(scene);
    const written = spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await person.presses('Copy');
    await person.reads('Copied');
    await expect(written).toHaveBeenCalledWith(expect.stringMatching(/^aico_/));
    await person.presses('Close');
    await person.hasFocusOn('button', 'Create API key');
  },
};

export const ValueDark: Story = { ...played, ...dark, play: creates };

export const ValueNarrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await creates(scene);
    await fits(scene);
  },
};

/** The value is shown once: leaving without a copy asks. */
export const AsksBeforeTheValueGoes: Story = {
  ...played,
  play: async (scene) => {
    await creates(scene);
    const person = new Person(scene);
    await person.pressesKey('Escape');
    await person.reads('Close without copying?');
    await person.presses('Go back');
    await person.hasFocusOn('button', 'Copy');
  },
};

export const AsksBeforeTypedTextGoes: Story = {
  ...played,
  play: async (scene) => {
    await fillsIn(scene);
    const person = new Person(scene);
    await person.pressesKey('Escape');
    await person.reads('Discard changes?');
    await person.presses('Keep editing');
    await expect(await person.field(/Description/)).toHaveValue('Nightly report');
  },
};

export const Saving: Story = {
  ...played,
  ...waiting,
  play: async (scene) => {
    await fillsIn(scene);
    serverOf(scene).fault(held().fault);
    const person = new Person(scene);
    await person.presses('Create API key');
    await person.find('button', 'Creating…');
  },
};

export const RefusedField: Story = {
  ...played,
  play: async (scene) => {
    await opens(scene);
    const person = new Person(scene);
    await person.presses('Create API key');
    await person.reads('Enter description.');
    await person.hasFocusOn('textbox', /Description/);
  },
};

/** The server has the last word: somebody else was quicker. */
export const Conflict: Story = {
  ...played,
  parameters: { server: { policy: policyWith({ limit: 1 }) } },
  play: async (scene) => {
    await fillsIn(scene);
    await serverOf(scene).as('bruno').organization('acme').apiKeys.create({ description: 'Planning board' });
    const person = new Person(scene);
    await person.presses('Create API key');
    await person.reads('You’ve reached the limit of 1 API key.');
  },
};

export const RetriesLoading: Story = retried('Create API key');

const submission = submissionStates({
  fillsIn,
  presses: 'Create API key',
  keeps: [/Description/, 'Nightly report'],
  isDone: (person) => person.find('button', 'Copy'),
});

export const RetriesSaving: Story = submission.retried;

export const SessionLapsed: Story = submission.sessionLapsed;

export const SessionRenewed: Story = submission.sessionRenewed;
