import { answerLost, held, offline } from '@ai-cockpit/example-server/in-page';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { portrait } from './canvas/pictures.js';
import { findAll, Person } from './person.js';
import { serverOf } from './server/connection.js';
import { avatar, nothing } from './server/seeds.js';
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
  title: 'Elements/profile-avatar',
  component: 'profile-avatar',
  parameters: { server: { policy: environmentOperationsCenter, seed: avatar } },
};
export default meta;
type Story = StoryObj;

const { profile } = environmentOperationsCenter;
const managedElsewhere: HostPolicy = {
  ...environmentOperationsCenter,
  profile: {
    ...profile,
    fields: { ...profile.fields, avatar: { access: 'read', managedBy: 'identityProvider' } },
  },
};

/** As a person does in the browser's own dialog, which no story can open. */
const chooses = ({ canvasElement }: Parameters<Play>[0], file: File): void => {
  const [input] = findAll<HTMLInputElement>(canvasElement, 'input[type="file"]');
  if (!input) throw new Error('Nothing can be chosen.');
  const chosen = new DataTransfer();
  chosen.items.add(file);
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
};

const begins: Play = async (scene) => {
  await new Person(scene).find('button', 'Edit avatar');
  chooses(scene, await portrait(300));
  await new Person(scene).find('button', 'Save avatar');
};

const saves: Play = async (scene) => {
  await begins(scene);
  await new Person(scene).presses('Save avatar');
};

export const Filled: Story = {};

/** Without a picture, the initials are shown. */
export const Empty: Story = { parameters: { server: { seed: nothing } } };

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

export const SignedOut: Story = { ...signedOut };

/** A picture that another system manages is read-only, with the reason. */
export const ReadOnly: Story = { parameters: { server: { policy: managedElsewhere } } };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

/** The chosen picture, as others will see it. */
export const Preview: Story = { ...played, play: begins };

export const PreviewNarrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await begins(scene);
    await fits(scene);
  },
};

export const Saves: Story = {
  ...played,
  play: async (scene) => {
    await saves(scene);
    await new Person(scene).reads('Saved');
  },
};

export const Saving: Story = {
  ...played,
  ...waiting,
  play: async (scene) => {
    await begins(scene);
    serverOf(scene).fault(held().fault);
    const person = new Person(scene);
    await person.presses('Save avatar');
    await person.find('button', 'Saving…');
  },
};

/** No picture: said where it was chosen, and the one before stays. */
export const Refused: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('button', 'Edit avatar');
    chooses(scene, new File(['<svg/>'], 'me.svg', { type: 'image/svg+xml' }));
    await person.reads('This file type is not supported.');
  },
};

export const TooLarge: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.find('button', 'Edit avatar');
    chooses(scene, new File([new Uint8Array(100_000_001)], 'me.png', { type: 'image/png' }));
    await person.reads('This file is too large.');
  },
};

/** Somebody else, perhaps the same person elsewhere, was first. */
export const Conflict: Story = {
  ...played,
  play: async (scene) => {
    await begins(scene);
    const elsewhere = serverOf(scene).elsewhere('ana');
    const { version } = await elsewhere.profile.get();
    await elsewhere.profile.setAvatar(await portrait(120), { version });
    const person = new Person(scene);
    await person.presses('Save avatar');
    await person.reads('Another avatar was set in the meantime.');
    await person.find('button', 'Keep my version');
  },
};

export const Removal: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Remove avatar');
    await person.reads('Remove avatar');
    await person.hasFocusOn('button', 'Cancel');
  },
};

export const Removes: Story = {
  ...played,
  play: async (scene) => {
    await Removal.play?.(scene);
    const person = new Person(scene);
    await person.presses('Remove avatar');
    await person.reads('Avatar removed');
    await expect((await serverOf(scene).as('ana').profile.get()).avatarUrl).toBe(null);
  },
};

export const RetriesLoading: Story = {
  ...retried('AS'),
  parameters: { server: { seed: nothing } },
};

/** After a failed save, the chosen picture stays, and can be saved once the server is back. */
export const RetriesSaving: Story = {
  ...played,
  play: async (scene) => {
    await begins(scene);
    serverOf(scene).fault(offline);
    const person = new Person(scene);
    await person.presses('Save avatar');
    await person.reads('The server could not be reached.');
    serverOf(scene).fault();
    await person.presses('Save avatar');
    await person.reads('Saved');
  },
};

/** It was saved, and nobody heard of it. */
export const AnswerLost: Story = {
  ...played,
  play: async (scene) => {
    await begins(scene);
    serverOf(scene).fault(answerLost);
    const person = new Person(scene);
    await person.presses('Save avatar');
    await person.reads('The server could not be reached.');
    serverOf(scene).fault();
    await person.presses('Save avatar');
    await person.reads('Saved');
    await person.readsNoMore('Someone else');
  },
};

export const SessionLapsed: Story = {
  ...played,
  play: async (scene) => {
    await begins(scene);
    serverOf(scene).lapse('ana');
    const person = new Person(scene);
    await person.presses('Save avatar');
    await person.reads('Your session has expired.');
    await person.find('button', 'Save avatar');
  },
};

export const SessionRenewed: Story = {
  ...played,
  play: async (scene) => {
    await SessionLapsed.play?.(scene);
    serverOf(scene).renew('ana');
    const person = new Person(scene);
    await person.presses('Save avatar');
    await person.reads('Saved');
  },
};
