import { answerLost, held } from '@ai-cockpit/example-server/in-page';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aicHub } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { findAll, Person } from './person.js';
import { serverOf } from './server/connection.js';
import { bothOwnersTokens, namelessTokens, nothing } from './server/seeds.js';
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

/** One row a provider, as a policy may have it: of one's own, or beside those of the organization. */
const meta: Meta = {
  title: 'Elements/provider-token-list/One row a provider',
  // The element's own page is that of its other stories.
  tags: ['!autodocs'],
  component: 'provider-token-list',
  parameters: { server: { policy: aicHub, seed: namelessTokens } },
};
export default meta;
type Story = StoryObj;

const bothOwners: HostPolicy = {
  ...aicHub,
  providerTokens: aicHub.providerTokens && { ...aicHub.providerTokens, owners: ['organization', 'user'] },
};
const ofBoth = { parameters: { server: { policy: bothOwners, seed: bothOwnersTokens } } } satisfies Story;

/** Opens the form on the row of Businessmap, and fills it in. */
const fillsIn: Play = async (scene) => {
  const person = new Person(scene);
  await person.presses('Add token for Businessmap');
  await person.types(/^Subdomain/, 'acme');
  await person.types(/^API key/, 'not-a-real-key');
};

export const Filled: Story = {};

export const Empty: Story = { parameters: { server: { policy: aicHub, seed: nothing } } };

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

export const RetriesLoading: Story = retried('Azure DevOps');

export const SignedOut: Story = { ...signedOut };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

export const BothOwners: Story = { ...ofBoth };

export const BothOwnersNarrow: Story = { ...ofBoth, ...narrow };

/** A member sees those of the organization, and manages their own. */
export const BothOwnersReadOnly: Story = {
  ...ofBoth,
  globals: { person: 'carla' },
  play: async (scene) => {
    await new Person(scene).reads('Only administrators and managers of Acme can change them.');
  },
};

/** A viewer manages their own. */
export const BothOwnersDenied: Story = {
  ...ofBoth,
  globals: { person: 'eve' },
  play: async (scene) => {
    await new Person(scene).reads('in Acme doesn’t include access to');
  },
};

/** Only what that provider asks for. */
export const Adding: Story = { ...played, play: fillsIn };

export const AddingInJapanese: Story = {
  ...played,
  globals: { locale: 'ja' },
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Businessmap のトークンを追加');
    await person.reads('サブドメイン');
    await person.reads('キーは Businessmap のアカウント設定の「API」にあります。');
  },
};

export const AddingNarrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await fillsIn(scene);
    await fits(scene);
  },
};

export const AddsOne: Story = {
  ...played,
  play: async (scene) => {
    await fillsIn(scene);
    const person = new Person(scene);
    await person.presses('Add token');
    await person.reads('“Businessmap token” was added.');
    await expect(findAll(scene.canvasElement, '[aria-label="Add token for Businessmap"]')).toHaveLength(0);
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

/** The first attempt has added it, and its answer was lost: the second says so, and adds none beside it. */
export const AnswerLost: Story = {
  ...played,
  play: async (scene) => {
    await fillsIn(scene);
    const person = new Person(scene);
    serverOf(scene).fault((request, next) => (request.method === 'POST' ? answerLost(request, next) : next(request)));
    await person.presses('Add token');
    await person.reads('The server could not be reached.');
    serverOf(scene).fault();
    await person.presses('Add token');
    await person.reads('Businessmap already has a token here.');
    await person.presses('Save');
    await person.reads('“Businessmap token” was added.');
  },
};

export const Asking: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Actions for Azure DevOps');
    await person.presses('Delete', 'menuitem');
    await person.reads('The connection to Azure DevOps ends immediately');
    await person.hasFocusOn('button', 'Cancel');
  },
};

export const Deletes: Story = {
  ...played,
  play: async (scene) => {
    await Asking.play?.(scene);
    const person = new Person(scene);
    await person.presses('Delete token');
    await person.reads('“Azure DevOps token” was deleted.');
    await person.find('button', 'Add token for Azure DevOps');
  },
};

export const SessionLapsed: Story = {
  ...played,
  play: async (scene) => {
    await fillsIn(scene);
    serverOf(scene).lapse('ana');
    const person = new Person(scene);
    await person.presses('Add token');
    await person.reads('Your session has expired.');
    await expect(await person.field(/^Subdomain/)).toHaveValue('acme');
  },
};
