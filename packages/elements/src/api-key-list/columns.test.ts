import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, duplocloud } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import '../provider-token-list/define.js';
import { appears, deep, deepAll } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import './define.js';

describe('the columns of lists', () => {
  let server: TestServer;
  afterEach(() => server.close());

  const start = async (policy: HostPolicy, organizationId?: string) => {
    server = await startServer(policy);
    const client = server.client('ana');
    const { apiKeys } = organizationId === undefined ? client : client.organization(organizationId);
    const fields = policy.apiKeys?.fields.name === 'hidden' ? { description: 'Nightly' } : { name: 'Nightly' };
    (await apiKeys.create(fields)).secret?.dispose();
    return client;
  };
  const headings = (element: Element) => deepAll(element, 'thead th').map(({ textContent }) => textContent?.trim());

  it('<api-key-list>: the owner is a column among everybody’s keys, and none where all are of one owner', async () => {
    for (const [policy, organization, owner] of [
      [duplocloud, undefined, 'user'],
      [aiCockpitOne, 'acme', 'organization'],
    ] as const) {
      const name = owner === 'user' ? 'name' : 'description';
      const { apiKeys } = policy;
      const client = await start(
        { ...policy, apiKeys: apiKeys && { ...apiKeys, columns: ['owner', name, 'createdAt'] } },
        organization,
      );
      const element = await fixture(
        html`<api-key-list .client=${client} owner=${owner} organization-id="acme" lang="en"></api-key-list>`,
      );
      await appears(element, 'tbody tr');
      expect(headings(element)).to.deep.equal([owner === 'user' ? 'Name' : 'Description', 'Created']);
      await server.close();
    }
    const client = await start(duplocloud);
    const all = await fixture(html`<api-key-list .client=${client} owner="all" lang="en"></api-key-list>`);
    await appears(all, 'tbody tr');
    expect(headings(all)).to.include('Owner');
  });

  it('“Sort by” stands before the columns to sort by where rows are cards, and nowhere else', async () => {
    const client = await start(duplocloud);
    for (const [width, content] of [
      [360, '"Sort by"'],
      [960, 'none'],
    ] as const) {
      const element = await fixture(html`<api-key-list .client=${client} owner="user" lang="en"></api-key-list>`, {
        parentNode: Object.assign(document.createElement('div'), { style: `inline-size: ${width}px` }),
      });
      await appears(element, 'tbody tr');
      const { content: shown } = getComputedStyle(deep(element, 'thead tr'), '::before');
      expect(shown.replace(/attr\(data-label\)/, '"Sort by"')).to.equal(content);
    }
  });

  it('“Never” has one colour, whatever has never been', async () => {
    const client = await start(duplocloud);
    const keys = await fixture(html`<api-key-list .client=${client} owner="all" lang="en"></api-key-list>`);
    await appears(keys, 'tbody tr');
    const colours = (element: Element) =>
      deepAll(element, 'tbody *')
        .filter(({ childElementCount, textContent }) => childElementCount === 0 && textContent?.trim() === 'Never')
        .map((never) => getComputedStyle(never).color);
    const [lastUsed, expires, ...others] = colours(keys);
    expect([expires, others.length]).to.deep.equal([lastUsed, 0]);
    await server.close();

    server = await startServer(aiCockpitOne);
    const other = server.client('ana');
    const values = { site: 'acme.atlassian.net', email: 'ana@acme.example', token: 'secret' };
    await other.providerTokens.create({ provider: 'jira', name: 'Jira', code: 'jira', values });
    const tokens = await fixture(html`<provider-token-list .client=${other} lang="en"></provider-token-list>`);
    await appears(tokens, 'tbody tr');
    expect(colours(tokens)).to.deep.equal([lastUsed]);
  });
});
