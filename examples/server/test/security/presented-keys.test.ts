import { checksum } from '@ai-cockpit/sdk/api-key-format';
import { operations, pathsOf, type Problem } from '@ai-cockpit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import {
  acme,
  anonymous,
  canary,
  countRows,
  ifMatch,
  mint,
  mintKey,
  type Sent,
  send,
  withApiKeys,
} from './exchange.js';

/** Another secret for the same key, with the checksum that belongs to it. */
const forgedFrom = (value: string): string => {
  const unchecked = `${value.slice(0, 20)}${value[20] === 'A' ? 'B' : 'A'}${value.slice(21, -6)}`;
  return unchecked + checksum(unchecked);
};

describe.each(databases)('API keys presented on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  it('6 both headers, with different keys → 400', async () => {
    const one = await mintKey(server, 'ana', acme);
    const other = await mintKey(server, 'ana', acme);
    const whoAmI = (key: string, bearer: string) => send(server, '/integration/whoami', { key, bearer });
    expect((await whoAmI(one.secret, other.secret)).outcome).toBe('400 credentials_conflict');
    expect((await whoAmI(one.secret, 'nonsense')).outcome).toBe('400 credentials_conflict');
    expect((await whoAmI(one.secret, await server.session('ana'))).outcome).toBe('400 credentials_conflict');
    expect((await whoAmI(one.secret, one.secret)).outcome).toBe('200');
  });

  it('6 a key in the policy’s own header → accepted; with another key in X-API-KEY → 400', async () => {
    const named = await startServer({ database, policy: withApiKeys({ header: 'X-Acme-Key' }) });
    const [one, other] = [await mintKey(named, 'ana', acme), await mintKey(named, 'ana', acme)];
    const whoAmI = async (headers: Record<string, string>) =>
      (await send(named, '/integration/whoami', { headers })).outcome;
    expect(await whoAmI({ 'X-Acme-Key': one.secret })).toBe('200');
    expect(await whoAmI({ 'X-API-KEY': one.secret })).toBe('200');
    expect(await whoAmI({ Authorization: `Bearer ${one.secret}` })).toBe('200');
    expect(await whoAmI({ 'X-Acme-Key': one.secret, 'X-API-KEY': one.secret })).toBe('200');
    expect(await whoAmI({ 'X-Acme-Key': `${one.secret}x` })).toBe('401 unauthenticated');
    expect(await whoAmI({ 'X-Acme-Key': one.secret, 'X-API-KEY': other.secret })).toBe('400 credentials_conflict');
    expect(await whoAmI({ 'X-Acme-Key': one.secret, Authorization: 'Bearer x' })).toBe('400 credentials_conflict');
    const elsewhere = await send(server, '/integration/whoami', { headers: { 'X-Acme-Key': one.secret } });
    expect(elsewhere.outcome).toBe('401 unauthenticated');
    const preflight = await fetch(`${named.baseUrl}/integration/whoami`, {
      method: 'OPTIONS',
      headers: {
        Origin: named.origin,
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'x-acme-key',
      },
    });
    expect(preflight.headers.get('Access-Control-Allow-Headers')).toContain('X-Acme-Key');
    await named.close();
  });

  it('7 a key in a query string → 401, and its value in no log', async () => {
    const { secret } = await mintKey(server, 'ana', acme);
    for (const name of [
      'api_key',
      'apikey',
      'apiKey',
      'api-key',
      'X-API-KEY',
      'key',
      'token',
      'access_token',
      'module',
    ])
      expect((await send(server, `/integration/whoami?${name}=${secret}`)).outcome, name).toBe('401 unauthenticated');
    const encoded = [...secret].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('');
    expect((await send(server, `/integration/whoami?token=${encoded}`)).outcome).toBe('401 unauthenticated');
    // No less where a right credential comes beside it.
    const beside = await send(server, `/integration/whoami?key=${secret}`, { key: secret });
    expect(beside.outcome).toBe('401 unauthenticated');
    const session = await send(server, `/profile?api_key=${secret}`, { as: 'ana' });
    expect(session.outcome).toBe('401 unauthenticated');
    // In the path there is nothing to be found by it.
    expect((await send(server, `${acme}/api-keys/${secret}`, { as: 'ana' })).outcome).toBe('404 not_found');
    expect((await send(server, `/keys/${secret}`)).outcome).toBe('404 not_found');
    await server.settled();
    expect(server.logs()).not.toContain(secret);
    expect(server.logs()).not.toContain(secret.slice(-30));
    expect(server.logs().toLowerCase()).not.toContain(encoded.slice(-60));
  });

  it('7 a key searched for in a session → 400 that names the search and not the value, in no log', async () => {
    const { secret } = await mintKey(server, 'ana', acme);
    const shapes = [
      secret,
      encodeURIComponent(` ${secret}\n`),
      `%E2%80%8B${secret}`,
      `a&q=${secret}`,
      `${secret}&limit=0`,
    ];
    for (const list of [`${acme}/api-keys`, `${acme}/provider-tokens`])
      for (const q of shapes) {
        const { outcome, faults, json, text } = await send<Problem>(server, `${list}?q=${q}`, { as: 'ana' });
        expect(outcome, list).toBe('400 malformed');
        expect(faults).toEqual(['q:looks_like_secret']);
        expect(json.detail).toContain('API key');
        expect(text).not.toContain(secret.slice(10, 30));
      }
    // Not signed in, or signed in by a key, there is nothing to search; where nothing is searched, `q` is as any other.
    expect((await send(server, `${acme}/api-keys?q=${secret}`)).outcome).toBe('401 unauthenticated');
    expect((await send(server, `${acme}/api-keys?q=${secret}`, { key: secret })).outcome).toBe('401 unauthenticated');
    expect((await send(server, `/profile?q=${secret}`, { as: 'ana' })).outcome).toBe('401 unauthenticated');
    expect((await send(server, `${acme}/api-keys?key=${secret}`, { as: 'ana' })).outcome).toBe('401 unauthenticated');
    await server.settled();
    expect(server.logs()).not.toContain(secret.slice(10, 40));
  });

  it('7 a session in a query string → 401, and its value in no log', async () => {
    const session = await server.session('ana');
    for (const name of ['token', 'access_token'])
      expect((await send(server, `/profile?${name}=${session}`)).outcome).toBe('401 unauthenticated');
    expect(server.logs()).not.toContain(session);
    expect(server.logs()).not.toContain(session.split('.')[2]);
  });

  it.each(['revoked', 'deleted'])('9 a key %s while a check is in flight stays so', async (end) => {
    const { apiKey, secret } = await mintKey(server, 'ana', acme);
    const path = `${acme}/api-keys/${apiKey.id}`;
    const { apiKeys } = server.store;
    const find = apiKeys.findPresented.bind(apiKeys);
    let hasRead = () => {};
    let goOn = () => {};
    const read = new Promise<void>((resolve) => (hasRead = resolve));
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    const held = vi.spyOn(apiKeys, 'findPresented').mockImplementationOnce(async (id) => {
      const row = await find(id);
      hasRead();
      await gate;
      return row;
    });

    const inFlight = send(server, '/integration/whoami', { key: secret });
    await read;
    const ended =
      end === 'revoked'
        ? await send(server, `${path}/revoke`, { as: 'ana', json: { reason: 'Lost' } })
        : await send(server, path, { as: 'ana', method: 'DELETE', headers: ifMatch(1) });
    expect(ended.status).toBe(end === 'revoked' ? 200 : 204);
    const after = end === 'revoked' ? await send(server, path, { as: 'ana' }) : null;
    goOn();
    await inFlight;
    await server.settled();
    held.mockRestore();

    expect((await send(server, '/integration/whoami', { key: secret })).outcome).toBe('401 unauthenticated');
    const now = await send<{ status: string; version: number }>(server, path, { as: 'ana' });
    if (after) {
      expect(now.json).toMatchObject({ status: 'revoked', revocationReason: 'Lost', version: 2 });
      expect(now.json).toEqual({
        ...(after.json as object),
        lastUsedAt: expect.any(String) as unknown,
        lastUsedFrom: { address: '127.0.0.1', product: 'node' },
      });
    } else expect(now.outcome).toBe('404 not_found');
  });

  it('9 many checks at once → no use of a key undoes its revocation', async () => {
    const { apiKey, secret } = await mintKey(server, 'ana', acme);
    const check = () => send(server, '/integration/whoami', { key: secret });
    const checks = Array.from({ length: 12 }, check);
    const revoked = await send(server, `${acme}/api-keys/${apiKey.id}/revoke`, { as: 'ana', json: {} });
    expect(revoked.outcome).toBe('200');
    expect((await check()).outcome).toBe('401 unauthenticated');
    for (const { outcome } of await Promise.all(checks)) expect(['200', '401 unauthenticated']).toContain(outcome);
    await server.settled();
    expect(await server.store.apiKeys.findPresented(apiKey.id)).toMatchObject({ version: 2 });
    expect((await check()).outcome).toBe('401 unauthenticated');
  });

  it('13 an API key on a user’s operation → 401, a session on a key’s → 401, by whatever header', async () => {
    const { secret } = await mintKey(server, 'ana', acme);
    const session = await server.session('ana');
    const cookie = { Cookie: `${server.sessionCookie}=${session}` };
    for (const operation of Object.values(operations)) {
      const takes: readonly string[] = operation.callers;
      // Of what is public, nobody asks who it is.
      if (takes.length === 0) continue;
      for (const path of pathsOf(operation)) {
        const at = path.replace('{organizationId}', 'acme').replace('{id}', 'any');
        const { method } = operation;
        const wrong: Sent[] = [
          ...(takes.includes('key') ? [] : [{ key: secret }, { bearer: secret }]),
          ...(takes.includes('user') ? [] : [{ bearer: session }, { headers: cookie }]),
        ];
        for (const sent of wrong)
          expect((await send(server, at, { method, ...sent })).outcome, `${method} ${at}`).toBe('401 unauthenticated');
      }
    }
  });

  it('X-API-KEY on whoami: right 200; wrong, revoked, expired, deleted → 401, all alike', async () => {
    const { apiKey, secret } = await mintKey(server, 'ana', acme);
    const revoked = await mintKey(server, 'ana', acme);
    const deleted = await mintKey(server, 'ana', acme);
    const inAWhile = new Date(server.clock.now() + 1500).toISOString();
    const expiring = await mintKey(server, 'ana', acme, { description: 'Short', expiresAt: inAWhile });
    const whoAmI = (key: string) => send(server, '/integration/whoami', { key });

    for (const { secret: value } of [revoked, deleted, expiring]) expect((await whoAmI(value)).outcome).toBe('200');
    await send(server, `${acme}/api-keys/${revoked.apiKey.id}/revoke`, { as: 'ana', json: {} });
    await send(server, `${acme}/api-keys/${deleted.apiKey.id}`, { as: 'ana', method: 'DELETE', headers: ifMatch(1) });
    server.advance(1500);

    const right = await whoAmI(secret);
    expect(right.outcome).toBe('200');
    expect(right.json).toEqual({
      apiKeyId: apiKey.id,
      owner: { kind: 'organization', id: 'acme', name: 'Acme' },
      module: null,
      expiresAt: null,
    });
    const wrong: Record<string, string> = {
      'a typo': secret.slice(0, -1),
      'the right id with another secret': forgedFrom(secret),
      'lower case': secret.toLowerCase(),
      'an unknown id': forgedFrom(secret.replace(/_.{4}/, '_ZZZZ')),
      'another prefix': secret.replace('aico', 'aicp'),
      revoked: revoked.secret,
      deleted: deleted.secret,
      expired: expiring.secret,
      nothing: '',
      'the id alone': apiKey.id,
      'a stored hash': (await server.store.apiKeys.findPresented(apiKey.id))?.hash ?? '',
    };
    const bodies = [];
    for (const [what, key] of Object.entries(wrong)) {
      const refused = await whoAmI(key);
      expect(refused.outcome, what).toBe('401 unauthenticated');
      bodies.push(JSON.stringify([anonymous(refused), refused.headers.get('WWW-Authenticate')]));
    }
    expect(new Set(bodies).size).toBe(1);
    expect((await send(server, '/integration/whoami')).outcome).toBe('401 unauthenticated');
    expect((await send(server, '/integration/whoami', { bearer: secret })).outcome).toBe('200');
  });
});

describe.each(databases)('wrong keys by the thousand on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  it('47 1,000 bad keys → 429, the owner unaffected', async () => {
    const { secret } = await mintKey(server, 'ana', acme);
    const activityBefore = await countRows(server, 'activity');
    const outcomes = new Map<string, number>();
    const whoAmI = (key: string) => send(server, '/integration/whoami', { key });
    for (let batch = 0; batch < 50; batch++) {
      const bad = Array.from({ length: 20 }, (_, i) => (i % 2 ? forgedFrom(secret) : canary('key')));
      for (const { outcome, headers } of await Promise.all(bad.map(whoAmI))) {
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (outcome !== '429 rate_limited') continue;
        expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
        expect(headers.get('RateLimit')).not.toBeNull();
        expect(headers.get('RateLimit-Policy')).not.toBeNull();
      }
      // From the very same address, in the midst of it.
      if (batch % 10 === 9) expect((await whoAmI(secret)).outcome).toBe('200');
    }
    expect([...outcomes.keys()].sort()).toEqual(['401 unauthenticated', '429 rate_limited']);
    expect(outcomes.get('429 rate_limited')).toBeGreaterThan(500);
    expect((await send(server, '/profile', { as: 'ana' })).outcome).toBe('200');
    expect((await mint(server, 'ana', acme)).outcome).toBe('201');
    // Nor does the hail fill the database.
    expect((await countRows(server, 'activity')) - activityBefore).toBeLessThan(10);
  });
});
