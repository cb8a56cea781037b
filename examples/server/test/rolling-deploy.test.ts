import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiKey, Page } from '@ai-cockpit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, databases, encryptionKey } from './harness.js';
import { acme, mintKey, send, uuid } from './security/exchange.js';
import { buildServer, type ServerProcess, startProcess } from './server-process.js';

describe.each(databases)('two processes on one database, on %s', (database) => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  let folder: string;
  beforeAll(async () => {
    built = await buildServer();
    folder = await mkdtemp(join(tmpdir(), 'cockpit-rolling-'));
  });
  afterAll(async () => {
    await built.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const emptyDatabase = async (name: string) => ({
    DATA_DIR: join(folder, name),
    DATABASE_URL: database === 'postgres' ? await createDatabase() : '',
    ENCRYPTION_KEYS: encryptionKey,
    LOG_LEVEL: 'warn',
  });
  const whoami = async (server: ServerProcess, key: string) =>
    (await send(server, '/integration/whoami', { key })).outcome;

  it('started at once on an empty database: both serve, and each reads the other’s writes', async () => {
    const env = await emptyDatabase('at-once');
    const [one, other] = await Promise.all([startProcess(built.file, env), startProcess(built.file, env)]);
    const keys = await Promise.all([mintKey(one, 'ana', acme), mintKey(other, 'ana', acme)]);
    for (const { secret } of keys)
      expect([await whoami(one, secret), await whoami(other, secret)]).toEqual(['200', '200']);
    const { json } = await send<Page<ApiKey>>(one, `${acme}/api-keys`, { as: 'ana' });
    expect(json.data.map(({ id }) => id)).toEqual(expect.arrayContaining(keys.map(({ apiKey }) => apiKey.id)));
    for (const server of [one, other]) expect(await server.terminate()).toMatchObject({ code: 0 });
  });

  it('the second starts during traffic, then SIGTERM to the first: no acknowledged write is lost or doubled', async () => {
    const env = await emptyDatabase('rolling');
    const first = await startProcess(built.file, env);
    let servers = [first];
    let isOver = false;
    const acknowledged = new Map<string, string>();
    /** As the SDK does: the same request again, at whatever process there is, until it is answered. */
    const write = async () => {
      for (let turn = 0; !isOver; turn += 1) {
        const description = `Rolling ${uuid()}`;
        const create = { as: 'ana', json: { description }, headers: { 'Idempotency-Key': uuid() } };
        for (let secret: string | undefined; secret === undefined; turn += 1) {
          const server = servers[turn % servers.length];
          if (!server) throw new Error('No server is there to write at');
          const made = await send<{ secret: string }>(server, `${acme}/api-keys`, create).catch((error: unknown) => {
            // No answer: its process has ended meanwhile.
            if (error instanceof TypeError) return null;
            throw error;
          });
          if (made && made.outcome !== '201') expect(made.outcome).toBe('503 unavailable');
          if (made?.outcome === '201') secret = made.json.secret;
          if (secret !== undefined) acknowledged.set(description, secret);
        }
      }
    };
    const writers = Array.from({ length: 4 }, write);
    const more = async () => {
      const enough = acknowledged.size + 10;
      await expect.poll(() => acknowledged.size, { timeout: 60_000 }).toBeGreaterThan(enough);
    };
    await more();
    const second = await startProcess(built.file, env);
    servers = [first, second];
    await more();
    const { code, output } = await first.terminate();
    expect(code, output.slice(-500)).toBe(0);
    await more();
    isOver = true;
    servers = [second];
    await Promise.all(writers);

    for (const [description, secret] of acknowledged) {
      expect(await whoami(second, secret)).toBe('200');
      const q = encodeURIComponent(description);
      const listed = await send<Page<ApiKey>>(second, `${acme}/api-keys?q=${q}`, { as: 'ana' });
      expect(listed.json.data, description).toHaveLength(1);
    }
    expect(await second.terminate()).toMatchObject({ code: 0 });
  }, 180_000);
});
