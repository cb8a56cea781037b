import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect } from 'storybook/test';
import { Person } from './person.js';
import { Conflict as formConflict, Saving as formSaving } from './profile-form.stories.js';
import { inTurn, longKeys, longNames, longTokens, someKeys, someTokens } from './server/seeds.js';
import { dark, failed, loading, narrow, played, retried, rightToLeft, signedOut, submissionStates } from './states.js';

const meta: Meta = {
  title: 'Elements/profile-tabs',
  component: 'profile-tabs',
  parameters: { server: { seed: inTurn(someKeys, someTokens) } },
};
export default meta;
type Story = StoryObj;

const keysAlone: HostPolicy = {
  ...aiCockpitOne,
  sections: [{ id: 'api-keys' }, { id: 'profile' }],
  providerTokens: null,
};

export const Profile: Story = { args: { section: 'profile' } };

export const Providers: Story = { args: { section: 'providers' } };

export const ApiKeys: Story = { name: 'API keys', args: { section: 'api-keys' } };

/** The policy decides which sections there are, and in which order. */
export const AnotherPolicy: Story = { parameters: { server: { policy: keysAlone, seed: someKeys } } };

export const Loading: Story = loading;

export const Failed: Story = failed;

export const SignedOut: Story = signedOut;

/** A viewer sees why a section is not for them. */
export const Denied: Story = {
  args: { section: 'api-keys' },
  globals: { person: 'eve' },
  play: async (scene) => {
    await new Person(scene).reads('Your role in Acme does not include this.');
  },
};

export const NoOrganization: Story = {
  args: { section: 'api-keys' },
  globals: { person: 'frank' },
  play: async (scene) => {
    await new Person(scene).reads('You are not in an organization yet.');
  },
};

export const LongText: Story = {
  ...narrow,
  args: { section: 'api-keys' },
  parameters: { server: { seed: inTurn(longKeys, longTokens, longNames) } },
};

export const Dark: Story = { ...dark, args: { section: 'api-keys' } };

export const RightToLeft: Story = { ...rightToLeft, args: { section: 'api-keys' } };

export const Narrow: Story = { ...narrow, args: { section: 'api-keys' } };

/** In its section, a form is as it is alone. */
export const Saving: Story = { ...formSaving, args: { section: 'profile' } };

export const Conflict: Story = { ...formConflict, args: { section: 'profile' } };

export const GoesByKeyboard: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Profile', 'tab');
    await person.pressesKey('ArrowRight');
    await person.hasFocusOn('tab', 'Providers');
    await person.pressesKey('End');
    await person.hasFocusOn('tab', 'API keys');
    await person.reads('API keys of Acme');
    await person.pressesKey('ArrowRight');
    await person.hasFocusOn('tab', 'Profile');
  },
};

export const GoesByKeyboardRightToLeft: Story = {
  ...rightToLeft,
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Profile', 'tab');
    await person.pressesKey('ArrowLeft');
    await person.hasFocusOn('tab', 'Providers');
  },
};

/** What is typed in one section is still there after a look at another. */
export const KeepsWhatWasTyped: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types(/First name/, 'Anabel');
    await person.presses('API keys', 'tab');
    await person.find('row', /Planning board/);
    await person.presses('Profile', 'tab');
    await expect(await person.field(/First name/)).toHaveValue('Anabel');
  },
};

export const RetriesLoading: Story = retried('First name');

/** Ended in one section, renewed by the host: all sections go on. */
const submission = submissionStates({
  fillsIn: (scene) => new Person(scene).types(/First name/, 'Anabel'),
  presses: 'Save',
  keeps: [/First name/, 'Anabel'],
  isDone: async (person) => {
    await person.reads('Saved');
    await person.presses('API keys', 'tab');
    await person.find('row', /Planning board/);
  },
});

export const SessionLapsed: Story = submission.sessionLapsed;

export const SessionRenewed: Story = submission.sessionRenewed;
