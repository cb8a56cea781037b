import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoIssuer } from '../../src/demo/sessions.js';
import { databases, startServer, system, type TestServer } from '../harness.js';
import { acme, addToken, countRows, globex, ifMatch, jira, mint, mintKey, type Sent, send, uuid } from './exchange.js';

const controls = {
  'a line feed': 'a\nb',
  'a carriage return': 'a\rb',
  'a forged log line': 'a\r\n{"level":30,"msg":"forged"}',
  'a tab': 'a\tb',
  'a zero': 'a\u0000b',
  'an escape sequence': 'a\u001b[2Jb',
  delete: 'a\u007fb',
  'a C1 control': 'a\u0085b',
  'an override to the left': 'a\u202eb',
  'an embedding': 'a\u202ab',
  'an isolate': 'a\u2066b\u2069',
  'half a character': 'a\ud800b',
};

/** The codes of a token that has them, as it is said what was found; of all others, 'invisible'. */
const codeInToken: Record<string, string> = {
  'a line feed': 'white_space',
  'a carriage return': 'white_space',
  'a forged log line': 'labelled',
  'a tab': 'white_space',
  'a C1 control': 'white_space',
  'half a character': 'not_ascii',
};

describe.each(databases)('hostile requests on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  const rows = () => Promise.all([countRows(server, 'providerToken'), countRows(server, 'apiKey')]);

  it('43 line ends, controls and bidi overrides in any text → 422', async () => {
    const token = await addToken(server, 'ana', acme, jira('forty-three'));
    const { apiKey } = await mintKey(server, 'ana', acme);
    const before = await rows();
    const fresh = jira('controls');
    for (const [what, text] of Object.entries(controls)) {
      const patch = { method: 'PATCH', headers: ifMatch(1) };
      const attempts: [fault: string, path: string, sent: Sent][] = [
        ['name', `${acme}/provider-tokens`, { json: { ...fresh, name: text } }],
        ['description', `${acme}/provider-tokens`, { json: { ...fresh, description: text } }],
        ['code', `${acme}/provider-tokens`, { json: { ...fresh, code: text } }],
        ['provider', `${acme}/provider-tokens`, { json: { ...fresh, provider: text } }],
        ...Object.keys(fresh.values).map((field): [string, string, Sent] => [
          `values.${field}`,
          `${acme}/provider-tokens`,
          { json: { ...fresh, values: { ...fresh.values, [field]: text } } },
        ]),
        ['name', `${acme}/provider-tokens/${token.id}`, { ...patch, json: { name: text } }],
        ['values.token', `${acme}/provider-tokens/${token.id}`, { ...patch, json: { values: { token: text } } }],
        ['firstName', '/profile', { ...patch, json: { firstName: text }, headers: { 'If-Match': '*' } }],
        ['lastName', '/profile', { ...patch, json: { lastName: text }, headers: { 'If-Match': '*' } }],
        ['description', `${acme}/api-keys`, { json: { description: text }, headers: { 'Idempotency-Key': uuid() } }],
        [
          'module',
          `${acme}/api-keys`,
          { json: { description: 'x', module: text }, headers: { 'Idempotency-Key': uuid() } },
        ],
        ['reason', `${acme}/api-keys/${apiKey.id}/revoke`, { json: { reason: text } }],
        ['purpose', '/integration/credentials', { json: { provider: 'jira', purpose: text } }],
        ['code', '/integration/credentials', { json: { provider: 'jira', purpose: 'x', code: text } }],
      ];
      for (const [fault, path, sent] of attempts) {
        const refused = await send(server, path, { as: 'ana', ...sent });
        expect(refused.outcome, `${what} in ${fault}`).toBe('422 invalid');
        const code = { code: 'format', provider: 'not_offered', module: 'not_offered' }[fault] ?? 'characters';
        const codeHere = fault === 'values.token' ? (codeInToken[what] ?? 'invisible') : code;
        expect(refused.faults, `${what} in ${fault}`).toEqual([`${fault}:${codeHere}`]);
      }
    }
    expect(await rows()).toEqual(before);
  });

  it('43 controls in addresses and in a session’s claims: no error of the server’s, every line of the log whole', async () => {
    for (const evil of [
      '%00',
      'a%00b',
      '%0d%0a',
      '%0A{"level":30,"msg":"forged"}',
      '%E2%80%AE',
      '%1b[2J',
      '%',
      '%ff',
      '%zz',
      '%c0%80',
    ]) {
      for (const path of [
        `${acme}/api-keys/${evil}`,
        `${acme}/provider-tokens/${evil}`,
        `/organizations/${evil}/api-keys`,
      ])
        expect((await send(server, path, { as: 'ana' })).outcome, path).toBe('404 not_found');
      expect((await send(server, `/nowhere/${evil}`)).outcome).toBe('404 not_found');
      for (const list of [`${acme}/api-keys`, `${acme}/provider-tokens`]) {
        const found = await send(server, `${list}?q=zzz${evil}`, { as: 'ana' });
        if (found.status !== 400) expect(found.json).toMatchObject({ data: [], nextCursor: null });
      }
      expect((await send(server, `${acme}/api-keys?sort=${evil}`, { as: 'ana' })).outcome).toBe('400 malformed');
      expect((await send(server, `/policy?organizationId=acme${evil}`, { as: 'ana' })).outcome).toBe('404 not_found');
    }
    const claims = { preferred_username: 'a\r\nb', given_name: 'Ev\u0000e', family_name: '\u202eKrow', email: 'a\nb' };
    const signed = (sub: string) =>
      new SignJWT({ ...claims, sub, iss: demoIssuer, aud: system, exp: Math.floor(server.clock.now() / 1000) + 60 })
        .setProtectedHeader({ alg: 'ES256', kid: 'demo' })
        .sign(server.signingKey.privateKey);
    const welcome = await send(server, '/profile', { bearer: await signed('plain') });
    expect(welcome.json).toMatchObject({ loginName: '', firstName: '', lastName: '', email: '' });
    for (const text of Object.values(controls)) {
      const refused = await send(server, '/profile', { bearer: await signed(text) });
      expect(refused.outcome, JSON.stringify(text)).toBe('401 unauthenticated');
    }

    const lines = server.logs().trimEnd().split('\n');
    for (const line of lines) {
      const entry = JSON.parse(line) as Record<string, unknown>;
      expect(entry.msg).not.toBe('forged');
      expect(entry.level).toBeLessThan(50);
    }
    expect(server.logs().match(/[^\n\x20-\x7e]/gu)).toBeNull();
  });

  it('44 __proto__, constructor and prototype in bodies, at any depth → 422, no pollution', async () => {
    const token = await addToken(server, 'ana', acme, jira('forty-four'));
    const { apiKey } = await mintKey(server, 'ana', acme);
    const before = await rows();
    const pollution = '{"polluted":true,"access":"manage","role":"administrator"}';
    const parts = [
      `"__proto__":${pollution}`,
      `"constructor":{"prototype":${pollution}}`,
      `"prototype":${pollution}`,
      `"\\u005f_proto__":${pollution}`,
      '"__proto__":null',
      '"__proto__":"x"',
      '"toString":"x"',
      '"hasOwnProperty":1',
    ];
    const fresh = JSON.stringify(jira('polluted')).slice(0, -1);
    const values = JSON.stringify(jira('polluted').values).slice(0, -1);
    const minting = { 'Idempotency-Key': uuid() };
    const patch = { method: 'PATCH', headers: { 'If-Match': '*' } };
    for (const part of parts) {
      const attempts: [path: string, raw: string, sent?: Sent][] = [
        [`${acme}/provider-tokens`, `${fresh},${part}}`],
        [`${acme}/provider-tokens`, `{"provider":"jira","name":"x","code":"x","values":${values},${part}}}`],
        [`${acme}/provider-tokens`, `{"provider":"jira","name":{${part}},"code":"x","values":${values}}}`],
        [
          `${acme}/provider-tokens`,
          `{"provider":"jira","name":"x","code":"x","values":{"token":{"deep":[{${part}}]}}}`,
        ],
        [`${acme}/provider-tokens`, `{${part}}`],
        [`${acme}/provider-tokens`, `[{${part}}]`],
        [`${acme}/provider-tokens/${token.id}`, `{${part}}`, patch],
        [`${acme}/provider-tokens/${token.id}`, `{"values":{${part}}}`, patch],
        ['/profile', `{"firstName":"Ana",${part}}`, patch],
        ['/profile', `{"firstName":{"a":{"b":{${part}}}}}`, patch],
        [`${acme}/api-keys`, `{"description":"x",${part}}`, { headers: minting }],
        [`${acme}/api-keys`, `{"description":"x","module":{${part}}}`, { headers: minting }],
        [`${acme}/api-keys/${apiKey.id}/revoke`, `{${part}}`],
        ['/integration/credentials', `{"provider":"jira","purpose":"x",${part}}`],
        ['/integration/credentials', `{"provider":"jira","purpose":"x","organizationId":{${part}}}`],
      ];
      for (const [path, raw, sent] of attempts) {
        const refused = await send(server, path, { as: 'ana', ...sent, raw });
        expect(refused.outcome, `${path} ${raw}`).toBe('422 invalid');
        expect(refused.faults.length).toBeGreaterThan(0);
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(await rows()).toEqual(before);
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString']) {
      for (const path of [
        `${acme}/api-keys/${name}`,
        `${acme}/provider-tokens/${name}`,
        `/organizations/${name}/api-keys`,
        `/${name}`,
      ])
        expect((await send(server, path, { as: 'ana' })).outcome, path).toBe('404 not_found');
      expect((await send(server, `${acme}/api-keys?sort=${name}`, { as: 'ana' })).outcome).toBe('400 malformed');
      expect((await send(server, `${acme}/api-keys?${name}=1`, { as: 'ana' })).outcome).toBe('400 malformed');
      expect((await send(server, `/policy?organizationId=${name}`, { as: 'ana' })).outcome).toBe('404 not_found');
      const foreign = { ...jira('polluted'), provider: name };
      const refused = await send(server, `${acme}/provider-tokens`, { as: 'ana', json: foreign });
      expect(refused.faults).toEqual(['provider:not_offered']);
    }
    expect((await mint(server, 'carla', acme)).outcome).toBe('403 forbidden');
  });

  describe('45 versions', () => {
    const stale = [
      '"7"',
      '"0"',
      'W/"7"',
      '1',
      '"1',
      '1"',
      '""',
      '"1 "',
      "'1'",
      '"01"',
      '"1.0"',
      '"-1"',
      '"*"',
      '"1e0"',
      'null',
      '"9999999999999999999"',
    ];

    it('45 a missing If-Match → 428, a stale one → 412, nothing changed', async () => {
      const token = await addToken(server, 'ana', acme, jira('forty-five'));
      const { apiKey } = await mintKey(server, 'ana', acme);
      await send(server, '/profile', { as: 'carla' });
      const resources: [as: string, path: string, Sent][] = [
        ['ana', `${acme}/provider-tokens/${token.id}`, { method: 'PATCH', json: { name: 'Changed' } }],
        ['ana', `${acme}/provider-tokens/${token.id}`, { method: 'DELETE' }],
        ['ana', `${acme}/api-keys/${apiKey.id}`, { method: 'DELETE' }],
        ['carla', '/profile', { method: 'PATCH', json: { firstName: 'Changed' } }],
      ];
      for (const [as, path, sent] of resources) {
        const before = await send(server, path, { as });
        expect(before.headers.get('ETag')).toBe('"1"');
        expect((await send(server, path, { as, ...sent })).outcome).toBe('428 version_required');
        for (const tag of stale) {
          const refused = await send(server, path, { as, ...sent, headers: { 'If-Match': tag } });
          expect(refused.outcome, `${path} ${tag}`).toBe('412 version_stale');
        }
        expect((await send(server, path, { as })).json).toEqual(before.json);
      }
      for (const [as, path, sent] of resources.filter(([, , { method }]) => method === 'PATCH')) {
        const changed = await send(server, path, { as, ...sent, headers: ifMatch(1) });
        expect(changed.outcome).toBe('200');
        expect(changed.headers.get('ETag')).toBe('"2"');
        expect((await send(server, path, { as, ...sent, headers: ifMatch(1) })).outcome).toBe('412 version_stale');
      }
    });

    it('45 ten changes at once from one version → one is made', async () => {
      const token = await addToken(server, 'ana', acme, jira('forty-five-at-once'));
      const path = `${acme}/provider-tokens/${token.id}`;
      const change = (name: string) =>
        send(server, path, { as: 'ana', method: 'PATCH', headers: ifMatch(1), json: { name } });
      const outcomes = (await Promise.all(Array.from({ length: 10 }, (_, i) => change(`Change ${i}`)))).map(
        ({ outcome }) => outcome,
      );
      expect(outcomes.filter((outcome) => outcome === '200')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === '412 version_stale')).toHaveLength(9);
      expect((await send(server, path, { as: 'ana' })).json).toMatchObject({ version: 2 });
    });
  });

  it('46 a forged, foreign or other-filter cursor → 400', async () => {
    for (let i = 0; i < 3; i++) {
      await addToken(server, 'ana', acme, jira(`page-${i}`));
      await addToken(server, 'dora', globex, jira(`page-${i}`));
      await addToken(server, 'ana', '', jira(`page-${i}`));
      await mintKey(server, 'ana', acme);
    }
    const next = async (path: string, as = 'ana'): Promise<string> => {
      const page = await send<{ nextCursor: string | null }>(server, path, { as });
      expect(page.outcome, path).toBe('200');
      return page.json.nextCursor ?? expect.fail(`${path} has one page only`);
    };
    const list = `${acme}/provider-tokens?limit=1`;
    const cursor = await next(list);
    const [position = '', tag = ''] = cursor.split('.');
    const at = async (path: string, cursor: string, as = 'ana') => {
      const { outcome } = await send(server, `${path}&cursor=${encodeURIComponent(cursor)}`, { as });
      return outcome;
    };
    expect(await at(list, cursor)).toBe('200');
    expect(await at(`${acme}/provider-tokens?limit=2`, cursor)).toBe('200');

    const elsewhere = Buffer.from(JSON.stringify([0, ''])).toString('base64url');
    const injected = Buffer.from(JSON.stringify(["1'; drop table api_key; --", 'x'])).toString('base64url');
    for (const forged of [
      '',
      'x',
      '.',
      position,
      `${position}.`,
      `.${tag}`,
      `${position}.${tag.slice(0, -2)}`,
      `${position}.${tag}A`,
      `${position}.${tag}.${tag}`,
      `${elsewhere}.${tag}`,
      `${injected}.${tag}`,
      `${position}.${'A'.repeat(tag.length)}`,
      `${tag}.${position}`,
      cursor.toUpperCase(),
      Buffer.from('{"offset":0}').toString('base64'),
      '\u0000',
      '🔑',
    ])
      expect(await at(list, forged), forged).toBe('400 cursor_invalid');
    expect(await at(list, 'x'.repeat(5000))).toMatch(/^400 /);

    // Of another search, order, list, organization, person.
    expect(await at(`${list}&q=page`, cursor)).toBe('400 cursor_invalid');
    expect(await at(list, await next(`${list}&q=page`))).toBe('400 cursor_invalid');
    expect(await at(`${list}&q=page`, await next(`${list}&q=pag`))).toBe('400 cursor_invalid');
    expect(await at(`${list}&sort=name`, cursor)).toBe('400 cursor_invalid');
    expect(await at(list, await next(`${list}&sort=-name`))).toBe('400 cursor_invalid');
    expect(await at(list, await next(`${acme}/api-keys?limit=1`))).toBe('400 cursor_invalid');
    expect(await at(`${globex}/provider-tokens?limit=1`, cursor)).toBe('400 cursor_invalid');
    expect(await at(`${globex}/provider-tokens?limit=1`, cursor, 'dora')).toBe('400 cursor_invalid');
    expect(await at('/provider-tokens?limit=1', cursor)).toBe('400 cursor_invalid');
    expect(await at('/provider-tokens?limit=1', await next('/provider-tokens?limit=1'), 'bruno')).toBe(
      '400 cursor_invalid',
    );
  });
});
