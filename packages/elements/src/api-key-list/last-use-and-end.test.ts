import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, duplocloud, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import '../api-key-single/define.js';
import { appears, button, deepAll, textOf, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import './define.js';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the last use and the end of an API key', () => {
  let server: TestServer;
  afterEach(() => server.close());

  const start = async (policy: HostPolicy) => {
    server = await startServer(policy);
    return server.client('ana');
  };
  const usedKey = async (request: object) => {
    const { apiKeys } = server.client('ana');
    const { apiKey, secret } = await apiKeys.create(request);
    await server.fetch(
      new Request(new URL(`${server.baseUrl}/integration/whoami`, location.href), {
        headers: { 'X-API-KEY': secret?.reveal() ?? '' },
      }),
    );
    secret?.dispose();
    await waitUntil(async () => (await apiKeys.get(apiKey.id)).lastUsedAt !== null);
  };
  const columns = (list: NonNullable<HostPolicy['apiKeys']>['columns']): HostPolicy => ({
    ...duplocloud,
    apiKeys: duplocloud.apiKeys && { ...duplocloud.apiKeys, columns: list },
  });

  it('<api-key-list owner="all">: the origin stands below the time, in a list of one’s own only in the dialog', async () => {
    const client = await start(duplocloud);
    await usedKey({ name: 'Used' });
    const all = await fixture(html`<api-key-list .client=${client} owner="all" lang="en"></api-key-list>`);
    const origin = await appears(all, '[part="used-from"]');
    // In the page of a test, that is the address of the server's caller.
    expect(origin.textContent).to.match(/^from page/);
    await expect(all).to.be.accessible();

    const own = await fixture(html`<api-key-list .client=${client} owner="user" lang="en"></api-key-list>`);
    await appears(own, 'tbody tr');
    expect(deepAll(own, '[part="used-from"]')).to.have.length(0);
    button(own, 'Actions for Used').click();
    (await appears(own, '[role="menuitem"]')).click();
    expect(textOf(await appears(own, '[part="about"]'))).to.match(/Last used .+ from page/);
  });

  it('<api-key-single>: the origin stands below the time', async () => {
    const { apiKeys } = environmentOperationsCenter;
    const client = await start({
      ...environmentOperationsCenter,
      apiKeys: apiKeys && { ...apiKeys, columns: ['createdAt', 'lastUsedAt', 'status'] },
    });
    await usedKey({ expiresInDays: 30 });
    const element = await fixture(html`<api-key-single .client=${client} lang="en"></api-key-single>`);
    expect((await appears(element, '[part="used-from"]')).textContent).to.match(/^from page/);
  });

  for (const language of ['en', 'pt-BR', 'es', 'ja'])
    it(`the warning of its end stays within its card on a phone: ${language}`, async () => {
      const client = await start(aiCockpitOne);
      const { apiKeys } = client.organization('acme');
      (await apiKeys.create({ description: 'Ends soon', expiresAt: inDays(4) })).secret?.dispose();
      const element = await fixture(
        html`<api-key-list .client=${client} organization-id="acme" lang=${language} style="inline-size: 328px"></api-key-list>`,
      );
      const cell = (await appears(element, '[part="warning"]')).closest('td');
      expect(cell?.scrollWidth).to.be.at.most(cell?.clientWidth ?? 0);
      expect(element.scrollWidth).to.be.at.most(element.clientWidth);
    });

  it('a key near its end is marked in DuploCloud, and beside what there is where no column shows the end', async () => {
    for (const [policy, place] of [
      [duplocloud, 'Expires'],
      [columns(['name', 'status', 'createdAt']), 'Status'],
      [columns(['name', 'createdAt']), null],
    ] as const) {
      const client = await start(policy);
      for (const days of [5, 40])
        (await client.apiKeys.create({ name: `In ${days} days`, expiresAt: inDays(days) })).secret?.dispose();
      const element = await fixture(html`<api-key-list .client=${client} owner="user" lang="en"></api-key-list>`);
      const warning = await appears(element, '[part="warning"]');
      expect(warning.textContent).to.match(/^Expires in \d days$/);
      expect(deepAll(element, '[part="warning"]')).to.have.length(1);
      expect(warning.closest('tr')?.textContent).to.include('In 5 days');
      expect(warning.closest('th, td')?.getAttribute('data-label')).to.equal(place);
      await expect(element).to.be.accessible();
      await server.close();
    }
    await start(duplocloud);
  });
});
