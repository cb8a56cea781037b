import type { NewApiKey } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { duplocloud } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { offline, startServer, type TestServer } from '../../test/server.js';
import type { ApiKeyListElement, ApiKeyRemovalEvent } from './api-key-list.js';
import './define.js';

describe('<api-key-list owner="all">', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer(duplocloud);
  });
  afterEach(() => server.close());

  const make = async (person: string, request: NewApiKey) => {
    const { apiKey, secret } = await server.client(person).apiKeys.create(request);
    secret?.dispose();
    // So that no two are made in one millisecond, and the order of time is that of the calls.
    server.advance(1000);
    return apiKey;
  };
  const makeSome = async () => {
    const nightly = await make('carla', { name: 'Nightly' });
    await make('bruno', { name: 'Billing' });
    await make('dora', { name: 'Outside' });
    await make('ana', { name: 'Zeta' });
    return nightly;
  };
  const show = (person = 'ana', { client = server.client(person), pageSize = 25, width = 960 } = {}) =>
    fixture<ApiKeyListElement>(
      html`<api-key-list .client=${client} owner="all" page-size=${pageSize} lang="en"></api-key-list>`,
      { parentNode: Object.assign(document.createElement('div'), { style: `inline-size: ${width}px` }) },
    );
  const shown = async (...parameters: Parameters<typeof show>) => {
    const element = await show(...parameters);
    await appears(element, 'tbody tr');
    return element;
  };
  const names = (element: Element) => deepAll(element, 'tbody th').map(({ textContent }) => textContent?.trim());
  const column = (element: Element, title: string) => {
    const at = deepAll(element, 'thead tr > *').findIndex(({ textContent }) => textContent?.trim() === title);
    return deepAll(element, 'tbody tr').map((row) => row.children[at]?.textContent?.trim());
  };
  const asks = async (element: Element, name: string) => {
    button(element, `Actions for ${name}`).click();
    (await appears(element, '[role="menuitem"]')).click();
    return appears(element, 'dialog[open]');
  };

  it('shows the keys of all members, each with its owner, in the columns of the policy', async () => {
    await makeSome();
    const element = await shown();
    expect(textOf(element)).to.include('All API tokens');
    expect(names(element)).to.deep.equal(['Zeta', 'Billing', 'Nightly']);
    expect(column(element, 'Owner')).to.deep.equal(['Ana Souza', 'Bruno Lima', 'Carla Mendes']);
    expect(deepAll(element, 'thead th').map(({ textContent }) => textContent?.trim())).to.deep.equal([
      'Name',
      'Value',
      'Owner',
      'Created',
      'Last used',
      'Expires',
      'Status',
    ]);
    expect(deepAll(element, 'api-key-create')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('shows whose a key is even where the policy has no such column', async () => {
    await server.close();
    const apiKeys = { ...(duplocloud.apiKeys as NonNullable<HostPolicy['apiKeys']>), columns: ['name', 'status'] };
    server = await startServer({ ...duplocloud, apiKeys });
    await makeSome();
    const element = await shown();
    expect(column(element, 'Owner')).to.deep.equal(['Ana Souza', 'Bruno Lima', 'Carla Mendes']);
  });

  it('says in one sentence that there is none', async () => {
    const element = await show();
    await says(element, 'There are no API tokens yet.');
    expect(deepAll(element, 'button')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('finds keys by their owner, and sorts by owner and by status', async () => {
    const nightly = await makeSome();
    await server.client('carla').apiKeys.revoke(nightly.id);
    const element = await shown();
    button(element, 'Owner').click();
    await waitUntil(() => names(element)[0] === 'Zeta' && names(element)[2] === 'Nightly');
    button(element, 'Owner').click();
    await waitUntil(() => names(element)[0] === 'Nightly');
    expect(column(element, 'Owner')).to.deep.equal(['Carla Mendes', 'Bruno Lima', 'Ana Souza']);
    button(element, 'Status').click();
    await waitUntil(() => column(element, 'Status').join(' ') === 'Active Active Revoked');
    button(element, 'Status').click();
    await waitUntil(() => column(element, 'Status').join(' ') === 'Revoked Active Active');
    type(deep<HTMLInputElement>(element, '[part="search"]'), 'lima');
    await waitUntil(() => names(element).length === 1);
    expect(names(element)).to.deep.equal(['Billing']);
    await expect(element).to.be.accessible();
  });

  it('turns pages', async () => {
    await makeSome();
    const element = await shown('ana', { pageSize: 2 });
    expect(names(element)).to.deep.equal(['Zeta', 'Billing']);
    button(element, 'Next').click();
    await waitUntil(() => names(element)[0] === 'Nightly');
  });

  it('revokes anybody’s after asking, by the names of the key and of its owner, and goes on at the next row', async () => {
    const nightly = await makeSome();
    const element = await shown();
    await asks(element, 'Billing');
    expect(textOf(element)).to.include('“Billing”, owned by Bruno Lima, stops working immediately');
    await expect(element).to.be.accessible();
    const before = oneEvent<ApiKeyRemovalEvent>(element, 'api-key-revoke');
    const after = oneEvent<ApiKeyRemovalEvent>(element, 'api-key-revoked');
    deep(element, '[part="confirm"]').click();
    expect((await before).apiKey.owner.id).to.equal('bruno');
    expect((await after).apiKey.status).to.equal('revoked');
    await waitUntil(() => column(element, 'Status').join(' ') === 'Active Revoked Active');
    // Only its owner deletes a key that has ended.
    expect(deepAll(element, '[part="menu-button"]')).to.have.length(2);
    await waitUntil(() => element.shadowRoot?.activeElement === button(element, 'Actions for Nightly'));
    const [his] = (await server.client('bruno').apiKeys.list()).data;
    expect(his?.status).to.equal('revoked');
    expect((await server.client('carla').apiKeys.get(nightly.id)).status).to.equal('active');
  });

  it('revokes by the keyboard alone, and has the focus on the search after the last one', async () => {
    await make('carla', { name: 'Nightly' });
    const element = await shown();
    button(element, 'Actions for Nightly').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => element.shadowRoot?.activeElement?.getAttribute('role') === 'menuitem');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => element.shadowRoot?.activeElement?.getAttribute('part') === 'cancel');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => column(element, 'Status')[0] === 'Revoked');
    await waitUntil(() => element.shadowRoot?.activeElement?.getAttribute('part') === 'search');
  });

  it('keeps the question and says why where revoking fails, and does it at the next press', async () => {
    await make('carla', { name: 'Nightly' });
    const element = await shown();
    await asks(element, 'Nightly');
    server.fault(offline);
    deep(element, '[part="confirm"]').click();
    await says(element, 'The server could not be reached.');
    server.fault();
    deep(element, '[part="confirm"]').click();
    await waitUntil(() => column(element, 'Status')[0] === 'Revoked');
  });

  it('follows what the administrator does elsewhere, to their own keys too', async () => {
    const client = server.client('ana');
    await make('carla', { name: 'Nightly' });
    const element = await shown('ana', { client });
    const own = await fixture<ApiKeyListElement>(html`<api-key-list .client=${client} lang="en"></api-key-list>`);
    const { apiKey, secret } = await client.apiKeys.create({ name: 'Mine' });
    secret?.dispose();
    await waitUntil(() => names(element)[0] === 'Mine' && names(own)[0] === 'Mine');
    await client.administration.apiKeys.revoke(apiKey.id);
    await waitUntil(() => column(element, 'Status')[0] === 'Revoked' && column(own, 'Status')[0] === 'Revoked');
  });

  it('begins anew where it is to show one’s own instead', async () => {
    await makeSome();
    const element = await shown();
    button(element, 'Owner').click();
    await waitUntil(() => deep(element, 'thead [aria-sort]:nth-child(4)').ariaSort === 'ascending');
    element.owner = 'user';
    await says(element, 'Your API tokens');
    await waitUntil(() => names(element).length === 1);
    expect(names(element)).to.deep.equal(['Zeta']);
    expect(deepAll(element, '[part="problem"]')).to.have.length(0);
  });

  for (const person of ['bruno', 'carla', 'eve']) {
    it(`explains to ${person}, who administers nothing, why there is no list, and asks for none`, async () => {
      const asked: string[] = [];
      server.fault((request, next) => {
        asked.push(new URL(request.url).pathname);
        return next(request);
      });
      const element = await show(person);
      await says(element, 'in Acme doesn’t include access to');
      expect(asked.filter((path) => path.includes('admin'))).to.deep.equal([]);
      await expect(element).to.be.accessible();
    });
  }

  it('is of all that the administrator administers, also where they have another role in the active organization', async () => {
    await makeSome();
    const element = await fixture<ApiKeyListElement>(
      html`<api-key-list .client=${server.client('ana')} organization-id="globex" owner="all" lang="en"></api-key-list>`,
    );
    await appears(element, 'tbody tr');
    expect(names(element)).to.deep.equal(['Zeta', 'Billing', 'Nightly']);
  });

  it('says that there are no such keys where the policy offers an administrator none', async () => {
    await server.close();
    server = await startServer({ ...duplocloud, overrides: [] });
    await says(await show(), 'API tokens are not available here.');
  });

  it('shows cards where there is little room, and scrolls nothing sideways', async () => {
    await makeSome();
    const element = await shown('ana', { width: 320 });
    expect(element.scrollWidth).to.be.at.most(320);
    expect(deep(element, 'td[data-label="Owner"]').getBoundingClientRect().width).to.be.above(0);
    await expect(element).to.be.accessible();
  });
});
