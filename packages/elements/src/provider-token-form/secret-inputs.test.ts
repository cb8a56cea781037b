import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { appears, button, deep, deepAll, textOf, type } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProviderTokenSavedEvent, ProviderTokenSaveEvent } from '../events/provider-token-events.js';
import type { ProviderTokenFormElement } from './provider-token-form.js';

const canary = 'CANARY-81c2-of-a-secret';

describe('<provider-token-form>: inputs of secrets', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  const shown = async (provider: string) => {
    const element = await fixture<ProviderTokenFormElement>(
      html`<provider-token-form .client=${server.client('ana')} provider=${provider}></provider-token-form>`,
    );
    await appears(element, 'form');
    const secret = (name: string) => deep<HTMLInputElement>(element, `[name="values.${name}"]`);
    return { element, secret };
  };
  const press = async (element: ProviderTokenFormElement, name: string) => {
    button(element, name).click();
    await element.updateComplete;
  };

  for (const [provider, name] of [
    ['jira', 'token'],
    ['businessmap', 'apiKey'],
    ['azure-devops', 'token'],
    ['servicenow', 'password'],
    ['github-projects', 'token'],
  ] as const) {
    it(`ask neither the browser nor a password manager to keep or fill in a secret: ${provider}`, async () => {
      const { element, secret } = await shown(provider);
      const { type: kind, autocomplete, spellcheck, autocapitalize, dataset } = secret(name);
      expect({ kind, autocomplete, spellcheck, autocapitalize }).to.deep.equal({
        kind: 'password',
        autocomplete: 'off',
        spellcheck: false,
        autocapitalize: 'none',
      });
      // 1Password, LastPass, Bitwarden, Dashlane.
      expect(dataset).to.include({ '1pIgnore': '', lpignore: 'true', bwignore: '', formType: 'other' });
      const others = deepAll<HTMLInputElement>(element, 'input:not([type="radio"])');
      expect(others.filter((input) => input.dataset['formType'] !== 'other')).to.have.length(0);
    });
  }

  it('show a secret while it is typed, and hide it again', async () => {
    const { element, secret } = await shown('jira');
    type(secret('token'), canary);
    await press(element, 'Show');
    expect([secret('token').type, secret('token').value]).to.deep.equal(['text', canary]);
    expect(secret('token').spellcheck).to.equal(false);
    await expect(element).to.be.accessible();
    await press(element, 'Hide');
    expect([secret('token').type, secret('token').value]).to.deep.equal(['password', canary]);
    expect(button(element, 'Show').getAttribute('aria-describedby')).to.equal(
      secret('token').labels?.[0]?.getAttribute('id'),
    );
  });

  it('keep a secret that is shown out of events, markup and text, and send it as typed', async () => {
    const { element, secret } = await shown('jira');
    type(deep<HTMLInputElement>(element, '[name="name"]'), 'Jira');
    type(deep<HTMLInputElement>(element, '[name="values.site"]'), 'acme.atlassian.net');
    type(deep<HTMLInputElement>(element, '[name="values.email"]'), 'bot@example.com');
    await press(element, 'Show');
    type(secret('token'), canary);
    secret('token').dispatchEvent(new Event('change', { bubbles: true }));
    const errors = deepAll(element, '[part="error"]');
    expect(errors).to.have.length(0);
    const before = oneEvent<ProviderTokenSaveEvent>(element, 'provider-token-save');
    const after = oneEvent<ProviderTokenSavedEvent>(element, 'provider-token-saved');
    let sent = '';
    server.fault(async (request, next) => {
      if (request.method === 'POST') sent = await request.clone().text();
      return next(request);
    });
    button(element, 'Add token').click();
    const markup = () => element.shadowRoot?.innerHTML ?? '';
    expect(JSON.stringify((await before).providerToken)).not.to.include(canary);
    expect(markup() + textOf(element)).not.to.include(canary);
    await after;
    expect(sent).to.include(canary);
    expect([secret('token').type, secret('token').value]).to.deep.equal(['password', '']);
  });

  it('are hidden again where another way of signing in asks for another secret', async () => {
    const { element, secret } = await shown('servicenow');
    await press(element, 'Show');
    const method = deep<HTMLSelectElement>(element, '[name="values.method"]');
    method.value = 'apiKey';
    method.dispatchEvent(new Event('input', { bubbles: true }));
    await element.updateComplete;
    expect(secret('apiKey').type).to.equal('password');
    method.value = 'password';
    method.dispatchEvent(new Event('input', { bubbles: true }));
    await element.updateComplete;
    expect(secret('password').type).to.equal('password');
  });

  it('are empty and hidden after the page was left', async () => {
    const { element, secret } = await shown('jira');
    await press(element, 'Show');
    type(secret('token'), canary);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await element.updateComplete;
    expect([secret('token').type, secret('token').value]).to.deep.equal(['password', '']);
  });
});
