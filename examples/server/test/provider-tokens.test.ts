import type { Page, Provider, ProviderToken } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { databases, encryptionKey, startServer, type TestServer } from './harness.js';
import { until } from './notifications.js';
import { mint, minted, outcome, read, request } from './request.js';
import { waitsForLock } from './waits-for-lock.js';

const path = '/organizations/acme/provider-tokens';
const jira = { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'canary-jira' };
const minute = 60_000;
let made = 0;

describe.each(databases)('provider tokens on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  const add = (provider: string, values: Record<string, unknown>, more: object = {}, list = path) => {
    made += 1;
    return request(server, list, {
      as: 'ana',
      json: { provider, name: `Token ${made}`, code: `token-${made}`, values, ...more },
    });
  };
  const added = async (...args: Parameters<typeof add>) => read<ProviderToken>(await add(...args));
  const change = ({ id, version }: ProviderToken, json: object) =>
    request(server, `${path}/${id}`, { as: 'ana', method: 'PATCH', headers: { 'If-Match': `"${version}"` }, json });
  const lease = (json: object, as = 'ana') =>
    request(server, '/integration/credentials', {
      as,
      json: { purpose: 'A test', organizationId: 'acme', ...json },
    });

  it('accept the fields of the catalogue', async () => {
    const { data } = await read<{ data: Provider[] }>(await request(server, '/providers', { as: 'ana' }));
    expect(data.map(({ id }) => id)).toEqual(aiCockpitOne.providerTokens?.providers);
    for (const { fields, guideUrl } of data) {
      expect(guideUrl).toMatch(/^https:/);
      expect(fields.filter(({ kind }) => kind === 'secret').length).toBeGreaterThan(0);
    }
    expect(await outcome(await add('jira-data-center', { baseUrl: 'https://j.example', token: 't' }))).toBe(
      '422 invalid provider:not_offered',
    );
  });

  it.each([
    ['jira', jira, '201'],
    ['jira', { ...jira, site: ' ACME.Atlassian.net ' }, '201'],
    ['jira', { ...jira, site: 'https://acme.atlassian.net/' }, '201'],
    ['jira', { ...jira, site: 'acme.atlassian.net.evil.example' }, 'values.site:format'],
    ['jira', { ...jira, site: 'http://acme.atlassian.net' }, '201'],
    ['jira', { ...jira, site: 'https://acme.atlassian.net/browse' }, '201'],
    ['jira', { ...jira, site: 'a@acme.atlassian.net' }, 'values.site:format'],
    ['jira', { ...jira, site: 'acme.atlassian.net:443' }, '201'],
    ['jira', { ...jira, site: 'acme.atlassian.net#.example' }, 'values.site:format'],
    ['jira', { ...jira, site: '.atlassian.net' }, 'values.site:format'],
    ['jira', { ...jira, email: 'nobody' }, 'values.email:format'],
    ['jira', { ...jira, token: 'a\r\nb' }, 'values.token:white_space'],
    ['jira', { site: jira.site, colour: 'red' }, 'values.colour:unknown values.email:required values.token:required'],
    ['businessmap', { subdomain: 'acme', apiKey: 'key' }, '201'],
    ['businessmap', { subdomain: 'acme.evil', apiKey: 'key' }, 'values.subdomain:format'],
    ['azure-devops', { organization: 'acme', token: 'pat' }, '201'],
    ['azure-devops', { organization: '../acme', token: 'pat' }, 'values.organization:format'],
    ['servicenow', { instance: 'acme.service-now.com', method: 'password', user: 'u', password: 'p' }, '201'],
    ['servicenow', { instance: 'acme.service-now.com', method: 'apiKey', apiKey: 'k' }, '201'],
    [
      'servicenow',
      { instance: 'acme.service-now.com', method: 'apiKey', user: 'u' },
      'values.user:not_offered values.apiKey:required',
    ],
    ['servicenow', { instance: 'acme.service-now.com', method: 'none' }, 'values.method:format'],
    ['github-projects', { token: 'gh-token' }, '201'],
    ['github-projects', { token: 'gh-token', server: 'https://github.acme.example' }, '201'],
    ['github-projects', { token: 'gh-token', server: 'http://github.acme.example' }, 'values.server:format'],
    ['github-projects', { token: 'gh-token', server: 'https://127.0.0.1' }, 'values.server:format'],
    ['github-projects', { token: 'gh-token', server: 'https://0x7f.1' }, 'values.server:format'],
    ['github-projects', { token: 'gh-token', server: 'https://[::1]' }, 'values.server:format'],
    ['github-projects', { token: 'gh-token', server: 'https://localhost' }, 'values.server:format'],
  ])('of %s with %j: %s', async (provider, values, expected) => {
    const answer = await outcome(await add(provider, values));
    expect(answer).toBe(expected === '201' ? '201' : `422 invalid ${expected}`);
  });

  it('PATCH: an absent field stays, an empty one is cleared', async () => {
    const token = await added('github-projects', { token: 'canary-github', owner: 'acme' });
    expect(token.values).toEqual({ owner: 'acme' });
    const kept = await read<ProviderToken>(await change(token, { values: { token: '', owner: 'globex' } }));
    expect(kept).toMatchObject({ values: { owner: 'globex' }, version: 2, status: 'untested' });
    const cleared = await read<ProviderToken>(await change(kept, { values: { owner: null } }));
    expect(cleared.values).toEqual({});
    expect(await outcome(await change(cleared, { values: { token: null } }))).toBe('422 invalid values.token:required');
    const leased = await read(await lease({ provider: 'github-projects', code: token.code }));
    expect(leased).toMatchObject({
      headers: { Authorization: 'Bearer canary-github' },
      baseUrl: 'https://api.github.com',
    });
  });

  it('another address without the secret → 422', async () => {
    const token = await added('jira', jira);
    const values = { site: 'other.atlassian.net' };
    expect(await outcome(await change(token, { values }))).toBe('422 invalid values.token:secret_required');
    expect(await outcome(await change(token, { values: { ...values, token: 'new' } }))).toBe('200');
  });

  it('names and codes are unique', async () => {
    const token = await added('jira', jira, { name: 'Café', code: 'taken' });
    expect(await outcome(await add('jira', jira, { name: ' Cafe\u0301', code: 'taken' }))).toBe(
      '422 invalid name:duplicate code:duplicate',
    );
    expect(await outcome(await add('jira', jira, { name: 'Café', code: 'taken' }, '/provider-tokens'))).toBe('201');
    const other = await added('jira', jira);
    expect(await outcome(await change(other, { code: 'taken' }))).toBe('422 invalid code:duplicate');
    expect(await outcome(await change(other, { code: null }))).toBe('422 invalid code:required');
    expect(await outcome(await change(token, { name: 'Café' }))).toBe('200');
  });

  it('a secret in a public text → 422', async () => {
    const pasted = `ghp_${'a'.repeat(36)}`;
    expect(await outcome(await add('jira', jira, { name: pasted, description: `It is ${pasted}` }))).toBe(
      '422 invalid name:looks_like_secret description:looks_like_secret',
    );
    expect(await outcome(await add('github-projects', { token: 'x', owner: pasted }))).toBe(
      '422 invalid values.owner:looks_like_secret',
    );
  });

  it('search ignores letter case', async () => {
    await added('businessmap', { subdomain: 'acme', apiKey: 'k' }, { description: 'Für das Élan-Team' });
    const find = async (q: string) =>
      (await read<Page<ProviderToken>>(await request(server, `${path}?q=${encodeURIComponent(q)}`, { as: 'carla' })))
        .data.length;
    expect(await find('elan-team')).toBe(1);
    expect(await find('BUSINESSMAP')).toBeGreaterThan(0);
    expect(await find('%_')).toBe(0);
    expect(await find('nul\0l')).toBe(0);
  });

  it('are leased to their owner, for a few minutes', async () => {
    const code = 'leased';
    const token = await added('jira', { ...jira, token: 'canary-leased' }, { code });
    const key = async (json: object) =>
      (await minted(await mint(server, '/organizations/acme/api-keys', { description: 'd', ...json }, 'ana'))).secret;
    const byKey = async (secret: string, json: object = { provider: 'jira', code, purpose: 'p' }) =>
      outcome(await request(server, '/integration/credentials', { headers: { 'X-API-KEY': secret }, json }));

    const leased = await lease({ provider: 'jira', code }, 'carla');
    expect(leased.headers.get('Cache-Control')).toBe('no-store');
    const { expiresAt } = await read<{ expiresAt: string }>(leased);
    // However long the answer took.
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(server.clock.now() + 5 * minute + 1000);

    expect(await byKey(await key({ module: 'agents' }))).toBe('200');
    expect(await byKey(await key({}))).toBe('200');
    expect(await byKey(await key({ module: 'reports' }))).toBe('403 module_not_allowed');
    expect(await byKey(await key({}), { provider: 'jira', code, purpose: 'p', organizationId: 'globex' })).toBe(
      '404 not_found',
    );
    expect(await outcome(await lease({ provider: 'jira', code, organizationId: 'globex' }, 'dora'))).toBe(
      '404 not_found',
    );
    expect(await outcome(await lease({ provider: 'jira', code }, 'dora'))).toBe('404 not_found');
    expect(await outcome(await lease({ provider: 'jira', code }, 'eve'))).toBe('403 forbidden');
    expect(await outcome(await lease({ provider: 'jira', code, organizationId: undefined }, 'ana'))).toBe(
      '404 not_found',
    );
    expect(await outcome(await lease({ provider: 'no\0ne' }))).toBe('404 not_found');
    expect(await outcome(await lease({ provider: 'jira', code, purpose: ' ' }))).toBe('422 invalid purpose:too_short');

    await server.store.db.updateTable('providerToken').set({ status: 'invalid' }).where('id', '=', token.id).execute();
    expect(await outcome(await lease({ provider: 'jira', code }))).toBe('409 credential_broken');

    const rows = await server.store.db
      .selectFrom('activity')
      .selectAll()
      .where('action', '=', 'credential.leased')
      .execute();
    // A refusal that is repeated is counted in one row.
    const outcomes = rows
      .filter(({ detail }) => !detail.includes('github'))
      .flatMap(({ outcome, count }) => Array.from({ length: Number(count) }, () => outcome));
    expect(outcomes.sort()).toEqual(
      [
        'done',
        'done',
        'done',
        'module_not_allowed',
        'not_found',
        'not_found',
        'not_found',
        'not_found',
        'forbidden',
        'not_found',
        'credential_broken',
      ].sort(),
    );
  });

  it('a malformed id → 404', async () => {
    expect(await outcome(await request(server, `${path}/%00`, { as: 'ana' }))).toBe('404 not_found');
  });

  it('deleted → no row and no ciphertext left', async () => {
    const token = await added('jira', { ...jira, token: 'canary-deleted' });
    const { secret } = await server.store.db
      .selectFrom('providerToken')
      .select('secret')
      .where('id', '=', token.id)
      .executeTakeFirstOrThrow();
    const ciphertext = Buffer.from(secret).toString('latin1').slice(-32);
    expect(await server.dump()).toContain(ciphertext);
    const deleted = await request(server, `${path}/${token.id}`, {
      as: 'ana',
      method: 'DELETE',
      headers: { 'If-Match': '"1"' },
    });
    expect(deleted.status).toBe(204);
    await server.sweep();
    expect(await server.dump()).not.toContain(ciphertext);
    expect(await server.dump()).not.toContain('canary');
    expect(await outcome(await lease({ provider: 'jira', code: token.code }))).toBe('404 not_found');
  });

  it('keep their status until a value changes', async () => {
    const token = await added('jira', jira);
    const statusAfter = async (json: object): Promise<string> => {
      const { db } = server.store;
      await db.updateTable('providerToken').set({ status: 'valid' }).where('id', '=', token.id).execute();
      const sent = { as: 'ana', method: 'PATCH', headers: { 'If-Match': '*' }, json };
      return (await read<ProviderToken>(await request(server, `${path}/${token.id}`, sent))).status;
    };
    expect(await statusAfter({ description: 'Checked' })).toBe('valid');
    expect(await statusAfter({ values: { ...jira, token: '' } })).toBe('valid');
    expect(await statusAfter({ values: { email: 'other@acme.example' } })).toBe('untested');
    expect(await statusAfter({ values: { token: 'canary-replaced' } })).toBe('untested');
    expect(await server.dump()).not.toContain('canary-replaced');
  });

  it('are expired from the instant of their end, without a new version', async () => {
    const token = await added('jira', jira);
    const expiresAt = server.clock.now() + minute;
    const { db } = server.store;
    await db.updateTable('providerToken').set({ status: 'valid', expiresAt }).where('id', '=', token.id).execute();
    const listed = async () =>
      (await read<Page<ProviderToken>>(await request(server, `${path}?limit=100`, { as: 'ana' }))).data.find(
        ({ id }) => id === token.id,
      );
    expect(await listed()).toMatchObject({ status: 'valid', version: 1 });
    server.advance(minute);
    expect(await listed()).toMatchObject({ status: 'expired', version: 1 });
    expect(await read(await request(server, `${path}/${token.id}`, { as: 'ana' }))).toMatchObject({
      status: 'expired',
      version: 1,
    });
    expect(await outcome(await lease({ provider: 'jira', code: token.code }))).toBe('409 credential_broken');
    const renewed = await read<ProviderToken>(await change(token, { values: { token: 'canary-renewed' } }));
    expect(renewed).toMatchObject({ status: 'untested', version: 2 });
    expect(await outcome(await lease({ provider: 'jira', code: token.code }))).toBe('200');
  });

  it('a lease during deletion → 404', async () => {
    const token = await added('jira', jira);
    const leased = await server.store.transaction(async (tx) => {
      await tx.providerTokens.delete(token.id, 1);
      // On SQLite all that a request reads waits, and this comes first.
      const admits = vi.spyOn(server.store.directory, 'admits');
      const outcome = lease({ provider: 'jira', code: token.code });
      await until(
        async () => (database === 'postgres' ? await waitsForLock(server) : admits.mock.calls.length > 0),
        'the lease waited',
      );
      admits.mockRestore();
      // In an object, so that the transaction does not wait for what waits for it.
      return { outcome };
    });
    expect(await outcome(await leased.outcome)).toBe('404 not_found');
  });

  it('a ciphertext opens only in its own row', async () => {
    const [one, other] = [await added('jira', jira), await added('jira', jira)];
    const { db } = server.store;
    const { secret } = await db
      .selectFrom('providerToken')
      .select('secret')
      .where('id', '=', one.id)
      .executeTakeFirstOrThrow();
    await db.updateTable('providerToken').set({ secret }).where('id', '=', other.id).execute();
    expect(await outcome(await lease({ provider: 'jira', code: other.code }))).toBe('500 internal');
    const flipped = new Uint8Array(secret);
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    await db.updateTable('providerToken').set({ secret: flipped }).where('id', '=', one.id).execute();
    expect(await outcome(await lease({ provider: 'jira', code: one.code }))).toBe('500 internal');
    expect(server.logs()).not.toContain('canary');
  });

  it('a rolled encryption key → readable, finally without the old key', async () => {
    const first = await startServer({ database });
    const json = { provider: 'jira', name: 'Rolled', code: 'rolled', values: jira };
    await request(first, path, { as: 'ana', json });
    const fresh = 'fresh:QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=';
    const leaseOn = (at: TestServer) =>
      request(at, '/integration/credentials', {
        as: 'ana',
        json: { provider: 'jira', purpose: 'p', organizationId: 'acme' },
      }).then(outcome);
    const rolled = await startServer({
      database,
      beside: first,
      env: { ENCRYPTION_KEYS: `${fresh},${encryptionKey}` },
    });
    expect(await leaseOn(rolled)).toBe('200');
    await rolled.sweep();
    const without = await startServer({ database, beside: first, env: { ENCRYPTION_KEYS: fresh } });
    expect(await leaseOn(without)).toBe('200');
    expect(await leaseOn(first)).toBe('500 internal');
    for (const each of [without, rolled, first]) await each.close();
  });

  it('a damaged data key of one owner → other owners are still rolled', async () => {
    const first = await startServer({ database });
    const json = { provider: 'jira', name: 'Rolled', code: 'rolled', values: jira };
    for (const at of ['/provider-tokens', path]) await request(first, at, { as: 'ana', json });
    const owners = () => first.store.db.selectFrom('owner').select(['kind', 'dataKey', 'wrappedBy']).execute();
    const damaged = (await owners()).find(({ kind }) => kind === 'organization')?.dataKey;
    if (!damaged) throw new Error('The organization has a data key');
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    await first.store.db.updateTable('owner').set({ dataKey: damaged }).where('kind', '=', 'organization').execute();

    const fresh = 'fresh:QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=';
    const rolled = await startServer({
      database,
      beside: first,
      env: { ENCRYPTION_KEYS: `${fresh},${encryptionKey}` },
    });
    await rolled.sweep();
    expect(rolled.logs()).toMatch(/"owners":1.*stored secrets cannot be read/);
    const wrappedBy = Object.fromEntries((await owners()).map((owner) => [owner.kind, owner.wrappedBy]));
    expect(wrappedBy).toEqual({ organization: 'test', user: 'fresh' });
    for (const each of [rolled, first]) await each.close();
  });
});
