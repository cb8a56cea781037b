import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { longOrganization, manyOrganizations } from './server/seeds.js';
import { dark, fits, loading, narrow, type Play, played, rightToLeft } from './states.js';

const meta: Meta = { title: 'Elements/organization-select', component: 'organization-select' };
export default meta;
type Story = StoryObj;

const opens: Play = async (scene) => {
  const person = new Person(scene);
  await person.presses('Organization', 'combobox');
  await person.find('option', /Acme/);
};

export const Few: Story = {};

export const Many: Story = { parameters: { server: { seed: manyOrganizations } } };

/** A person in one organization sees its name, without a choice. */
export const One: Story = { globals: { person: 'carla' } };

/** And who is in none is told so. */
export const Empty: Story = {
  globals: { person: 'frank' },
  play: async (scene) => {
    await new Person(scene).reads('No organization');
  },
};

export const Loading: Story = { ...loading };

export const Failed: Story = {
  globals: { fault: 'offline' },
  play: async (scene) => {
    await new Person(scene).reads('Your organizations could not be loaded.');
  },
};

export const SignedOut: Story = {
  globals: { person: 'nobody' },
  play: async (scene) => {
    await new Person(scene).reads('Your organizations could not be loaded.');
  },
};

export const RetriesLoading: Story = {
  ...played,
  globals: { fault: 'offline' },
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads('Your organizations could not be loaded.');
    serverOf(scene).fault();
    await person.presses('Try again');
    await expect(await person.find('combobox', 'Organization')).toHaveValue('Acme');
  },
};

export const LongText: Story = { ...narrow, parameters: { server: { seed: longOrganization } } };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

export const Opened: Story = { ...played, play: opens };

export const OpenedDark: Story = { ...played, ...dark, play: opens };

export const OpenedRightToLeft: Story = { ...rightToLeft, ...played, play: opens };

export const OpenedNarrow: Story = {
  ...narrow,
  ...played,
  parameters: { server: { seed: longOrganization } },
  play: async (scene) => {
    await opens(scene);
    await fits(scene);
  },
};

export const ChoosesAnother: Story = {
  ...played,
  play: async (scene) => {
    await opens(scene);
    const person = new Person(scene);
    await person.presses(/Globex/, 'option');
    await expect(await person.find('combobox', 'Organization')).toHaveValue('Globex');
  },
};

export const FindsByTyping: Story = {
  ...played,
  parameters: { server: { seed: manyOrganizations } },
  play: async (scene) => {
    const person = new Person(scene);
    await person.types('Organization', 'wayne');
    await person.find('option', /Wayne Enterprises/);
    await person.pressesKey('ArrowDown');
    await person.pressesKey('Enter');
    await expect(await person.find('combobox', 'Organization')).toHaveValue('Wayne Enterprises');
  },
};

export const FindsNothing: Story = {
  ...played,
  parameters: { server: { seed: manyOrganizations } },
  play: async (scene) => {
    const person = new Person(scene);
    await person.types('Organization', 'zzz');
    await person.reads('No organization matches “zzz”.');
  },
};
