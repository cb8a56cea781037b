import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../src/domain/activity.js';
import { type Change, createChange } from '../src/domain/change.js';
import { systemRandom } from '../src/ports/random.js';
import { catalogue } from '../src/providers/index.js';
import { databases, startServer, type TestServer } from './harness.js';
import { until } from './notifications.js';
import { request } from './request.js';
import { countRows } from './security/exchange.js';
import { waitsForLock } from './waits-for-lock.js';

const minute = 60_000;
const ana = { kind: 'user', id: 'ana' } as const;
const acme = { kind: 'organization', id: 'acme' } as const;
const actor: Actor = { kind: 'user', id: 'ana', name: 'Ana Souza', source: '203.0.113.7', requestId: 'request' };

describe.each(databases)('a change on %s', (database) => {
  let server: TestServer;
  let change: Change;
  beforeEach(async () => {
    server = await startServer({ database });
    const { store, clock } = server;
    change = createChange({ store, clock, random: systemRandom, catalogue });
  });
  afterEach(() => server.close());

  it('that fails after it was recorded leaves neither its rows nor its activity', async () => {
    const failing = change(ana, actor, async ({ tx, now, record }) => {
      await tx.outbox.addEvent('event', now);
      await record({ action: 'profile.updated' });
      throw new RangeError('after all');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await server.store.db.selectFrom('publishedEvent').selectAll().execute()).toEqual([]);
    expect(await countRows(server, 'activity')).toBe(0);
  });

  it('is recorded with its actor, its owner and the time of the unit of work', async () => {
    const at = await change(acme, actor, async ({ now, record }) => {
      server.advance(minute);
      await record({ action: 'api_key.revoked', subject: { id: 'key', name: 'Nightly' } });
      return now;
    });
    const rows = await server.store.db.selectFrom('activity').selectAll().execute();
    expect(rows).toMatchObject([
      { at, actorId: 'ana', ownerKind: 'organization', ownerId: 'acme', subjectName: 'Nightly', outcome: 'done' },
    ]);
  });

  it('waits for another change of the same owner, and has the time after the wait', async () => {
    const beside = await startServer({ database, beside: server });
    const changeBeside = createChange({ ...beside, random: systemRandom, catalogue });
    const order: string[] = [];
    let second: Promise<number> | undefined;
    const first = await change(ana, actor, async ({ now }) => {
      second = changeBeside(ana, actor, (unit) => {
        order.push('second');
        return Promise.resolve(unit.now);
      });
      // SQLite has one writer at a time, whatever it writes.
      if (database === 'postgres')
        await until(async () => order.length > 0 || (await waitsForLock(beside)), 'the second change waited');
      server.advance(minute);
      order.push('first');
      return now;
    });
    expect(await second).toBeGreaterThanOrEqual(first + minute);
    expect(order).toEqual(['first', 'second']);
    await beside.close();
  });
});

describe('a change on postgres', () => {
  it('does not keep agents from leasing what its owner has', async () => {
    const server = await startServer({ database: 'postgres' });
    const { store, clock } = server;
    const values = { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'canary-token' };
    const json = { provider: 'jira', name: 'Agents', code: 'agents', values };
    const added = await request(server, '/organizations/acme/provider-tokens', { as: 'ana', json });
    expect(added.status).toBe(201);
    await createChange({ store, clock, random: systemRandom, catalogue })(acme, actor, async () => {
      const lease = { provider: 'jira', code: 'agents', purpose: 'A test', organizationId: 'acme' };
      expect((await request(server, '/integration/credentials', { as: 'ana', json: lease })).status).toBe(200);
    });
    await server.close();
  });
});

it('a transaction of the domain is opened by `change` and nothing else', () => {
  const domain = join(import.meta.dirname, '../src/domain');
  const files = readdirSync(domain, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const opening = files.filter((name) => readFileSync(join(domain, name), 'utf8').includes('.transaction('));
  expect(opening).toEqual(['change.ts']);
});
