import type { Cockpit } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole } from '@ai-cockpit/sdk/presets';
import { fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/index.js';
import { appears, button, deepAll, waitUntil } from '../page.js';
import type { TestServer } from '../server.js';

const { profile } = aiCockpitOne;

/** AI Cockpit One, where people may have a picture as well, and be told by mail of what happens. */
export const withAvatars: HostPolicy = {
  ...aiCockpitOne,
  notifications: aipConsole.notifications,
  profile: { ...profile, fields: { ...profile.fields, avatar: { access: 'edit' } } },
};

/** Someone's token and key, so that there is something to list. */
export const fill = async (server: TestServer): Promise<void> => {
  const { providerTokens, apiKeys } = server.client('ana').organization('acme');
  const values = { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'a-secret' };
  await providerTokens.create({ provider: 'jira', name: 'Platform', code: 'platform', values });
  (await apiKeys.create({ description: 'Nightly sync' })).secret?.dispose();
};

export interface Reader {
  readonly tag: string;
  readonly template: (client: Cockpit) => TemplateResult;
  /** The paths that it reads. */
  readonly reads: readonly string[];
  /** Present once everything has been read. */
  readonly content: string;
}

/** Each element that shows what it has read. */
export const readers: readonly Reader[] = [
  {
    tag: 'profile-form',
    reads: ['/policy', '/profile'],
    template: (client) => html`<profile-form .client=${client}></profile-form>`,
    content: '#firstName',
  },
  {
    tag: 'profile-avatar',
    reads: ['/policy', '/profile'],
    template: (client) => html`<profile-avatar .client=${client}></profile-avatar>`,
    content: '[part="edit"]',
  },
  {
    tag: 'notification-settings',
    reads: ['/policy', '/notification-settings'],
    template: (client) => html`<notification-settings .client=${client}></notification-settings>`,
    content: '[role="switch"]',
  },
  {
    tag: 'profile-tabs',
    reads: ['/policy', '/profile'],
    template: (client) => html`<profile-tabs .client=${client}></profile-tabs>`,
    content: '#firstName',
  },
  {
    tag: 'provider-token-form',
    reads: ['/policy', '/providers'],
    template: (client) => html`<provider-token-form .client=${client}></provider-token-form>`,
    content: 'select[name="provider"]',
  },
  {
    tag: 'provider-token-list',
    reads: ['/policy', '/providers', '/provider-tokens'],
    template: (client) => html`<provider-token-list .client=${client}></provider-token-list>`,
    content: 'tbody tr',
  },
  {
    tag: 'api-key-create',
    reads: ['/policy'],
    template: (client) => html`<api-key-create .client=${client}></api-key-create>`,
    content: '[part="button"]',
  },
  {
    tag: 'api-key-list',
    reads: ['/policy', '/api-keys'],
    template: (client) => html`<api-key-list .client=${client}></api-key-list>`,
    content: 'tbody tr',
  },
  {
    tag: 'activity-log',
    reads: ['/policy', '/activity'],
    template: (client) => html`<activity-log .client=${client}></activity-log>`,
    content: 'tbody tr',
  },
  {
    tag: 'api-key-single',
    reads: ['/policy', '/api-keys'],
    template: (client) => html`<api-key-single .client=${client}></api-key-single>`,
    content: '[part="facts"]',
  },
  {
    tag: 'organization-select',
    reads: ['/profile'],
    template: (client) => html`<organization-select .client=${client}></organization-select>`,
    content: '[role="combobox"]',
  },
];

export const mount = (reader: Reader, client: Cockpit): Promise<HTMLElement> => fixture(reader.template(client));

/** Nothing is under way any more. */
export const atEase = (element: Element): Promise<void> =>
  waitUntil(() => deepAll(element, '[aria-busy="true"]').length === 0, 'it did not come to rest');

/** Presses what there is to press, until all is there. */
export const recovers = async (element: Element, { content }: Pick<Reader, 'content'>): Promise<void> => {
  for (let times = 0; times < 3 && deepAll(element, content).length === 0; times += 1) {
    if (deepAll(element, '[part="retry"]').length > 0) button(element, 'Try again').click();
    await atEase(element);
  }
  await appears(element, content);
};
