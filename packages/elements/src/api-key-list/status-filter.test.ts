import type { NewApiKey } from '@ai-cockpit/sdk';
import { aicHub, aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, type, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import type { ApiKeyListElement } from './api-key-list.js';
import './define.js';

const day = 86_400_000;

describe('<api-key-list>, narrowed to a status', () => {
  let server: TestServer;
  beforeEach(async () => {
    const { apiKeys } = aiCockpitOne;
    server = await startServer({ ...aiCockpitOne, apiKeys: apiKeys && { ...apiKeys, removal: 'revokeThenDelete' } });
  });
  afterEach(() => server.close());

  const make = async (...requests: NewApiKey[]) => {
    const keys = server.client('ana').organization('acme').apiKeys;
    for (const request of requests) {
      const { secret } = await keys.create(request);
      secret?.dispose();
      // So that no two are made in one millisecond, and the order of time is that of the calls.
      server.advance(1000);
    }
    return keys;
  };
  const shown = async (pageSize = 25) => {
    const element = await fixture<ApiKeyListElement>(
      html`<api-key-list
        .client=${server.client('ana')}
        organization-id="acme"
        page-size=${pageSize}
        lang="en"
      ></api-key-list>`,
    );
    await appears(element, 'tbody tr');
    return element;
  };
  const names = (element: Element) => deepAll(element, 'tbody th').map(({ textContent }) => textContent?.trim());
  const filter = (element: Element) => deep<HTMLSelectElement>(element, '[part="filter"]');
  const narrow = (element: Element, to: string) => {
    const select = filter(element);
    select.selectedIndex = [...select.options].findIndex(({ text }) => text === to);
    select.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const inDays = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);

  it('shows the keys of each status that can be chosen, and all again', async () => {
    const keys = await make(
      { description: 'Endless' },
      { description: 'Ends soon', expiresAt: inDays(5) },
      { description: 'Ended', expiresAt: inDays(1) },
      { description: 'Taken back' },
    );
    const [takenBack] = (await keys.list()).data;
    await keys.revoke(takenBack?.id ?? '');
    server.advance(2 * day);
    const element = await shown();
    expect([...filter(element).options].map(({ text }) => text)).to.deep.equal([
      'All statuses',
      'Active',
      'Expiring soon',
      'Expired',
      'Revoked',
      'Never used',
    ]);
    for (const [status, expected] of [
      ['Active', 'Ends soon,Endless'],
      ['Expiring soon', 'Ends soon'],
      ['Expired', 'Ended'],
      ['Revoked', 'Taken back'],
      ['Never used', 'Taken back,Ended,Ends soon,Endless'],
      ['Revoked', 'Taken back'],
      ['All statuses', 'Taken back,Ended,Ends soon,Endless'],
    ] as const) {
      narrow(element, status);
      await waitUntil(() => names(element).join() === expected, `${status} showed ${names(element).join()}`);
    }
    // The filter “Expiring soon” lists the keys that have the warning badge.
    expect(deepAll(element, '[part="warning"]')).to.have.length(1);
    await expect(element).to.be.accessible();
  });

  it('begins at the first page, goes on within the status, and keeps the search', async () => {
    await make(...['c1', 'c2', 'other', 'c3'].map((description) => ({ description })));
    const element = await shown(1);
    button(element, 'Next').click();
    await waitUntil(() => names(element).join() === 'other');
    type(deep<HTMLInputElement>(element, '[part="search"]'), 'c');
    await waitUntil(() => names(element).join() === 'c3');
    button(element, 'Next').click();
    await waitUntil(() => names(element).join() === 'c2');
    narrow(element, 'Active');
    await waitUntil(() => names(element).join() === 'c3');
    button(element, 'Next').click();
    await waitUntil(() => names(element).join() === 'c2');
    expect(deep<HTMLInputElement>(element, '[part="search"]').value).to.equal('c');
  });

  it('says that no key has the status, and shows all again on demand, with the focus on the search', async () => {
    await make({ description: 'Endless' });
    const element = await shown();
    narrow(element, 'Revoked');
    await says(element, 'No API keys with the status “Revoked”.');
    type(deep<HTMLInputElement>(element, '[part="search"]'), 'end');
    await says(element, 'No API key with the status “Revoked” matches “end”.');
    await expect(element).to.be.accessible();
    button(element, 'Clear search and filter').click();
    await waitUntil(() => names(element).join() === 'Endless');
    expect(filter(element).selectedIndex).to.equal(0);
    expect(deep<HTMLInputElement>(element, '[part="search"]').value).to.equal('');
    expect(element.shadowRoot?.activeElement?.getAttribute('part')).to.equal('search');
  });

  it('offers only the statuses that the policy lets keys have', async () => {
    await server.close();
    server = await startServer(aicHub);
    const { secret } = await server.client('ana').apiKeys.create({ name: 'Endless' });
    secret?.dispose();
    // Keys do not end, and are deleted without being revoked.
    expect([...filter(await shown()).options].map(({ text }) => text)).to.deep.equal([
      'All statuses',
      'Active',
      'Never used',
    ]);
  });

  it('is as wide as the search and the button on a phone', async () => {
    await make({ description: 'Endless' });
    const element = await shown();
    element.style.inlineSize = '328px';
    const widths = ['filter', 'search', 'create'].map(
      (part) => deep(element, `[part="${part}"]`).getBoundingClientRect().width,
    );
    expect(widths).to.deep.equal([328, 328, 328]);
  });
});
