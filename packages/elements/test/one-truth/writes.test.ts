import type { Cockpit, ProviderToken } from '@ai-cockpit/sdk';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import '../../src/index.js';
import { appears, deep, deepAll, says, textOf, type, waitUntil } from '../page.js';
import { startServer, type TestServer } from '../server.js';
import { chooseAction, chooseOrganization, createKey, end, fillInToken, saveFirstName, saveToken } from './deeds.js';

const jira = (name: string) => ({
  provider: 'jira',
  name,
  code: name.toLowerCase(),
  values: { site: 'acme.atlassian.net', email: 'bot@example.com', token: 'CANARY-of-one-truth' },
});

const policy = {
  ...aiCockpitOne,
  apiKeys: aiCockpitOne.apiKeys && { ...aiCockpitOne.apiKeys, removal: 'revokeThenDelete' as const },
};

const rows = (element: Element) => deepAll(element, 'tbody th').map(({ textContent }) => textContent?.trim() ?? '');
const shows = (element: Element, row: string) =>
  waitUntil(() => rows(element).some((name) => name.includes(row)), `the list did not show ${row}`);
const showsNoMore = (element: Element, row: string) =>
  waitUntil(() => !rows(element).some((name) => name.includes(row)), `the list went on showing ${row}`);
const valueIn = (element: Element, name: string) => deep<HTMLInputElement>(element, `[name="${name}"]`).value;

/** The writing and the reading element, each on its own client. */
type Clients = readonly [writer: Cockpit, reader: Cockpit];

describe('a write reaches', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer(policy);
  });
  afterEach(() => server.close());

  const show = (element: unknown) =>
    fixture<HTMLElement>(html`${element}`, { parentNode: document.createElement('div') });

  const arrangements: readonly [string, () => Clients][] = [
    [
      'the other elements on the client',
      () => {
        const client = server.client('ana');
        return [client, client];
      },
    ],
    [
      'the elements on another client of the same person, as in another tab',
      () => [server.client('ana'), server.client('ana')],
    ],
  ];

  for (const [whom, clientsOf] of arrangements) {
    describe(whom, () => {
      const keys = () => server.client('ana').organization('acme').apiKeys;
      const tokens = () => server.client('ana').organization('acme').providerTokens;
      const pair = async (writing: (client: Cockpit) => unknown, reading: (client: Cockpit) => unknown) => {
        const [writer, reader] = clientsOf();
        return [await show(writing(writer)), await show(reading(reader))] as const;
      };
      const keyList = (client: Cockpit) => html`<api-key-list .client=${client}></api-key-list>`;
      const tokenList = (client: Cockpit) => html`<provider-token-list .client=${client}></provider-token-list>`;
      const profile = (client: Cockpit) => html`<profile-form .client=${client}></profile-form>`;

      it('a key created → the list', async () => {
        const [create, list] = await pair(
          (client) => html`<api-key-create .client=${client}></api-key-create>`,
          keyList,
        );
        await says(list, 'no API keys yet');
        await createKey(create, 'From the button');
        await shows(list, 'From the button');
      });

      it('a key revoked and deleted in one list → the other', async () => {
        await keys().create({ description: 'Nightly' });
        const [one, other] = await pair(keyList, keyList);
        await shows(one, 'Nightly');
        await shows(other, 'Nightly');
        await end(one, 'Nightly', 'Revoke');
        await says(other, 'Revoked');
        await says(one, 'Revoked');
        await end(one, 'Nightly', 'Delete');
        await says(other, 'no API keys yet');
      });

      it('a token added and changed in the form → the list', async () => {
        const [form, list] = await pair(
          (client) => html`<provider-token-form .client=${client}></provider-token-form>`,
          tokenList,
        );
        await says(list, 'No tokens yet.');
        await fillInToken(form, 'First');
        await saveToken(form);
        await shows(list, 'First');
        const [token] = (await tokens().list()).data as [ProviderToken];
        Object.assign(form, { tokenId: token.id });
        await waitUntil(() => deepAll(form, '[name="name"]').length > 0 && valueIn(form, 'name') === 'First');
        type(deep<HTMLInputElement>(form, '[name="name"]'), 'Second');
        await saveToken(form);
        await shows(list, 'Second');
      });

      it('a token changed in one form → the other, unless something was typed there', async () => {
        const token = await tokens().create(jira('First'));
        const form = (client: Cockpit) =>
          html`<provider-token-form .client=${client} token-id=${token.id}></provider-token-form>`;
        const [one, other] = await pair(form, form);
        await appears(one, '[name="name"]');
        await appears(other, '[name="name"]');
        type(deep<HTMLInputElement>(one, '[name="name"]'), 'Second');
        await saveToken(one);
        await waitUntil(() => valueIn(other, 'name') === 'Second');
        type(deep<HTMLInputElement>(other, '[name="name"]'), 'Typed here');
        type(deep<HTMLInputElement>(one, '[name="name"]'), 'Third');
        await saveToken(one);
        expect(valueIn(other, 'name')).to.equal('Typed here');
      });

      it('a token deleted in one list → the other', async () => {
        await tokens().create(jira('One'));
        await tokens().create(jira('Two'));
        const [one, other] = await pair(tokenList, tokenList);
        await shows(one, 'One');
        await shows(other, 'One');
        await end(one, 'One', 'Delete');
        await showsNoMore(other, 'One');
        await shows(other, 'Two');
      });

      it('a profile saved → another form, where what was typed stays', async () => {
        const [one, other] = await pair(profile, profile);
        type(await appears<HTMLInputElement>(other, '[name="lastName"]'), 'Typed here');
        await saveFirstName(one, 'Anabel');
        await waitUntil(() => valueIn(other, 'firstName') === 'Anabel');
        expect(valueIn(other, 'lastName')).to.equal('Typed here');
      });
    });
  }

  it('an element that was removed meanwhile, once it is inserted again', async () => {
    const client = server.client('ana');
    const list = await show(html`<api-key-list .client=${client}></api-key-list>`);
    await says(list, 'no API keys yet');
    const place = list.parentElement;
    list.remove();
    await client.organization('acme').apiKeys.create({ description: 'Meanwhile' });
    place?.append(list);
    await shows(list, 'Meanwhile');
  });

  it('no other person, and causes no request of theirs', async () => {
    const [ana, bruno] = [server.client('ana'), server.client('bruno')];
    const [one, other] = [
      await show(html`<api-key-list .client=${ana}></api-key-list>`),
      await show(html`<api-key-list .client=${bruno}></api-key-list>`),
    ];
    await says(one, 'no API keys yet');
    await says(other, 'no API keys yet');
    const heard: string[] = [];
    bruno.changes.addEventListener('change', ({ operationId }) => heard.push(operationId));
    await ana.organization('acme').apiKeys.create({ description: 'By Ana' });
    await shows(one, 'By Ana');
    // Bruno's write in another tab arrives; an earlier one would have arrived before it.
    const elsewhere = server.client('bruno');
    const { version } = await elsewhere.profile.get();
    await elsewhere.profile.update({ firstName: 'Bruno' }, { version });
    await waitUntil(() => heard.length > 0, 'it heard nothing of Bruno');
    expect(heard).to.deep.equal(['updateProfile']);
    expect(textOf(other)).to.include('no API keys yet');
  });
});

describe('a chosen organization', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer(policy);
  });
  afterEach(() => server.close());

  it('is the organization of every element below the client', async () => {
    const ana = server.client('ana');
    await ana.organization('acme').apiKeys.create({ description: 'Of Acme' });
    await server.client('dora').organization('globex').apiKeys.create({ description: 'Of Globex' });
    await ana.organization('acme').providerTokens.create(jira('Acmes'));
    await server.client('dora').organization('globex').providerTokens.create(jira('Globexs'));
    const client = await fixture(html`<cockpit-client .client=${ana}>
      <organization-select></organization-select>
      <profile-form></profile-form>
      <api-key-list></api-key-list>
      <provider-token-list></provider-token-list>
      <provider-token-form provider="jira"></provider-token-form>
    </cockpit-client>`);
    const find = (tag: string) => client.querySelector(tag)!;
    await shows(find('api-key-list'), 'Of Acme');
    await shows(find('provider-token-list'), 'Acmes');
    await waitUntil(() => deepAll(find('profile-form'), '#role').length > 0);
    type(deep<HTMLInputElement>(find('profile-form'), '[name="lastName"]'), 'Typed here');
    await chooseOrganization(find('organization-select'), 'Globex');
    await shows(find('api-key-list'), 'Of Globex');
    await shows(find('provider-token-list'), 'Globexs');
    await waitUntil(() => deepAll<HTMLInputElement>(find('profile-form'), '#role')[0]?.value === 'Member');
    for (const tag of ['api-key-list', 'provider-token-list', 'provider-token-form'])
      expect(textOf(find(tag)), tag).not.to.include('Acme');
    // A name is one’s own wherever one works.
    expect(valueIn(find('profile-form'), 'lastName')).to.equal('Typed here');
  });

  it('closes open dialogs about items of the former organization', async () => {
    const ana = server.client('ana');
    await ana.organization('acme').apiKeys.create({ description: 'Of Acme' });
    await ana.organization('acme').providerTokens.create(jira('Acmes'));
    const client = await fixture(html`<cockpit-client .client=${ana}>
      <api-key-list></api-key-list><provider-token-list></provider-token-list>
    </cockpit-client>`);
    for (const [tag, row] of [
      ['api-key-list', 'Of Acme'],
      ['provider-token-list', 'Acmes'],
    ] as const) {
      Object.assign(client, { organizationId: 'acme' });
      const list = client.querySelector(tag)!;
      await shows(list, row);
      await chooseAction(list, row, tag === 'api-key-list' ? 'Revoke' : 'Delete');
      Object.assign(client, { organizationId: 'globex' });
      await waitUntil(() => deepAll(list, 'dialog').length === 0, `${tag} went on asking`);
    }
  });
});
