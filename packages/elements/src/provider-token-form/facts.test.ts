import type { NewProviderToken } from '@ai-cockpit/sdk';
import { aicHub } from '@ai-cockpit/sdk/presets';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { expect, fixture, html } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import './define.js';
import type { ProviderTokenFormElement } from './provider-token-form.js';

const jira: NewProviderToken = {
  provider: 'jira',
  name: 'Jira',
  code: 'jira',
  values: { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'a-secret' },
};

describe('<provider-token-form>: what it says of a token', () => {
  let server: TestServer;
  afterEach(() => server.close());
  const show = async (attributes: Partial<ProviderTokenFormElement>, policy?: HostPolicy) => {
    server = await startServer(policy);
    return attach(attributes);
  };
  const attach = async (attributes: Partial<ProviderTokenFormElement>) => {
    const element = await fixture<ProviderTokenFormElement>(
      html`<provider-token-form
        .client=${server.client('ana')}
        .provider=${attributes.provider}
        .tokenId=${attributes.tokenId}
        ?provider-named=${attributes.providerNamed}
      ></provider-token-form>`,
    );
    await appears(element, 'form');
    return element;
  };
  const edit = async (token = jira) => {
    server = await startServer();
    const { id } = await server.client('ana').providerTokens.create(token);
    return { id, element: await attach({ tokenId: id }) };
  };
  const field = (element: Element, name: string) => deep<HTMLInputElement>(element, `[name="${name}"]`);
  /** The label without its “required” or “optional”. */
  const labels = (element: Element) =>
    deepAll(element, '[part="label"], legend, dt').map(({ childNodes }) =>
      [...childNodes]
        .filter((node) => node instanceof Text)
        .map(({ data }) => data)
        .join('')
        .trim(),
    );

  for (const provider of ['jira', 'businessmap', 'azure-devops', 'servicenow', 'github-projects']) {
    it(`names each fact and field but once, in every language: ${provider}`, async () => {
      const element = await show({ provider });
      for (const [locale, name] of [
        ['en', 'Name'],
        ['pt-BR', 'Nome'],
        ['es', 'Nombre'],
        ['ja', '名前'],
      ] as const) {
        element.locale = locale;
        await waitUntil(() => labels(element).includes(name), `${locale}: ${labels(element).join()}`);
        const all = labels(element).map((label) => label.toLocaleLowerCase());
        expect(all.filter((label, at) => all.indexOf(label) < at)).to.deep.equal([]);
        // The organization that owns the token is another one.
        for (const word of ['organization', 'organização', 'organización', '組織'])
          expect(all.slice(1)).not.to.include(word);
      }
    });
  }

  it('says whose field it is where a provider of the host has a label that the form has', async () => {
    server = await startServer();
    server.fault(async (request, next) => {
      const answer = await next(request);
      if (!request.url.endsWith('/providers')) return answer;
      const body = (await answer.json()) as { data: { id: string; fields: { id: string; label: string }[] }[] };
      for (const { fields } of body.data) for (const it of fields) if (it.id === 'site') it.label = 'OWNER';
      return Response.json(body, answer);
    });
    const element = await attach({ provider: 'jira' });
    expect(labels(element)).to.include('OWNER (Jira)');
  });

  it('gives the hint and the guide of the chosen way of signing in', async () => {
    const element = await show({ provider: 'servicenow' });
    expect(textOf(element)).to.include('Password').and.not.to.include('administrator of the instance');
    expect(deepAll(element, '[part="guide"]')).to.have.length(0);
    const method = deep<HTMLSelectElement>(element, '[name="values.method"]');
    method.value = 'apiKey';
    method.dispatchEvent(new Event('input', { bubbles: true }));
    await says(element, 'administrator of the instance');
    expect(deep<HTMLAnchorElement>(element, '[part="guide"] a').href).to.include('configure-api-key');
    element.locale = 'ja';
    await says(element, 'インスタンスの管理者が作成します。');
    await expect(element).to.be.accessible();
  });

  it('warns that agents ask by a code while another one stands in the form', async () => {
    const { element } = await edit();
    expect(textOf(element)).not.to.include('no longer find');
    type(field(element, 'code'), 'jira-cloud');
    await says(element, 'Agents that ask for “jira” will no longer find this token.');
    expect(deep(element, `#${field(element, 'code').getAttribute('aria-describedby')}`).textContent).to.include(
      '“jira”',
    );
    await expect(element).to.be.accessible();
    type(field(element, 'code'), 'jira');
    await waitUntil(() => !textOf(element).includes('no longer find'));
  });

  it('offers no Save that can only fail beside the way to add a deleted token again', async () => {
    const { id, element } = await edit();
    const { version } = await server.client('ana').providerTokens.get(id);
    await server.client('ana').providerTokens.delete(id, { version });
    type(field(element, 'name'), 'Jira again');
    button(element, 'Save').click();
    await appears(element, '[part="add-again"]');
    expect(deepAll(element, '[part="save"]')).to.have.length(0);
    await expect(element).to.be.accessible();
    button(element, 'Add as new token').click();
    await waitUntil(() => deepAll(element, '[part="save"]').length === 1);
    expect(button(element, 'Add token')).to.be.instanceOf(HTMLElement);
  });

  it('repeats no provider that is named above it, and no owner where there is only the person', async () => {
    const element = await show({ provider: 'jira', providerNamed: true }, aicHub);
    expect(deepAll(element, '[part="facts"]')).to.have.length(0);
    element.providerNamed = false;
    await waitUntil(() => deepAll(element, '[part="facts"]').length === 1);
    expect(labels(element)).to.include('Provider').and.not.to.include('Owner');
  });

  it('takes a description on several lines, which holds no line breaks', async () => {
    const { element } = await edit();
    const description = deep<HTMLTextAreaElement>(element, '[name="description"]');
    expect(description.localName).to.equal('textarea');
    description.focus();
    type(description, 'For the board of the team.\r\nAsk Ana.');
    expect(description.value).to.equal('For the board of the team. Ask Ana.');
    description.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    await says(element, 'Saved');
    const [token] = (await server.client('ana').providerTokens.list()).data;
    expect(token?.description).to.equal('For the board of the team. Ask Ana.');
  });
});
