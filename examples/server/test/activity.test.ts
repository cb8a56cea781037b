import type { Activity, Page } from '@ai-cockpit/sdk/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityIn } from '../src/store/activity.js';
import type { ActivityRow } from '../src/store/tables.js';
import { explaining } from './explaining.js';
import { databases, startServer, type TestServer } from './harness.js';
import { acme, addToken, globex, ifMatch, jira, type Key, mintKey, send } from './security/exchange.js';

describe.each(databases)('activity on %s', (database) => {
  let server: TestServer;
  let key: Key;
  let tokenSecret: string;

  const list = async (as: string, query = ''): Promise<Page<Activity>> => {
    const page = await send<Page<Activity>>(server, `/activity${query}`, { as });
    expect(page.outcome).toBe('200');
    return page.json;
  };
  const told = ({ data }: Page<Activity>) => data.map(({ action, subject }) => [action, subject?.name ?? null]);

  beforeAll(async () => {
    server = await startServer({ database });
    const bodies = { ...jira('board', 'a-secret-of-jira') };
    tokenSecret = bodies.values.token;
    await addToken(server, 'ana', acme, bodies);
    server.advance(1000);
    key = await mintKey(server, 'bruno', acme, { description: 'Agents', module: 'agents' });
    server.advance(1000);
    await send(server, '/integration/credentials', { key: key.secret, json: { provider: 'jira', purpose: 'Sprint' } });
    server.advance(1000);
    const mine = await addToken(server, 'carla', '', jira('mine'));
    server.advance(1000);
    await send(server, `/provider-tokens/${mine.id}`, { as: 'carla', method: 'DELETE', headers: ifMatch(1) });
    server.advance(1000);
    await mintKey(server, 'dora', globex, { description: 'Of Globex' });
    server.advance(1000);
    await send(server, `${acme}/api-keys/${key.apiKey.id}/revoke`, { as: 'ana', json: { reason: 'Leaked' } });
    server.advance(1000);
    await send(server, '/integration/whoami', { key: key.secret });
  });
  afterAll(() => server.close());

  it('lists actor, action, credential, time and address, the latest first', async () => {
    const { data, nextCursor } = await list('ana');
    expect(nextCursor).toBeNull();
    expect(told({ data, nextCursor })).toEqual([
      ['api_key.refused', 'Agents'],
      ['api_key.revoked', 'Agents'],
      ['credential.leased', 'Jira board'],
      ['api_key.created', 'Agents'],
      ['provider_token.created', 'Jira board'],
      ['profile.created', null],
    ]);
    const [refused, revoked, leased, created] = data;
    expect(refused).toMatchObject({ actor: null, outcome: 'unauthenticated', detail: { reason: 'revoked' } });
    expect(revoked).toEqual({
      id: expect.stringMatching(/^\w+$/) as string,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      action: 'api_key.revoked',
      outcome: 'done',
      actor: { kind: 'user', id: 'ana', name: 'Ana Souza' },
      owner: { kind: 'organization', id: 'acme', name: 'Acme' },
      subject: { id: key.apiKey.id, name: 'Agents' },
      detail: { reason: 'Leaked' },
      source: '127.0.0.1',
      count: 1,
      lastAt: null,
    });
    expect(leased).toMatchObject({
      actor: { kind: 'key', id: key.apiKey.id, name: 'Agents' },
      detail: { provider: 'jira', purpose: 'Sprint' },
    });
    expect(created).toMatchObject({ actor: { id: 'bruno', name: 'Bruno Lima' } });
  });

  it('is visible to its actor, to the owner, and to the administrators of the organization', async () => {
    // A manager: what he did, and nothing else of his organization's.
    expect(told(await list('bruno'))).toEqual([
      ['api_key.created', 'Agents'],
      ['profile.created', null],
    ]);
    // Of what is gone, what it was called.
    expect(told(await list('carla'))).toEqual([
      ['provider_token.deleted', 'Jira mine'],
      ['provider_token.created', 'Jira mine'],
      ['profile.created', null],
    ]);
    // Ana is only a member of Globex.
    expect(JSON.stringify(await list('ana'))).not.toMatch(/Globex|dora|Jira mine/);
    expect(told(await list('dora'))).toEqual([
      ['api_key.created', 'Of Globex'],
      ['profile.created', null],
    ]);
    expect((await send(server, '/activity', { key: key.secret })).outcome).toBe('401 unauthenticated');
    await server.store.directory.setMembership('ana', 'acme', 'member');
    expect(told(await list('ana'))).toEqual([
      ['api_key.revoked', 'Agents'],
      ['provider_token.created', 'Jira board'],
      ['profile.created', null],
    ]);
    await server.store.directory.setMembership('ana', 'acme', 'administrator');
  });

  it('holds no secret', async () => {
    for (const as of ['ana', 'bruno', 'carla', 'dora']) {
      const text = JSON.stringify(await list(as, '?limit=100'));
      for (const secret of [tokenSecret, key.secret]) expect(text).not.toContain(secret);
    }
  });

  it('pages in either order repeat no row and leave out none', async () => {
    const all = (await list('ana')).data.map(({ id }) => id);
    for (const [sort, expected] of [
      ['-at', all],
      ['at', all.toReversed()],
    ] as const)
      for (const limit of [1, 2, 4, 5, 6]) {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const at: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
          const page: Page<Activity> = await list('ana', `?sort=${sort}&limit=${limit}${at}`);
          expect(page.data.length).toBeGreaterThan(0);
          seen.push(...page.data.map(({ id }) => id));
          cursor = page.nextCursor;
        } while (cursor);
        expect(seen).toEqual(expected);
      }
    const { nextCursor } = await list('ana', '?limit=1');
    const stolen = await send(server, `/activity?limit=1&cursor=${encodeURIComponent(nextCursor ?? '')}`, {
      as: 'bruno',
    });
    expect(stolen.outcome).toBe('400 cursor_invalid');
  });

  it('entries of one instant keep their order', async () => {
    const now = server.clock.now();
    const still = await startServer({ database, clock: { now: () => now } });
    try {
      for (let i = 0; i < 7; i++) await addToken(still, 'ana', '', jira(`same-${i}`));
      const page = (query: string) => send<Page<Activity>>(still, `/activity${query}`, { as: 'ana' });
      const all = (await page('?limit=100')).json.data.map(({ id }) => id);
      const [first, second] = [await page('?limit=4'), await page('?limit=100')];
      const rest = await page(`?limit=100&cursor=${encodeURIComponent(first.json.nextCursor ?? '')}`);
      // A cursor is bound to search and sort, not to the length of a page.
      expect([...first.json.data, ...rest.json.data].map(({ id }) => id)).toEqual(all);
      expect(second.json.data.map(({ id }) => id)).toEqual(all);
    } finally {
      await still.close();
    }
  });

  it('is searched by names and by address', async () => {
    expect(told(await list('ana', '?q=AGENTS'))).toEqual([
      ['api_key.refused', 'Agents'],
      ['api_key.revoked', 'Agents'],
      ['credential.leased', 'Jira board'],
      ['api_key.created', 'Agents'],
    ]);
    expect(told(await list('ana', '?q=bruno'))).toEqual([['api_key.created', 'Agents']]);
    expect((await list('ana', '?q=127.0.0.1')).data).toHaveLength(6);
    expect((await list('ana', '?q=nothing like it')).data).toEqual([]);
  });

  it('is read by indexes, whatever its size', async () => {
    const { db } = server.store;
    const now = server.clock.now();
    const rows = Array.from({ length: 10_000 }, (_, index): ActivityRow => {
      const organization = index % 2 ? 'acme' : 'globex';
      return {
        id: `much${String(index).padStart(8, '0')}`,
        at: now - index * 1000,
        action: 'credential.leased',
        outcome: 'done',
        actorKind: 'user',
        actorId: index % 3 ? 'ana' : 'bruno',
        actorName: 'Somebody',
        ownerKind: 'organization',
        ownerId: organization,
        subjectId: 'token',
        subjectName: 'Jira',
        search: 'somebody jira',
        detail: '{}',
        source: '203.0.113.7',
        requestId: 'request',
        count: 1,
        lastAt: null,
        repeatKey: null,
      };
    });
    await db.transaction().execute(async (trx) => {
      while (rows.length) await trx.insertInto('activity').values(rows.splice(0, 500)).execute();
    });
    if (database === 'postgres') await sql`analyze cockpit_test.activity`.execute(db);
    const { db: explained, plans } = explaining(db, database);
    const owners = [
      { kind: 'user', id: 'ana' },
      { kind: 'organization', id: 'acme' },
    ] as const;
    const plansOf = async (q: string) => {
      plans.length = 0;
      for (const sort of ['at', '-at'])
        for (const after of [null, { value: now - 5_000_000, id: 'much00005000' }])
          await activityIn(explained).page('ana', owners, { limit: 25, q, sort, after });
      for (const plan of plans) expect(plan).toMatch(/index (?:scan|scan backward )?.*activity_(?:page|of_actor)/i);
      return [...plans];
    };
    const pages = await plansOf('');
    expect(pages).toHaveLength(12);
    for (const plan of pages) expect(plan).not.toMatch(/sort|temp b-tree/i);
    // Of a search, where a batch of rows ends, and then which of them match.
    const searches = await plansOf('nothing');
    expect(searches).toHaveLength(24);
    for (const plan of searches) expect(plan).not.toMatch(/seq scan/i);
    expect((await list('ana', '?limit=100')).data).toHaveLength(100);
  });
});
