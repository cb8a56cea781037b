import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import { appears, deep, deepAll } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import '../api-key-list/define.js';
import '../api-key-create/define.js';

const { apiKeys } = aiCockpitOne;
const policy: HostPolicy = {
  ...aiCockpitOne,
  apiKeys: apiKeys && {
    ...apiKeys,
    modules: [
      { id: 'agents', name: 'Agents', messages: { ja: { name: 'エージェント' }, fr: { name: 'Agents IA' } } },
      { id: 'berths', name: 'Berths', messages: { ja: { name: '係留' } } },
      { id: 'cranes', name: 'Cranes' },
    ],
  },
  // A language is spoken where somebody has texts in it: French by this host.
  messages: { ja: { 'module.berths': 'バース' }, fr: { save: 'Enregistrer' } },
};

describe('the names of modules', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer(policy);
  });
  afterEach(() => server.close());

  for (const [language, names] of Object.entries({
    en: ['Agents', 'Berths', 'Cranes'],
    // By the policy's messages first, as all wording; else by those of the module; else as it is called.
    ja: ['エージェント', 'バース', 'Cranes'],
    fr: ['Agents IA', 'Berths', 'Cranes'],
  })) {
    it(`are those that the policy has in the language of the page, in the form and in the list: ${language}`, async () => {
      const client = server.client('ana');
      await client.organization('acme').apiKeys.create({ description: 'Nightly', module: 'agents' });
      const form = await fixture<HTMLElement>(html`
        <api-key-create .client=${client} organization-id="acme" lang=${language}></api-key-create>
      `);
      (await appears(form, '[part="button"]')).click();
      const select = await appears<HTMLSelectElement>(form, 'select');
      const [, ...options] = [...select.options].map(({ textContent }) => textContent.trim());
      expect(options).to.deep.equal(names);
      const list = await fixture(html`
        <api-key-list .client=${client} organization-id="acme" lang=${language}></api-key-list>
      `);
      await appears(list, 'tbody tr');
      expect(deepAll(list, 'td').map(({ textContent }) => textContent.trim())).to.include(names[0]);
      expect(deep(list, 'tbody').textContent).not.to.include('agents');
    });
  }
});
