import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole, duplocloud } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import '../api-key-single/define.js';
import { appears, button, deep, textOf, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import './define.js';

describe('questions before an API key ends', () => {
  let server: TestServer;
  afterEach(() => server.close());

  const start = async (policy: HostPolicy, organizationId?: string) => {
    server = await startServer(policy);
    const client = server.client('ana');
    const { apiKeys } = organizationId === undefined ? client : client.organization(organizationId);
    return { client, apiKeys };
  };
  const asked = async (element: Element, name: string) => {
    await appears(element, 'tbody tr');
    button(element, `Actions for ${name}`).click();
    (await appears(element, '[role="menuitem"]')).click();
    return await appears(element, 'dialog[open]');
  };
  const facts = (element: Element) => textOf(deep(element, '[part="about"]'));

  it('<api-key-list>: the question before deleting names the value, the module, the age and the last use', async () => {
    const { client, apiKeys } = await start(aiCockpitOne, 'acme');
    const { apiKey } = await apiKeys.create({ description: 'Nightly', module: 'reports' });
    const element = await fixture(
      html`<api-key-list .client=${client} organization-id="acme" lang="en"></api-key-list>`,
    );
    const dialog = await asked(element, 'Nightly');
    expect(deep(element, '[part="dialog-title"]').textContent).to.equal('Delete API key');
    expect(facts(element)).to.match(
      new RegExp(`^Value ${apiKey.maskedValue} Module Reports Created .+ Last used Never$`),
    );
    const described = dialog.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described.map((id) => deep(element, `#${id}`).localName)).to.deep.equal(['p', 'dl']);
    await expect(element).to.be.accessible();
  });

  it('<api-key-list owner="all">: the question before revoking names them too, with the time of the last use', async () => {
    const { client, apiKeys } = await start(duplocloud);
    const { apiKey, secret } = await apiKeys.create({ name: 'Billing' });
    await server.fetch(
      new Request(new URL(`${server.baseUrl}/integration/whoami`, location.href), {
        headers: { 'X-API-KEY': secret?.reveal() ?? '' },
      }),
    );
    secret?.dispose();
    await waitUntil(async () => (await apiKeys.get(apiKey.id)).lastUsedAt !== null);
    server.advance(2 * 3_600_000 + 60_000);
    const element = await fixture(html`<api-key-list .client=${client} owner="all" lang="en"></api-key-list>`);
    await asked(element, 'Billing');
    expect(deep(element, '[part="dialog-title"]').textContent).to.equal('Revoke API token');
    expect(facts(element)).to.match(new RegExp(`^Value ${apiKey.maskedValue} Created .+ Last used .*2 hours ago`));
  });

  it('<api-key-single>: the questions before deleting and replacing name them, without a value that is not shown', async () => {
    const { client, apiKeys } = await start(aipConsole);
    (await apiKeys.create({})).secret?.dispose();
    const element = await fixture(html`<api-key-single .client=${client} lang="en"></api-key-single>`);
    const remove = await appears(element, '[part="remove"]:not([aria-disabled="true"])');
    for (const [opener, title] of [
      [remove, 'Delete API key'],
      [deep(element, '[part="create"]'), 'Generate API key'],
    ] as const) {
      opener.click();
      await appears(element, 'dialog[open]');
      expect(deep(element, '[part="dialog-title"]').textContent).to.equal(title);
      expect(facts(element)).to.match(/^Created .+ Last used Never$/);
      button(element, 'Cancel').click();
    }
  });
});
