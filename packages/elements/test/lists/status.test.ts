import { aiCockpitOne, duplocloud } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/index.js';
import type { ApiKeyListElement } from '../../src/api-key-list/api-key-list.js';
import { restoreClipboard, withClipboard } from '../clipboard.js';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../page.js';
import { type Fault, serverForEachTest, startServer, type TestServer } from '../server.js';

const names = (element: Element) =>
  deepAll(element, 'tbody th').map(({ innerText }) => innerText.replace(/\s+/g, ' ').trim());
const region = (element: Element) => deep(element, '[part="status-message"] [role="status"]');
const tells = (element: Element, text: string) =>
  waitUntil(() => region(element).textContent?.trim() === text, `its live region did not tell “${text}”`);
const field = (element: Element) => deep<HTMLInputElement>(element, '[part="search"]');
const row = (element: Element, name: string) =>
  deepAll(element, 'tbody tr').find((it) => it.querySelector('th')?.textContent?.includes(name));
const isInView = (element: Element | undefined) => {
  const { top = -1, bottom = 0 } = element?.getBoundingClientRect() ?? {};
  return top >= 0 && bottom <= innerHeight;
};

/** How often a live region of the element said something, besides nothing. */
const spoken = (element: Element): string[] => {
  const heard: string[] = [];
  new MutationObserver(() => heard.push(region(element).textContent?.trim() ?? '')).observe(region(element), {
    characterData: true,
    childList: true,
    subtree: true,
  });
  return heard;
};

describe('lists of API keys', () => {
  let server: TestServer;
  serverForEachTest((started) => (server = started), aiCockpitOne);
  afterEach(restoreClipboard);

  const make = async (count: number): Promise<void> => {
    const { apiKeys } = server.client('ana').organization('acme');
    for (let number = 1; number <= count; number++) {
      await apiKeys.create({ description: `Key ${number}` });
      // So that no two are made in one millisecond.
      server.advance(1000);
    }
  };
  const show = async (pageSize: number | undefined, width = 960) => {
    const element = await fixture<ApiKeyListElement>(
      html`<api-key-list .client=${server.client('ana')} organization-id="acme" lang="en"></api-key-list>`,
      { parentNode: Object.assign(document.createElement('div'), { style: `inline-size: ${width}px` }) },
    );
    if (pageSize) element.pageSize = pageSize;
    await appears(element, 'tbody tr');
    return element;
  };
  const create = async (element: Element, description: string) => {
    withClipboard();
    button(element, 'Create API key').click();
    type(await appears<HTMLInputElement>(element, '[name="description"]'), description);
    deep(element, '[part="submit"]').click();
    await appears(element, '[part="copy"]');
    button(element, 'Copy').click();
    await says(element, 'Copied');
    button(element, 'Close').click();
  };

  it('a key created under a search that does not find it: told once, shown on demand, until the next action', async () => {
    await make(2);
    const element = await show(undefined);
    type(field(element), 'Key 1');
    await waitUntil(() => names(element).join() === 'Key 1');
    const heard = spoken(element);
    await create(element, 'The new one');
    await tells(element, '“The new one” was created.');
    expect(region(element).checkVisibility({ visibilityProperty: true })).to.equal(true);
    expect(region(element).getBoundingClientRect().height).to.be.greaterThan(10);
    await waitUntil(() => deepAll(element, '[part="show"]').length === 1, 'there is no “Show it”');
    await expect(element).to.be.accessible();
    expect(heard.filter((text) => text.includes('created'))).to.have.lengthOf(1);
    button(element, 'Show it').click();
    await waitUntil(() => names(element)[0] === 'The new one');
    await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Actions for The new one'));
    expect(isInView(row(element, 'The new one'))).to.equal(true);
    expect(row(element, 'The new one')?.className).to.equal('fresh');
    expect(field(element).value).to.equal('');
    expect(deepAll(element, '[part="show"]')).to.have.lengthOf(0);
    type(field(element), 'Key');
    await waitUntil(() => !textOf(element).includes('was created'), 'the message outlived the next action');
  });

  it('a key created on a later page: announced, and its page shown on demand', async () => {
    await make(3);
    const element = await show(2);
    button(element, 'Next').click();
    await waitUntil(() => names(element)[0] === 'Key 1');
    await create(element, 'The new one');
    await tells(element, '“The new one” was created.');
    await waitUntil(() => deepAll(element, '[part="show"]').length === 1, 'there is no “Show it”');
    button(element, 'Show it').click();
    await waitUntil(() => names(element)[0] === 'The new one');
  });

  it('a row out of view offers “Show it” without an update that schedules another one', async () => {
    await make(3);
    const element = await show(2);
    button(element, 'Next').click();
    await waitUntil(() => names(element)[0] === 'Key 1');
    await create(element, 'The new one');
    await appears(element, '[part="show"]');
    const { litIssuedWarnings } = globalThis as { litIssuedWarnings?: Set<string> };
    expect([...(litIssuedWarnings ?? [])].filter((text) => /api-key-list.*change-in-update/.test(text))).to.deep.equal(
      [],
    );
  });

  it('a deleted key: announced at the list, without “Show it”', async () => {
    await make(2);
    const element = await show(undefined);
    button(element, 'Actions for Key 1').click();
    button(element, 'Delete').click();
    (await appears(element, '[part="confirm"]')).click();
    await tells(element, '“Key 1” was deleted.');
    await waitUntil(() => names(element).join() === 'Key 2');
    expect(region(element).getBoundingClientRect().height).to.be.greaterThan(10);
    expect(deepAll(element, '[part="show"]')).to.have.lengthOf(0);
  });

  it('turning a page brings the top of the table into view, and shows and tells the position', async () => {
    await make(32);
    const element = await show(undefined);
    expect(deep(element, '[part="range"]').textContent).to.equal('1–25 of 32');
    button(element, 'Next').scrollIntoView({ block: 'end' });
    expect(isInView(deep(element, 'thead'))).to.equal(false);
    button(element, 'Next').click();
    await tells(element, '26–32 of 32');
    expect(deep(element, '[part="range"]').textContent).to.equal('26–32 of 32');
    await waitUntil(() => isInView(deep(element, 'thead')), 'the table’s top is out of view');
    button(element, 'Previous').click();
    await tells(element, '1–25 of 32');
  });

  it('a failed page says so in view, and keeps the position of the rows that are shown', async () => {
    await make(32);
    const element = await show(undefined);
    button(element, 'Next').scrollIntoView({ block: 'end' });
    server.fault(() => Promise.resolve(new Response('', { status: 500 })));
    button(element, 'Next').click();
    await waitUntil(() => isInView(deepAll(element, '[part="problem"]')[0]), 'the error is out of view');
    expect(deep(element, '[part="range"]').textContent).to.equal('1–25 of 32');
  });

  it('a backend that does not count: the position is shown without a total', async () => {
    await make(3);
    const uncounted: Fault = async (request, next) => {
      const answer = await next(request);
      if (!new URL(request.url).pathname.endsWith('/api-keys') || request.method !== 'GET') return answer;
      const page = (await answer.json()) as object;
      return new Response(JSON.stringify({ ...page, total: undefined }), answer);
    };
    server.fault(uncounted);
    const element = await show(2);
    button(element, 'Next').click();
    await tells(element, '3–3');
  });

  it('where the element is as narrow as a phone, a page has 10 cards', async () => {
    await make(11);
    const element = await show(undefined, 340);
    await waitUntil(() => names(element).length === 10);
    expect(deep(element, '[part="range"]').textContent).to.equal('1–10 of 11');
    const lineHeight = Number.parseFloat(getComputedStyle(deep(element, 'td')).lineHeight);
    expect(lineHeight).to.be.greaterThan(10);
    // A card's facts are some twelve lines; where one breaks depends on the engine's fonts.
    expect(element.getBoundingClientRect().height / lineHeight).to.be.lessThan(10 * 15);
    expect(element.scrollWidth).to.be.at.most(element.clientWidth);
  });

  it('the list of another organization is announced', async () => {
    await make(1);
    const element = await show(undefined);
    const [before, heard] = [region(element), spoken(element)];
    element.organizationId = 'globex';
    await tells(element, 'Globex has no API keys yet.');
    element.organizationId = 'acme';
    await tells(element, 'API keys of Acme: 1–1 of 1');
    expect(region(element) === before).to.equal(true);
    expect(heard.filter(Boolean)).to.deep.equal(['Globex has no API keys yet.', 'API keys of Acme: 1–1 of 1']);
  });
});

const elements: [string, (server: TestServer) => TemplateResult][] = [
  [
    'api-key-list',
    (server) => html`<api-key-list .client=${server.client('ana')} organization-id="acme" lang="en"></api-key-list>`,
  ],
  [
    'api-key-list of everybody',
    (server) => html`<api-key-list owner="all" .client=${server.client('ana')} lang="en"></api-key-list>`,
  ],
  [
    'provider-token-list',
    (server) =>
      html`<provider-token-list .client=${server.client('ana')} organization-id="acme" lang="en"></provider-token-list>`,
  ],
  ['activity-log', (server) => html`<activity-log .client=${server.client('ana')} lang="en"></activity-log>`],
];

for (const [name, template] of elements) {
  it(`${name}: what a search finds, and that nothing matches, is told in the one live region that was there before`, async () => {
    const server = await startServer(name.endsWith('everybody') ? duplocloud : aiCockpitOne);
    try {
      const client = server.client('ana');
      if (name === 'provider-token-list')
        await client.organization('acme').providerTokens.create({
          provider: 'jira',
          name: 'Board',
          code: 'board',
          values: { site: 'acme.atlassian.net', email: 'ana@acme.example', token: 'a-token-of-jira' },
        });
      else if (name.endsWith('everybody')) await client.apiKeys.create({ name: 'Board', expiresAt: '2099-01-01' });
      else await client.organization('acme').apiKeys.create({ description: 'Board' });
      const element = await fixture(template(server));
      await waitUntil(() => deepAll(element, '[role="status"]').length > 0);
      const before = region(element);
      await appears(element, 'tbody tr');
      type(field(element), 'board');
      await tells(element, '1 match');
      type(field(element), 'zzz');
      await waitUntil(() => region(element).textContent?.includes('matches “zzz”'));
      expect(region(element) === before).to.equal(true);
      expect(deepAll(element, '[role="status"]').filter(({ textContent }) => textContent?.trim())).to.have.lengthOf(1);
    } finally {
      await server.close();
    }
  });
}
