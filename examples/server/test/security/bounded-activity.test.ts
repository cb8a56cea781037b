import type { Activity, Page } from '@ai-cockpit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ActivityRow } from '../../src/store/tables.js';
import { databases, startServer, type TestServer } from '../harness.js';
import { acme, countRows, mint, mintKey, send, uuid } from './exchange.js';

const hour = 60 * 60_000;
const day = 24 * hour;

const activityOf = async (server: TestServer, as: string, query = '?limit=100'): Promise<Page<Activity>> => {
  const answer = await send<Page<Activity>>(server, `/activity${query}`, { as });
  expect(answer.outcome).toBe('200');
  return answer.json;
};

const rowOf = (at: number, index: number, row: Partial<ActivityRow> = {}): ActivityRow => ({
  id: `row${String(index).padStart(8, '0')}`,
  at,
  action: 'credential.leased',
  outcome: 'done',
  actorKind: 'user',
  actorId: 'ana',
  actorName: 'Ana Souza',
  ownerKind: 'user',
  ownerId: 'ana',
  subjectId: null,
  subjectName: null,
  search: 'ana souza',
  detail: '{}',
  source: '203.0.113.7',
  requestId: 'request',
  count: 1,
  lastAt: null,
  repeatKey: null,
  ...row,
});

const fill = async ({ store: { db } }: TestServer, rows: ActivityRow[]) => {
  await db.transaction().execute(async (trx) => {
    for (let i = 0; i < rows.length; i += 500)
      await trx
        .insertInto('activity')
        .values(rows.slice(i, i + 500))
        .execute();
  });
};

describe.each(databases)('repeated refusals on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database, env: { TRUSTED_PROXIES: '127.0.0.1' } });
  });
  afterAll(() => server.close());

  /** Each request asks for something else, so that the caller cannot choose the number of rows. */
  const lease = (as: string, provider = 'jira') =>
    send(server, '/integration/credentials', { as, json: { provider, code: uuid(), purpose: `Why ${uuid()}` } });
  const refusals = async (as: string) =>
    (await activityOf(server, as)).data.filter(({ outcome }) => outcome !== 'done');

  it('69 600 refused leases → one row with a count, and when the last was', async () => {
    await send(server, '/profile', { as: 'carla' });
    const before = await countRows(server, 'activity');
    for (let i = 0; i < 60; i++) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => lease('carla')));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    }
    expect((await countRows(server, 'activity')) - before).toBe(1);
    const [refusal, ...more] = await refusals('carla');
    expect(more).toEqual([]);
    expect(refusal).toMatchObject({ action: 'credential.leased', outcome: 'not_found', count: 600 });
    expect(Date.parse(refusal?.lastAt ?? '')).toBeGreaterThanOrEqual(Date.parse(refusal?.at ?? ''));
  });

  it('69 unknown providers share one row, however many are made up', async () => {
    for (let i = 0; i < 20; i++) await lease('bruno', `made-up-${i}`);
    expect(await refusals('bruno')).toMatchObject([{ count: 20 }]);
  });

  it('69 refused leases from many addresses of one IPv6 network → one row', async () => {
    await send(server, '/profile', { as: 'eve' });
    const before = await countRows(server, 'activity');
    for (let i = 1; i <= 20; i++) {
      const headers = { 'X-Forwarded-For': `2001:db8:0:1:${i}::${i}` };
      const json = { provider: 'jira', purpose: 'x' };
      expect((await send(server, '/integration/credentials', { as: 'eve', json, headers })).outcome).toBe(
        '404 not_found',
      );
    }
    expect((await countRows(server, 'activity')) - before).toBe(1);
    expect(await refusals('eve')).toMatchObject([{ count: 20, source: '2001:db8:0:1:1::1' }]);
  });

  it('69 refusals of another kind have a row of their own, and an hour later a new one begins', async () => {
    await lease('dora');
    await lease('dora');
    await lease('dora', 'github-projects');
    server.advance(hour + 1000);
    await lease('dora');
    expect((await refusals('dora')).map(({ count }) => count)).toEqual([1, 1, 2]);
  });

  it('69 wrong and ended keys, sessions and service tokens → one counted row for each reason', async () => {
    const { apiKey, secret } = await mintKey(server, 'ana', acme);
    await send(server, `${acme}/api-keys/${apiKey.id}/revoke`, { as: 'ana', json: {} });
    const before = await countRows(server, 'activity');
    for (let minute = 0; minute < 5; minute++) {
      for (let i = 0; i < 4; i++) {
        await send(server, '/integration/whoami', { key: secret });
        await send(server, '/profile', { bearer: 'no.session.atall' });
        await send(server, '/integration/events', { bearer: 'no-service', json: {} });
      }
      server.advance(61_000);
    }
    await server.sweep();
    await server.settled();
    const rows = await server.store.db
      .selectFrom('activity')
      .select(['action', 'count'])
      .where('outcome', '=', 'unauthenticated')
      .orderBy('action')
      .execute();
    expect((await countRows(server, 'activity')) - before).toBe(rows.length);
    expect(rows).toEqual([
      { action: 'api_key.refused', count: 20 },
      { action: 'service.refused', count: 20 },
      { action: 'session.refused', count: 20 },
    ]);
  });

  it('69 successful actions → one row each', async () => {
    const before = await countRows(server, 'activity');
    for (let i = 0; i < 3; i++) expect((await mint(server, 'ana', acme)).outcome).toBe('201');
    expect((await countRows(server, 'activity')) - before).toBe(3);
  });
});

describe.each(databases)('retention on %s', (database) => {
  it('69 activity ends with its retention, and so do keys that ended as long ago; others stay', async () => {
    const server = await startServer({ database, env: { ACTIVITY_RETENTION_DAYS: '30' } });
    onTestFinished(server.close);
    const old = await mintKey(server, 'ana', acme, { description: 'Old' });
    const kept = await mintKey(server, 'ana', acme, { description: 'Kept' });
    await send(server, `${acme}/api-keys/${old.apiKey.id}/revoke`, { as: 'ana', json: {} });
    await fill(
      server,
      Array.from({ length: 1200 }, (_, i) => rowOf(server.clock.now() - i, i)),
    );
    server.advance(29 * day);
    await server.sweep();
    expect(await countRows(server, 'activity')).toBeGreaterThan(1200);
    expect(await countRows(server, 'apiKey')).toBe(2);
    server.advance(2 * day);
    await server.sweep();
    expect(await countRows(server, 'activity')).toBe(0);
    expect((await send(server, `${acme}/api-keys/${kept.apiKey.id}`, { as: 'ana' })).outcome).toBe('200');
    expect((await send(server, `${acme}/api-keys/${old.apiKey.id}`, { as: 'ana' })).outcome).toBe('404 not_found');
    expect((await send(server, '/integration/whoami', { key: kept.secret })).outcome).toBe('200');
    expect((await send(server, '/integration/whoami', { key: old.secret })).outcome).toBe('401 unauthenticated');
    expect(await countRows(server, 'minting')).toBe(0);
  });
});

describe.each(databases)('a search of much activity on %s', (database) => {
  const many = 60_000;
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
    await send(server, '/profile', { as: 'ana' });
    const now = server.clock.now();
    await fill(
      server,
      Array.from({ length: many }, (_, i) =>
        rowOf(
          now - 1000 * (i + 1),
          i,
          i % 25_000 === 24_999 ? { search: 'needle', subjectId: 'x', subjectName: 'Needle' } : {},
        ),
      ),
    );
  });
  afterAll(() => server.close());

  const walk = async (sort: string, q: string) => {
    const seen: string[] = [];
    let pages = 0;
    let cursor: string | null = null;
    do {
      const at: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const page: Page<Activity> = await activityOf(server, 'ana', `?limit=2&sort=${sort}&q=${q}${at}`);
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor);
    return { seen, pages };
  };

  it('69 examines a batch of rows, has a cursor to continue, and finds each row once over all pages', async () => {
    for (const sort of ['-at', 'at']) {
      const { seen, pages } = await walk(sort, 'needle');
      const expected = ['row00024999', 'row00049999'];
      expect(seen).toEqual(sort === '-at' ? expected : expected.toReversed());
      expect(pages).toBeGreaterThan(1);
      expect((await walk(sort, 'nothing')).seen).toEqual([]);
    }
    const first = await activityOf(server, 'ana', '?q=nothing');
    expect(first).toMatchObject({ data: [], nextCursor: expect.any(String) as string });
  });

  it('69 other requests are answered meanwhile', async () => {
    const order: string[] = [];
    const search = activityOf(server, 'ana', '?q=nothing').then(() => order.push('search'));
    for (let i = 0; i < 3; i++) expect((await fetch(`${server.origin}/livez`)).status).toBe(200);
    order.push('others');
    await search;
    expect(order).toEqual(['others', 'search']);
  });
});
