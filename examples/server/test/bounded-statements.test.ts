import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiKey, Page } from '@ai-cockpit/sdk/contract';
import { duplocloud } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../src/ports/logger.js';
import { apiKeysWithin } from '../src/store/api-keys-within.js';
import { openNodeSqlite } from '../src/store/node-sqlite.js';
import type { Store } from '../src/store/store.js';
import { databases, startServer, type TestServer } from './harness.js';
import { addMembersWithKeys } from './many-people.js';
import { send } from './security/exchange.js';

/** How often other work has its turn until this work is done: never, where SQLite is asked for all of it at once. */
const turnsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  let turns = 0;
  let isDone = false;
  const count = () => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await work();
  isDone = true;
  return turns;
};

describe('on SQLite, other requests are answered', () => {
  const count = 10_000;
  const now = Date.now();
  const day = 86_400_000;
  const acme = { kind: 'organization', id: 'acme' } as const;
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-bounds-'));
  let store: Store;
  beforeAll(async () => {
    store = await openNodeSqlite(join(folder, 'bounds.sqlite'), silentLogger);
    const { db } = store;
    await store.directory.addOrganization({ id: 'acme', name: 'Acme' });
    await addMembersWithKeys(store, { people: 1200, keys: 2 * count, now });
    const half = `many${String(count).padStart(8, '0')}`;
    await db
      .updateTable('apiKey')
      .set({ ownerKind: 'organization', ownerId: 'acme', hash: 'v1:hash' })
      .where('id', '<', half)
      .execute();
    await db.transaction().execute(async (trx) => {
      for (let index = 0; index < count; index++)
        await trx
          .insertInto('providerToken')
          .values({
            id: `token-${index}`,
            ownerKind: 'organization',
            ownerId: 'acme',
            provider: 'jira',
            name: `Token ${index}`,
            code: null,
            description: '',
            search: `token ${index}`,
            nameOrder: `token ${index}`,
            fieldValues: '{}',
            secret: new Uint8Array(),
            status: 'untested',
            checkedAt: null,
            expiresAt: null,
            lastUsedAt: null,
            createdAt: now - index,
            updatedAt: now - index,
            version: 1,
          })
          .execute();
    });
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const request = { limit: 25, q: 'nothing like it', sort: '-createdAt', after: null };
  it.each<[string, () => Promise<{ rows: unknown[]; next: unknown }>]>([
    ['an owner’s keys are searched', () => store.apiKeys.page(acme, request)],
    [
      'an owner’s keys are searched in an order with ties',
      () => store.apiKeys.page(acme, { ...request, sort: 'expiresAt' }),
    ],
    ['an owner’s provider tokens are searched', () => store.providerTokens.page(acme, { ...request, now: 0 })],
    [
      'an owner’s provider tokens are searched by name',
      () => store.providerTokens.page(acme, { ...request, sort: 'name', now: 0 }),
    ],
    [
      'an owner’s keys are narrowed to a status',
      () => store.apiKeys.page(acme, { ...request, q: '', filter: { status: 'expiring', now, expiringUntil: now } }),
    ],
    ['everybody’s keys are searched', () => store.apiKeys.pageWithin(['acme'], request)],
    [
      'everybody’s keys are searched by status',
      () => store.apiKeys.pageWithin(['acme'], { ...request, sort: 'status' }),
    ],
    ['everybody’s keys are searched by owner', () => store.apiKeys.pageWithin(['acme'], { ...request, sort: 'owner' })],
    [
      'keys of a small organization are listed among others',
      () => store.apiKeys.pageWithin(['other'], { ...request, q: '' }),
    ],
  ])('while %s', async (_, search) => {
    let found;
    const turns = await turnsDuring(async () => (found = await search()));
    expect(found).toEqual({ rows: [], next: null });
    expect(turns).toBeGreaterThan(2);
  });

  it('while everybody’s keys are sorted by owner', async () => {
    const list = () => store.apiKeys.pageWithin(['acme'], { ...request, q: '', sort: '-owner' });
    expect(await turnsDuring(list)).toBeGreaterThan(2);
    expect((await list()).rows).toHaveLength(25);
  });

  it('while keys are counted by the beginning of their hashes', async () => {
    const turns = await turnsDuring(async () => {
      expect(await store.apiKeys.countUsableByHash(now - 1, { hashesBegin: 'v1:' })).toBeGreaterThan(1000);
    });
    expect(turns).toBeGreaterThan(2);
  });

  it('while the members of an organization are read', async () => {
    const turns = await turnsDuring(async () => {
      expect(new Set((await store.directory.members('acme')).map(({ userId }) => userId)).size).toBe(1200);
    });
    expect(turns).toBeGreaterThan(1);
  });

  it('a count ends at its limit, and expiring keys are read in batches', async () => {
    expect(await store.apiKeys.count(acme, 7)).toBe(7);
    expect(await store.apiKeys.countUsable(acme, now, 7)).toBe(7);
    expect(await store.providerTokens.count(acme, 2 * count)).toBe(count);
    const seen = new Set<string>();
    let last = { expiresAt: now + 1, id: '' };
    for (;;) {
      const endings = await store.apiKeys.endingAfter(last, now + 30 * day, 100);
      expect(endings.length).toBeLessThanOrEqual(100);
      for (const { id, expiresAt } of endings) {
        expect(expiresAt).toBeGreaterThanOrEqual(last.expiresAt);
        seen.add(id);
      }
      const end = endings.at(-1);
      if (!end) break;
      last = end;
    }
    const { all } = await store.db
      .selectFrom('apiKey')
      .select((eb) => eb.fn.countAll<number>().as('all'))
      .where('expiresAt', '>', now)
      .where('expiresAt', '<=', now + 30 * day)
      .where('revokedAt', 'is', null)
      .executeTakeFirstOrThrow();
    expect(seen.size).toBe(all);
    expect(all).toBeGreaterThan(100);
  });

  it('owners whose data keys need a new wrapping are read in batches, each once', async () => {
    const { db } = store;
    const owners = Array.from({ length: 30 }, (_, index) => `owner-${index}`);
    for (const [index, id] of owners.entries())
      await db
        .insertInto('owner')
        .values({ kind: 'user', id, changes: 0, dataKeyId: 'k', dataKey: new Uint8Array(1), wrappedBy: `${index % 3}` })
        .execute();
    const seen: string[] = [];
    for (let last = null; ; ) {
      const found = await store.owners.wrappedByOtherThan('1', last, 4);
      seen.push(...found.map(({ id }) => id));
      expect(found.length).toBeLessThanOrEqual(4);
      const end = found.at(-1);
      if (!end) break;
      last = end;
    }
    expect(seen.toSorted()).toEqual(owners.filter((_, index) => index % 3 !== 1).toSorted());
  });
});

describe.each(databases)('60,000 keys of 300 members on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database, policy: duplocloud });
    await addMembersWithKeys(server.store, { people: 300, keys: 60_000, now: server.clock.now() });
    await server.store.db
      .updateTable('apiKey')
      .set({ search: 'needle' })
      .where('id', 'in', ['many00024999', 'many00049999'])
      .execute();
  });
  afterAll(() => server.close());

  const read = async (query: string) =>
    (await send<Page<ApiKey>>(server, `/admin/api-keys?limit=1&${query}`, { as: 'ana' })).json;

  it.each(['-createdAt', 'createdAt', 'status', '-expiresAt', 'owner'])(
    'a search in batches, sorted by %s, finds each key once over all pages',
    async (sort) => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const at: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
        const page: Page<ApiKey> = await read(`q=needle&sort=${sort}${at}`);
        seen.push(...page.data.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen.toSorted()).toEqual(['many00024999', 'many00049999']);
    },
  );

  it('a search without a match in its batch of keys has a cursor to continue', async () => {
    const first = await read('q=nothing');
    expect(first).toMatchObject({ data: [], nextCursor: expect.any(String) as string });
    expect(await read(`q=nothing&cursor=${encodeURIComponent(first.nextCursor ?? '')}`)).toEqual({
      data: [],
      nextCursor: null,
    });
  });

  it('a list without a search has full pages, even for an owner of few keys', async () => {
    await server.store.directory.addOrganization({ id: 'small', name: 'Small' });
    await server.store.directory.setMembership('member-7', 'small', 'member');
    const { rows, next } = await apiKeysWithin(server.store.db).pageWithin(['small'], {
      limit: 150,
      q: '',
      sort: '-expiresAt',
      after: null,
    });
    expect(rows).toHaveLength(150);
    expect(new Set(rows.map(({ ownerId }) => ownerId))).toEqual(new Set(['member-7']));
    expect(next).not.toBeNull();
  });
});
