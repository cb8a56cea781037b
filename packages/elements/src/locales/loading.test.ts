import { Secret } from '@ai-cockpit/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import '../api-key-create/define.js';
import '../cockpit-client/define.js';
import type { CockpitClientElement } from '../cockpit-client/cockpit-client.js';
import '../profile-form/define.js';
import type { ProfileFormElement } from '../profile-form/profile-form.js';
import '../profile-tabs/define.js';
import '../provider-token-form/define.js';
import '../secret-reveal/define.js';

/** The language files that this page has asked for, each as often as it did. */
const requested = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => /elements\/src\/locales\/([a-z]{2}(?:-[A-Z]{2})?)\.[jt]s/.exec(name)?.[1])
    .filter((language) => language !== undefined);

// More modules have been loaded already than a page notes by itself.
performance.setResourceTimingBufferSize(10_000);

const setFault = (fault: 'held' | ''): void => {
  document.cookie = `languages=${fault}; path=/`;
};

const release = async (): Promise<void> => {
  await fetch('/release-languages');
  setFault('');
};

/** Of one page, in this order: a language that has been loaded stays. */
describe('Languages', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(async () => {
    setFault('');
    await server.close();
  });

  const showForm = (locale: string, person = 'ana') =>
    fixture<ProfileFormElement>(html`<profile-form .client=${server.client(person)} locale=${locale}></profile-form>`);

  it('English, or a language without a translation: nothing is loaded', async () => {
    for (const locale of ['en', 'en-GB', 'fr', 'no tag']) await says(await showForm(locale), 'First name');
    expect(requested()).to.deep.equal([]);
  });

  it('the outline stays until the language is loaded; one request for all elements', async () => {
    setFault('held');
    const client = server.client('ana');
    const element = await fixture(html`<div>
      <profile-form .client=${client} locale="ja"></profile-form>
      <profile-form .client=${client} locale="ja-JP"></profile-form>
    </div>`);
    const [first, second] = element.querySelectorAll('profile-form');
    await waitUntil(() => deepAll(first!, '[aria-busy="true"]').length > 0);
    // The data arrives in the meantime.
    await client.profile.get();
    expect([textOf(first!), textOf(second!)]).to.deep.equal(['', '']);
    expect(deepAll(first!, '#firstName')).to.deep.equal([]);
    await release();
    await says(first!, '姓');
    await says(second!, '姓');
    await says(await showForm('ja'), '姓');
    expect(requested()).to.deep.equal(['ja']);
  });

  it('a secret is shown once the language is loaded', async () => {
    setFault('held');
    const element = await fixture(html`<secret-reveal locale="pt" label="Chave"></secret-reveal>`);
    Object.assign(element, { secret: new Secret('aico_value') });
    expect(textOf(element)).not.to.match(/Copy|aico_value/);
    await release();
    await says(element, 'Copiar');
    expect(deep<HTMLTextAreaElement>(element, 'textarea').value).to.equal('aico_value');
  });

  for (const [asked, spoken] of [
    ['pt', 'Sobrenome'],
    ['pt-PT', 'Sobrenome'],
    ['pt_BR', 'Sobrenome'],
    ['JA-jp', '姓'],
  ] as const) {
    it(`${asked}: the matching language`, async () => {
      await says(await showForm(asked), spoken);
    });
  }

  it('without a locale of the host: the page’s language', async () => {
    const element = await fixture(
      html`<div lang="ja"><profile-form .client=${server.client('ana')}></profile-form></div>`,
    );
    await says(element.querySelector('profile-form')!, '姓');
  });

  it('are named to assistive technology, and the host’s own content is not', async () => {
    const element = await fixture(
      html`<profile-form .client=${server.client('ana')} locale="ja"><p slot="header">Your profile</p></profile-form>`,
    );
    await says(element, '姓');
    expect(deep(element, 'form').closest('[lang]')?.getAttribute('lang')).to.equal('ja');
    expect(deep(element, 'slot').closest('[lang]')).to.equal(null);
    expect(element.closest('[lang="ja"]')).to.equal(null);
  });

  it('switch without losing what was typed, the focus or an open dialog', async () => {
    const element = await fixture<CockpitClientElement>(
      html`<cockpit-client .client=${server.client('ana')} locale="en">
        <profile-form></profile-form><api-key-create></api-key-create><provider-token-form provider="jira"></provider-token-form>
      </cockpit-client>`,
    );
    const profile = element.querySelector('profile-form')!;
    const token = element.querySelector('provider-token-form')!;
    const create = element.querySelector('api-key-create')!;
    type(await appears<HTMLInputElement>(profile, '#firstName'), 'Anabel');
    const secret = await appears<HTMLInputElement>(token, '[type="password"]');
    type(secret, 'a-secret-value');
    await says(create, 'Create API key');
    button(create, 'Create API key').click();
    const description = await appears<HTMLInputElement>(create, '#description');
    type(description, 'Nightly reports');
    const requests = requested().length;

    element.locale = 'ja';
    await says(create, 'APIキーを作成');
    await says(profile, '姓');
    await says(token, 'トークンを追加');
    expect(deep<HTMLInputElement>(profile, '#firstName').value).to.equal('Anabel');
    expect(deep<HTMLInputElement>(token, '[type="password"]') === secret && secret.value).to.equal('a-secret-value');
    expect(deep<HTMLInputElement>(create, '#description') === description && description.value).to.equal(
      'Nightly reports',
    );
    expect(create.shadowRoot?.activeElement === description).to.equal(true);
    expect(deep<HTMLDialogElement>(create, 'dialog').open).to.equal(true);
    expect(requested().length).to.equal(requests);
    await expect(create).to.be.accessible();
  });

  it('switch open sections and dialogs, too', async () => {
    const element = await fixture(
      html`<profile-tabs .client=${server.client('ana')} locale="en" section="api-keys"></profile-tabs>`,
    );
    await says(element, 'Acme has no API keys yet.');
    element.setAttribute('locale', 'pt-BR');
    await says(element, 'Acme ainda não tem chaves de API.');
    await says(element, 'Criar chave de API');
    expect(textOf(element)).not.to.match(/API key|Profile|Provider/);
  });

  it('format dates and numbers by the person’s region', async () => {
    const client = server.client('ana');
    await client.organization('acme').apiKeys.create({ description: 'Nightly reports', expiresAt: '2040-11-22' });
    const element = await fixture(
      html`<profile-tabs .client=${client} locale="pt-PT" section="api-keys"></profile-tabs>`,
    );
    await says(element, 'Nightly reports');
    const day = { year: 'numeric', month: 'short', day: 'numeric' } as const;
    await says(element, new Intl.DateTimeFormat('pt-PT', day).format(new Date(2040, 10, 22)));
  });
});

describe('The host’s wording', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  it('replaces ours by language, the exact tag before the general one', async () => {
    const element = await fixture<CockpitClientElement>(
      html`<cockpit-client
        .client=${server.client('ana')}
        .messages=${{ en: { save: 'Keep', 'profile.role': 'Job' }, 'en-GB': { save: 'Store' }, ja: { save: '登録' } }}
        locale="en-GB"
        ><profile-form></profile-form
      ></cockpit-client>`,
    );
    const form = element.querySelector('profile-form')!;
    await says(form, 'Store');
    expect(textOf(form)).to.include('Job').and.not.include('Save');
    element.locale = 'en-US';
    await says(form, 'Keep');
    element.locale = 'ja';
    await says(form, '登録');
    element.messages = undefined;
    await says(form, '保存');
  });

  it('may add a language', async () => {
    const element = await fixture(
      html`<profile-form
        .client=${server.client('ana')}
        .messages=${{ de: { save: 'Speichern', 'profile.firstName': 'Vorname' } }}
        locale="de-AT"
      ></profile-form>`,
    );
    await says(element, 'Speichern');
    await says(element, 'Vorname');
    expect(deep(element, 'form').lang).to.equal('de-AT');
  });

  it('reaches the dialog and the secret in it', async () => {
    const element = await fixture(
      html`<api-key-create
        .client=${server.client('ana')}
        .messages=${{ en: { 'noun.apiKey': 'access key', 'secret.copy': 'To the clipboard' } }}
        locale="en"
      ></api-key-create>`,
    );
    await says(element, 'Create access key');
    button(element, 'Create access key').click();
    type(await appears<HTMLInputElement>(element, '#description'), 'Nightly reports');
    const created = oneEvent(element, 'api-key-created');
    deep(element, '[part="submit"]').click();
    await created;
    await says(element, 'To the clipboard');
    await says(element, 'Access key');
  });
});
