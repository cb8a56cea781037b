import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { longActivity, muchActivity, someActivity } from './server/everybodys-seeds.js';
import { dark, failed, fits, loading, narrow, played, retried, rightToLeft, signedOut } from './states.js';

const meta: Meta = {
  title: 'Elements/activity-log',
  component: 'activity-log',
  parameters: { server: { seed: someActivity } },
};
export default meta;
type Story = StoryObj;

/** An administrator sees what happened to what the organization owns. */
export const Filled: Story = {
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('row', /API key “Support agent” revoked.+Found in a public repository.+Ana Souza/);
    await person.find('row', /API key “Support agent” rejected: no longer valid.+Rejected/);
  },
};

/** A manager sees what they did themselves. */
export const OfAManager: Story = {
  globals: { person: 'bruno' },
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads('API key “Support agent” created');
    await person.readsNoMore('revoked');
  },
};

/** On the first day, there is the first sign-in. */
export const FirstDay: Story = {
  globals: { person: 'frank' },
  play: async (scene) => {
    await new Person(scene).reads('Profile created at first sign-in');
  },
};

/** A host may forget what is old. */
export const Empty: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('row', /Support agent/);
    await serverOf(scene).store.db.deleteFrom('activity').execute();
    await person.types('Search activity', 'x');
    await person.reads('No activity matches “x”.');
    await person.presses('Clear search');
    await person.reads('No activity yet.');
  },
};

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

export const SignedOut: Story = { ...signedOut };

export const LongText: Story = { parameters: { server: { seed: longActivity } }, play: fits };

export const LongTextNarrow: Story = { ...narrow, parameters: { server: { seed: longActivity } } };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

/** The host's own words around the list. */
export const Slots: Story = {
  args: { header: 'Kept for a year.', footer: 'Questions? Ask the security team.' },
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads('Kept for a year.');
    await person.reads('Questions? Ask the security team.');
  },
};

export const Pages: Story = {
  ...played,
  args: { 'page-size': 10 },
  parameters: { server: { seed: muchActivity } },
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads('Board 01');
    await person.presses('Next');
    await person.reads('Board 11');
    await person.readsNoMore('Board 01');
    await person.presses('Previous');
    await person.reads('Board 01');
  },
};

export const Searches: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types('Search activity', 'bruno');
    await person.readsNoMore('revoked');
    await person.reads('API key “Support agent” created');
  },
};

export const OldestFirst: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Time');
    await person.reads(/Profile created.+Provider token “Jira of the platform team” added.+Profile changed/);
  },
};

export const RetriesLoading: Story = retried('Support agent');

export const SessionLapsed: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('row', /Support agent” revoked/);
    serverOf(scene).lapse('ana');
    await person.types('Search activity', 'bruno');
    await person.reads('Your session has expired.');
    await expect(await person.field('Search activity')).toHaveValue('bruno');
  },
};

export const SessionRenewed: Story = {
  ...played,
  play: async (scene) => {
    await SessionLapsed.play?.(scene);
    serverOf(scene).renew('ana');
    const person = new Person(scene);
    await person.presses('Try again');
    await person.reads('API key “Support agent” created');
  },
};
