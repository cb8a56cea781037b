import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aipConsole, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { forbidCopying, restoreClipboard, withClipboard, withoutClipboard } from '../../test/clipboard.js';
import { appears, atRest, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { answerLost, type Fault, held, offline, startServer, status, type TestServer } from '../../test/server.js';
import type { ApiKeyCreatedEvent, ApiKeyCreateEvent } from '../events/api-key-create-events.js';
import type { ApiKeyRemovalEvent } from '../events/api-key-removal-event.js';
import type { ApiKeySingleElement } from './api-key-single.js';
import './define.js';

type KeysPolicy = NonNullable<HostPolicy['apiKeys']>;

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);

/** One at a time, to be deleted before the next, for a chosen period. */
const one = environmentOperationsCenter;
/** One at a time, which the next one replaces, for good. */
const latest = aipConsole;

const refused: Fault = () =>
  Promise.resolve(
    new Response(JSON.stringify({ type: 'about:blank', title: 'No', status: 403, code: 'forbidden', requestId: 'r' }), {
      status: 403,
      headers: { 'content-type': 'application/problem+json' },
    }),
  );

const withTerms = (policy: HostPolicy, terms: Partial<KeysPolicy>): HostPolicy => ({
  ...policy,
  // Both presets have keys.
  apiKeys: { ...(policy.apiKeys as KeysPolicy), ...terms },
});

/** A date as people read it in English. */
const dateIn = (days: number) =>
  new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(Date.now() + days * 86_400_000);

describe('<api-key-single>', () => {
  let server: TestServer;
  afterEach(async () => {
    restoreClipboard();
    await server.close();
  });

  const start = async (policy: HostPolicy) => {
    server = await startServer(policy);
  };
  const show = (person = 'ana') =>
    fixture<ApiKeySingleElement>(html`<api-key-single .client=${server.client(person)} lang="en"></api-key-single>`);
  const shown = async (person?: string) => {
    const element = await show(person);
    await appears(element, '[part="panel"]');
    return element;
  };
  const field = (element: Element) => deep<HTMLInputElement>(element, 'input[part="value"]');
  const create = (element: Element) => deep(element, '[part="create"]');
  const valueOf = async (element: Element) => {
    const value = await appears<HTMLTextAreaElement>(element, 'textarea[part="value"]');
    await waitUntil(() => value.value !== '', 'there was no value');
    return value.value;
  };
  const generate = (element: Element) => {
    create(element).click();
    return valueOf(element);
  };
  const keys = async (person = 'ana') => (await server.client(person).apiKeys.list()).data;
  const make = async (terms: object = {}) => {
    const { apiKey, secret } = await server.client('ana').apiKeys.create(terms);
    secret?.dispose();
    return apiKey;
  };
  const focused = (element: Element) => element.shadowRoot?.activeElement;
  const confirm = (element: Element) => deep(element, 'dialog [part="confirm"]').click();
  const closed = (element: Element) => waitUntil(() => deepAll(element, 'dialog').length === 0, 'it did not close');

  describe('where there can be one, to be deleted before the next', () => {
    beforeEach(() => start(one));

    it('says that there is none, and asks for the period, the default chosen', async () => {
      const element = await shown();
      expect(field(element).value).to.equal('');
      expect(textOf(element)).to.include('No API token yet. Generate one to get started.');
      expect(deepAll(element, '.choice').map(({ textContent }) => textContent?.trim())).to.deep.equal([
        `30 days – ${dateIn(30)}`,
        `60 days – ${dateIn(60)}`,
        `90 days – ${dateIn(90)}`,
        `180 days – ${dateIn(180)}`,
        `365 days – ${dateIn(365)}`,
        'Custom date',
      ]);
      expect(deepAll<HTMLInputElement>(element, '[type="radio"]').findIndex(({ checked }) => checked)).to.equal(0);
      expect(deep(element, '[part="remove"]').getAttribute('aria-disabled')).to.equal('true');
      await expect(element).to.be.accessible();
    });

    it('generates for the chosen period, and shows the value in the field with both dates under it', async () => {
      const element = await shown();
      deep<HTMLInputElement>(element, '[value="90"]').click();
      const before = oneEvent<ApiKeyCreateEvent>(element, 'api-key-create');
      const after = oneEvent<ApiKeyCreatedEvent>(element, 'api-key-created');
      const value = await generate(element);
      expect((await before).request).to.deep.equal({ expiresInDays: 90 });
      expect(value.startsWith('eoc_')).to.equal(true);
      const { apiKey } = await after;
      expect(value.endsWith(apiKey.maskedValue.slice(-4))).to.equal(true);
      expect(deepAll(element, 'dialog')).to.have.length(0);
      expect(deep(element, 'code').textContent).to.equal('Authorization: Bearer <token>');
      expect(deep(element, '.note:has(code)').textContent?.trim()).to.equal(
        'Send it as Authorization: Bearer <token>.',
      );
      const dates = deepAll<HTMLTimeElement>(element, '[part="facts"] time').map(({ dateTime }) => dateTime);
      expect(dates).to.deep.equal([apiKey.createdAt, apiKey.expiresAt]);
      expect(deep(element, 'secret-reveal').shadowRoot?.activeElement === button(element, 'Copy')).to.equal(true);
      await expect(element).to.be.accessible();
    });

    it('says once that it was created, and shows that until the next action, also after the value is hidden', async () => {
      withClipboard();
      const element = await shown();
      const region = deep(element, '[part="status-message"]');
      const spoken: string[] = [];
      const observer = new MutationObserver(() => {
        const text = region.textContent.trim();
        if (text) spoken.push(text);
      });
      observer.observe(region, { childList: true, characterData: true, subtree: true });
      await generate(element);
      await says(element, 'The API token has been created.');
      expect(region.getAttribute('role')).to.equal('status');
      expect(region.checkVisibility()).to.equal(true);
      button(element, 'Copy').click();
      await says(element, 'Copied');
      button(element, 'Done').click();
      await appears(element, 'input[part="value"]');
      expect(region.textContent.trim()).to.equal('The API token has been created.');
      expect(spoken).to.deep.equal(['The API token has been created.']);
      observer.disconnect();
      button(element, 'Delete API token').click();
      await waitUntil(() => region.textContent.trim() === '', 'it is still said');
    });

    it('has the button that deletes beside the field, whether the value is shown or masked, and at 320 px', async () => {
      const element = await shown();
      const isBeside = () => {
        const value = deep(element, '[part="value"]').getBoundingClientRect();
        const remove = deep(element, '[part="remove"]').getBoundingClientRect();
        return remove.left >= value.right && remove.top < value.bottom && remove.bottom > value.top;
      };
      expect(isBeside()).to.equal(true);
      await generate(element);
      await waitUntil(isBeside, 'it is elsewhere while the value is shown');
      button(element, 'Done').click();
      await says(element, 'Finish without copying?');
      button(element, 'Finish anyway').click();
      await appears(element, 'input[part="value"]');
      await setViewport({ width: 320, height: 640 });
      try {
        await waitUntil(isBeside, 'it is elsewhere at 320 px');
      } finally {
        await setViewport({ width: 800, height: 600 });
      }
    });

    it('copies the value, says so, and hides it at Done', async () => {
      const clipboard = withClipboard();
      const element = await shown();
      const value = await generate(element);
      button(element, 'Copy').click();
      await says(element, 'Copied');
      expect(clipboard.text).to.equal(value);
      const secret = deep<HTMLTextAreaElement>(element, 'textarea[part="value"]');
      button(element, 'Done').click();
      const masked = await appears(element, 'input[part="value"]');
      await waitUntil(() => focused(element) === masked, 'the focus did not go to the field');
      expect(secret.value).to.equal('');
      expect(field(element).value).to.match(/^eoc_….{4}$/);
      expect(textOf(element)).to.include('The value was shown only once and cannot be shown again.');
      expect(element.shadowRoot?.innerHTML).not.to.include(value);
      await expect(element).to.be.accessible();
    });

    for (const [name, prepare] of [
      ['refuses', () => withClipboard({ refuse: true })],
      ['is not there', withoutClipboard],
    ] as const) {
      it(`says so where the clipboard ${name} and nothing else copies, and leaves the value selected`, async () => {
        prepare();
        forbidCopying();
        const element = await shown();
        const value = await generate(element);
        button(element, 'Copy').click();
        await says(element, 'Could not copy.');
        const secret = deep<HTMLTextAreaElement>(element, 'textarea[part="value"]');
        expect([secret.value, secret.selectionStart, secret.selectionEnd]).to.deep.equal([value, 0, value.length]);
      });
    }

    it('asks once before an uncopied value is hidden, and the browser before the page is left', async () => {
      const element = await shown();
      await generate(element);
      expect(window.dispatchEvent(new Event('beforeunload', { cancelable: true }))).to.equal(false);
      button(element, 'Done').click();
      await says(element, 'Finish without copying?');
      const secret = deep<HTMLTextAreaElement>(element, 'textarea[part="value"]');
      button(element, 'Finish anyway').click();
      const masked = await appears<HTMLInputElement>(element, 'input[part="value"]');
      await waitUntil(() => focused(element) === masked, 'the focus did not go to the field');
      expect(masked.value).to.match(/^eoc_….{4}$/);
      expect(secret.value).to.equal('');
      expect(deepAll(element, 'textarea')).to.have.length(0);
      expect(window.dispatchEvent(new Event('beforeunload', { cancelable: true }))).to.equal(true);
    });

    it('forgets the value when it is taken from the page', async () => {
      const element = await shown();
      await generate(element);
      const secret = deep<HTMLTextAreaElement>(element, 'textarea[part="value"]');
      const parent = element.parentElement as HTMLElement;
      element.remove();
      await waitUntil(() => secret.value === '', 'the value is still there');
      parent.append(element);
      await says(element, 'cannot be shown again');
      expect(deepAll(element, 'textarea')).to.have.length(0);
    });

    it('refuses a date of one’s own that is not to come, and takes one that is', async () => {
      const element = await shown();
      deep<HTMLInputElement>(element, '[value="custom"]').click();
      const date = await appears<HTMLInputElement>(element, '[name="expiresAt"]');
      create(element).click();
      await says(element, 'Enter expiration date.');
      for (const days of [0, -1, 400]) {
        type(date, inDays(days));
        await waitUntil(() => !textOf(element).includes('Choose a date'));
        create(element).click();
        await says(element, /Choose a date from .+ through .+ \(UTC\)\./);
      }
      await expect(element).to.be.accessible();
      expect(await keys()).to.have.length(0);
      type(date, inDays(1));
      await generate(element);
      expect(await keys()).to.have.length(1);
    });

    it('keeps another from being made while there is one, and says why', async () => {
      await make({ expiresInDays: 30 });
      const element = await shown();
      expect(create(element).getAttribute('aria-disabled')).to.equal('true');
      expect(textOf(element)).to.include('Only one API token can exist at a time.');
      expect(deepAll(element, '[type="radio"]')).to.have.length(0);
      create(element).click();
      await element.updateComplete;
      expect(await keys()).to.have.length(1);
      await expect(element).to.be.accessible();
    });

    it('deletes after a confirmation, says so, and can make another', async () => {
      const made = await make({ expiresInDays: 30 });
      const element = await shown();
      button(element, 'Delete API token').click();
      await appears(element, 'dialog[open]');
      await atRest(element);
      expect(textOf(element)).to.include('future calls need a new one');
      expect(focused(element) === button(element, 'Cancel')).to.equal(true);
      await expect(element).to.be.accessible();
      const events: string[] = [];
      for (const name of ['api-key-delete', 'api-key-deleted'] as const)
        element.addEventListener(name, ({ apiKey }: ApiKeyRemovalEvent) => events.push(name + apiKey.id));
      confirm(element);
      await says(element, 'The API token has been deleted. Future calls need a new one.');
      expect(events).to.deep.equal([`api-key-delete${made.id}`, `api-key-deleted${made.id}`]);
      expect(field(element).value).to.equal('');
      await waitUntil(() => focused(element) === create(element), 'the focus is not on Generate');
      expect(await keys()).to.have.length(0);
      await generate(element);
    });

    it('keeps it where the person cancels, or the host prevents it', async () => {
      await make({ expiresInDays: 30 });
      const element = await shown();
      button(element, 'Delete API token').click();
      await appears(element, 'dialog[open]');
      button(element, 'Cancel').click();
      await closed(element);
      await waitUntil(() => focused(element) === button(element, 'Delete API token'));
      element.addEventListener('api-key-delete', (event) => event.preventDefault());
      button(element, 'Delete API token').click();
      await appears(element, 'dialog[open]');
      confirm(element);
      await element.updateComplete;
      expect(await keys()).to.have.length(1);
    });

    it('takes the value off the page once its key has been removed elsewhere', async () => {
      const element = await shown();
      await generate(element);
      const secret = deep<HTMLTextAreaElement>(element, 'textarea[part="value"]');
      const [made] = await keys();
      await element.client?.apiKeys.delete(made?.id ?? '', { version: 1 });
      await says(element, 'The API token shown here was deleted or replaced elsewhere.');
      // Nothing that this person has brought about: it is no success.
      expect(deepAll(element, '[part="status-message"] svg')).to.have.length(0);
      expect(secret.value).to.equal('');
      await waitUntil(() => focused(element) === field(element), 'the focus went down with the value');
      expect(textOf(element)).to.include('No API token yet. Generate one to get started.');
    });

    it('waits for the end of a key only as long as it is on the page', async () => {
      await make({ expiresAt: inDays(7) });
      const waits = new Set<number>();
      const begin = window.setTimeout.bind(window);
      const end = window.clearTimeout.bind(window);
      const waitFor = (run: () => void, delay = 0) => {
        const id = begin(run, delay);
        if (delay > day) waits.add(id);
        return id;
      };
      const waitNoMore = (id?: number) => {
        waits.delete(id ?? 0);
        end(id);
      };
      Object.assign(window, { setTimeout: waitFor, clearTimeout: waitNoMore });
      try {
        const element = await shown();
        await waitUntil(() => waits.size === 1);
        element.remove();
        await nextFrame();
        expect(waits.size).to.equal(0);
      } finally {
        Object.assign(window, { setTimeout: begin, clearTimeout: end });
      }
    });

    it('warns beside the expiry of one that is near its end', async () => {
      await make({ expiresAt: inDays(3) });
      const element = await shown();
      expect(deep(element, '[part="warning"]').textContent).to.match(/^Expires in \d days$/);
      await expect(element).to.be.accessible();
    });

    it('does not warn long before', async () => {
      await make({ expiresInDays: 30 });
      const element = await shown();
      expect(deepAll(element, '[part="warning"]')).to.have.length(0);
    });

    it('says that one has expired, and lets another take its place', async () => {
      await make({ expiresInDays: 30 });
      server.advance(31 * day);
      const element = await shown();
      expect(deep(element, '[part="status"]').textContent?.trim()).to.equal('Expired');
      await expect(element).to.be.accessible();
      await generate(element);
      await says(element, 'Active');
      expect(await keys()).to.have.length(1);
    });

    it('learns by the clock that one has expired while it was looked at', async () => {
      await make({ expiresAt: inDays(7) });
      const later: (() => void)[] = [];
      const begin = window.setTimeout.bind(window);
      const beginOrNote = (run: () => void, delay = 0) => {
        if (delay > day) later.push(run);
        return begin(run, delay);
      };
      Object.assign(window, { setTimeout: beginOrNote });
      const element = await shown().finally(() => Object.assign(window, { setTimeout: begin }));
      expect(create(element).getAttribute('aria-disabled')).to.equal('true');
      server.advance(8 * day);
      for (const run of later) run();
      await says(element, 'Expired');
      expect(create(element).getAttribute('aria-disabled')).to.equal('false');
      await generate(element);
    });

    it('59: delivers the same key where the answer was lost and Generate is pressed again', async () => {
      const element = await shown();
      server.fault(answerLost);
      create(element).click();
      await says(element, 'The server could not be reached.');
      await expect(element).to.be.accessible();
      server.fault();
      await generate(element);
      expect(await keys()).to.have.length(1);
    });

    it('shows the key of an earlier attempt that had other terms', async () => {
      const element = await shown();
      server.fault(answerLost);
      create(element).click();
      await says(element, 'The server could not be reached.');
      server.fault();
      deep<HTMLInputElement>(element, '[value="90"]').click();
      create(element).click();
      await says(element, 'An earlier attempt already created this API token.');
      await says(element, 'Only one API token can exist at a time.');
      expect(field(element).value).to.match(/^eoc_….{4}$/);
    });

    it('says when the answer comes too late to hold the value', async () => {
      const element = await shown();
      server.fault(answerLost);
      create(element).click();
      await says(element, 'The server could not be reached.');
      server.fault();
      server.advance(11 * 60_000);
      create(element).click();
      await says(element, 'its value cannot be shown again. Delete it, then try again.');
      expect(deepAll(element, 'textarea')).to.have.length(0);
      await expect(element).to.be.accessible();
    });

    it('shows the one that somebody was quicker to make', async () => {
      const element = await shown();
      await make({ expiresInDays: 30 });
      deep<HTMLInputElement>(element, '[value="90"]').click();
      create(element).click();
      await says(element, 'You’ve reached the limit of 1 API token.');
      await says(element, 'Only one API token can exist at a time.');
      expect(await keys()).to.have.length(1);
      expect(deep<HTMLInputElement>(element, '[value="90"]').checked).to.equal(true);
    });

    for (const [name, fault, words] of [
      ['the server cannot be reached', offline, 'The server could not be reached.'],
      ['the server fails', status(500), 'Something went wrong.'],
    ] as const) {
      it(`keeps what was chosen when ${name}, and generates it later`, async () => {
        const element = await shown();
        deep<HTMLInputElement>(element, '[value="180"]').click();
        server.fault(fault);
        create(element).click();
        await says(element, words);
        expect(deep<HTMLInputElement>(element, '[value="180"]').checked).to.equal(true);
        server.fault();
        const before = oneEvent<ApiKeyCreateEvent>(element, 'api-key-create');
        await generate(element);
        expect((await before).request).to.deep.equal({ expiresInDays: 180 });
      });
    }

    it('makes one key where Enter is pressed twice, and says that it is at it', async () => {
      const { fault, release } = held();
      const element = await shown();
      server.fault(fault);
      create(element).focus();
      await sendKeys({ press: 'Enter' });
      await sendKeys({ press: 'Enter' });
      expect(create(element).textContent?.trim()).to.equal('Generating…');
      release();
      await valueOf(element);
      expect(await keys()).to.have.length(1);
    });

    it('makes nothing where the host prevents it', async () => {
      const element = await shown();
      element.addEventListener('api-key-create', (event) => event.preventDefault());
      create(element).click();
      await element.updateComplete;
      expect(await keys()).to.have.length(0);
    });

    it('shows an outline while it reads, and offers to try again where it could not', async () => {
      const { fault, release } = held();
      server.fault(fault);
      const element = await show();
      expect(deepAll(element, '[aria-busy="true"]')).to.have.length(1);
      expect(textOf(element)).to.equal('Loading…');
      release();
      await appears(element, '[part="panel"]');
      server.fault(offline);
      const another = await show();
      await says(another, 'The server could not be reached.');
      await expect(another).to.be.accessible();
      server.fault();
      button(another, 'Try again').click();
      await appears(another, '[part="panel"]');
    });

    it('goes on after a session that has ended', async () => {
      const element = await shown();
      server.lapse('ana');
      const expired = oneEvent(element, 'cockpit-session-expired');
      create(element).click();
      await expired;
      await says(element, 'Your session has expired.');
      server.renew('ana');
      await generate(element);
    });

    it('fits 320 px', async () => {
      await setViewport({ width: 320, height: 640 });
      const element = await shown();
      await generate(element);
      for (const part of deepAll(element, '*')) expect(part.getBoundingClientRect().right).to.be.at.most(320);
      await expect(element).to.be.accessible();
      await setViewport({ width: 800, height: 600 });
    });
  });

  describe('where the next one replaces it', () => {
    beforeEach(() => start(latest));

    it('says that there is none, and has nothing to delete', async () => {
      const element = await shown();
      expect(textOf(element)).to.include('No API key found. Generate one to create it.');
      expect(deep(element, 'code').textContent).to.equal('X-API-KEY: <key>');
      expect(deep(element, '.note:has(code)').textContent?.trim()).to.equal('Send it as X-API-KEY: <key>.');
      expect(deepAll(element, 'form [name]')).to.have.length(0);
      const remove = button(element, 'Delete API key');
      expect(remove.getAttribute('aria-disabled')).to.equal('true');
      remove.click();
      await element.updateComplete;
      expect(deepAll(element, 'dialog')).to.have.length(0);
      await expect(element).to.be.accessible();
    });

    it('generates 8.32, and afterwards says that there is one', async () => {
      withClipboard();
      const element = await shown();
      expect(await generate(element)).to.match(/^[0-9A-Za-z]{8}\.[0-9A-Za-z]{32}$/);
      button(element, 'Copy').click();
      await says(element, 'Copied');
      button(element, 'Done').click();
      await waitUntil(() => deepAll(element, 'textarea').length === 0);
      expect(field(element).value).to.match(/^•+$/);
      await says(element, 'Active');
    });

    it('asks before the next one replaces it, naming what ends', async () => {
      const first = await make();
      const element = await shown();
      create(element).click();
      await appears(element, 'dialog[open]');
      await atRest(element);
      expect(textOf(element)).to.include('The current API key stops working immediately');
      expect(focused(element) === button(element, 'Cancel')).to.equal(true);
      await expect(element).to.be.accessible();
      button(element, 'Cancel').click();
      await closed(element);
      expect((await keys()).map(({ id }) => id)).to.deep.equal([first.id]);
      await waitUntil(() => focused(element) === create(element));
      create(element).click();
      await appears(element, 'dialog[open]');
      confirm(element);
      await valueOf(element);
      await says(element, 'The API key has been replaced. The previous one no longer works.');
      const [second, replaced] = await keys();
      expect([second?.status, replaced?.id, replaced?.status]).to.deep.equal(['active', first.id, 'revoked']);
    });

    it('asks nothing before all that is required is there', async () => {
      await server.close();
      await start(withTerms(latest, { fields: { name: 'required', description: 'hidden' } }));
      await make({ name: 'Build' });
      const element = await shown();
      type(deep<HTMLInputElement>(element, '#name'), '  ');
      create(element).click();
      await waitUntil(() => focused(element) === deep(element, '#name'));
      expect(deepAll(element, 'dialog')).to.have.length(0);
      expect(textOf(element)).to.include('Enter name.');
    });

    it('shows the new value in the place of one that is on show still', async () => {
      const element = await shown();
      const first = await generate(element);
      create(element).click();
      await appears(element, 'dialog[open]');
      confirm(element);
      const value = deep<HTMLTextAreaElement>(element, 'textarea[part="value"]');
      await waitUntil(() => value.value !== first, 'the value is the old one');
      expect(value.value).to.match(/^[0-9A-Za-z]{8}\./);
    });

    it('says that the present one still works where the server refused', async () => {
      const first = await make();
      const element = await shown();
      server.fault(refused);
      create(element).click();
      await appears(element, 'dialog[open]');
      confirm(element);
      await says(element, 'The current API key still works.');
      await expect(element).to.be.accessible();
      server.fault();
      expect((await keys()).map(({ id, status }) => [id, status])).to.deep.equal([[first.id, 'active']]);
    });

    it('59: says that it is not certain where the answer was lost, and delivers that key without asking again', async () => {
      await make();
      const element = await shown();
      create(element).click();
      await appears(element, 'dialog[open]');
      server.fault(answerLost);
      confirm(element);
      await says(element, 'The current API key may have been replaced.');
      await expect(element).to.be.accessible();
      server.fault();
      await generate(element);
      expect((await keys()).filter(({ status }) => status === 'active')).to.have.length(1);
    });

    it('says nothing more of one that could not be made once the present one is deleted', async () => {
      await make();
      const element = await shown();
      server.fault(refused);
      create(element).click();
      await appears(element, 'dialog[open]');
      confirm(element);
      await says(element, 'The current API key still works.');
      server.fault();
      button(element, 'Delete API key').click();
      await appears(element, 'dialog[open]');
      confirm(element);
      await says(element, 'The API key has been deleted.');
      expect(deepAll(element, '[role="alert"], [part="previous-key-note"]')).to.have.length(0);
    });

    it('has none once it is deleted', async () => {
      await make();
      await make();
      const element = await shown();
      button(element, 'Delete API key').click();
      await appears(element, 'dialog[open]');
      confirm(element);
      await says(element, 'No API key found. Generate one to create it.');
      expect(await keys()).to.have.length(0);
    });
  });

  describe('by another policy', () => {
    it('asks for what the policy asks for, of an organization’s key', async () => {
      await start(
        withTerms(one, {
          owner: 'organization',
          noun: 'apiKey',
          verb: 'create',
          fields: { name: 'required', description: 'optional' },
          modules: [{ id: 'reports', name: 'Reports' }],
          columns: ['name', 'module', 'createdBy', 'status'],
        }),
      );
      const element = await shown();
      expect(textOf(element)).to.include('No API key yet. Create one to get started.');
      expect(deep(element, '[part="panel"]').getAttribute('aria-label')).to.equal('API key of Acme');
      create(element).click();
      await says(element, 'Enter name.');
      expect(focused(element) === deep(element, '[name="name"]')).to.equal(true);
      type(deep<HTMLInputElement>(element, '[name="name"]'), 'Nightly');
      deep<HTMLSelectElement>(element, '[name="module"]').value = 'reports';
      await generate(element);
      for (const words of ['Nightly', 'Reports', 'Ana Souza']) expect(textOf(element)).to.include(words);
      await expect(element).to.be.accessible();
    });

    it('lets those who may only look see an organization’s key', async () => {
      await start(withTerms(one, { owner: 'organization' }));
      const { secret } = await server.client('ana').organization('acme').apiKeys.create({ expiresInDays: 30 });
      secret?.dispose();
      const element = await shown('carla');
      expect(field(element).value).to.match(/^eoc_…/);
      expect(textOf(element)).to.include('but not create or delete them.');
      expect(deepAll(element, 'button')).to.have.length(0);
      await expect(element).to.be.accessible();
    });

    it('says why those who may not look cannot', async () => {
      await start(withTerms(one, { owner: 'organization' }));
      const element = await show('eve');
      await says(element, 'in Acme doesn’t include access to');
    });

    it('revokes first, then deletes', async () => {
      await start(withTerms(one, { removal: 'revokeThenDelete' }));
      await make({ expiresInDays: 30 });
      const element = await shown();
      expect(textOf(element)).to.include('To get a new one, revoke the current one first.');
      button(element, 'Revoke API token').click();
      await appears(element, 'dialog[open]');
      confirm(element);
      await says(element, 'The API token has been revoked.');
      await says(element, 'Revoked');
      button(element, 'Delete API token').click();
      await appears(element, 'dialog[open]');
      expect(textOf(element)).to.include('This API token no longer works.');
      confirm(element);
      await says(element, 'No API token yet. Generate one to get started.');
    });

    it('shows the value in a dialog', async () => {
      withClipboard();
      await start(withTerms(one, { reveal: 'dialog' }));
      const element = await shown();
      await generate(element);
      expect(deepAll(element, 'dialog secret-reveal')).to.have.length(1);
      await atRest(element);
      await expect(element).to.be.accessible();
      const region = deep(element, '[part="status-message"]');
      expect(region.textContent.trim()).to.equal('');
      await sendKeys({ press: 'Escape' });
      await says(element, 'Close without copying?');
      button(element, 'Close anyway').click();
      await closed(element);
      await says(element, 'The API token has been created.');
      expect(region.textContent.trim()).to.equal('The API token has been created.');
      expect(field(element).value).to.match(/^eoc_…/);
    });
  });
});
