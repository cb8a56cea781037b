import type { ApiKey, Page } from '@ai-cockpit/sdk/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKeysIn } from '../src/store/api-keys.js';
import { explaining } from './explaining.js';
import { databases, startServer, type TestServer } from './harness.js';
import { addManyKeys } from './many-keys.js';
import { read, request } from './request.js';

const count = 10_000;
const list = '/organizations/acme/api-keys';
const sorts = ['createdAt', 'name', 'expiresAt', 'lastUsedAt'].flatMap((field) => [field, `-${field}`]);

const acme = { kind: 'organization', id: 'acme' } as const;

describe.each(databases)('a list of 10,000 keys on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
    await addManyKeys(server.store, count, server.clock.now());
  });
  afterAll(() => server.close());

  const page = async (query: string): Promise<Page<ApiKey>> =>
    read<Page<ApiKey>>(await request(server, `${list}?${query}`, { as: 'ana' }));
  const walk = async (query: string): Promise<ApiKey[]> => {
    const all: ApiKey[] = [];
    let cursor: string | null = null;
    do {
      const { data, nextCursor }: Page<ApiKey> = await page(`limit=100&${query}${cursor ? `&cursor=${cursor}` : ''}`);
      all.push(...data);
      cursor = nextCursor;
    } while (cursor);
    return all;
  };

  it.each(sorts)('has each key on one page, sorted by %s', async (sort) => {
    const all = await walk(`sort=${sort}`);
    expect(new Set(all.map(({ id }) => id)).size).toBe(count);
    const field = sort.replace('-', '') as 'createdAt' | 'name' | 'expiresAt' | 'lastUsedAt';
    const values = all.map((key) => key[field]);
    const present = values.filter((value) => value !== null);
    // Those without one last, in both directions.
    expect(values.slice(present.length).every((value) => value === null)).toBe(true);
    const keys = present.map((value) => value.toLowerCase());
    const sorted = keys.toSorted();
    expect(keys).toEqual(sort.startsWith('-') ? sorted.reverse() : sorted);
  });

  it('a search matches the middle of a word, over all pages', async () => {
    const found = await walk('q=EPLOYMEN');
    expect(found).toHaveLength(count / 8);
    expect(found.every(({ description }) => description.includes('deployment'))).toBe(true);
    expect((await page('q=number 9999')).data).toHaveLength(1);
    expect(await page('q=sao paulo&limit=1')).toMatchObject({ data: [{ description: /São Paulo/ }] });
    expect(await page('q=nothing like it')).toMatchObject({ data: [], nextCursor: null });
  });

  it.each(sorts)('reads a page sorted by %s by an index, at the start and in the middle', async (sort) => {
    const { db } = server.store;
    if (database === 'postgres') await sql`analyze cockpit_test.api_key`.execute(db);
    const { db: explained, plans } = explaining(db, database);
    const request = { limit: 25, q: '', sort };
    const { next } = await server.store.apiKeys.page(acme, { ...request, limit: count / 2, after: null });
    expect(next).not.toBeNull();
    for (const after of [null, next]) await apiKeysIn(explained).page(acme, { ...request, after });
    expect(plans).toHaveLength(2);
    for (const plan of plans) {
      expect(plan).toMatch(/index (?:scan|scan backward )?.*api_key_(?:page|by_|all_by_)/i);
      expect(plan).not.toMatch(/sort|temp b-tree/i);
    }
  });
});
