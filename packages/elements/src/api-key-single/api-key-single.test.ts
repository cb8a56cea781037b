import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aipConsole, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { restoreClipboard, withClipboard, withoutClipboard } from '../../test/clipboard.js';
import { appears, atRest, button, deep, deepAll, says, textOf, type } from '../../test/page.js';
import { answerLost, type Fault, held, offline, startServer, status, type TestServer } from '../../test/server.js';
import type { ApiKeyCreatedEvent, ApiKeyCreateEvent } from '../api-key-create/api-key-create-events.js';
import type { ApiKeyRemovalEvent } from '../api-key-list/api-key-removal-event.js';
import type { ApiKeySingleElement } from './api-key-single.js';
import './define.js';

type KeysPolicy = NonNullable<HostPolicy['apiKeys']>;

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);

/** One at a time, to be deleted before the next, for a chosen period. */
const one = environmentOperationsCenter;
/** One at a time, which the next one replaces, for good. */
const latest = aipConsole;

const withTerms = (policy: HostPolicy, terms: Partial<KeysPolicy>): HostPolicy => ({
  ...policy,
  // Both presets have keys.
  apiKeys: { ...(policy.apiKeys as KeysPolicy), ...terms },
});

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
      expect(textOf(element)).to.include('You have no API tokens yet.');
      expect(deepAll(element, '.choice').map(({ textContent }) => textContent?.trim())).to.deep.equal([
        '30 days',
        '60 days',
        '90 days',
        '180 days',
        '365 days',
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
      const dates = deepAll<HTMLTimeElement>(element, '[part="facts"] time').map(({ dateTime }) => dateTime);
      expect(dates).to.deep.equal([apiKey.createdAt, apiKey.expiresAt]);
      expect(deep(element, 'secret-reveal').shadowRoot?.activeElement === button(element, 'Copy')).to.equal(true);
      await expect(element).to.be.accessible();
    });
  });
});
