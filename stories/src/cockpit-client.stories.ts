import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { inTurn, longKeys, longOrganization, someKeys, someTokens } from './server/seeds.js';
import { dark, failed, loading, narrow, played, rightToLeft, signedOut } from './states.js';

const markup = `<cockpit-client base-url="/v1">
  <organization-select></organization-select>
  <profile-form></profile-form>
  <api-key-list></api-key-list>
</cockpit-client>

<script type="module">
  import '@ai-cockpit/elements';

  const client = document.querySelector('cockpit-client');
  // For sessions by token; without it, requests carry your cookie.
  client.getAccessToken = ({ refresh }) => session.accessToken({ force: refresh });
  client.addEventListener('cockpit-session-expired', () => session.signIn());
</script>`;

/** A text of the host beside its elements. */
const tell = (part: EventTarget | null, words: string): void => {
  const status = part instanceof Element && part.closest('.host')?.querySelector('[role="status"]');
  if (status) status.replaceChildren(`The host: ${words}`);
};

const meta: Meta = {
  title: 'Elements/cockpit-client',
  component: 'cockpit-client',
  parameters: { connected: false, markup, server: { seed: inTurn(someKeys, someTokens) } },
  render: (_args, scene) => {
    const server = serverOf(scene);
    const person = String(scene.globals.person);
    /** The host signs the person in again. */
    const handleExpired = ({ currentTarget }: Event) => {
      tell(currentTarget, 'please sign in again.');
    };
    const handleSignIn = ({ currentTarget }: Event) => {
      server.renew(person);
      tell(currentTarget, 'welcome back.');
    };
    return html`<div class="host">
      <p role="status">The host: you are signed in.</p>
      <button type="button" @click=${handleSignIn}>Sign in again</button>
      <cockpit-client .client=${server.as(person)} @cockpit-session-expired=${handleExpired}>
        <organization-select></organization-select>
        <profile-form></profile-form>
        <api-key-list></api-key-list>
      </cockpit-client>
    </div>`;
  },
};
export default meta;
type Story = StoryObj;

export const Filled: Story = {};

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

export const SignedOut: Story = { ...signedOut };

/** Each element says for itself what the person may not. */
export const Denied: Story = {
  globals: { person: 'eve' },
  play: async (scene) => {
    await new Person(scene).reads('in Acme doesn’t include access to');
  },
};

export const NoOrganization: Story = { globals: { person: 'frank' } };

export const LongText: Story = { ...narrow, parameters: { server: { seed: inTurn(longOrganization, longKeys) } } };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

/** A chooser among the elements chooses for all of them. */
export const ChoosesForAll: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.reads('API keys of Acme');
    await person.presses('Organization', 'combobox');
    await person.presses(/Globex/, 'option');
    await person.reads('Globex has no API keys yet.');
    await expect(await person.field(/Role/)).toHaveValue('Member');
    await person.readsNoMore('Planning board');
  },
};

/** The host is told, however many elements find out. */
export const SessionLapsed: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.types(/First name/, 'Anabel');
    serverOf(scene).lapse('ana');
    await person.presses('Save');
    await person.reads('Your session has expired.');
    await person.reads('The host: please sign in again.');
  },
};

/** It signs the person in again, and nothing typed is lost. */
export const SessionRenewed: Story = {
  ...played,
  play: async (scene) => {
    await SessionLapsed.play?.(scene);
    const person = new Person(scene);
    await person.presses('Sign in again');
    await person.presses('Save');
    await person.reads('Saved');
    await expect(await person.field(/First name/)).toHaveValue('Anabel');
  },
};

/** Each element is tried again by itself. */
export const RetriesLoading: Story = {
  ...failed,
  ...played,
  play: async (scene) => {
    await failed.play(scene);
    serverOf(scene).fault();
    const person = new Person(scene);
    for (const shown of ['Organization', /First name/, 'Search API keys']) {
      await person.presses('Try again');
      await person.field(shown);
    }
    await person.readsNoMore('The server could not be reached.');
  },
};
