import type { Activity, Page } from '@ai-cockpit/sdk/contract';
import { duplocloud } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { addManyKeys } from './many-keys.js';
import { addMembersWithKeys } from './many-people.js';
import { acme, addToken, globex, jira, mintKey, send } from './security/exchange.js';

/** The answer of a list, without its rows. */
const listed = async (server: TestServer, as: string, path: string) => {
  const { outcome, json } = await send<Page<{ id: string }>>(server, path, { as });
  expect(outcome).toBe('200');
  return { rows: json.data.length, total: json.total, nextCursor: json.nextCursor };
};

describe.each(databases)('the total of a list on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  it('is the number of an owner’s keys on each page, and of the matches in a search', async () => {
    await mintKey(server, 'dora', globex, { description: 'Of another organization' });
    await addManyKeys(server.store, 60, server.clock.now());
    const keys = `${acme}/api-keys`;
    const first = await listed(server, 'ana', `${keys}?limit=25`);
    expect(first).toMatchObject({ rows: 25, total: 60 });
    const cursor = encodeURIComponent(first.nextCursor ?? '');
    expect(await listed(server, 'ana', `${keys}?limit=25&cursor=${cursor}`)).toMatchObject({ rows: 25, total: 60 });
    expect(await listed(server, 'ana', `${keys}?q=import&limit=3`)).toMatchObject({ rows: 3, total: 8 });
    expect(await listed(server, 'ana', `${keys}?status=revoked&limit=3`)).toMatchObject({ rows: 3, total: 6 });
    expect(await listed(server, 'ana', `${keys}?q=nothing`)).toEqual({ rows: 0, total: 0, nextCursor: null });
  });

  it('is the number of an owner’s provider tokens', async () => {
    for (const name of ['board', 'planning', 'support']) await addToken(server, 'ana', acme, jira(name));
    await addToken(server, 'ana', '', jira('mine'));
    expect(await listed(server, 'ana', `${acme}/provider-tokens?limit=2`)).toMatchObject({ rows: 2, total: 3 });
    expect(await listed(server, 'ana', `${acme}/provider-tokens?q=planning`)).toMatchObject({ rows: 1, total: 1 });
    expect(await listed(server, 'ana', '/provider-tokens')).toMatchObject({ rows: 1, total: 1 });
  });

  it('counts an action once, even if its actor is also the owner or an administrator', async () => {
    const all = await send<Page<Activity>>(server, '/activity?limit=100', { as: 'ana' });
    expect(all.json.data.length).toBeGreaterThan(4);
    expect(all.json.nextCursor).toBeNull();
    expect(await listed(server, 'ana', '/activity?limit=2')).toMatchObject({ rows: 2, total: all.json.data.length });
    expect(await listed(server, 'ana', '/activity?q=planning')).toMatchObject({ rows: 1, total: 1 });
  });
});

describe.each(databases)('the total of a list of more than 10,000 on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database, policy: duplocloud });
    await addMembersWithKeys(server.store, { people: 50, keys: 20_500, now: server.clock.now() });
    await server.store.db.updateTable('apiKey').set({ search: 'needle' }).where('id', '<', 'many00000004').execute();
  });
  afterAll(() => server.close());

  it('is null: "more than 10,000"', async () => {
    expect(await listed(server, 'ana', '/admin/api-keys?limit=1')).toMatchObject({ rows: 1, total: null });
    expect(await listed(server, 'ana', '/admin/api-keys?limit=1&q=number')).toMatchObject({ rows: 1, total: null });
  });

  it('is absent after too many rows were examined', async () => {
    const { total, rows } = await listed(server, 'ana', '/admin/api-keys?limit=2&q=needle');
    expect({ total, rows }).toEqual({ total: undefined, rows: 2 });
  });

  it('is exact up to 10,000', async () => {
    await server.store.db.deleteFrom('apiKey').where('id', '>=', 'many00010000').execute();
    expect(await listed(server, 'ana', '/admin/api-keys?limit=1')).toMatchObject({ total: 10_000 });
    expect(await listed(server, 'ana', '/admin/api-keys?limit=1&sort=owner&q=needle')).toMatchObject({ total: 4 });
  });
});
