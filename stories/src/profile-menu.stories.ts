import { aipConsole, duplocloud, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { avatar, inTurn, longNames } from './server/seeds.js';
import { dark, fits, loading, narrow, type Play, played, rightToLeft } from './states.js';

const meta: Meta = {
  title: 'Elements/profile-menu',
  component: 'profile-menu',
  args: { href: '#profile' },
};
export default meta;
type Story = StoryObj;

const withAvatar = { parameters: { server: { policy: environmentOperationsCenter, seed: avatar } } };

/** In the header of a page, at its end. */
const inHeader: Story['render'] = () => html`
  <header style="display: flex; justify-content: space-between; align-items: center">
    <strong>Acme</strong>
    <profile-menu href="#profile">
      <button type="button">Appearance</button>
      <a href="#out">Sign out</a>
    </profile-menu>
  </header>
`;

const opens: Play = async (scene) => {
  const person = new Person(scene);
  await person.presses(/^Account/);
  await person.find('menuitem', /^(Profile|Account settings)$/);
};

export const Filled: Story = { ...withAvatar };

/** Initials where there is no picture. */
export const Initials: Story = { parameters: { server: { policy: duplocloud } } };

/** Where there are no avatars, an icon and the login name. */
export const LoginName: Story = { parameters: { server: { policy: aipConsole } } };

export const Loading: Story = {
  ...withAvatar,
  ...loading,
  parameters: { ...withAvatar.parameters, ...loading.parameters },
};

export const Opened: Story = { ...withAvatar, ...played, play: opens };

export const OpenedWithLoginName: Story = { ...LoginName, ...played, play: opens };

/** The host's own entries take part in it. */
export const WithEntries: Story = {
  ...withAvatar,
  ...played,
  render: inHeader,
  play: async (scene) => {
    await opens(scene);
    const person = new Person(scene);
    await person.hasFocusOn('menuitem', 'Account settings');
    await person.pressesKey('ArrowDown');
    await person.hasFocusOn('menuitem', 'Appearance');
    await person.pressesKey('End');
    await person.hasFocusOn('menuitem', 'Sign out');
  },
};

export const WithEntriesNarrow: Story = { ...WithEntries, ...narrow, play: opens };

export const Dark: Story = { ...withAvatar, ...dark, ...played, render: inHeader, play: opens };

export const RightToLeft: Story = {
  ...withAvatar,
  ...rightToLeft,
  ...played,
  render: inHeader,
  play: async (scene) => {
    await opens(scene);
    await fits(scene);
  },
};

export const LongText: Story = {
  ...narrow,
  ...played,
  render: inHeader,
  parameters: { server: { policy: environmentOperationsCenter, seed: inTurn(longNames, avatar) } },
  play: async (scene) => {
    await opens(scene);
    await fits(scene);
  },
};

const fails: Play = async (scene) => {
  const person = new Person(scene);
  await person.presses('Account');
  await person.reads('The server could not be reached.');
};

/** The header stays as it is: the menu says what failed. */
export const Failed: Story = { ...withAvatar, ...played, globals: { fault: 'offline' }, play: fails };

export const RetriesLoading: Story = {
  ...Failed,
  play: async (scene) => {
    await fails(scene);
    serverOf(scene).fault();
    const person = new Person(scene);
    await person.presses('Try again');
    await person.reads('Ana Souza');
    await person.hasFocusOn('menuitem', 'Account settings');
  },
};

export const SignedOut: Story = {
  ...withAvatar,
  ...played,
  globals: { person: 'nobody' },
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Account');
    await person.reads('You are not signed in.');
  },
};

/** Another name is there at once. */
export const Renamed: Story = {
  ...withAvatar,
  ...played,
  play: async (scene) => {
    await opens(scene);
    const { profile } = serverOf(scene).as('ana');
    const { version } = await profile.get();
    await profile.update({ firstName: 'Anabel' }, { version });
    await new Person(scene).reads('Anabel Souza');
  },
};
