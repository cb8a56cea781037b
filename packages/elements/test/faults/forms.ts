import type { Cockpit } from '@ai-cockpit/sdk';
import { fixture, html, oneEvent } from '@open-wc/testing';
import '../../src/index.js';
import { appears, button, deep, deepAll, says, type, waitUntil } from '../page.js';
import { chooseFile, pictureFile } from '../pictures.js';
import type { TestServer } from '../server.js';
import { fill } from './elements.js';

/** The typed secret, which must be found nowhere else. */
export const canary = 'CANARY-7f3a-of-a-secret';

/** A form with all that it asks for, ready to be sent. */
export interface FilledForm {
  readonly element: HTMLElement;
  /** The values of its fields. */
  readonly contents: () => string;
  readonly submit: () => void;
  /** Its message or event after a successful request. */
  readonly done: () => Promise<unknown>;
}

export interface FormCase {
  readonly name: string;
  /** Shows it and fills it in. */
  readonly open: (server: TestServer, client: Cockpit) => Promise<FilledForm>;
  /** The server's state of the resource; the expected one after success. */
  readonly outcome: (server: TestServer) => Promise<unknown>;
  readonly wanted: unknown;
  /** One of its fields. */
  readonly field?: string;
  /** Its message if the resource no longer exists; absent if that counts as success. */
  readonly gone?: string;
}

const acme = (server: TestServer) => server.client('ana').organization('acme');

const avatarOf = async (server: TestServer) => {
  const { avatarUrl, version } = await server.client('ana').profile.get();
  return { hasAvatar: avatarUrl !== null, version };
};

const input = (root: Element, name: string) => deep<HTMLInputElement>(root, `[name="${name}"]:not([type="radio"])`);

const contentsOf = (element: Element) => () =>
  deepAll<HTMLInputElement>(element, 'input:not([type="radio"]), select')
    .map(({ name, value }) => `${name}=${value}`)
    .join('\n');

const chooseInMenu = async (list: Element, row: string, action: string): Promise<void> => {
  await appears(list, 'tbody tr');
  const opener = button(list, `Actions for ${row}`);
  opener.click();
  button(deep(list, `#${opener.getAttribute('popovertarget')}`), action).click();
  await appears(list, 'dialog[open]');
};

/** Each form that sends something, and each dialog that ends something. */
export const forms: readonly FormCase[] = [
  {
    name: '<profile-form>',
    open: async (_, client) => {
      const element = await fixture<HTMLElement>(html`<profile-form .client=${client}></profile-form>`);
      type(await appears(element, '#firstName'), 'Anabel');
      return {
        element,
        contents: contentsOf(element),
        submit: () => deep(element, '[part="save"]').click(),
        done: () => says(element, 'Saved'),
      };
    },
    outcome: async (server) => {
      const { firstName, version } = await server.client('ana').profile.get();
      return { firstName, version };
    },
    field: 'firstName',
    wanted: { firstName: 'Anabel', version: 2 },
    gone: 'This no longer exists.',
  },
  {
    name: '<profile-avatar>',
    open: async (_, client) => {
      const element = await fixture<HTMLElement>(html`<profile-avatar .client=${client}></profile-avatar>`);
      await appears(element, '[part="edit"]');
      chooseFile(element, await pictureFile());
      await appears(element, '[part="save"]');
      return {
        element,
        contents: () => deep<HTMLImageElement>(element, '[part="avatar"] img').src,
        submit: () => deep(element, '[part="save"]').click(),
        done: () => says(element, 'Saved'),
      };
    },
    outcome: avatarOf,
    wanted: { hasAvatar: true, version: 2 },
    gone: 'This no longer exists.',
  },
  {
    name: '<profile-avatar>, deleting',
    open: async (server, client) => {
      await server.client('ana').profile.setAvatar(await pictureFile(), { version: 1 });
      const element = await fixture<HTMLElement>(html`<profile-avatar .client=${client}></profile-avatar>`);
      (await appears(element, '[part="remove"]')).click();
      await appears(element, 'dialog[open]');
      return {
        element,
        contents: contentsOf(element),
        submit: () => deep(element, '[part="confirm"]').click(),
        done: () => says(element, 'Avatar removed'),
      };
    },
    outcome: avatarOf,
    wanted: { hasAvatar: false, version: 3 },
  },
  {
    name: '<notification-settings>',
    open: async (_, client) => {
      const element = await fixture<HTMLElement>(
        html`<notification-settings .client=${client}></notification-settings>`,
      );
      (await appears(element, '[role="switch"]')).click();
      type(input(element, 'email'), 'mine@acme.example');
      return {
        element,
        contents: contentsOf(element),
        submit: () => deep(element, '[part="save"]').click(),
        done: () => says(element, 'Saved'),
      };
    },
    outcome: async (server) => {
      const { enabled, email, version } = await server.client('ana').notificationSettings.get();
      return { enabled, email, version };
    },
    field: 'email',
    wanted: { enabled: true, email: 'mine@acme.example', version: 2 },
    gone: 'This no longer exists.',
  },
  {
    name: '<provider-token-form>, adding',
    open: async (_, client) => {
      const element = await fixture<HTMLElement>(
        html`<provider-token-form .client=${client} provider="jira"></provider-token-form>`,
      );
      await appears(element, '[name="values.token"]');
      type(input(element, 'name'), 'Mine');
      type(input(element, 'values.site'), 'acme.atlassian.net');
      type(input(element, 'values.email'), 'bot@example.com');
      type(input(element, 'values.token'), canary);
      const saved = oneEvent(element, 'provider-token-saved');
      return {
        element,
        contents: contentsOf(element),
        submit: () => deep(element, '[part="save"]').click(),
        done: () => saved,
      };
    },
    outcome: async (server) => (await acme(server).providerTokens.list()).data.map(({ name }) => name),
    field: 'name',
    wanted: ['Mine'],
    gone: 'This no longer exists.',
  },
  {
    name: '<provider-token-form>, editing',
    open: async (server, client) => {
      await fill(server);
      const [token] = (await acme(server).providerTokens.list()).data;
      const element = await fixture<HTMLElement>(
        html`<provider-token-form .client=${client} token-id=${token?.id ?? ''}></provider-token-form>`,
      );
      await appears(element, '[name="name"]');
      type(input(element, 'name'), 'Mine');
      const saved = oneEvent(element, 'provider-token-saved');
      return {
        element,
        contents: contentsOf(element),
        submit: () => deep(element, '[part="save"]').click(),
        done: () => saved,
      };
    },
    outcome: async (server) =>
      (await acme(server).providerTokens.list()).data.map(({ name, version }) => name + version),
    field: 'name',
    wanted: ['Mine2'],
    gone: 'Someone else deleted this in the meantime.',
  },
  {
    name: '<api-key-create>',
    open: async (_, client) => {
      const element = await fixture<HTMLElement>(html`<api-key-create .client=${client}></api-key-create>`);
      (await appears(element, '[part="button"]')).click();
      await appears(element, 'dialog[open]');
      type(input(element, 'description'), 'Mine');
      return {
        element,
        contents: contentsOf(element),
        submit: () => deep(element, '[part="submit"]').click(),
        done: async () => {
          const value = await appears<HTMLTextAreaElement>(element, 'textarea');
          await waitUntil(() => value.value !== '', 'there was no value');
        },
      };
    },
    outcome: async (server) => (await acme(server).apiKeys.list()).data.map(({ description }) => description),
    field: 'description',
    wanted: ['Mine'],
    gone: 'This no longer exists.',
  },
  {
    name: '<api-key-single>',
    open: async (_, client) => {
      const element = await fixture<HTMLElement>(html`<api-key-single .client=${client}></api-key-single>`);
      await appears(element, '[part="form"]');
      type(input(element, 'description'), 'Mine');
      return {
        element,
        // Its own form alone: what is there already stands in a field, too.
        contents: () => contentsOf(deep(element, '[part="form"]'))(),
        submit: () => deep(element, '[part="create"]').click(),
        done: async () => {
          const value = await appears<HTMLTextAreaElement>(element, 'textarea');
          await waitUntil(() => value.value !== '', 'there was no value');
        },
      };
    },
    outcome: async (server) => (await acme(server).apiKeys.list()).data.map(({ description }) => description),
    field: 'description',
    wanted: ['Mine'],
    gone: 'This no longer exists.',
  },
  {
    name: '<api-key-single>, deleting',
    open: async (server, client) => {
      await fill(server);
      const element = await fixture<HTMLElement>(html`<api-key-single .client=${client}></api-key-single>`);
      (await appears(element, '[part="remove"]')).click();
      await appears(element, 'dialog[open]');
      return {
        element,
        contents: contentsOf(element),
        submit: () => deep(element, '[part="confirm"]').click(),
        done: () => says(element, 'No API key yet.'),
      };
    },
    outcome: async (server) => (await acme(server).apiKeys.list()).data,
    wanted: [],
  },
  {
    name: '<api-key-list>, deleting',
    open: async (server, client) => {
      await fill(server);
      const element = await fixture<HTMLElement>(html`<api-key-list .client=${client}></api-key-list>`);
      await chooseInMenu(element, 'Nightly sync', 'Delete');
      return {
        element,
        contents: contentsOf(element),
        submit: () => deep(element, '[part="confirm"]').click(),
        done: () => says(element, 'Acme has no API keys yet.'),
      };
    },
    outcome: async (server) => (await acme(server).apiKeys.list()).data,
    wanted: [],
  },
  {
    name: '<provider-token-list>, deleting',
    open: async (server, client) => {
      await fill(server);
      const element = await fixture<HTMLElement>(html`<provider-token-list .client=${client}></provider-token-list>`);
      await chooseInMenu(element, 'Platform', 'Delete');
      return {
        element,
        contents: contentsOf(element),
        submit: () => deep(element, '[part="confirm"]').click(),
        done: () => says(element, 'No tokens yet. Add one so that agents can access a provider.'),
      };
    },
    outcome: async (server) => (await acme(server).providerTokens.list()).data,
    wanted: [],
  },
];
