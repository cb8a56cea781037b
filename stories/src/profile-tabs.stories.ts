import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole, duplocloud, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect } from 'storybook/test';
import { Person } from './person.js';
import { Conflict as formConflict, Saving as formSaving } from './profile-form.stories.js';
import { inTurn, longKeys, longNames, longTokens, nothing, someKeys, someTokens } from './server/seeds.js';
import { serverOf } from './server/connection.js';
import {
  dark,
  failed,
  fits,
  loading,
  narrow,
  played,
  retried,
  rightToLeft,
  signedOut,
  submissionStates,
} from './states.js';

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

/** The same sections below titles that open and close them. */
const collapsible: HostPolicy = { ...aiCockpitOne, layout: 'sections' };
const sections = { parameters: { server: { policy: collapsible, seed: inTurn(someKeys, someTokens) } } };

/** The same on one page, with one Save. */
const onePage: HostPolicy = { ...aiCockpitOne, layout: 'page', saving: 'page' };
const page = { parameters: { server: { policy: onePage, seed: inTurn(someKeys, someTokens) } } };

export const Profile: Story = { args: { section: 'profile' } };

export const Providers: Story = { args: { section: 'providers' } };

export const ApiKeys: Story = { name: 'API keys', args: { section: 'api-keys' } };

/** The policy decides which sections there are, and in which order. */
export const AnotherPolicy: Story = { parameters: { server: { policy: keysAlone, seed: someKeys } } };

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

export const SignedOut: Story = { ...signedOut };

/** A viewer sees why a section is not for them. */
export const Denied: Story = {
  args: { section: 'api-keys' },
  globals: { person: 'eve' },
  play: async (scene) => {
    await new Person(scene).reads('in Acme doesn’t include access to');
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

/** Each below a title of its own, which opens and closes it; links below. */
export const Sections: Story = { ...sections };

export const SectionsDark: Story = { ...sections, ...dark };

export const SectionsNarrow: Story = { ...sections, ...narrow };

export const SectionsRightToLeft: Story = { ...sections, ...rightToLeft };

export const SectionsDenied: Story = { ...Denied, ...sections };

export const SectionsLoading: Story = {
  ...sections,
  ...loading,
  parameters: { ...sections.parameters, ...loading.parameters },
};

/** All are open at first; what was typed in one that is closed is still there. */
export const SectionsKeepWhatWasTyped: Story = {
  ...sections,
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types(/First name/, 'Anabel');
    await person.find('row', /Planning board/);
    await person.presses('Profile');
    await person.presses('Profile');
    await expect(await person.field(/First name/)).toHaveValue('Anabel');
    await person.find('row', /Planning board/);
  },
};

/** A product with the profile and the tokens on one page. */
export const OnePageOfFacts: Story = { parameters: { server: { policy: duplocloud, seed: nothing } } };

/** One page, one Save at its end. */
export const OnePage: Story = { ...page };

export const OnePageDark: Story = { ...page, ...dark };

export const OnePageNarrow: Story = { ...page, ...narrow };

export const OnePageRightToLeft: Story = { ...page, ...rightToLeft };

export const OnePageDenied: Story = { ...Denied, ...page };

export const OnePageFailed: Story = { ...page, ...failed };

export const OnePageSaves: Story = {
  ...page,
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types(/First name/, 'Anabel');
    await person.presses('Save');
    await person.reads('Saved');
    await expect((await serverOf(scene).as('ana').profile.get()).firstName).toBe('Anabel');
  },
};

/** Something is in the way of saving: that has the focus, and the page says that not all is done. */
export const OnePageUnsaved: Story = {
  ...page,
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types(/Last name/, ' ');
    await person.presses('Save');
    await person.reads('Some changes were not saved.');
    await person.hasFocusOn('textbox', /Last name/);
  },
};

/** A conflict with another person's change is resolved where it is shown. */
export const OnePageConflict: Story = {
  ...page,
  ...played,
  play: async (scene) => {
    await formConflict.play?.(scene);
    const person = new Person(scene);
    await person.reads('Some changes were not saved.');
    await person.find('button', 'Keep my version');
  },
};

export const OnePageConflictNarrow: Story = {
  ...page,
  ...narrow,
  ...played,
  play: async (scene) => {
    await OnePageConflict.play?.(scene);
    await fits(scene);
  },
};

export const OnePageSessionLapsed: Story = {
  ...page,
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types(/First name/, 'Anabel');
    serverOf(scene).lapse('ana');
    await person.presses('Save');
    await person.reads('Your session has expired.');
    await expect(await person.field(/First name/)).toHaveValue('Anabel');
    serverOf(scene).renew('ana');
    await person.presses('Save');
    await person.reads('Saved');
  },
};

export const AipConsole: Story = {
  name: 'AIP Console',
  parameters: { server: { policy: aipConsole, seed: nothing } },
};

export const EnvironmentOperationsCenter: Story = {
  parameters: { server: { policy: environmentOperationsCenter, seed: nothing } },
};

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

/** Text typed in one section stays while another section is shown. */
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
