import { aiCockpitOne, duplocloud } from '@ai-cockpit/sdk/presets';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { forbidCopying, restoreClipboard, withoutClipboard } from '../../test/clipboard.js';
import { appears, atRest, button, deep, deepAll, says, type, waitUntil } from '../../test/page.js';
import { startServer, status, type TestServer } from '../../test/server.js';
import '../api-key-create/define.js';
import '../api-key-list/define.js';
import '../api-key-single/define.js';
import '../provider-token-list/define.js';

/** A dialog, and the messages that appear in it one after the other. */
interface Scene {
  readonly name: string;
  readonly policy?: HostPolicy;
  readonly open: (server: TestServer) => Promise<HTMLElement>;
  readonly messages: readonly {
    readonly name: string;
    readonly show: (element: HTMLElement, server: TestServer) => unknown;
    readonly text: string;
  }[];
}

const input = (element: Element, name: string) =>
  deep<HTMLInputElement>(element, `[name="${name}"]:not([type="radio"])`);

const pressEscape = (element: Element) =>
  deep(element, 'dialog').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));

const openMenu = async (element: HTMLElement, action: string): Promise<HTMLElement> => {
  (await appears(element, '[part="menu-button"]')).click();
  await waitUntil(() => deepAll(element, '[part="menu"]:popover-open').length > 0);
  button(element, action).click();
  return element;
};

const unavailable = 'The server is not available right now.';

const failing = (part: string) => ({
  name: 'an error of the server',
  show: (element: HTMLElement, server: TestServer) => {
    server.fault(status(503));
    deep(element, `[part="${part}"]`).click();
  },
  text: unavailable,
});

const question = {
  name: 'the question whether to discard',
  show: (element: HTMLElement) => pressEscape(element),
  text: 'Discard changes?',
};

const scenes: readonly Scene[] = [
  {
    name: 'a new key',
    open: async (server) =>
      fixture(
        html`<api-key-create .client=${server.client('ana')} organization-id="acme" lang="en" open></api-key-create>`,
      ),
    messages: [
      {
        name: 'the error of a field',
        show: (element) => deep(element, '[part="submit"]').click(),
        text: 'Enter description.',
      },
      {
        name: 'an error of the server',
        show: (element, server) => {
          type(input(element, 'description'), 'Nightly sync');
          failing('submit').show(element, server);
        },
        text: unavailable,
      },
      question,
    ],
  },
  {
    name: 'a new provider token',
    open: async (server) => {
      const element = await fixture<HTMLElement>(
        html`<provider-token-list .client=${server.client('ana')} owner="user" lang="en"></provider-token-list>`,
      );
      (await appears(element, '[part="add"]')).click();
      const provider = await appears<HTMLSelectElement>(element, 'select');
      provider.value = 'jira';
      for (const kind of ['input', 'change']) provider.dispatchEvent(new Event(kind, { bubbles: true }));
      await appears(element, '[name="values.token"]');
      return element;
    },
    messages: [
      { name: 'the errors of fields', show: (element) => deep(element, '[part="save"]').click(), text: 'Enter name.' },
      {
        name: 'the error of a field whose change ends',
        show: (element) => {
          type(input(element, 'values.email'), 'nobody');
          input(element, 'values.email').dispatchEvent(new Event('change', { bubbles: true }));
        },
        text: 'Enter an e-mail address',
      },
      question,
    ],
  },
  {
    name: 'a provider token',
    open: async (server) => {
      const client = server.client('ana');
      const values = { organization: 'acme', token: 'a-secret' };
      await client.providerTokens.create({ provider: 'azure-devops', name: 'Boards', code: 'boards', values });
      const element = await fixture<HTMLElement>(
        html`<provider-token-list .client=${client} owner="user" lang="en"></provider-token-list>`,
      );
      await openMenu(element, 'Edit');
      await appears(element, '[name="name"]');
      return element;
    },
    messages: [
      {
        name: 'the changes of somebody else',
        show: async (element, server) => {
          const client = server.client('ana');
          const [token] = (await client.providerTokens.list()).data;
          await client.providerTokens.update(token?.id ?? '', { name: 'Theirs' }, { version: 1 });
          type(input(element, 'name'), 'Mine');
          deep(element, '[part="save"]').click();
        },
        text: 'You both changed this field.',
      },
      question,
    ],
  },
  {
    name: 'deleting a key',
    policy: aiCockpitOne,
    open: async (server) => {
      const client = server.client('ana');
      (await client.organization('acme').apiKeys.create({ description: 'Nightly sync' })).secret?.dispose();
      const list = html`<api-key-list .client=${client} organization-id="acme" lang="en"></api-key-list>`;
      return openMenu(await fixture<HTMLElement>(list), 'Delete');
    },
    messages: [failing('confirm')],
  },
  {
    name: 'revoking several keys',
    policy: duplocloud,
    open: async (server) => {
      for (const person of ['ana', 'bruno'])
        (await server.client(person).apiKeys.create({ name: `Nightly of ${person}` })).secret?.dispose();
      const element = await fixture<HTMLElement>(
        html`<api-key-list .client=${server.client('ana')} owner="all" lang="en"></api-key-list>`,
      );
      (await appears(element, 'input[aria-label="Select all on this page"]')).click();
      (await appears(element, '[part="bulk-revoke"]')).click();
      return element;
    },
    messages: [{ ...failing('confirm'), text: '0 of 2 revoked.' }],
  },
  {
    name: 'a new value',
    policy: duplocloud,
    open: async (server) => {
      withoutClipboard();
      forbidCopying();
      const element = await fixture<HTMLElement>(
        html`<api-key-create .client=${server.client('ana')} lang="en" open></api-key-create>`,
      );
      type(await appears<HTMLInputElement>(element, '[name="name"]'), 'Nightly sync');
      deep(element, '[part="submit"]').click();
      await appears(element, '[part="copy"]');
      return element;
    },
    messages: [
      {
        name: 'that it was not copied',
        show: (element) => deep(element, '[part="copy"]').click(),
        text: 'Could not copy.',
      },
      {
        name: 'the question whether to close',
        show: (element) => deep(element, '[part="close"]').click(),
        text: 'Close without copying?',
      },
    ],
  },
];

/** Where the title, the controls, the last button and the end of the dialog are. */
const positions = async (element: HTMLElement) => {
  await atRest(element);
  const top = (part: Element) => Math.round(part.getBoundingClientRect().top);
  const dialog = deep(element, 'dialog');
  const last = deepAll(dialog, ':is(.dialog-actions, .actions, .question) button').at(-1);
  return {
    title: top(deep(dialog, 'h2')),
    controls: deepAll(dialog, 'input, select, textarea').map(top),
    actions: last && Math.round(last.getBoundingClientRect().bottom),
    end: Math.round(dialog.getBoundingClientRect().bottom),
  };
};

describe('Dialogs in which a message appears', () => {
  let server: TestServer;
  afterEach(async () => {
    restoreClipboard();
    await setViewport({ width: 800, height: 600 });
    server.fault();
    await server.close();
  });

  for (const { name, policy, open, messages } of scenes) {
    for (const { width, place } of [
      { width: 1280, place: 'on a large screen' },
      { width: 360, place: 'as a sheet' },
    ]) {
      it(`${place}, ${name}: title and fields stay where they are, and so do the actions where there is room`, async () => {
        server = await startServer(policy);
        await setViewport({ width, height: 1200 });
        const element = await open(server);
        const opened = await appears(element, 'dialog[open]');
        // WebKit may keep media queries and units of the viewport as they were before it changed: changed again.
        const fits = () => {
          const { top, bottom, width } = opened.getBoundingClientRect();
          return place === 'as a sheet' ? width === 360 && Math.round(bottom) === 1200 : Math.round(top) === 96;
        };
        for (let times = 0; times < 20 && !fits(); times += 1) {
          await setViewport({ width, height: 1199 });
          await setViewport({ width, height: 1200 });
          await nextFrame();
        }
        for (const { name: message, show, text } of messages) {
          const before = await positions(element);
          await show(element, server);
          await says(element, text);
          server.fault();
          const after = await positions(element);
          // A sheet is as high as the screen; elsewhere, only a message that needs a box makes the dialog longer.
          const isSheet = width === 360;
          const dialog = deep(element, 'dialog');
          const hasBox = deepAll(dialog, '[part="problem"]').length > 0;
          // The sheet of a question is as high as its text, so that a message moves that upwards.
          const isQuestion = isSheet && dialog.getAttribute('role') === 'alertdialog';
          const shownOf = ({ title, controls, actions, end }: typeof before) => ({
            message,
            ...(!isQuestion && { title }),
            // Where help of two lines makes place for an error of one, the fields below follow.
            controls: isSheet ? controls.slice(0, 1) : controls,
            ...((isSheet || !hasBox) && { actions, end }),
          });
          expect(shownOf(after)).to.deep.equal(shownOf(before));
          await expect(element).to.be.accessible();
        }
      });
    }
  }
});
