import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostPolicy, Page, Provider, ProviderToken } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { catalogue } from '../src/providers/index.js';
import { databases, encryptionKey, startServer, type TestServer } from './harness.js';
import { mint, minted, outcome, read, request } from './request.js';
import { configurationFault } from './configuration-fault.js';

const folder = mkdtempSync(join(tmpdir(), 'cockpit-providers-'));
const file = join(folder, 'providers.json');
afterAll(() => rmSync(folder, { recursive: true }));

/** A host's definition of an issue tracker in its own network. */
const tracker = {
  id: 'acme-tracker',
  name: 'Acme Tracker',
  guideUrl: 'https://help.acme.example/tokens',
  hint: 'Ask the tracker team for a token.',
  fields: [
    { id: 'server', label: 'Server', kind: 'host', placeholder: 'tracker.acme.internal' },
    {
      id: 'method',
      label: 'Sign in with',
      kind: 'choice',
      options: [
        { id: 'token', label: 'Token' },
        { id: 'account', label: 'Account' },
      ],
    },
    { id: 'token', label: 'Token', kind: 'secret', when: { field: 'method', value: 'token' } },
    { id: 'user', label: 'User', kind: 'text', when: { field: 'method', value: 'account' } },
    { id: 'password', label: 'Password', kind: 'password', when: { field: 'method', value: 'account' } },
    { id: 'team', label: 'Team', kind: 'text', required: false, pattern: '[a-z]{2,8}' },
  ],
  hosts: ['tracker.acme.internal', '.trackers.acme.example'],
  requests: [
    {
      baseUrl: 'https://{server}/api/{team}',
      headers: { 'X-Tracker-Token': '{token}', Accept: 'application/json' },
    },
    { baseUrl: 'https://{server}/api', headers: { 'X-Tracker-Token': '{token}' } },
    { baseUrl: 'https://{server}/api', headers: { Authorization: { basic: ['{user}', '{password}'] } } },
  ],
  secretPattern: 'trk_[a-z0-9]{12}',
  messages: { ja: { hint: 'トラッカーチームに依頼してください。', 'fields.server.label': 'サーバー' } },
};

const withProviders = (providers: string[]): HostPolicy => {
  if (!aiCockpitOne.providerTokens) throw new Error('AI Cockpit One offers provider tokens');
  return { ...aiCockpitOne, providerTokens: { ...aiCockpitOne.providerTokens, providers } };
};

describe('the providers that a host configures', () => {
  const faultOf = (definitions: unknown): string => {
    writeFileSync(file, typeof definitions === 'string' ? definitions : JSON.stringify(definitions));
    return configurationFault({ DEMO: '1', ENCRYPTION_KEYS: encryptionKey, PROVIDERS: file });
  };
  const [server, method, token, user, password] = tracker.fields;
  const oneRequest = (baseUrl: string, headers: object = { Authorization: 'Bearer {token}' }) => ({
    ...tracker,
    fields: [server, { ...user, when: null }, { ...token, when: null }],
    requests: [{ baseUrl, headers }],
    messages: {},
  });

  const [endpoint] = oneRequest('https://{server}').requests;

  it('a policy may name them, and no others', () => {
    writeFileSync(file, JSON.stringify([tracker]));
    const policyFile = join(folder, 'my-host.json');
    const start = (providers: string[], env: Record<string, string>) => {
      writeFileSync(policyFile, JSON.stringify(withProviders(providers)));
      return () => readConfig({ DEMO: '1', ENCRYPTION_KEYS: encryptionKey, POLICY: policyFile, ...env });
    };
    expect(start(['jira', 'acme-tracker'], { PROVIDERS: file })).not.toThrow();
    expect(start(['jira', 'acme-tracker'], {})).toThrow(/providerTokens\.providers/);
    expect(start(['unheard-of'], { PROVIDERS: file })).toThrow(/providerTokens\.providers/);
  });

  it('the example of the README is valid', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const [, example = ''] = /## Providers of one's own.*?```json\n(.*?)```/s.exec(readme) ?? [];
    expect(faultOf(example)).toBe('');
    expect(
      readConfig({ DEMO: '1', ENCRYPTION_KEYS: encryptionKey, PROVIDERS: file }).catalogue.get('acme-tracker'),
    ).toBeDefined();
  });

  it('are added to the built-in providers', () => {
    expect(faultOf([tracker])).toBe('');
    const config = readConfig({ DEMO: '1', ENCRYPTION_KEYS: encryptionKey, PROVIDERS: file });
    expect([...config.catalogue.keys()]).toEqual([...catalogue.keys(), 'acme-tracker']);
    expect(config.catalogue.get('acme-tracker')?.description.fields[0]).toEqual({
      id: 'server',
      label: 'Server',
      kind: 'host',
      required: true,
      hint: null,
      placeholder: 'tracker.acme.internal',
      when: null,
    });
  });

  it.each<[what: string, definitions: unknown, reasons: string | string[]]>([
    ['a file that is no JSON', '[\n{]', 'line 2, column 2: the file is not JSON from here on'],
    [
      'one outside a list',
      tracker,
      '(the whole): {"id":"acme-tracker","name":"Acme Tracker","guideUrl":"https… is not of type array of { id, name, guideUrl, hint, guideWhen, color, monogram, icon, fields, hosts, requests, secretPattern, messages }',
    ],
    [
      'a provider that ships',
      [{ ...tracker, id: 'jira' }],
      '0.id: is that of another provider: each has an id of its own; found "jira"',
    ],
    [
      'two of the same id',
      [tracker, tracker],
      '1.id: is that of another provider: each has an id of its own; found "acme-tracker"',
    ],
    [
      'an unknown member',
      [{ ...tracker, colour: 'red' }],
      '0.colour: is not known here; there are id, name, guideUrl, hint, guideWhen, color, monogram, icon, fields, hosts, requests, secretPattern and messages. Did you mean "color"?',
    ],
    [
      '58: a guide over http:',
      [{ ...tracker, guideUrl: 'http://help.acme.example' }],
      '0.guideUrl: must be an https: URL; found "http://help.acme.example"',
    ],
    [
      '58: a guide that is a script',
      [{ ...tracker, guideUrl: 'javascript:alert(1)' }],
      '0.guideUrl: must be an https: URL; found "javascript:alert(1)"',
    ],
    [
      '58: a guide that is data',
      [{ ...tracker, guideUrl: 'data:text/html,x' }],
      '0.guideUrl: must be an https: URL; found "data:text/html,x"',
    ],
    [
      'a guide for the answer to a field that is no choice',
      [{ ...tracker, guideWhen: { field: 'user', value: 'token' } }],
      '0.guideWhen.field: must name an option of a choice; found "user", there is method',
    ],
    [
      'a guide for an answer that there is not',
      [{ ...tracker, guideWhen: { field: 'method', value: 'tokens' } }],
      '0.guideWhen.value: must name an option of a choice; found "tokens", there are token or account. Did you mean "token"?',
    ],
    ['a colour by its name', [{ ...tracker, color: 'red' }], '0.color: must be a colour, #rrggbb; found "red"'],
    [
      'an icon that is no path',
      [{ ...tracker, icon: '<svg onload=x>' }],
      '0.icon: must be the d of an SVG path; found "<svg onload=x>"',
    ],
    [
      'a kind that there is not',
      [{ ...tracker, fields: [{ ...server, kind: 'colour' }] }],
      '0.fields.0.kind: "colour" is not "text", "email", "host", "url", "secret", "password" or "choice"',
    ],
    [
      'two fields of one id',
      [{ ...tracker, fields: [...tracker.fields, token] }],
      '0.fields.6.id: is that of another field: each has an id of its own; found "token"',
    ],
    [
      'a choice of nothing',
      [{ ...tracker, fields: [server, { ...method, options: undefined }, token, user, password] }],
      [
        '0.fields.1.options: belong to a choice, and to it only; found none',
        '0.fields.2.when.field: must name an option of a choice before it; found "method", there is none',
        '0.fields.3.when.field: must name an option of a choice before it; found "method", there is none',
        '0.fields.4.when.field: must name an option of a choice before it; found "method", there is none',
        '0.requests.0.baseUrl: {team} stands for no field; there are {server}, {server.host}, {method}, {token}, {user} or {password}',
      ],
    ],
    [
      'a condition on what comes later',
      [{ ...tracker, fields: [server, token, method, user, password] }],
      [
        '0.fields.1.when.field: must name an option of a choice before it; found "method", there is none',
        '0.requests.0.baseUrl: {team} stands for no field; there are {server}, {server.host}, {token}, {method}, {user} or {password}',
      ],
    ],
    [
      'a pattern that is none',
      [{ ...tracker, fields: [{ ...server, pattern: '(' }] }],
      [
        '0.fields.0.pattern: must be a regular expression; found "("',
        '0.requests.0.baseUrl: {team} stands for no field; there are {server} or {server.host}',
        '0.requests.0.headers.X-Tracker-Token: {token} stands for no field; there are {server} or {server.host}',
        '0.requests.1.headers.X-Tracker-Token: {token} stands for no field; there are {server} or {server.host}',
        '0.requests.2.headers.Authorization: {user} stands for no field; there are {server} or {server.host}',
        '0.requests.2.headers.Authorization: {password} stands for no field; there are {server} or {server.host}',
      ],
    ],
    [
      'a host that is none',
      [{ ...tracker, hosts: ['https://acme.example'] }],
      '0.hosts.0: must be a host, or .domain for all below; found "https://acme.example"',
    ],
    [
      'a base URL over http:',
      [oneRequest('http://{server}')],
      '0.requests.0.baseUrl: must be https://host, https://{field of kind host} or {field of kind url}, and in them texts or choices; found "http://{server}"',
    ],
    [
      'a host that goes on after its field',
      [oneRequest('https://{server}.evil.example')],
      '0.requests.0.baseUrl: must be https://host, https://{field of kind host} or {field of kind url}, and in them texts or choices; found "https://{server}.evil.example"',
    ],
    [
      'a host whose end is filled in',
      [oneRequest('https://api.{user}')],
      '0.requests.0.baseUrl: must be https://host, https://{field of kind host} or {field of kind url}, and in them texts or choices; found "https://api.{user}"',
    ],
    [
      'a host in a path',
      [oneRequest('https://acme.example/{server}')],
      '0.requests.0.baseUrl: must be https://host, https://{field of kind host} or {field of kind url}, and in them texts or choices; found "https://acme.example/{server}"',
    ],
    [
      'a secret in a URL',
      [oneRequest('https://acme.example/{token}')],
      '0.requests.0.baseUrl: must be https://host, https://{field of kind host} or {field of kind url}, and in them texts or choices; found "https://acme.example/{token}"',
    ],
    [
      'a field that is not there',
      [oneRequest('https://{server}', { A: '{tokn}' })],
      '0.requests.0.headers.A: {tokn} stands for no field; there are {server}, {server.host}, {user} or {token}. Did you mean "token"?',
    ],
    [
      'a placeholder that is no name of a field',
      [oneRequest('https://{server}', { A: '{token}', 'X-Client': '{client-id}' })],
      '0.requests.0.headers.X-Client: {client-id} stands for no field; there are {server}, {server.host}, {user} or {token}',
    ],
    [
      'a placeholder with a space',
      [oneRequest('https://{server}', { A: '{ token }' })],
      '0.requests.0.headers.A: { token } stands for no field; there are {server}, {server.host}, {user} or {token}. Did you mean "token"?',
    ],
    [
      'an empty placeholder',
      [oneRequest('https://{server}', { A: '{token}{}' })],
      '0.requests.0.headers.A: {} stands for no field; there are {server}, {server.host}, {user} or {token}',
    ],
    [
      'a part that a field does not have',
      [oneRequest('https://{server}', { A: '{token.host}' })],
      '0.requests.0.headers.A: {token.host} stands for no field; there are {server}, {server.host}, {user} or {token}. Did you mean "token"?',
    ],
    [
      'a placeholder of the base URL',
      [oneRequest('https://{serfer}')],
      '0.requests.0.baseUrl: {serfer} stands for no field; there are {server}, {server.host}, {user} or {token}. Did you mean "server"?',
    ],
    [
      'a placeholder of Basic',
      [oneRequest('https://{server}', { A: { basic: ['{usr}', '{token}'] } })],
      '0.requests.0.headers.A: {usr} stands for no field; there are {server}, {server.host}, {user} or {token}. Did you mean "user"?',
    ],
    [
      'a placeholder of an endpoint',
      [
        {
          ...oneRequest('https://{server}'),
          requests: [{ ...endpoint, endpoints: { search: 'https://{server}/{x-y}' } }],
        },
      ],
      '0.requests.0.endpoints.search: {x-y} stands for no field; there are {server}, {server.host}, {user} or {token}',
    ],
    [
      'a brace that is not closed',
      [oneRequest('https://{server}', { A: 'Bearer {token' })],
      '0.requests.0.headers.A: has a brace that belongs to no placeholder; found "Bearer {token", there are {server}, {server.host}, {user} or {token}',
    ],
    [
      'a header that is none',
      [oneRequest('https://{server}', { 'A:': '{token}' })],
      '0.requests.0.headers.A:: must be the name of a header; found "A:"',
    ],
    [
      'a line end in a header',
      [oneRequest('https://{server}', { A: '{token}\r\nB: c' })],
      '0.requests.0.headers.A: must be of visible ASCII characters; found "{token}\\r\\nB: c"',
    ],
    [
      'a secret that goes nowhere',
      [oneRequest('https://{server}', { A: '{user}' })],
      '0.fields.2: is a secret that no request sends: a header has to hold {token}',
    ],
    [
      'nothing to send without what is optional',
      [{ ...tracker, requests: [tracker.requests[0], tracker.requests[2]] }],
      '0.requests: must have one for whatever may be left out, without a condition; there is none where only server, method, token are filled in',
    ],
    [
      'a translation of nothing',
      [{ ...tracker, messages: { ja: { 'fields.serfer.label': 'サーバー' } } }],
      '0.messages.ja.fields.serfer.label: stands for no text of this provider; there are name, hint, fields.server.label, fields.server.placeholder, fields.method.label, fields.method.options.token, fields.method.options.account, fields.token.label, fields.user.label, fields.password.label or fields.team.label. Did you mean "fields.server.label"?',
    ],
    [
      'a language that is none',
      [{ ...tracker, messages: { japanese_: {} } }],
      '0.messages.japanese_: must be a language tag, as en or pt-BR; found "japanese_"',
    ],
  ])('are refused at the start, with the reason: %s', (_, definitions, reasons) => {
    expect(faultOf(definitions).split('\n')).toEqual([reasons].flat().map((reason) => `PROVIDERS: ${reason}`));
  });
});

describe.each(databases)('a configured provider on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    writeFileSync(file, JSON.stringify([tracker]));
    server = await startServer({
      database,
      policy: withProviders(['acme-tracker', 'jira']),
      env: { PROVIDERS: file },
    });
  });
  afterAll(() => server.close());

  let made = 0;
  const add = (values: object, more: object = {}) => {
    made += 1;
    const json = { provider: 'acme-tracker', name: `Token ${made}`, code: `code-${made}`, values, ...more };
    return request(server, '/organizations/acme/provider-tokens', { as: 'ana', json });
  };
  const values = { server: 'tracker.acme.internal', method: 'token', token: 'canary-tracker' };

  it('is listed with its texts, without the members for the server only', async () => {
    const { data } = await read<{ data: Provider[] }>(await request(server, '/providers', { as: 'ana' }));
    expect(data.map(({ id }) => id)).toEqual(['acme-tracker', 'jira']);
    expect(data[0]).toMatchObject({ name: 'Acme Tracker', messages: tracker.messages });
    expect(JSON.stringify(data)).not.toMatch(/pattern|requests|X-Tracker/);
  });

  it('a token of it is added, listed and leased', async () => {
    const token = await read<ProviderToken>(await add({ ...values, team: 'blue' }, { code: 'tracker' }));
    expect(token).toMatchObject({
      provider: 'acme-tracker',
      values: { server: 'tracker.acme.internal', method: 'token', team: 'blue' },
    });
    const list = await request(server, '/organizations/acme/provider-tokens?q=acme%20tracker', { as: 'carla' });
    expect((await read<Page<ProviderToken>>(list)).data.map(({ id }) => id)).toContain(token.id);
    const key = { description: 'An agent', module: 'agents' };
    const { secret } = await minted(await mint(server, '/organizations/acme/api-keys', key, 'ana'));
    const lease = await request(server, '/integration/credentials', {
      headers: { 'X-API-KEY': secret },
      json: { provider: 'acme-tracker', code: 'tracker', purpose: 'To read issues' },
    });
    expect(await read(lease)).toMatchObject({
      baseUrl: 'https://tracker.acme.internal/api/blue',
      headers: { 'X-Tracker-Token': 'canary-tracker', Accept: 'application/json' },
    });
    expect(await server.dump()).not.toContain('canary-tracker');
  });

  it('a lease uses the first request whose values are all filled in', async () => {
    const leased = async (more: object, code: string) => {
      expect(await outcome(await add({ ...values, ...more }, { code }))).toBe('201');
      const json = { provider: 'acme-tracker', code, purpose: 'p', organizationId: 'acme' };
      return read(await request(server, '/integration/credentials', { as: 'ana', json }));
    };
    expect(await leased({}, 'plain')).toMatchObject({ baseUrl: 'https://tracker.acme.internal/api' });
    const account = { method: 'account', token: '', user: 'ana', password: 'pässword' };
    expect(await leased(account, 'account')).toMatchObject({
      headers: { Authorization: `Basic ${Buffer.from('ana:pässword').toString('base64')}` },
    });
    expect(await leased({ server: 'EU.trackers.acme.example' }, 'below')).toMatchObject({
      baseUrl: 'https://eu.trackers.acme.example/api',
    });
  });

  it.each([
    [{ server: 'tracker.acme.internal.evil.example' }, 'values.server:format'],
    [{ server: 'other.acme.internal' }, 'values.server:format'],
    [{ server: 'trackers.acme.example' }, 'values.server:format'],
    [{ server: 'a/b.trackers.acme.example' }, 'values.server:format'],
    [{ server: '127.0.0.1' }, 'values.server:format'],
    [{ team: 'a/b' }, 'values.team:format'],
    [{ team: 'muchtoolong' }, 'values.team:format'],
    [{ token: 'two words' }, 'values.token:white_space'],
    [{ method: 'account', token: '', user: 'a:b', password: 'p' }, 'values.user:format'],
    [{ team: `trk_${'a'.repeat(12)}` }, 'values.team:looks_like_secret'],
  ])('refuses other values: %j', async (more, expected) => {
    expect(await outcome(await add({ ...values, ...more }))).toBe(`422 invalid ${expected}`);
  });

  it('its secret in another field → 422', async () => {
    const pasted = `trk_${'a'.repeat(12)}`;
    expect(await outcome(await add(values, { description: pasted }))).toBe('422 invalid description:looks_like_secret');
    const key = { description: pasted };
    expect(await outcome(await mint(server, '/organizations/acme/api-keys', key, 'ana'))).toBe(
      '422 invalid description:looks_like_secret',
    );
  });

  it('another server address without the secret → 422', async () => {
    const { id, version } = await read<ProviderToken>(await add(values));
    const change = (more: object) =>
      request(server, `/organizations/acme/provider-tokens/${id}`, {
        as: 'ana',
        method: 'PATCH',
        headers: { 'If-Match': `"${version}"` },
        json: { values: more },
      });
    expect(await outcome(await change({ server: 'eu.trackers.acme.example' }))).toBe(
      '422 invalid values.token:secret_required',
    );
    expect(await outcome(await change({ server: 'eu.trackers.acme.example', token: 'new' }))).toBe('200');
  });
});
