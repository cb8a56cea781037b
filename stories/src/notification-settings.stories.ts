import { held } from '@ai-cockpit/example-server/in-page';
import { aipConsole } from '@ai-cockpit/sdk/presets';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { Person } from './person.js';
import { serverOf } from './server/connection.js';
import { nothing } from './server/seeds.js';
import type { StoryServer } from './server/story-server.js';
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

const on = async (server: StoryServer): Promise<void> => {
  await server.as('ana').notificationSettings.update({ enabled: true }, { version: 1 });
};

/** So many mails wait since three hours, as the mail server is away. */
const mailsWait = async (server: StoryServer): Promise<void> => {
  await on(server);
  const createdAt = Date.now() - 3 * 3_600_000;
  const mail = { userId: 'carla', contents: '{}', state: 'waiting', attempts: 1, settledAt: null, createdAt } as const;
  const mails = ['a', 'b'].map((id) => ({
    ...mail,
    id,
    messageId: `<${id}@cockpit.example>`,
    occasion: id,
    nextAttemptAt: 2 * createdAt,
  }));
  await server.store.outbox.add(mails);
};

const noMailServer = (server: StoryServer): Promise<void> => {
  server.mail.ready = false;
  return Promise.resolve();
};

const meta: Meta = {
  title: 'Elements/notification-settings',
  component: 'notification-settings',
  parameters: { server: { policy: aipConsole, seed: on } },
};
export default meta;
type Story = StoryObj;

/** Mails are off until the person switches them on. */
export const Off: Story = { parameters: { server: { seed: nothing } } };

export const On: Story = {};

export const Loading: Story = { ...loading };

export const Failed: Story = { ...failed };

export const SignedOut: Story = { ...signedOut };

/** The choice is saved, and takes effect once a mail server is configured. */
export const NoMailServer: Story = { parameters: { server: { seed: noMailServer } } };

/** Administrators are told. */
export const MailWaits: Story = {
  parameters: { server: { seed: mailsWait } },
  play: async (scene) => {
    await new Person(scene).reads('2 e-mails are waiting to be sent.');
  },
};

const withoutNotifications: HostPolicy = {
  ...aipConsole,
  sections: aipConsole.sections.filter(({ id }) => id !== 'notifications'),
  notifications: null,
};

/** A policy without notifications has nothing to choose. */
export const NotOffered: Story = {
  parameters: { server: { policy: withoutNotifications, seed: nothing } },
  play: async (scene) => {
    await new Person(scene).reads('Notifications are not available here.');
  },
};

const ownEvents: HostPolicy = {
  ...aipConsole,
  notifications: { events: ['backup.done', 'forecast.retrained', 'quota.exceeded'] },
  messages: {
    en: {
      'notifications.event.backup.done': 'Backup done',
      'notifications.event.forecast.retrained':
        'A forecast was trained anew, by itself or by somebody, whether or not its accuracy has become any better',
    },
  },
};

/** A host's own kinds of event, by its own words; one that it has no words for goes by its name. */
export const OwnEvents: Story = { parameters: { server: { policy: ownEvents } } };

export const LongText: Story = { ...narrow, ...OwnEvents, play: fits };

export const Dark: Story = { ...dark };

export const RightToLeft: Story = { ...rightToLeft };

export const Narrow: Story = { ...narrow };

/** The host's own words above and below. */
export const Slots: Story = {
  args: { header: 'We write from no-reply@console.example.', footer: 'Mail about your bill comes in any case.' },
  play: fits,
};

const changesAddress: Play = (scene) => new Person(scene).types(/E-mail address/, 'mail@acme.example');

export const Saves: Story = {
  ...played,
  play: async (scene) => {
    await changesAddress(scene);
    const person = new Person(scene);
    await person.presses('Save');
    await person.reads('Saved');
    const { email, enabled } = await serverOf(scene).as('ana').notificationSettings.get();
    await expect({ email, enabled }).toEqual({ email: 'mail@acme.example', enabled: true });
  },
};

export const Saving: Story = {
  ...played,
  ...waiting,
  play: async (scene) => {
    await changesAddress(scene);
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
    await person.types(/E-mail address/, 'nowhere');
    await person.presses('Save');
    await person.reads('Enter an e-mail address such as ana@example.com.');
    await person.hasFocusOn('textbox', /E-mail address/);
  },
};

/** Changed in another window, or by one click in a mail program. */
export const Conflict: Story = {
  ...played,
  play: async (scene) => {
    await changesAddress(scene);
    const elsewhere = serverOf(scene).elsewhere('ana');
    const { version } = await elsewhere.notificationSettings.get();
    await elsewhere.notificationSettings.update({ email: 'other@acme.example', enabled: false }, { version });
    const person = new Person(scene);
    await person.presses('Save');
    await person.reads('Someone else changed this in the meantime.');
    await person.reads('other@acme.example');
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
    await expect((await serverOf(scene).as('ana').notificationSettings.get()).email).toBe('mail@acme.example');
  },
};

export const RetriesLoading: Story = retried('E-mail address');

const submission = submissionStates({
  fillsIn: changesAddress,
  presses: 'Save',
  keeps: [/E-mail address/, 'mail@acme.example'],
  isDone: (person) => person.reads('Saved'),
});

export const RetriesSaving: Story = submission.retried;

export const SessionLapsed: Story = submission.sessionLapsed;

export const SessionRenewed: Story = submission.sessionRenewed;
