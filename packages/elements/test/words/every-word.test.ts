import type { Cockpit } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/index.js';
import { forbidCopying, restoreClipboard, withClipboard } from '../clipboard.js';
import { appears, deep, deepAll, says, type, waitUntil } from '../page.js';
import { chooseFile, pictureFile } from '../pictures.js';
import { type Fault, held, offline, startServer, status, type TestServer } from '../server.js';
import { refusedAt } from '../faults/faults.js';
import { everythingSaid } from './everything-said.js';
import { markedEnglish, withoutMarked } from './marked-english.js';

type KeysPolicy = NonNullable<HostPolicy['apiKeys']>;

/** All that the first product does not use. */
const theOtherWay: HostPolicy = {
  ...aiCockpitOne,
  profile: {
    editing: 'open',
    fields: { ...aiCockpitOne.profile.fields, loginName: { access: 'read', managedBy: 'identityProvider' } },
  },
  providerTokens: {
    owners: ['user'],
    presentation: 'perProvider',
    fields: { name: 'hidden', code: 'hidden', description: 'hidden' },
    providers: ['azure-devops', 'jira'],
    rawLeases: false,
  },
  apiKeys: {
    ...(aiCockpitOne.apiKeys as KeysPolicy),
    noun: 'apiToken',
    verb: 'generate',
    owner: 'user',
    fields: { name: 'required', description: 'optional' },
    expiry: {
      mode: 'required',
      input: 'choices',
      choicesInDays: [1, 7, 90],
      defaultInDays: 7,
      maxInDays: 365,
      custom: true,
    },
    removal: 'revokeThenDelete',
    columns: [
      'name',
      'description',
      'maskedValue',
      'owner',
      'module',
      'status',
      'createdAt',
      'createdBy',
      'lastUsedAt',
      'expiresAt',
    ],
    warnDaysBeforeExpiry: 14,
  },
};

const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];

describe('Every visible text is in the catalogue', () => {
  let server: TestServer;
  /** The texts that the server has answered, and the typed ones. */
  let data: Set<string>;

  const start = async (policy?: HostPolicy) => {
    server = await startServer(policy);
    data = new Set();
    meet((request, next) => next(request));
  };
  beforeEach(() => start());
  afterEach(async () => {
    restoreClipboard();
    await server.close();
  });

  /** From now on this happens to every request, and what comes back is noted. */
  const meet = (fault: Fault): void =>
    server.fault(async (request, next) => {
      const response = await fault(request, next);
      for (const text of stringsIn(
        await response
          .clone()
          .json()
          .catch(() => null),
      ))
        data.add(text);
      return response;
    });

  const show = async (
    template: (client: Cockpit, messages: typeof markedEnglish) => TemplateResult,
    person = 'ana',
  ): Promise<HTMLElement> => fixture(template(server.client(person), markedEnglish));

  const isBusy = (element: Element) => deepAll(element, '[aria-busy="true"]').length > 0;

  const pressEscape = (element: Element) =>
    deep(element, 'dialog[open]').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
    );

  const write = (element: Element, selector: string, text: string): void => {
    data.add(text);
    type(deep<HTMLInputElement>(element, selector), text);
  };

  /** Nothing stands there that is neither of the catalogue nor of the data: punctuation and numbers aside. */
  const isOfTheCatalogue = (element: Element, state: string): void => {
    const said = everythingSaid(element);
    const foreign = said
      .map(({ text, place }) => ({ text: withoutMarked(text), place }))
      .filter(({ text }) => /\p{L}/u.test(text) && !data.has(text));
    expect({ state, foreign }).to.deep.equal({ state, foreign: [] });
    expect(said.length, `${state}: something is said`).to.be.greaterThan(0);
  };

  const readers: readonly [
    string,
    (client: Cockpit, messages: typeof markedEnglish) => TemplateResult,
    content: string,
  ][] = [
    [
      'profile-form',
      (client, messages) => html`<profile-form locale="en" .client=${client} .messages=${messages}></profile-form>`,
      '#firstName',
    ],
    [
      'profile-tabs',
      (client, messages) => html`<profile-tabs locale="en" .client=${client} .messages=${messages}></profile-tabs>`,
      '[role="tab"]',
    ],
    [
      'provider-token-form',
      (client, messages) =>
        html`<provider-token-form locale="en" .client=${client} .messages=${messages}></provider-token-form>`,
      'form, [part="denied"]',
    ],
    [
      'provider-token-list',
      (client, messages) =>
        html`<provider-token-list locale="en" .client=${client} .messages=${messages}></provider-token-list>`,
      '[part="empty"], table, [part="denied"], section',
    ],
    [
      'api-key-create',
      (client, messages) => html`<api-key-create locale="en" .client=${client} .messages=${messages}></api-key-create>`,
      '[part="button"], [part="denied"]',
    ],
    [
      'api-key-list',
      (client, messages) => html`<api-key-list locale="en" .client=${client} .messages=${messages}></api-key-list>`,
      '[part="empty"], table, [part="denied"]',
    ],
    [
      'api-key-single',
      (client, messages) => html`<api-key-single locale="en" .client=${client} .messages=${messages}></api-key-single>`,
      '[part="panel"], [part="denied"]',
    ],
    [
      'notification-settings',
      (client, messages) =>
        html`<notification-settings locale="en" .client=${client} .messages=${messages}></notification-settings>`,
      '[role="switch"]',
    ],
    [
      'activity-log',
      (client, messages) => html`<activity-log locale="en" .client=${client} .messages=${messages}></activity-log>`,
      'table',
    ],
    [
      'organization-select',
      (client, messages) =>
        html`<organization-select locale="en" .client=${client} .messages=${messages}></organization-select>`,
      '[role="combobox"], [part="name"]',
    ],
  ];

  for (const [tag, template, content] of readers) {
    it(`<${tag}>: loading, failed and loaded`, async () => {
      const { fault, release } = held();
      meet(fault);
      const waiting = await show(template);
      if (tag !== 'api-key-create') isOfTheCatalogue(waiting, 'loading');
      release();
      await appears(waiting, content);
      isOfTheCatalogue(waiting, 'there');
      for (const [name, misfortune] of [
        ['offline', offline],
        ['500', status(500)],
        ['503', status(503)],
        ['403', status(403)],
        ['404', status(404)],
        ['429', status(429)],
        ['a lie', () => Promise.resolve(Response.json({ data: 'nothing of the kind' }))],
      ] as const) {
        meet(misfortune);
        const element = await show(template);
        await appears(element, '[part="problem"]');
        isOfTheCatalogue(element, name);
      }
      meet((request, next) => next(request));
      for (const person of ['bruno', 'carla', 'dora', 'eve']) {
        const element = await show(template, person);
        await appears(element, content);
        isOfTheCatalogue(element, person);
      }
    });
  }

  it('<notification-settings>: on, off, without a mail server, refused, in conflict and saved', async () => {
    server.mail.ready = false;
    const waits = { userId: 'carla', contents: '{}', state: 'waiting', attempts: 0, settledAt: null } as const;
    const createdAt = Date.now() - 3 * 3_600_000;
    const row = { ...waits, id: 'a', messageId: '<a@x>', occasion: 'a', nextAttemptAt: 2 * createdAt, createdAt };
    await server.store.outbox.add([row]);
    data.add('3 hours ago');
    const element = await show(
      (client, messages) =>
        html`<notification-settings locale="en" .client=${client} .messages=${messages}></notification-settings>`,
    );
    (await appears(element, '[role="switch"]')).click();
    isOfTheCatalogue(element, 'nothing can be sent');
    write(element, '#email', 'nowhere');
    const save = deep(element, '[part="save"]');
    save.click();
    await appears(element, '[part="error"]');
    isOfTheCatalogue(element, 'refused');
    write(element, '#email', 'mine@acme.example');
    const elsewhere = server.client('ana').notificationSettings;
    await elsewhere.update({ email: 'theirs@acme.example', events: ['job.failed'], enabled: true }, { version: 1 });
    save.click();
    await appears(element, '[part="changes"]');
    isOfTheCatalogue(element, 'disputed');
    deep(element, '[part="save"]').click();
    await says(element, /Saved/);
    isOfTheCatalogue(element, 'saved');
  });

  it('<profile-avatar>: none, chosen, refused, in conflict, saved and removed', async () => {
    await server.close();
    await start(environmentOperationsCenter);
    data.add('AS');
    const element = await show(
      (client, messages) => html`<profile-avatar locale="en" .client=${client} .messages=${messages}></profile-avatar>`,
    );
    await appears(element, '[part="edit"]');
    isOfTheCatalogue(element, 'none');
    for (const file of [
      new File(['<svg/>'], 'me.svg', { type: 'image/svg+xml' }),
      new File(['<svg/>'], 'me.png', { type: 'image/png' }),
      new File([new Uint8Array(2_000_001)], 'me.png', { type: 'image/png' }),
    ]) {
      chooseFile(element, file);
      await appears(element, '[part="error"]');
      isOfTheCatalogue(element, 'refused');
    }
    chooseFile(element, await pictureFile());
    const save = await appears(element, '[part="save"]');
    isOfTheCatalogue(element, 'chosen');
    await server.client('ana').profile.setAvatar(await pictureFile(['red']), { version: 1 });
    save.click();
    await appears(element, '[part="use-theirs"]');
    isOfTheCatalogue(element, 'disputed');
    save.click();
    (await appears(element, '[part="remove"]')).click();
    const confirm = await appears(element, 'dialog [part="confirm"]');
    isOfTheCatalogue(element, 'about to be removed');
    confirm.click();
    await waitUntil(() => deepAll(element, '[part="remove"]').length === 0);
    isOfTheCatalogue(element, 'removed');
  });

  for (const policy of [environmentOperationsCenter, aipConsole]) {
    it('<profile-menu>: the signed-in person', async () => {
      await server.close();
      await start(policy);
      data.add('AS').add('Ana Souza');
      const menu = (client: Cockpit, messages: typeof markedEnglish) =>
        html`<profile-menu locale="en" href="#profile" .client=${client} .messages=${messages}></profile-menu>`;
      const element = await show(menu);
      (await appears(element, '[part="button"]')).click();
      isOfTheCatalogue(element, 'open');
      meet(offline);
      const failed = await show(menu);
      (await appears(failed, '[part="button"]')).click();
      isOfTheCatalogue(failed, 'unread');
    });
  }

  for (const policy of [environmentOperationsCenter, aipConsole]) {
    const { noun, atLimit } = policy.apiKeys!;

    it(`<api-key-single>, ${noun}: created, not offered, replaced and ended`, async () => {
      await server.close();
      await start(policy);
      const element = await show(
        (client, messages) =>
          html`<api-key-single locale="en" .client=${client} .messages=${messages}></api-key-single>`,
      );
      const create = await appears(element, '[part="create"]');
      isOfTheCatalogue(element, 'none');
      create.click();
      await appears(element, '[part="copy"]');
      isOfTheCatalogue(element, 'on show');
      deep(element, '[part="close"]').click();
      (await appears(element, '[part="discard"]')).click();
      await appears(element, 'input[part="value"]');
      isOfTheCatalogue(element, 'there');
      if (atLimit === 'replace') {
        for (const misfortune of [refusedAt('expiresAt'), offline]) {
          meet((request, next) => (request.method === 'POST' ? misfortune(request, next) : next(request)));
          create.click();
          const confirm = await appears(element, 'dialog [part="confirm"]');
          isOfTheCatalogue(element, 'about to be replaced');
          confirm.click();
          await nextFrame();
          await waitUntil(() => !isBusy(element) && deepAll(element, '[part="previous-key-note"]').length > 0);
          isOfTheCatalogue(element, 'not replaced');
        }
      }
      deep(element, '[part="remove"]').click();
      (await appears(element, 'dialog [part="confirm"]')).focus();
      isOfTheCatalogue(element, 'about to be deleted');
      meet((request, next) => next(request));
      deep(element, 'dialog [part="confirm"]').click();
      await waitUntil(() => deep<HTMLInputElement>(element, 'input[part="value"]').value === '');
      isOfTheCatalogue(element, 'deleted');
    });
  }

  for (const policy of [aiCockpitOne, theOtherWay]) {
    const { noun } = policy.apiKeys!;

    it(`<api-key-list>, ${noun}: requested, refused, created, copied, listed, searched for and ended`, async () => {
      await server.close();
      await start(policy);
      const element = await show(
        (client, messages) =>
          html`<profile-tabs locale="en" section="api-keys" .client=${client} .messages=${messages}></profile-tabs>`,
      );
      (await appears(element, 'api-key-create [part="button"], [part="button"]')).click();
      await appears(element, 'dialog[open] form');
      isOfTheCatalogue(element, 'a new one');
      deep(element, '[part="submit"]').click();
      await appears(element, '[part="error"]:not(:empty)');
      isOfTheCatalogue(element, 'nothing filled in');
      write(element, policy === aiCockpitOne ? '#description' : '#name', 'Nightly reports');
      for (const radio of deepAll<HTMLInputElement>(element, 'input[value="custom"]')) radio.click();
      await nextFrame();
      for (const date of deepAll<HTMLInputElement>(element, '#expiresAt')) {
        date.value = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
      }
      isOfTheCatalogue(element, 'a date of one’s own');
      pressEscape(element);
      await appears(element, '[part="keep-editing"]');
      isOfTheCatalogue(element, 'left with something typed');
      deep(element, '[part="keep-editing"]').click();
      for (const misfortune of [offline, status(500), status(409)]) {
        meet((request, next) => (request.method === 'POST' ? misfortune(request, next) : next(request)));
        (await appears(element, '[part="submit"]')).click();
        await waitUntil(() => deepAll(element, '[part="problem"]').length > 0 && !isBusy(element));
        isOfTheCatalogue(element, 'not made');
      }
      const { fault, release } = held();
      meet((request, next) => (request.method === 'POST' ? fault(request, next) : next(request)));
      deep(element, '[part="submit"]').click();
      await appears(element, '[part="submit"][aria-disabled="true"]');
      isOfTheCatalogue(element, 'being made');
      release();
      await appears(element, '[part="copy"]');
      isOfTheCatalogue(element, 'shown once');
      deep(element, '[part="close"]').click();
      await appears(element, '[part="keep-editing"]');
      isOfTheCatalogue(element, 'not stored');
      deep(element, '[part="keep-editing"]').click();
      withClipboard({ refuse: true });
      forbidCopying();
      deep(element, '[part="copy"]').click();
      await says(element, 'Could not copy');
      isOfTheCatalogue(element, 'not copied');
      restoreClipboard();
      withClipboard();
      deep(element, '[part="copy"]').click();
      await says(element, '⟦Copied⟧');
      isOfTheCatalogue(element, 'copied');
      (await appears(element, '[part="close"]')).click();
      await appears(element, 'tbody tr');
      isOfTheCatalogue(element, 'listed');

      write(element, '[part="search"]', 'no such thing');
      await appears(element, '[part="empty"]');
      isOfTheCatalogue(element, 'not found');
      deep(element, '[part="empty"] button').click();
      for (let removals = policy === aiCockpitOne ? 1 : 2; removals > 0; removals -= 1) {
        (await appears(element, '[part="menu-button"]')).click();
        await nextFrame();
        isOfTheCatalogue(element, 'its menu');
        deep(element, '[role="menuitem"]').click();
        await appears(element, '[part="confirm"]');
        isOfTheCatalogue(element, 'to be ended');
        meet((request, next) => (request.method === 'GET' ? next(request) : offline(request, next)));
        deep(element, '[part="confirm"]').click();
        await appears(element, '[part="problem"]');
        isOfTheCatalogue(element, 'not ended');
        meet((request, next) => next(request));
        deep(element, '[part="confirm"]').click();
        await waitUntil(() => deepAll(element, 'dialog').length === 0);
        isOfTheCatalogue(element, 'ended');
      }
    });

    it(`<provider-token-list>, ${policy.providerTokens!.presentation}`, async () => {
      await server.close();
      await start(policy);
      const element = await show(
        (client, messages) =>
          html`<provider-token-list locale="en" .client=${client} .messages=${messages}></provider-token-list>`,
      );
      (await appears(element, '[part="add"]')).click();
      await appears(element, '[part="save"]');
      isOfTheCatalogue(element, 'a new one');
      for (const { id } of await server.client('ana').providers.list()) {
        for (const select of deepAll<HTMLSelectElement>(element, 'select[name="provider"]')) {
          select.value = id;
          select.dispatchEvent(new InputEvent('input', { bubbles: true }));
          await nextFrame();
          isOfTheCatalogue(element, id);
        }
      }
      deep(element, '[part="save"]').click();
      await appears(element, '[part="error"]:not(:empty)');
      isOfTheCatalogue(element, 'nothing filled in');
      write(element, 'input[type="password"]', 'a-secret');
      pressEscape(element);
      await appears(element, '[part="discard"]');
      isOfTheCatalogue(element, 'left with something typed');
      deep(element, '[part="discard"]').click();
      await waitUntil(() => deepAll(element, 'dialog').length === 0);

      const client = server.client('ana');
      // Of whoever changes something, others hear once the client knows who it is.
      await client.profile.get();
      const values = { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'a-secret' };
      const texts = policy === aiCockpitOne ? { name: 'Platform', code: 'platform' } : {};
      await client.providerTokens.create({ provider: 'jira', ...texts, values });
      await appears(element, '[part="menu-button"]');
      isOfTheCatalogue(element, 'listed');
      if (policy === aiCockpitOne) {
        write(element, '[part="search"]', 'no such thing');
        await appears(element, '[part="empty"]');
        isOfTheCatalogue(element, 'not found');
        deep(element, '[part="empty"] button').click();
      }
      const choose = async (at: number) => {
        (await appears(element, '[part="menu-button"]')).click();
        await nextFrame();
        deepAll(element, '[role="menuitem"]').at(at)?.click();
      };
      await choose(0);
      await appears(element, '[part="save"]');
      isOfTheCatalogue(element, 'edited');
      const [token] = (await client.providerTokens.list()).data;
      await client.providerTokens.update(
        token!.id,
        { values: { email: 'other@example.com' } },
        { version: token!.version },
      );
      write(element, '[name="values.email"]', 'mine@example.com');
      deep(element, '[part="save"]').click();
      await appears(element, '[part="problem"]');
      isOfTheCatalogue(element, 'changed by somebody else');
      deep(element, '[part="cancel"]').click();
      await waitUntil(() => deepAll(element, 'dialog').length === 0);
      // The current key is deleted.
      await waitUntil(() => deepAll(element, '[aria-busy="true"]').length === 0);
      await choose(-1);
      await appears(element, '[part="confirm"]');
      isOfTheCatalogue(element, 'to be deleted');
      deep(element, '[part="confirm"]').click();
      await waitUntil(() => deepAll(element, 'dialog').length === 0);
      isOfTheCatalogue(element, 'deleted');
    });
  }

  it('<profile-form>: saved, refused, in conflict, and without a session', async () => {
    const element = await show(
      (client, messages) => html`<profile-form locale="en" .client=${client} .messages=${messages}></profile-form>`,
    );
    await appears(element, '#firstName');
    write(element, '#lastName', '');
    deep(element, '[part="save"]').click();
    await appears(element, '[part="error"]');
    isOfTheCatalogue(element, 'nothing filled in');
    write(element, '#lastName', 'Al\u202Emeida');
    deep(element, '[part="save"]').click();
    await says(element, 'characters');
    isOfTheCatalogue(element, 'refused');
    write(element, '#lastName', 'Andrade');
    deep(element, '[part="save"]').click();
    await says(element, '⟦Saved⟧');
    isOfTheCatalogue(element, 'saved');
    write(element, '#lastName', 'Azevedo');
    await server.client('ana').profile.update({ lastName: 'Arruda' }, { version: 2 });
    deep(element, '[part="save"]').click();
    await appears(element, '[part="use-theirs"]');
    isOfTheCatalogue(element, 'changed by somebody else');
    server.lapse('ana');
    deep(element, '[part="save"]').click();
    await says(element, '⟦Your session has expired.⟧');
    isOfTheCatalogue(element, 'no session');
  });

  it('a text outside the catalogue is found in any place: the control', async () => {
    const element = await fixture<HTMLDivElement>(html`<div></div>`);
    const root = element.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('i::before { content: "Generated" }');
    root.adoptedStyleSheets = [sheet];
    const button = document.createElement('button');
    button.append('⟦Delete⟧ Text');
    button.setAttribute('aria-label', 'Label');
    button.title = '⟦Actions for ⟦API key⟧⟧';
    root.append(button, document.createElement('i'));
    const foreign = everythingSaid(element).map(({ text }) => withoutMarked(text));
    expect(foreign).to.deep.equal(['Label', '', 'Text', 'Generated']);
  });

  it('<organization-select>: the list, and a search without a match', async () => {
    const element = await show(
      (client, messages) =>
        html`<organization-select locale="en" .client=${client} .messages=${messages}></organization-select>`,
    );
    (await appears(element, '[role="combobox"]')).click();
    await appears(element, '[role="option"]');
    isOfTheCatalogue(element, 'open');
    write(element, '[role="combobox"]', 'no such thing');
    await says(element, 'No organization matches');
    isOfTheCatalogue(element, 'none');
  });
});
