import { aipConsole } from '@ai-cockpit/sdk/presets';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import { findAll, Person } from '../person.js';
import { serverOf } from '../server/connection.js';
import { nothing } from '../server/seeds.js';
import type { StoryServer } from '../server/story-server.js';
import { dark, fits, narrow, type Play, played, rightToLeft } from '../states.js';
import { systemPage } from './system-page.js';

const day = 86_400_000;

/** Ana has a key since three weeks, and is mailed about what fails. */
const keyAndMail = async (server: StoryServer): Promise<void> => {
  const { apiKeys, notificationSettings } = server.as('ana');
  server.advance(-21 * day);
  const { secret } = await apiKeys.create({});
  secret?.dispose();
  server.advance(21 * day);
  await notificationSettings.update(
    { enabled: true, email: 'ana.alerts@acme.example', events: ['job.failed', 'job.stopped'] },
    { version: 1 },
  );
};

/** One key that is generated anew at will, sections that open and close, and mail on what happens to jobs. */
const meta: Meta = {
  title: 'Systems/AIP Console',
  component: 'profile-tabs',
  tags: ['!autodocs'],
  parameters: {
    server: { policy: aipConsole, seed: keyAndMail },
    controls: { disable: true },
  },
  render: systemPage({
    product: 'AIP Console',
    heading: 'Profile',
    lead: 'Manage your API key and e-mail notifications.',
    accent: 'light-dark(oklch(0.47 0.11 148), oklch(0.8 0.15 148))',
    menu: html`<profile-menu href="#profile"></profile-menu>`,
  }),
};
export default meta;
type Story = StoryObj;

const findsNotifications: Play = async (scene) => {
  const person = new Person(scene);
  await person.find('textbox', /^E-mail address/);
};

export const NoKeyYet: Story = { parameters: { server: { policy: aipConsole, seed: nothing } } };

export const AKeyExists: Story = {};

export const Notifications: Story = { ...played, play: findsNotifications };

/** The main job, from the first day on: a key for one's programs, and mail when something goes wrong. */
export const GeneratesAKeyAndAsksForMail: Story = {
  ...NoKeyYet,
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses('Generate API key');
    await person.reads('Copy it now and store it somewhere safe. You won’t be able to see it again.');
    const [value] = findAll<HTMLTextAreaElement>(scene.canvasElement, 'textarea');
    await expect(value?.value).toMatch(/^[^.]{8}\.[^.]{32}$/);
    await person.presses('Done');
    await person.presses('Finish anyway');
    await person.reads('The value was shown only once');
    await findsNotifications(scene);
    await person.presses('I want to receive e-mail notifications', 'switch');
    await person.types(/^E-mail address/, 'ana.alerts@acme.example');
    await person.presses('Job completed', 'checkbox');
    await person.presses('Save');
    await person.reads('Saved');
    const { enabled, email, events } = await serverOf(scene).as('ana').notificationSettings.get();
    await expect({ enabled, email }).toEqual({ enabled: true, email: 'ana.alerts@acme.example' });
    await expect(events).not.toContain('job.completed');
  },
};

/** The one before it ends at once, which is asked about first. */
export const GeneratesAgain: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    const { apiKeys } = serverOf(scene).as('ana');
    const [before] = (await apiKeys.list()).data;
    await person.presses('Generate API key');
    await person.reads('The current API key stops working immediately');
    await person.presses('Generate API key');
    await person.reads('Copy it now and store it somewhere safe. You won’t be able to see it again.');
    const working = (await apiKeys.list()).data.filter(({ status }) => status === 'active');
    await expect(working).toHaveLength(1);
    await expect(working[0]?.id).not.toBe(before?.id);
  },
};

/** Somebody whose name opens the menu, with a link to this page. */
export const Menu: Story = {
  ...played,
  play: async (scene) => {
    const person = new Person(scene);
    await person.presses(/^Account of ana/);
    await person.find('menuitem', 'Profile');
  },
};

export const Dark: Story = { ...dark, ...played, play: findsNotifications };

export const Narrow: Story = {
  ...narrow,
  ...played,
  play: async (scene) => {
    await findsNotifications(scene);
    await fits(scene);
  },
};

export const RightToLeft: Story = {
  ...rightToLeft,
  ...played,
  play: async (scene) => {
    await findsNotifications(scene);
    await fits(scene);
  },
};
