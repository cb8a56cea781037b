import { aiCockpitOne, aipConsole } from '@ai-cockpit/sdk/presets';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { expect, fixture, html } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import { appears, deep, deepAll, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import '../activity-log/define.js';
import '../api-key-create/define.js';
import '../api-key-list/define.js';
import '../notification-settings/define.js';
import '../organization-select/define.js';
import '../profile-form/define.js';
import '../provider-token-form/define.js';
import '../provider-token-list/define.js';

describe('The keyboard of a phone', () => {
  let server: TestServer;
  const show = async (draw: () => TemplateResult, policy: HostPolicy = aiCockpitOne) => {
    server = await startServer(policy);
    const element = await fixture<HTMLElement>(draw());
    await appears(element, 'input, [part="button"]');
    return element;
  };
  afterEach(() => server.close());

  const client = () => server.client('ana');
  const field = (element: Element, name: string) => deep<HTMLInputElement>(element, `[name="${name}"]`);

  it('begins each word of a person’s name with a capital, and nothing of an address', async () => {
    const element = await show(() => html`<profile-form .client=${client()}></profile-form>`);
    expect(['firstName', 'lastName'].map((name) => field(element, name).getAttribute('autocapitalize'))).to.deep.equal([
      'words',
      'words',
    ]);
    const settings = await show(
      () => html`<notification-settings .client=${client()}></notification-settings>`,
      aipConsole,
    );
    expect([field(settings, 'email').getAttribute('autocapitalize'), field(settings, 'email').inputMode]).to.deep.equal(
      ['none', 'email'],
    );
  });

  it('is the keyboard for addresses in address fields of providers', async () => {
    const element = await show(
      () => html`<provider-token-form .client=${client()} provider="jira"></provider-token-form>`,
    );
    await appears(element, 'form');
    expect(field(element, 'values.site').inputMode).to.equal('url');
    expect(field(element, 'values.email').inputMode).to.equal('email');
  });

  const forms: [name: string, draw: () => TemplateResult, policy?: HostPolicy][] = [
    ['profile-form', () => html`<profile-form .client=${client()}></profile-form>`],
    [
      'provider-token-form',
      () => html`<provider-token-form .client=${client()} provider="jira"></provider-token-form>`,
    ],
    ['api-key-create', () => html`<api-key-create .client=${client()} organization-id="acme" open></api-key-create>`],
    [
      'notification-settings',
      () => html`<notification-settings .client=${client()}></notification-settings>`,
      aipConsole,
    ],
    ['organization-select', () => html`<organization-select .client=${client()}></organization-select>`],
  ];
  for (const [name, draw, policy] of forms) {
    it(`names what Enter does: done, in every field of <${name}>`, async () => {
      const element = await show(draw, policy);
      await appears(element, 'input');
      const fields = deepAll<HTMLInputElement>(element, 'input:not([type="radio"], [type="checkbox"], [readonly])');
      expect(fields.map((field) => field.getAttribute('enterkeyhint'))).to.deep.equal(fields.map(() => 'done'));
    });
  }

  it('names what Enter does: search, in the search of each list', async () => {
    const element = await show(
      () => html`<div>
        <api-key-list .client=${client()} organization-id="acme"></api-key-list>
        <provider-token-list .client=${client()} organization-id="acme"></provider-token-list>
        <activity-log .client=${client()}></activity-log>
      </div>`,
    );
    const { apiKeys, providerTokens } = client().organization('acme');
    await apiKeys.create({ description: 'A key' });
    const values = { organization: 'fabrikam', token: 'secret' };
    await providerTokens.create({ provider: 'azure-devops', name: 'A token', code: 'a-token', values });
    const searches = () => deepAll<HTMLInputElement>(element, '[type="search"]');
    await waitUntil(() => searches().length === 3);
    for (const search of searches())
      expect([search.getAttribute('enterkeyhint'), search.autocomplete, search.spellcheck]).to.deep.equal([
        'search',
        'off',
        false,
      ]);
  });
});
