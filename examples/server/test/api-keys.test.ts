import type { ApiKey, HostPolicy, Page } from '@ai-cockpit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { mint, type Minted, minted, outcome, read, request, withApiKeys } from './request.js';

const minute = 60_000;
const personal = { owner: 'user', fields: { name: 'required', description: 'hidden' } } as const;
const whoAmI = (server: TestServer, key: string, query = '') =>
  request(server, `/integration/whoami${query}`, { headers: { 'X-API-KEY': key } }).then(outcome);
const remove = (server: TestServer, id: string, as: string) =>
  request(server, `/api-keys/${id}`, { as, method: 'DELETE', headers: { 'If-Match': '*' } }).then(outcome);

describe.each(databases)('API keys on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({
      database,
      policy: withApiKeys({ ...personal, uniqueNames: true, removal: 'revokeThenDelete', mask: 'last4' }),
    });
  });
  afterAll(() => server.close());

  it('are listed masked, and accepted in either header', async () => {
    const { apiKey, secret } = await minted(
      await mint(server, '/api-keys', { name: 'Shown', module: 'reports' }, 'ana'),
    );
    expect(secret).toMatch(new RegExp(`^aico_${apiKey.id}[0-9A-Za-z]{36}$`));
    expect(apiKey).toMatchObject({ maskedValue: `…${secret.slice(-4)}`, status: 'active', createdBy: 'Ana Souza' });
    expect(await whoAmI(server, secret)).toBe('200');
    expect(await whoAmI(server, secret, '?module=reports')).toBe('200');
    expect(await whoAmI(server, secret, '?module=agents')).toBe('403 module_not_allowed');
    const bearer = await request(server, '/integration/whoami', { headers: { Authorization: `Bearer ${secret}` } });
    expect(await read(bearer)).toEqual({
      apiKeyId: apiKey.id,
      owner: { kind: 'user', id: 'ana', name: 'Ana Souza' },
      module: 'reports',
      expiresAt: null,
    });
    expect(await whoAmI(server, `${secret.slice(0, -1)}_`)).toBe('401 unauthenticated');
  });

  it('a refused key is recorded once for each reason, whatever the number of refusals', async () => {
    const [first, second] = await Promise.all(
      ['One', 'Two'].map(async (name) => minted(await mint(server, '/api-keys', { name: `Refused ${name}` }, 'ana'))),
    );
    const revoke = (id = '') => request(server, `/api-keys/${id}/revoke`, { as: 'ana', method: 'POST', json: {} });
    for (const key of [first, second]) await revoke(key?.apiKey.id);
    for (let i = 0; i < 3; i++)
      for (const key of ['nonsense', first?.secret ?? '', second?.secret ?? ''])
        expect(await whoAmI(server, key)).toBe('401 unauthenticated');
    const rows = await server.store.db
      .selectFrom('activity')
      .select(['subjectId', 'detail'])
      .where('action', '=', 'api_key.refused')
      .where('subjectId', 'in', [first?.apiKey.id ?? '', second?.apiKey.id ?? ''])
      .execute();
    expect(rows.map(({ subjectId }) => subjectId).sort()).toEqual([first?.apiKey.id, second?.apiKey.id].sort());
    for (const { detail } of rows) expect(JSON.parse(detail)).toEqual({ reason: 'revoked' });
  });

  it('a use sets lastUsedAt without a new version', async () => {
    const { apiKey, secret } = await minted(await mint(server, '/api-keys', { name: 'Used' }, 'ana'));
    await Promise.all(Array.from({ length: 5 }, () => whoAmI(server, secret)));
    await server.settled();
    const used = await read<ApiKey>(await request(server, `/api-keys/${apiKey.id}`, { as: 'ana' }));
    expect(used.lastUsedAt).not.toBeNull();
    expect(used.version).toBe(1);
    server.advance(2 * minute);
    await whoAmI(server, secret);
    await server.settled();
    const again = await read<ApiKey>(await request(server, `/api-keys/${apiKey.id}`, { as: 'ana' }));
    expect(Date.parse(again.lastUsedAt ?? '') - Date.parse(used.lastUsedAt ?? '')).toBeGreaterThanOrEqual(2 * minute);
  });

  it('a name is unique among the keys that are not revoked', async () => {
    expect(await outcome(await mint(server, '/api-keys', {}, 'bruno'))).toBe('422 invalid name:required');
    const { apiKey } = await minted(await mint(server, '/api-keys', { name: 'Café' }, 'bruno'));
    expect(await outcome(await mint(server, '/api-keys', { name: ' Cafe\u0301 ' }, 'bruno'))).toBe(
      '422 invalid name:duplicate',
    );
    expect(await outcome(await mint(server, '/api-keys', { name: 'Café' }, 'ana'))).toBe('201');
    expect(await outcome(await mint(server, '/api-keys', { name: 'x', description: 'y' }, 'bruno'))).toBe(
      '422 invalid description:not_offered',
    );
    expect(await outcome(await mint(server, '/api-keys', { name: 'x', module: 'none' }, 'bruno'))).toBe(
      '422 invalid module:not_offered',
    );
    await request(server, `/api-keys/${apiKey.id}/revoke`, { as: 'bruno', json: {} });
    expect(await outcome(await mint(server, '/api-keys', { name: 'Café' }, 'bruno'))).toBe('201');
  });

  it('a key is revoked first, then deleted', async () => {
    const { apiKey, secret } = await minted(await mint(server, '/api-keys', { name: 'Ends' }, 'ana'));
    expect(await remove(server, apiKey.id, 'bruno')).toBe('404 not_found');
    expect(await remove(server, apiKey.id, 'ana')).toBe('409 not_revoked');
    const revoke = (reason?: string) =>
      request(server, `/api-keys/${apiKey.id}/revoke`, { as: 'ana', method: 'POST', json: { reason } });
    const first = await read<ApiKey>(await revoke('lost'));
    expect(first).toMatchObject({ status: 'revoked', revocationReason: 'lost', version: 2 });
    expect(await read<ApiKey>(await revoke('again'))).toEqual(first);
    expect(await whoAmI(server, secret)).toBe('401 unauthenticated');
    expect(await remove(server, apiKey.id, 'ana')).toBe('204');
    expect(await remove(server, apiKey.id, 'ana')).toBe('404 not_found');
  });

  it('a key expires at the end of its day', async () => {
    const today = new Date(server.clock.now()).toISOString().slice(0, 10);
    const dated = (expiresAt: unknown) =>
      mint(server, '/api-keys', { name: `Until ${String(expiresAt)}`, expiresAt }, 'carla');
    expect(await outcome(await dated(today))).toBe('422 invalid expiresAt:not_in_future');
    expect(await outcome(await dated('2020-01-01'))).toBe('422 invalid expiresAt:not_in_future');
    expect(await outcome(await dated('2026-02-30'))).toBe('422 invalid expiresAt:format');
    expect(await outcome(await mint(server, '/api-keys', { name: 'n', expiresInDays: 30 }, 'carla'))).toBe(
      '422 invalid expiresInDays:not_offered',
    );
    const tomorrow = new Date(server.clock.now() + 24 * 60 * minute).toISOString().slice(0, 10);
    const { apiKey, secret } = await minted(await dated(tomorrow));
    expect(apiKey).toMatchObject({ expiresOn: tomorrow, expiresAt: `${tomorrow}T23:59:59.000Z` });
    expect(await whoAmI(server, secret)).toBe('200');
    server.advance(48 * 60 * minute);
    expect(await whoAmI(server, secret)).toBe('401 unauthenticated');
    const expired = await read<ApiKey>(await request(server, `/api-keys/${apiKey.id}`, { as: 'carla' }));
    expect(expired).toMatchObject({ status: 'expired', version: 1 });
    expect(await remove(server, apiKey.id, 'carla')).toBe('204');
  });

  it('a repeated request creates one key', async () => {
    const key = crypto.randomUUID();
    const again = (json: unknown = { name: 'Once' }, as = 'ana') => mint(server, '/api-keys', json, as, key);
    const first = await minted(await again());
    const repeated = await Promise.all(Array.from({ length: 5 }, () => again()));
    for (const answer of repeated) expect(await minted(answer)).toEqual(first);

    expect(await outcome(await again({ name: 'Other' }))).toBe('422 idempotency_mismatch');
    const other = await minted(await again({ name: 'Once' }, 'dora'));
    expect(other.apiKey.id).not.toBe(first.apiKey.id);

    server.advance(11 * minute);
    expect(await read<Minted>(await again())).toEqual({ apiKey: first.apiKey, secret: null });
    await server.sweep();
    expect(await read<Minted>(await again())).toEqual({ apiKey: first.apiKey, secret: null });
    server.advance(24 * 60 * minute);
    expect(await outcome(await again())).toBe('422 invalid name:duplicate');
    expect(await outcome(await mint(server, '/api-keys', { name: 'No key' }, 'ana', 'not-a-uuid'))).toBe(
      '400 idempotency_key_required',
    );
  });

  it('a repeated request after revoking or deleting → no secret', async () => {
    const key = crypto.randomUUID();
    const again = async () => read<Minted>(await mint(server, '/api-keys', { name: 'Told' }, 'ana', key));
    const { apiKey } = await again();
    await request(server, `/api-keys/${apiKey.id}/revoke`, { as: 'ana', json: {} });
    expect(await again()).toMatchObject({ apiKey: { id: apiKey.id, status: 'revoked' }, secret: null });
    await remove(server, apiKey.id, 'ana');
    expect(await again()).toMatchObject({ apiKey: { id: apiKey.id, status: 'revoked' }, secret: null });
  });
});

describe.each(databases)('limits of API keys on %s', (database) => {
  it('fifty requests at once on two servers → no more keys than the limit', async () => {
    const policy = withApiKeys({ ...personal, limit: 5, atLimit: 'reject' });
    const server = await startServer({ database, policy });
    const second = await startServer({ database, policy, beside: server });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => mint(i % 2 ? server : second, '/api-keys', { name: `Key ${i}` }, 'ana')),
    );
    const outcomes = await Promise.all(answers.map(outcome));
    expect(outcomes.filter((each) => each === '201')).toHaveLength(5);
    expect(outcomes.filter((each) => each === '409 limit_reached')).toHaveLength(45);
    await second.close();
    await server.close();
  });

  it('limit “replace” → one key works after fifty requests', async () => {
    const policy = withApiKeys({
      owner: 'user',
      fields: { name: 'hidden', description: 'hidden' },
      limit: 1,
      atLimit: 'replace',
      format: { style: '8.32' },
      mask: 'hidden',
      expiry: {
        mode: 'none',
        input: 'date',
        choicesInDays: [],
        defaultInDays: null,
        maxInDays: null,
        custom: false,
      },
    });
    const server = await startServer({ database, policy });
    const answers = await Promise.all(Array.from({ length: 10 }, () => mint(server, '/api-keys', {}, 'ana')));
    const secrets = await Promise.all(answers.map(async (answer) => (await minted(answer)).secret));
    expect(secrets[0]).toMatch(/^[0-9A-Za-z]{8}\.[0-9A-Za-z]{32}$/);
    const alive = await Promise.all(secrets.map((secret) => whoAmI(server, secret)));
    expect(alive.filter((each) => each === '200')).toHaveLength(1);
    const { data } = await read<Page<ApiKey>>(await request(server, '/api-keys', { as: 'ana' }));
    expect(data.filter(({ status }) => status === 'active')).toHaveLength(1);
    expect(await outcome(await mint(server, '/api-keys', { expiresAt: '2030-01-01' }, 'ana'))).toBe(
      '422 invalid expiresAt:not_offered',
    );
    await server.close();
  });

  it('expiry by a choice of days, or by a custom date up to the maximum', async () => {
    const expiry: NonNullable<HostPolicy['apiKeys']>['expiry'] = {
      mode: 'required',
      input: 'choices',
      choicesInDays: [30, 90],
      defaultInDays: 30,
      maxInDays: 365,
      custom: true,
    };
    const server = await startServer({ database, policy: withApiKeys({ ...personal, expiry }) });
    const end = async (terms: object) => outcome(await mint(server, '/api-keys', { name: 'n', ...terms }, 'ana'));
    const inDays = (days: number) => new Date(server.clock.now() + days * 24 * 60 * minute).toISOString();
    expect(await end({})).toBe('422 invalid expiresInDays:required');
    expect(await end({ expiresInDays: 31 })).toBe('422 invalid expiresInDays:not_offered');
    expect(await end({ expiresInDays: 30, expiresAt: '2030-01-01' })).toBe('422 invalid expiresAt:conflicting');
    expect(await end({ expiresInDays: 90 })).toBe('201');
    expect(await end({ expiresAt: inDays(365).slice(0, 10) })).toBe('201');
    expect(await end({ expiresAt: inDays(366).slice(0, 10) })).toBe('422 invalid expiresAt:beyond_maximum');
    expect(await end({ expiresAt: inDays(365.5) })).toBe('422 invalid expiresAt:beyond_maximum');
    expect(await end({ expiresAt: inDays(0.5) })).toBe('201');
    expect(await end({ expiresAt: inDays(-0.5) })).toBe('422 invalid expiresAt:not_in_future');
    await server.close();
  });
});
