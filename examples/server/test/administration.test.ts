import type { Activity, ApiKey, Page } from '@ai-cockpit/sdk/contract';
import { duplocloud } from '@ai-cockpit/sdk/presets';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKeysWithin } from '../src/store/api-keys-within.js';
import { explaining } from './explaining.js';
import { databases, startServer, type TestServer } from './harness.js';
import { addMembersWithKeys } from './many-people.js';
import { anonymous, type Key, mintKey, send, withApiKeys } from './security/exchange.js';

const administered = { administration: { listsAllKeys: true } };
const day = 86_400_000;
const dateIn = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);

describe.each(databases)('everybody’s keys, for an administrator, on %s', (database) => {
  let server: TestServer;
  const keys: Record<string, Key> = {};

  beforeAll(async () => {
    server = await startServer({ database, policy: duplocloud });
    for (const [person, name, expiresAt] of [
      ['carla', 'Nightly', dateIn(2)],
      ['bruno', 'billing', undefined],
      ['dora', 'Outside', undefined],
      ['ana', 'Zeta', dateIn(9)],
      ['carla', 'Émile', undefined],
    ] as const) {
      keys[name] = await mintKey(server, person, '', { name, ...(expiresAt && { expiresAt }) });
      server.advance(1000);
    }
  });
  afterAll(() => server.close());

  const list = async (query = '', as = 'ana'): Promise<Page<ApiKey>> => {
    const page = await send<Page<ApiKey>>(server, `/admin/api-keys${query}`, { as });
    expect(page.outcome).toBe('200');
    return page.json;
  };
  const names = async (query = '') => (await list(query)).data.map(({ name }) => name);
  const key = (name: string): Key => {
    const found = keys[name];
    if (!found) throw new Error(`There is no key ${name}`);
    return found;
  };
  const byId = (a: string, b: string) => (key(a).apiKey.id < key(b).apiKey.id ? -1 : 1);
  const revoke = (as: string, id: string, json: unknown = {}) =>
    send<ApiKey>(server, `/admin/api-keys/${id}/revoke`, { as, json });

  it('all members’ keys are listed, the newest first, each with its owner', async () => {
    const { data } = await list();
    expect(data.map(({ name, owner, createdBy }) => [name, owner, createdBy])).toEqual([
      ['Émile', { kind: 'user', id: 'carla', name: 'Carla Mendes' }, 'Carla Mendes'],
      ['Zeta', { kind: 'user', id: 'ana', name: 'Ana Souza' }, 'Ana Souza'],
      ['billing', { kind: 'user', id: 'bruno', name: 'Bruno Lima' }, 'Bruno Lima'],
      ['Nightly', { kind: 'user', id: 'carla', name: 'Carla Mendes' }, 'Carla Mendes'],
    ]);
    // The same as the owner sees, and no more of the value.
    const own = await send<Page<ApiKey>>(server, '/api-keys', { as: 'carla' });
    expect(data.filter(({ owner }) => owner.id === 'carla')).toEqual(own.json.data);
    for (const { secret } of Object.values(keys)) expect(JSON.stringify(data)).not.toContain(secret);
  });

  it('can be sorted by each column', async () => {
    expect(await names('?sort=name')).toEqual(['billing', 'Émile', 'Nightly', 'Zeta']);
    expect(await names('?sort=-createdAt')).toEqual(['Émile', 'Zeta', 'billing', 'Nightly']);
    expect(await names('?sort=expiresAt')).toEqual(['Nightly', 'Zeta', ...['billing', 'Émile'].toSorted(byId)]);
    const owners = async (sort: string) => (await list(`?sort=${sort}`)).data.map(({ owner }) => owner.id);
    expect(await owners('owner')).toEqual(['ana', 'bruno', 'carla', 'carla']);
    expect(await owners('-owner')).toEqual(['carla', 'carla', 'bruno', 'ana']);
    expect(await names('?sort=lastUsedAt')).toHaveLength(4);
    expect((await send(server, '/admin/api-keys?sort=hash', { as: 'ana' })).outcome).toBe('400 malformed');
  });
  it('search by the names of keys and owners ignores accents and letter case', async () => {
    expect(await names('?q=emil')).toEqual(['Émile']);
    expect(await names('?q=MENDES')).toEqual(['Émile', 'Nightly']);
    expect(await names('?q=outside')).toEqual([]);
    expect(await names('?q=%25')).toEqual([]);
  });

  it('a cursor holds for one search, sort and person', async () => {
    const first = await list('?limit=3&sort=owner');
    expect(first.data).toHaveLength(3);
    const cursor = encodeURIComponent(first.nextCursor ?? '');
    const second = await list(`?limit=3&sort=owner&cursor=${cursor}`);
    expect(second.nextCursor).toBeNull();
    expect([...first.data, ...second.data].map(({ owner }) => owner.id)).toEqual(['ana', 'bruno', 'carla', 'carla']);
    for (const query of [`?cursor=${cursor}`, `?sort=owner&q=a&cursor=${cursor}`])
      expect((await send(server, `/admin/api-keys${query}`, { as: 'ana' })).outcome).toBe('400 cursor_invalid');
    expect((await send(server, `/api-keys?cursor=${cursor}`, { as: 'ana' })).outcome).toBe('400 cursor_invalid');
  });

  it('a renamed owner appears by the new name; a member who has left no longer appears', async () => {
    const other = await startServer({
      database,
      policy: { ...withApiKeys({ owner: 'user' }), ...administered },
    });
    try {
      await mintKey(other, 'bruno', '', { description: 'His' });
      await send(other, '/profile', {
        as: 'bruno',
        method: 'PATCH',
        headers: { 'If-Match': '"1"' },
        json: { firstName: 'Zacarias' },
      });
      const found = () => send<Page<ApiKey>>(other, '/admin/api-keys?q=zacari', { as: 'ana' });
      expect((await found()).json.data.map(({ owner }) => owner.name)).toEqual(['Zacarias Lima']);
      const native = { firstName: '太郎', lastName: '山田' };
      const headers = { 'If-Match': '"2"' };
      await send(other, '/profile', { as: 'bruno', method: 'PATCH', headers, json: native });
      for (const query of ['山田太郎', '山田 太郎', '太郎 山田']) {
        const { json } = await send<Page<ApiKey>>(other, `/admin/api-keys?q=${encodeURIComponent(query)}`, {
          as: 'ana',
        });
        expect(
          json.data.map(({ owner }) => owner.name),
          query,
        ).toEqual(['山田太郎']);
      }
      await other.store.directory.removeMembership('bruno', 'acme');
      expect((await found()).json.data).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('non-administrator → 403 on the admin list', async () => {
    for (const as of ['bruno', 'carla', 'dora', 'eve', 'nobody-known']) {
      expect((await send(server, '/admin/api-keys', { as })).outcome).toBe('403 forbidden');
      for (const id of [key('Nightly').apiKey.id, key('Outside').apiKey.id, 'unknown'])
        expect((await revoke(as, id)).outcome).toBe('403 forbidden');
    }
    const { secret } = key('Zeta');
    expect((await send(server, '/admin/api-keys', { key: secret })).outcome).toBe('401 unauthenticated');
  });

  it('without allKeys in the policy → 403 not_offered', async () => {
    const silent = await startServer({ database, policy: { ...duplocloud, overrides: [] } });
    try {
      const { apiKey } = await mintKey(silent, 'carla', '', { name: 'Hers' });
      for (const path of ['/admin/api-keys', `/admin/api-keys/${apiKey.id}/revoke`])
        expect((await send(silent, path, { as: 'ana', ...(path.endsWith('revoke') && { json: {} }) })).outcome).toBe(
          '403 not_offered',
        );
    } finally {
      await silent.close();
    }
  });

  it('a key of a person outside the organization → 404, as for an unknown id', async () => {
    const outside = await revoke('ana', key('Outside').apiKey.id);
    const unknown = await revoke('ana', 'unknown');
    expect(outside.outcome).toBe('404 not_found');
    expect(anonymous(outside)).toEqual(anonymous(unknown));
    expect((await send(server, '/integration/whoami', { key: key('Outside').secret })).outcome).toBe('200');
  });

  it('an administrator revokes a member’s key → both see it revoked from the next request', async () => {
    const { apiKey, secret } = key('Nightly');
    expect((await send(server, '/integration/whoami', { bearer: secret })).outcome).toBe('200');
    const beside = await startServer({ database, policy: duplocloud, beside: server });
    try {
      const revoked = await revoke('ana', apiKey.id, { reason: 'Left the project' });
      expect(revoked.outcome).toBe('200');
      expect(revoked.json).toMatchObject({
        status: 'revoked',
        owner: { id: 'carla', name: 'Carla Mendes' },
        revocationReason: 'Left the project',
        version: 2,
      });
      expect(revoked.headers.get('ETag')).toBe('"2"');
      for (const on of [server, beside])
        expect((await send(on, '/integration/whoami', { bearer: secret })).outcome).toBe('401 unauthenticated');
      const hers = await send<ApiKey>(server, `/api-keys/${apiKey.id}`, { as: 'carla' });
      expect(hers.json).toEqual(revoked.json);
      // Again changes nothing, and is told as done.
      expect((await revoke('ana', apiKey.id, { reason: 'Again' })).json).toEqual(revoked.json);
      expect((await list('?sort=status')).data.at(-1)?.name).toBe('Nightly');
      expect((await list('?sort=-status')).data[0]?.name).toBe('Nightly');
    } finally {
      await beside.close();
    }
    const row = { action: 'api_key.revoked', actor: { kind: 'user', id: 'ana', name: 'Ana Souza' } };
    for (const as of ['ana', 'carla']) {
      const { json } = await send<Page<Activity>>(server, '/activity', { as });
      expect(json.data.filter(({ action }) => action === 'api_key.revoked')).toEqual([
        expect.objectContaining({
          ...row,
          owner: { kind: 'user', id: 'carla', name: 'Carla Mendes' },
          subject: { id: apiKey.id, name: 'Nightly' },
          detail: { reason: 'Left the project' },
        }),
      ]);
    }
  });

  it('sorted by status: active, expired, revoked', async () => {
    server.advance(12 * day);
    const statuses = (await list('?sort=status')).data.map(({ status }) => status);
    expect(statuses).toEqual(['active', 'active', 'expired', 'revoked']);
    expect((await list('?sort=-status')).data.map(({ status }) => status)).toEqual(statuses.toReversed());
  });

  it('includes the organization’s own keys', async () => {
    const policy = { ...withApiKeys({ owner: 'organization' }), ...administered };
    const owned = await startServer({ database, policy });
    try {
      const { apiKey } = await mintKey(owned, 'bruno', '/organizations/acme', { description: 'Of Acme' });
      await mintKey(owned, 'dora', '/organizations/globex', { description: 'Of Globex' });
      const { json } = await send<Page<ApiKey>>(owned, '/admin/api-keys?sort=owner', { as: 'ana' });
      expect(json.data.map(({ description, owner }) => [description, owner.name])).toEqual([['Of Acme', 'Acme']]);
      expect((await send<Page<ApiKey>>(owned, '/admin/api-keys?q=ACM', { as: 'ana' })).json.data).toHaveLength(1);
      const revoked = await send<ApiKey>(owned, `/admin/api-keys/${apiKey.id}/revoke`, { as: 'ana', json: {} });
      expect(revoked.json).toMatchObject({
        status: 'revoked',
        owner: { kind: 'organization', id: 'acme', name: 'Acme' },
      });
    } finally {
      await owned.close();
    }
  });
});

describe.each(databases)('10,000 keys of 400 members on %s', (database) => {
  const count = 10_000;
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database, policy: duplocloud });
    await addMembersWithKeys(server.store, { people: 400, keys: count, now: server.clock.now() });
  });
  afterAll(() => server.close());

  const fields = ['name', 'owner', 'status', 'createdAt', 'lastUsedAt', 'expiresAt'];
  it.each(fields.flatMap((field) => [field, `-${field}`]))('are each on one page, sorted by %s', async (sort) => {
    const seen: ApiKey[] = [];
    let cursor: string | null = null;
    do {
      const at: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const { json }: { json: Page<ApiKey> } = await send<Page<ApiKey>>(
        server,
        `/admin/api-keys?limit=100&sort=${sort}${at}`,
        { as: 'ana' },
      );
      seen.push(...json.data);
      cursor = json.nextCursor;
    } while (cursor);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(count);
    expect(seen).toHaveLength(count);
  });

  // PostgreSQL has a choice for the few keys of one status and end: it may sort these.
  const indexed = ['name', 'createdAt', 'lastUsedAt', 'expiresAt', ...(database === 'sqlite' ? ['status'] : [])];
  it.each(indexed.flatMap((field) => [field, `-${field}`]))(
    'are read from an index where they are sorted by %s, the first page and one in the middle',
    async (sort) => {
      const { db } = server.store;
      if (database === 'postgres') await sql`analyze cockpit_test.api_key`.execute(db);
      const { db: explained, plans } = explaining(db, database);
      const request = { limit: 25, q: '', sort };
      const { next } = await server.store.apiKeys.pageWithin(['acme'], { ...request, limit: 5000, after: null });
      expect(next).not.toBeNull();
      for (const after of [null, next]) await apiKeysWithin(explained).pageWithin(['acme'], { ...request, after });
      // For each slice, where it ends and what is listed of it.
      expect(plans.length).toBeGreaterThanOrEqual(4);
      for (const plan of plans) expect(plan).toMatch(/index (?:only scan|scan|scan backward )?.*api_key_all_by_/i);
      for (const plan of plans.filter((_, at) => at % 2 === 0)) expect(plan).not.toMatch(/sort|temp b-tree/i);
    },
  );

  it('search by an owner’s name finds each key once over all pages', async () => {
    const found = await send<Page<ApiKey>>(server, '/admin/api-keys?q=elodie%20number%204&limit=100', { as: 'ana' });
    expect(found.json.data.length).toBeGreaterThan(20);
    for (const { owner } of found.json.data) expect(owner.name).toMatch(/^Élodie Number 4/);
  });
});
