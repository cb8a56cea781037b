import type { Provider } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { appears, button, deep, deepAll, textOf, type, waitUntil } from '../../test/page.js';
import { type Fault, startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProviderTokenSavedEvent } from '../events/provider-token-events.js';
import type { ProviderTokenFormElement } from './provider-token-form.js';

type TokensPolicy = NonNullable<HostPolicy['providerTokens']>;

const policy: HostPolicy = {
  ...aiCockpitOne,
  providerTokens: {
    ...(aiCockpitOne.providerTokens as TokensPolicy),
    fields: { name: 'hidden', code: 'hidden', description: 'hidden' },
    providers: ['jira', 'jira-data-center', 'businessmap', 'azure-devops', 'servicenow', 'github-projects'],
  },
};

const filledIn: Record<string, Record<string, string>> = {
  jira: { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'secret' },
  servicenow: { instance: 'acme.service-now.com', user: 'bot', password: 'secret' },
};

describe('What people paste into <provider-token-form>', () => {
  let server: TestServer;
  let bodies: { values: Record<string, string> }[] = [];
  beforeEach(async () => {
    server = await startServer(policy);
    bodies = [];
    const spy: Fault = async (request, next) => {
      if (request.method === 'POST') bodies.push((await request.clone().json()) as (typeof bodies)[number]);
      return next(request);
    };
    server.fault(spy);
  });
  afterEach(() => server.close());

  const show = async (provider: string, locale = 'en') => {
    const element = await fixture<ProviderTokenFormElement>(
      html`<provider-token-form
        .client=${server.client('ana')}
        .provider=${provider}
        locale=${locale}
      ></provider-token-form>`,
    );
    await appears(element, 'form');
    const control = (name: string) => deep<HTMLInputElement>(element, `[name="values.${name}"]`);
    const noteOf = (name: string) => deep(element, `[id="values.${name}-note"]`).textContent.trim();
    const leave = async (name: string, value: string) => {
      type(control(name), value);
      control(name).dispatchEvent(new Event('change', { bubbles: true }));
      await element.updateComplete;
    };
    const fill = () => {
      for (const [name, value] of Object.entries(filledIn[provider] ?? {})) type(control(name), value);
    };
    return { element, control, noteOf, leave, fill };
  };

  const addresses: [provider: string, field: string, pasted: string, reduced: string][] = [
    ['jira', 'site', 'https://acme.atlassian.net/jira/your-work', 'acme.atlassian.net'],
    ['jira', 'site', ' ACME.atlassian.net./browse/X-1?focused=1#top ', 'acme.atlassian.net'],
    ['servicenow', 'instance', 'https://acme.service-now.com/now/nav/ui/classic', 'acme.service-now.com'],
    ['businessmap', 'subdomain', 'https://acme.kanbanize.com/ctrl_board/1', 'acme'],
    ['azure-devops', 'organization', 'https://dev.azure.com/fabrikam/Project', 'fabrikam'],
    ['azure-devops', 'organization', 'https://fabrikam.visualstudio.com', 'fabrikam'],
    ['azure-devops', 'organization', 'https://acme@dev.azure.com/fabrikam/_git/x', 'fabrikam'],
    ['azure-devops', 'organization', 'git@ssh.dev.azure.com:v3/fabrikam/Project/x', 'fabrikam'],
    ['github-projects', 'owner', 'git@github.com:acme/roadmap.git', 'acme'],
    ['github-projects', 'server', 'ssh://git@ghes.example.com:2222/acme/roadmap.git', 'https://ghes.example.com'],
    ['jira-data-center', 'baseUrl', 'jira.example.com:8443/jira/browse/X-1', 'https://jira.example.com:8443/jira'],
    ['github-projects', 'server', 'https://api.acme.ghe.com/graphql', 'https://acme.ghe.com'],
    ['github-projects', 'owner', 'https://github.com/orgs/acme/projects/1', 'acme'],
  ];
  for (const [provider, field, pasted, reduced] of addresses) {
    it(`${provider}: once the field is left, ${pasted.trim()} is reduced to ${reduced}, and the field shows so`, async () => {
      const { element, control, leave, noteOf } = await show(provider);
      await leave(field, pasted);
      expect(control(field).value).to.equal(reduced);
      expect(noteOf(field)).to.include(`Taken from ${pasted.trim()}`);
      await expect(element).to.be.accessible();
    });
  }

  it('gives back an address as it was typed, and leaves it then', async () => {
    const { element, control, leave } = await show('jira');
    const pasted = 'https://acme.atlassian.net/jira/your-work';
    await leave('site', pasted);
    deep<HTMLButtonElement>(element, '[part="undo"]').click();
    await element.updateComplete;
    expect(control('site').value).to.equal(pasted);
    expect(element.shadowRoot?.activeElement).to.equal(control('site'));
    control('site').dispatchEvent(new Event('change', { bubbles: true }));
    await element.updateComplete;
    expect(control('site').value).to.equal(pasted);
    expect(deepAll(element, '[part="undo"]')).to.have.length(0);
  });

  it('sends what an address was reduced to when Enter is pressed in its field', async () => {
    const { element, control, fill } = await show('jira');
    fill();
    type(control('site'), 'https://acme.atlassian.net/jira/your-work');
    const saved = oneEvent<ProviderTokenSavedEvent>(element, 'provider-token-saved');
    deep<HTMLFormElement>(element, 'form').requestSubmit();
    expect((await saved).providerToken.values).to.include({ site: 'acme.atlassian.net' });
    expect(bodies[0]?.values).to.include({ site: 'acme.atlassian.net' });
  });

  const refused: [provider: string, field: string, pasted: string, example: string][] = [
    ['jira', 'site', 'https://ana@acme.atlassian.net/jira', 'your-company.atlassian.net'],
    ['jira', 'site', 'https://\u0430cme.atlassian.net', 'your-company.atlassian.net'],
    ['jira', 'site', 'file:///acme.atlassian.net', 'your-company.atlassian.net'],
    ['businessmap', 'subdomain', 'https://acme.example/ctrl_board/1', 'your-company'],
    ['azure-devops', 'organization', 'https://dev.azure.com/', 'your-organization'],
    ['jira-data-center', 'baseUrl', 'http://jira.example.com', 'https://jira.example.com'],
    ['github-projects', 'owner', 'https://example.com/acme', 'your-organization'],
    ['github-projects', 'owner', 'https://github.com/settings/tokens', 'your-organization'],
    ['azure-devops', 'organization', 'https://marketplace.visualstudio.com/items', 'your-organization'],
    ['azure-devops', 'organization', 'https://acme:secret@dev.azure.com/fabrikam/_git/x', 'your-organization'],
    ['github-projects', 'server', 'https://github.com@evil.example/x', 'https://github.example.com'],
  ];
  for (const [provider, field, pasted, example] of refused) {
    it(`${provider}: an address that cannot be reduced stays and gets an example: ${pasted}`, async () => {
      const { element, control, leave, noteOf } = await show(provider);
      await leave(field, pasted);
      expect(control(field).value).to.equal(pasted);
      expect(noteOf(field)).to.equal(`Use this format: ${example}.`);
      await expect(element).to.be.accessible();
    });
  }

  const secrets: [text: string, found: string][] = [
    ['“secret”', 'quotation marks'],
    ["'secret'", 'quotation marks'],
    ['Bearer secret', 'Bearer'],
    ['Authorization: Bearer secret', 'without the name'],
    ['JIRA_TOKEN=secret', 'without the name'],
    ['••••••••1234', 'hidden or cut off'],
    ['sec ret', 'spaces'],
    ['sec\u200bret', 'invisible'],
    ['sec\u00adret', 'invisible'],
    ['s\u0435cret', 'another alphabet'],
  ];
  for (const [text, found] of secrets) {
    it(`a token is refused as soon as its field is left, and what was found is said: ${JSON.stringify(text)}`, async () => {
      const { element, control, leave, noteOf, fill } = await show('jira');
      fill();
      await leave('token', text);
      expect(noteOf('token')).to.include(found);
      expect(control('token').value).to.equal(text);
      button(element, 'Add token').click();
      await waitUntil(() => element.shadowRoot?.activeElement === control('token'));
      expect(bodies).to.have.length(0);
      expect(textOf(element)).not.to.include(text);
    });
  }

  for (const [locale, said] of [
    ['pt-BR', 'Remova as aspas'],
    ['es', 'Quite las comillas'],
    ['ja', '引用符'],
  ] as const) {
    it(`what was found in a token is said in ${locale}`, async () => {
      const { leave, noteOf } = await show('jira', locale);
      await leave('token', '"secret"');
      expect(noteOf('token')).to.include(said);
    });
  }

  it('a token with white space around it is accepted', async () => {
    const { element, leave, noteOf, fill } = await show('jira');
    fill();
    await leave('token', '\u00a0secret\ufeff ');
    expect(noteOf('token')).to.equal('');
    const saved = oneEvent(element, 'provider-token-saved');
    button(element, 'Add token').click();
    await saved;
  });

  for (const password of [' secret ', '   ', '“Bearer” p\u00e4ss ••• word']) {
    it(`a password is sent exactly as it was typed: ${JSON.stringify(password)}`, async () => {
      const { element, control, leave, noteOf, fill } = await show('servicenow');
      fill();
      expect(control('password').type).to.equal('password');
      await leave('password', password);
      expect(noteOf('password')).to.equal('');
      const saved = oneEvent(element, 'provider-token-saved');
      button(element, 'Add token').click();
      await saved;
      expect(bodies[0]?.values['password']).to.equal(password);
    });
  }

  it('an e-mail address is judged by the contract, and not by the browser', async () => {
    const { leave, noteOf } = await show('jira');
    for (const address of ['ana@m\u00fcller.de', 'jos\u00e9@exemplo.com', 'a&b@example.com']) {
      await leave('email', address);
      expect(noteOf('email'), address).not.to.include('Enter an e-mail address');
    }
    await leave('email', 'ana\u200bb@example.com');
    expect(noteOf('email')).to.include('Enter an e-mail address');
  });

  it('every field that takes an address has an example', async () => {
    const providers: Provider[] = await server.client('ana').providers.list();
    for (const { id, fields } of providers)
      for (const { kind, addresses, placeholder } of fields)
        if (kind === 'host' || kind === 'url' || addresses) expect(placeholder, id).to.be.a('string');
  });
});
