import { expect, fixture, html } from '@open-wc/testing';
import '../../src/index.js';
import { appears, button, deep, deepAll, says, textOf, type, waitUntil } from '../page.js';
import { type Fault, held, startServer, type TestServer } from '../server.js';
import { browserAt, type TestBrowser } from './browser.js';
import { chooseAction, chooseOrganization, createKey, fillInToken } from './deeds.js';

const jira = (name: string) => ({
  provider: 'jira',
  name,
  code: name.toLowerCase(),
  values: { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'CANARY-of-one-truth' },
});

/** All that stands in an element: its texts, and what is in its fields. */
const contents = (element: Element) =>
  [textOf(element), ...deepAll<HTMLInputElement>(element, 'input, textarea, select').map(({ value }) => value)].join(
    ' ',
  );

describe('another person signs in', () => {
  let server: TestServer;
  let browser: TestBrowser;
  /** The requests that reached the server, with the person and the answer. */
  let log: string[];
  beforeEach(async () => {
    server = await startServer();
    browser = browserAt(server);
    log = [];
    await server.client('ana').providerTokens.create(jira('OfAna'));
    await server.client('dora').providerTokens.create(jira('OfDora'));
    const globex = server.client('dora').organization('globex');
    await globex.apiKeys.create({ description: 'KeyOfGlobex' });
    const acme = server.client('ana').organization('acme');
    await acme.apiKeys.create({ description: 'KeyOfAcme' });
    await acme.providerTokens.create(jira('OfAcme'));
    browser.open();
  });
  afterEach(async () => {
    browser.close();
    await server.close();
  });

  const refused = () => log.find((line) => line.endsWith(' 409'));

  const note: Fault = async (request, next) => {
    const { method, url } = request;
    const answer = await next(request);
    log.push(`${method} ${new URL(url).pathname} ${answer.status}`);
    return answer;
  };

  const tags = [
    'profile-form',
    'api-key-list',
    'provider-token-list',
    'organization-select',
    'profile-tabs',
    'activity-log',
  ] as const;
  const texts = { ana: /Ana|Souza|Acme|Globex/, dora: /Dora|Keller|Globex/ };
  const anasAlone = /Ana|Souza|Acme/;

  const page = () =>
    fixture(
      html`<cockpit-client base-url=${server.baseUrl}>
        <organization-select></organization-select>
        <profile-form></profile-form>
        <api-key-list></api-key-list>
        <provider-token-list></provider-token-list>
        <activity-log></activity-log>
        <provider-token-form provider="jira"></provider-token-form>
        <profile-tabs></profile-tabs>
      </cockpit-client>`,
    );
  const find = <T extends keyof HTMLElementTagNameMap>(root: Element, tag: T) => root.querySelector(tag)!;
  const isAnas = async (root: Element) => {
    await waitUntil(() => contents(find(root, 'profile-form')).includes('Souza'));
    await waitUntil(() => contents(find(root, 'api-key-list')).includes('KeyOfAcme'));
    await waitUntil(() => contents(find(root, 'provider-token-list')).includes('OfAna'));
    await waitUntil(() => contents(find(root, 'profile-tabs')).includes('Souza'));
    await waitUntil(() => contents(find(root, 'organization-select')).includes('Acme'));
    await waitUntil(() => contents(find(root, 'activity-log')).includes('Souza'));
    // Else a request of the page itself may be the next one.
    await waitUntil(() => deepAll(root, '[aria-busy="true"]').length === 0);
  };
  const isDoras = async (root: Element) => {
    await waitUntil(() => contents(find(root, 'profile-form')).includes('Keller'));
    await waitUntil(() => contents(find(root, 'api-key-list')).includes('KeyOfGlobex'));
    await waitUntil(() => contents(find(root, 'provider-token-list')).includes('OfDora'));
    await waitUntil(() => contents(find(root, 'profile-tabs')).includes('Keller'));
    await waitUntil(() => contents(find(root, 'organization-select')).includes('Globex'));
    for (const tag of tags) expect(contents(find(root, tag)), tag).not.to.match(anasAlone);
    await waitUntil(() => contents(find(root, 'activity-log')).includes('Keller'));
  };

  it('in the same page: all elements follow once a client has read the new person, and show no former data', async () => {
    const root = await page();
    await isAnas(root);
    browser.signIn('dora');
    // A host page reads the profile after a sign-in.
    await browser.client().profile.get();
    await isDoras(root);
  });

  it('in the same page, on the elements’ own client', async () => {
    const client = browser.client();
    const root = await fixture(html`<cockpit-client .client=${client}>
      <profile-form></profile-form><api-key-list></api-key-list>
    </cockpit-client>`);
    const [form, keys] = [find(root, 'profile-form'), find(root, 'api-key-list')];
    type(await appears<HTMLInputElement>(form, '[name="firstName"]'), 'TypedByAna');
    await says(keys, 'KeyOfAcme');
    browser.signIn('dora');
    expect((await client.profile.get()).lastName).to.equal('Keller');
    await waitUntil(() => contents(form).includes('Keller'));
    await says(keys, 'KeyOfGlobex');
    for (const element of [form, keys]) expect(contents(element)).not.to.match(/TypedByAna|Ana|Souza|Acme/);
  });

  it('without notice: the next request of any kind detects it', async () => {
    const root = await page();
    await isAnas(root);
    server.fault(note);
    browser.signIn('dora');
    const search = () => deep<HTMLInputElement>(find(root, 'api-key-list'), '[part="search"]');
    type(search(), 'Of');
    await isDoras(root);
    expect(refused()).to.equal('GET /v1/organizations/acme/api-keys 409');
    expect(search().value).to.equal('');
  });

  it('text typed by the former person is neither saved for the new one nor kept', async () => {
    const root = await page();
    await isAnas(root);
    const form = find(root, 'profile-form');
    type(deep<HTMLInputElement>(form, '[name="firstName"]'), 'TypedByAna');
    const token = find(root, 'provider-token-form');
    await appears(token, '[name="values.token"]');
    type(deep<HTMLInputElement>(token, '[name="name"]'), 'TypedByAna');
    type(deep<HTMLInputElement>(token, '[name="values.token"]'), 'TypedByAna');
    server.fault(note);
    browser.signIn('dora');
    deep(form, '[part="save"]').click();
    await isDoras(root);
    expect(refused()).to.equal('PATCH /v1/profile 409');
    expect(log.filter((line) => !line.startsWith('GET'))).to.have.length(1);
    for (const element of [form, token]) expect(contents(element)).not.to.include('TypedByAna');
    expect(textOf(form)).not.to.match(/changed|went wrong|session/i);
    expect((await server.client('dora').profile.get()).firstName).to.equal('Dora');
    // And nothing asks before the page is left.
    const leaving = new Event('beforeunload', { cancelable: true });
    dispatchEvent(leaving);
    expect(leaving.defaultPrevented).to.equal(false);
  });

  it('while a dialog is open: a secret, a question, a form', async () => {
    const root = await page();
    await isAnas(root);
    const keys = find(root, 'api-key-list');
    await createKey(deep(keys, 'api-key-create'), 'Revealed');
    const revealed = await appears<HTMLTextAreaElement>(keys, 'textarea');
    await waitUntil(() => revealed.value.startsWith('aico_'));
    const tokens = find(root, 'provider-token-list');
    await chooseAction(tokens, 'OfAna', 'Delete');
    browser.signIn('dora');
    await browser.client().profile.get();
    await isDoras(root);
    expect(revealed.value).to.equal('');
    for (const list of [keys, tokens]) expect(deepAll(list, 'dialog')).to.have.length(0);

    button(tokens, 'Add token').click();
    const form = await appears(tokens, 'dialog provider-token-form');
    await fillInToken(form, 'TypedByDora');
    browser.signIn('ana');
    await browser.client().profile.get();
    await isAnas(root);
    expect(contents(tokens)).not.to.include('TypedByDora');
    expect(deepAll(tokens, 'dialog')).to.have.length(0);
  });

  it('after the former person chose an organization that the new one does not belong to', async () => {
    const root = await page();
    await isAnas(root);
    await chooseOrganization(find(root, 'organization-select'), 'Globex');
    await waitUntil(() => contents(find(root, 'api-key-list')).includes('KeyOfGlobex'));
    browser.signIn('bruno');
    await browser.client().profile.get();
    await waitUntil(() => contents(find(root, 'profile-form')).includes('Bruno'));
    await waitUntil(() => contents(find(root, 'api-key-list')).includes('KeyOfAcme'));
    expect(contents(root.querySelector('organization-select')!)).to.include('Acme');
  });

  it('after the former elements were removed: new elements read again', async () => {
    const root = await page();
    await isAnas(root);
    root.remove();
    browser.signIn('dora');
    const seen: string[] = [];
    const { fault, release } = held();
    server.fault(fault);
    const another = await page();
    for (const tag of tags) seen.push(contents(find(another, tag)));
    release();
    await isDoras(another);
    expect(seen.join(' ')).not.to.match(texts.ana);
  });

  it('while elements are removed from the page: when inserted again, they show no former data', async () => {
    const root = await page();
    await isAnas(root);
    const place = root.parentElement!;
    const form = find(root, 'profile-form');
    type(deep<HTMLInputElement>(form, '[name="lastName"]'), 'TypedByAna');
    root.remove();
    browser.signIn('dora');
    await browser.client().profile.get();
    // Other elements on the same client have found out.
    const other = await fixture(html`<profile-form base-url=${server.baseUrl}></profile-form>`);
    await waitUntil(() => contents(other).includes('Keller'));
    const { fault, release } = held();
    server.fault(fault);
    place.append(root);
    await form.updateComplete;
    for (const tag of tags) expect(contents(find(root, tag)), tag).not.to.match(/Ana|Souza|Acme|TypedByAna/);
    release();
    await isDoras(root);
    expect(contents(form)).not.to.include('TypedByAna');
  });

  it('while answers for the former person are pending: they are not drawn, in any order', async () => {
    for (const order of ['former first', 'former last'] as const) {
      browser.signIn('ana');
      const first = held();
      let anas: Promise<unknown> = Promise.resolve();
      // An answer to Ana's request names Ana, however late it is.
      server.fault((request, next) => {
        const answer = next(request);
        anas = answer;
        return first.fault(request, () => answer);
      });
      const root = await page();
      await waitUntil(() => textOf(find(root, 'profile-form')).includes('Loading'));
      await anas;
      server.fault();
      browser.signIn('dora');
      const drawn: string[] = [];
      const watch = setInterval(() => drawn.push(...tags.map((tag) => contents(find(root, tag)))), 1);
      if (order === 'former first') first.release();
      await browser.client().profile.get();
      for (const tag of ['profile-form', 'api-key-list'] as const) find(root, tag).requestUpdate();
      if (order === 'former last') first.release();
      await isDoras(root);
      clearInterval(watch);
      // Before anybody knew better, what was Ana's may have been there; after Dora's, nothing of it is.
      const firstOfDora = drawn.findIndex((text) => text.includes('Keller'));
      expect(drawn.slice(firstOfDora).join(' '), order).not.to.match(anasAlone);
      root.remove();
    }
  });

  it('on a client that is replaced by the client of another person', async () => {
    const root = await fixture(html`<cockpit-client .client=${server.client('ana')}>
      <organization-select></organization-select><profile-form></profile-form><api-key-list></api-key-list>
    </cockpit-client>`);
    const form = find(root, 'profile-form');
    await says(find(root, 'api-key-list'), 'KeyOfAcme');
    type(await appears<HTMLInputElement>(form, '[name="firstName"]'), 'TypedByAna');
    Object.assign(root, { client: server.client('dora') });
    await waitUntil(() => contents(form).includes('Keller'));
    expect(contents(form)).not.to.include('TypedByAna');
    await says(find(root, 'api-key-list'), 'KeyOfGlobex');
  });

  it('the same person signs in again: what was typed is still there', async () => {
    const root = await page();
    await isAnas(root);
    const form = find(root, 'profile-form');
    type(deep<HTMLInputElement>(form, '[name="firstName"]'), 'TypedByAna');
    browser.signIn('ana');
    await browser.client().profile.get();
    deep(form, '[part="save"]').click();
    await says(form, 'Saved');
    expect((await server.client('ana').profile.get()).firstName).to.equal('TypedByAna');
  });
});
