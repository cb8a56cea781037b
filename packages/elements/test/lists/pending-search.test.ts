import { aiCockpitOne, duplocloud } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/index.js';
import { appears, button, deep, says, type, waitUntil } from '../page.js';
import { startServer, type TestServer } from '../server.js';

interface List {
  readonly name: string;
  readonly policy?: typeof duplocloud;
  /** Makes so many rows that there is a second page. */
  readonly fill: (server: TestServer) => Promise<unknown>;
  readonly template: (server: TestServer) => TemplateResult;
  readonly changes: Readonly<Record<string, (element: HTMLElement) => unknown>>;
}

const heading = (name: string) => (element: HTMLElement) => button(element, name).click();
const turnPage = (element: HTMLElement) => button(element, 'Next').click();
const resizePage = (element: HTMLElement) => element.setAttribute('page-size', '2');
const chooseStatus = (element: HTMLElement) => {
  const select = deep<HTMLSelectElement>(element, '[part="filter"]');
  select.selectedIndex = 1;
  select.dispatchEvent(new Event('change', { bubbles: true }));
};
const removeAndPutBack = async (element: HTMLElement) => {
  const { parentElement } = element;
  element.remove();
  await waitUntil(() => !element.isConnected);
  parentElement?.append(element);
};
const changeOwner = (owner: string) => (element: HTMLElement) => element.setAttribute('owner', owner);

const makeKeys = async (server: TestServer) => {
  const { apiKeys } = server.client('ana').organization('acme');
  for (const description of ['Key 1', 'Key 2', 'Key 3']) await apiKeys.create({ description });
};
const makeOwnKeys = async (server: TestServer) => {
  const { apiKeys } = server.client('ana');
  for (const name of ['Key 1', 'Key 2', 'Key 3']) await apiKeys.create({ name, expiresAt: '2099-01-01' });
};
const addTokens = async (server: TestServer) => {
  const { providerTokens } = server.client('ana').organization('acme');
  const values = { site: 'acme.atlassian.net', email: 'ana@acme.example', token: 'a-token-of-jira' };
  for (let number = 1; number <= 11; number += 1)
    await providerTokens.create({ provider: 'jira', name: `Key ${number}`, code: `key-${number}`, values });
};

const lists: readonly List[] = [
  {
    name: 'api-key-list',
    fill: makeKeys,
    template: (server) =>
      html`<api-key-list .client=${server.client('ana')} organization-id="acme" page-size="1" lang="en"></api-key-list>`,
    changes: {
      sorting: heading('Created'),
      'turning the page': turnPage,
      'choosing a status': chooseStatus,
      'another page size': resizePage,
      'removing the element and putting it back': removeAndPutBack,
    },
  },
  {
    name: 'api-key-list of everybody',
    policy: duplocloud,
    fill: makeOwnKeys,
    template: (server) =>
      html`<api-key-list owner="all" .client=${server.client('ana')} page-size="1" lang="en"></api-key-list>`,
    changes: { sorting: heading('Owner'), 'another owner': changeOwner('user') },
  },
  {
    name: 'activity-log',
    fill: makeKeys,
    template: (server) => html`<activity-log .client=${server.client('ana')} page-size="1" lang="en"></activity-log>`,
    changes: {
      sorting: heading('Time'),
      'turning the page': turnPage,
      'another page size': resizePage,
      'removing the element and putting it back': removeAndPutBack,
    },
  },
  {
    name: 'provider-token-list',
    fill: addTokens,
    template: (server) =>
      html`<provider-token-list .client=${server.client('ana')} organization-id="acme" lang="en"></provider-token-list>`,
    changes: {
      'turning the page': turnPage,
      'another owner': changeOwner('organization'),
      'removing the element and putting it back': removeAndPutBack,
    },
  },
];

/** Types into the search box of a list, makes a change before the debounce ends, and gives the requests for rows. */
const requestsAfter = async (
  { policy, fill, template }: List,
  change: (element: HTMLElement) => unknown,
  then?: (element: HTMLElement) => Promise<unknown>,
) => {
  const server = await startServer(policy ?? aiCockpitOne);
  try {
    await fill(server);
    const element = await fixture<HTMLElement>(template(server), {
      // Narrow, so that a page of provider tokens has 10.
      parentNode: Object.assign(document.createElement('div'), { style: 'inline-size: 340px' }),
    });
    await appears(element, 'tbody tr');
    await appears(element, '[part="pages"]');
    const requests: URLSearchParams[] = [];
    server.fault((request, next) => {
      const { pathname, searchParams } = new URL(request.url);
      if (request.method === 'GET' && /\/(api-keys|activity|provider-tokens)$/.test(pathname))
        requests.push(searchParams);
      return next(request);
    });
    const field = () => deep<HTMLInputElement>(element, '[part="search"]');
    type(field(), 'Key');
    await change(element);
    await waitUntil(() => requests.length > 0, 'no rows were requested');
    await then?.(element);
    return { field, requests };
  } finally {
    server.fault();
    await server.close();
  }
};

for (const list of lists)
  for (const [name, change] of Object.entries(list.changes))
    it(`${list.name}: typing and then ${name} within the debounce still sends the search`, async () => {
      const { field, requests } = await requestsAfter(list, change);
      expect(requests.map((parameters) => parameters.get('q'))).to.deep.equal(requests.map(() => 'Key'));
      // A cursor is bound to the search that it was given for.
      expect(requests.map((parameters) => parameters.get('cursor'))).to.deep.equal(requests.map(() => null));
      expect(field().value).to.equal('Key');
    });

it('api-key-list: typing and then another organization within the debounce leaves no search in the box and the requests', async () => {
  const [list] = lists;
  const { field, requests } = await requestsAfter(
    list ?? expect.fail(),
    (element) => element.setAttribute('organization-id', 'globex'),
    async (element) => {
      await says(element, 'Globex has no API keys yet.');
      element.setAttribute('organization-id', 'acme');
      await appears(element, 'tbody tr');
    },
  );
  expect(requests.map((parameters) => parameters.get('q'))).to.deep.equal(requests.map(() => null));
  expect(field().value).to.equal('');
});
