import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiKey, Page } from '@ai-cockpit/sdk/contract';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { encryptionKey } from '../harness.js';
import { type OwnPostgres, startPostgresServer } from '../own-postgres.js';
import { buildServer, type ServerProcess, startProcess } from '../server-process.js';
import { acme, send, uuid } from './exchange.js';

/** Far more than any step may take, and a bound all the same. */
const bounded = <T>(what: string, promise: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Still waiting: ${what}`)), 25_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

describe('a PostgreSQL whose processes all fail', () => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  let dataDir: string;
  let postgres: OwnPostgres;
  let env: Record<string, string> & { DATA_DIR: string };
  beforeAll(async () => {
    built = await buildServer();
    dataDir = await mkdtemp(join(tmpdir(), 'cockpit-database-'));
    postgres = await startPostgresServer(inject('isPooled'));
    env = { DATA_DIR: dataDir, DATABASE_URL: postgres.url, ENCRYPTION_KEYS: encryptionKey };
  });
  afterAll(async () => {
    await postgres.stop();
    await built.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const statusOf = async ({ origin }: ServerProcess, path: string): Promise<number> =>
    (await bounded(path, fetch(origin + path))).status;

  it('62 restarted under load → recovers by itself, no acknowledged write lost, no duplicate key', async () => {
    const server = await startProcess(built.file, env);
    const acknowledged = new Map<string, string>();
    let isOver = false;
    /** Each key is asked for until it is answered, as the SDK does. */
    const write = async () => {
      while (!isOver) {
        const description = `Restart ${uuid()}`;
        const headers = { 'Idempotency-Key': uuid() };
        for (;;) {
          const made = await send<{ secret: string }>(server, `${acme}/api-keys`, {
            as: 'ana',
            json: { description },
            headers,
          });
          if (made.outcome === '201') {
            acknowledged.set(description, made.json.secret);
            break;
          }
          expect(made.outcome).toBe('503 unavailable');
          expect(made.headers.get('Retry-After')).toMatch(/^\d+$/);
        }
      }
    };
    const writers = Array.from({ length: 4 }, write);
    for (let restarts = 1; restarts <= 3; restarts++) {
      const enough = acknowledged.size + 10;
      await expect.poll(() => acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(enough);
      await postgres.restart();
    }
    const afterRestart = acknowledged.size;
    await expect.poll(() => acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(afterRestart + 10);
    isOver = true;
    await Promise.all(writers);

    for (const [description, secret] of acknowledged) {
      expect((await send(server, '/integration/whoami', { key: secret })).outcome).toBe('200');
      const q = encodeURIComponent(description);
      const listed = await send<Page<ApiKey>>(server, `${acme}/api-keys?q=${q}`, { as: 'ana' });
      expect(listed.json.data, description).toHaveLength(1);
    }
    expect(await server.terminate()).toMatchObject({ code: 0 });
  });

  it('67 frozen → a read, a write and /readyz are answered 503, /livez 200, and all work again once it goes on', async () => {
    const server = await startProcess(built.file, env);
    const read = () => send(server, '/profile', { as: 'ana' });
    const write = () =>
      send(server, `${acme}/api-keys`, {
        as: 'ana',
        json: { description: 'Frozen' },
        headers: { 'Idempotency-Key': uuid() },
      });
    expect((await read()).outcome).toBe('200');
    await postgres.freeze();
    try {
      const answers = await bounded('requests', Promise.all([read(), write(), read()]));
      expect(answers.map(({ outcome }) => outcome)).toEqual(Array(3).fill('503 unavailable'));
      for (const { headers } of answers) expect(headers.get('Retry-After')).toMatch(/^\d+$/);
      expect(await statusOf(server, '/readyz')).toBe(503);
      expect(await statusOf(server, '/livez')).toBe(200);
    } finally {
      await postgres.thaw();
    }
    await expect.poll(() => statusOf(server, '/readyz'), { timeout: 20_000 }).toBe(200);
    expect((await read()).outcome).toBe('200');
    expect((await write()).outcome).toBe('201');
    expect(await server.terminate()).toMatchObject({ code: 0 });
  });

  it('67 a table that is locked for long → reads of it 503, others answered, and no process of PostgreSQL waits on', async () => {
    const server = await startProcess(built.file, env);
    expect((await send(server, '/profile', { as: 'ana' })).outcome).toBe('200');
    const other = new pg.Client(postgres.url);
    await other.connect();
    await other.query('begin');
    await other.query('lock table cockpit_ai_cockpit_one.api_key in access exclusive mode');
    try {
      const list = (as: string) => send(server, `${acme}/api-keys`, { as });
      // The pooler of this test has four connections: the lock takes one, these reads two, and one is left for others.
      const people = inject('isPooled') ? ['ana', 'bruno'] : ['ana', 'ana', 'bruno', 'bruno'];
      const reads = bounded('reads', Promise.all(people.map(list)));
      expect((await send(server, '/profile', { as: 'carla' })).outcome).toBe('200');
      for (const { outcome, headers } of await reads) {
        expect(outcome).toBe('503 unavailable');
        expect(headers.get('Retry-After')).toMatch(/^\d+$/);
      }
      const waiting = async () => {
        // Else a transaction sees the same all the time.
        await other.query('select pg_stat_clear_snapshot()');
        const waits = "wait_event_type = 'Lock' and query like '%api_key%'";
        return (await other.query(`select 1 from pg_stat_activity where ${waits}`)).rowCount;
      };
      await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
    } finally {
      await other.query('rollback');
      await other.end();
    }
    expect((await send(server, `${acme}/api-keys`, { as: 'ana' })).outcome).toBe('200');
    expect(await server.terminate()).toMatchObject({ code: 0 });
  }, 120_000);

  it('67 frozen with requests in progress, and SIGTERM → ends with code 1, and lists the unfinished work', async () => {
    const server = await startProcess(built.file, env);
    expect((await send(server, '/profile', { as: 'ana' })).outcome).toBe('200');
    await postgres.freeze();
    try {
      const cutOff = Promise.allSettled([
        send(server, '/profile', { as: 'ana' }),
        send(server, '/profile', { as: 'eve' }),
      ]);
      await expect.poll(() => statusOf(server, '/readyz'), { timeout: 20_000 }).toBe(503);
      const more = Promise.allSettled([send(server, '/profile', { as: 'bruno' })]);
      const { code, output } = await server.terminate();
      expect(code).toBe(1);
      expect(output).toMatch(/^Stopped before everything had ended\. Left: .+\.$/m);
      await Promise.all([cutOff, more]);
    } finally {
      await postgres.thaw();
    }
  });

  it('67 frozen before the start → refuses to start', async () => {
    await postgres.freeze();
    try {
      await expect(bounded('the start', startProcess(built.file, env))).rejects.toThrow('did not start');
    } finally {
      await postgres.thaw();
    }
  });
});
