import type { Provider } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aicHub } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import { appears, button, textOf } from '../../test/page.js';
import { type Fault, startServer, type TestServer } from '../../test/server.js';
import './define.js';

/** A server whose Jira has a name in Japanese and in French. */
const withNames: Fault = async (request, next) => {
  const response = await next(request);
  if (!request.url.endsWith('/providers')) return response;
  const { data } = (await response.json()) as { data: Provider[] };
  const named = ({ messages, ...provider }: Provider): Provider => ({
    ...provider,
    messages: { ...messages, ja: { ...messages?.['ja'], name: 'ジラ' }, fr: { name: 'Jira de France' } },
  });
  return Response.json({ data: data.map((it) => (it.id === 'jira' ? named(it) : it)) }, response);
};

describe('the name of a provider', () => {
  let server: TestServer;
  const start = async (policy: HostPolicy) => {
    server = await startServer(policy);
    server.fault(withNames);
  };
  afterEach(() => server.close());

  const show = (language: string) =>
    fixture<HTMLElement>(
      html`<provider-token-list .client=${server.client('ana')} lang=${language}></provider-token-list>`,
    );

  for (const [language, name, wording] of [
    ['en', 'Jira', {}],
    ['ja', 'ジラ', {}],
    // A language is spoken where somebody has texts in it: French by this host.
    ['fr', 'Jira de France', { fr: { save: 'Enregistrer' } }],
    ['ja', '社内ジラ', { ja: { 'provider.jira.name': '社内ジラ' } }],
  ] as const) {
    it(`is ${name} in its row, in the title of its form and in the way to its instructions: ${language}`, async () => {
      await start({ ...aicHub, messages: wording });
      const element = await show(language);
      const row = await appears(element, 'tbody tr');
      expect(row.querySelector('th')?.textContent).to.include(name);
      const add = row.querySelector<HTMLElement>('[part="add"]');
      expect(add?.ariaLabel).to.include(name);
      add?.click();
      const guide = await appears(element, '[part="guide"] a');
      expect(guide.textContent).to.include(name);
      expect(element.shadowRoot?.querySelector('dialog h2')?.textContent).to.include(name);
      if (name !== 'Jira') expect(textOf(element)).not.to.match(/Jira(?! de France)/);
    });
  }

  it('is the one of the language in the choice of a provider, and of a token with a name of its own', async () => {
    await start(aiCockpitOne);
    const values = { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'canary-token' };
    await server
      .client('ana')
      .organization('acme')
      .providerTokens.create({ provider: 'jira', name: 'Agents', code: 'agents', values });
    const element = await show('ja');
    expect(textOf(await appears(element, 'tbody tr'))).to.include('Agents ジラ');
    button(element, 'トークンを追加').click();
    const { options } = await appears<HTMLSelectElement>(element, '[name="provider"]');
    expect([...options].map(({ textContent }) => textContent.trim()))
      .to.include('ジラ')
      .and.not.to.include('Jira');
  });
});
