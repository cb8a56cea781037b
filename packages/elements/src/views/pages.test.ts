import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import '../api-key-list/define.js';
import '../provider-token-list/define.js';
import { appears, button, deep, deepAll, textOf, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';

describe('a list whose page is turned', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer(aiCockpitOne);
  });
  afterEach(() => {
    document.documentElement.style.scrollPaddingBlockStart = '';
    return server.close();
  });

  const lists = {
    'api-key-list': async () => {
      const client = server.client('ana');
      for (let number = 1; number <= 26; number++)
        (await client.organization('acme').apiKeys.create({ description: `Key ${number}` })).secret?.dispose();
      return html`<api-key-list .client=${client} organization-id="acme" lang="en"></api-key-list>`;
    },
    'provider-token-list': async () => {
      const client = server.client('ana');
      const values = { site: 'acme.atlassian.net', email: 'ana@acme.example', token: 'secret' };
      for (let number = 1; number <= 26; number++)
        await client.providerTokens.create({
          provider: 'jira',
          name: `Jira ${number}`,
          code: `jira-${number}`,
          values,
        });
      return html`<provider-token-list .client=${client} owner="user" lang="en"></provider-token-list>`;
    },
  };

  for (const [tag, list] of Object.entries(lists))
    it(`<${tag}>: shows its head below what sticks to the top of the page, with the range, which is spoken once`, async () => {
      const host = await fixture<HTMLElement>(html`<div style="padding-block: 40px">${await list()}</div>`);
      const element = host.firstElementChild as HTMLElement;
      await appears(element, 'tbody tr');
      document.documentElement.style.scrollPaddingBlockStart = '72px';
      const next = button(element, 'Next');
      next.scrollIntoView({ block: 'end' });
      expect(deep(element, '.toolbar').getBoundingClientRect().top).to.be.below(0);
      next.click();
      await waitUntil(() => textOf(deep(element, '.toolbar')).includes('26–26 of 26'));
      expect(deep(element, '.toolbar').getBoundingClientRect().top).to.be.at.least(72);
      const spoken = deepAll(element, '*').filter(
        (it) => it.childElementCount === 0 && it.textContent === '26–26 of 26' && !it.closest('[aria-hidden="true"]'),
      );
      // Beside the buttons, and in the live region that announces the page.
      expect(spoken.map((it) => it.closest('[part]')?.getAttribute('part'))).to.deep.equal(['status-message', 'range']);
      await expect(element).to.be.accessible();
    });
});
