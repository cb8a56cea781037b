import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCockpit, NetworkError } from '@ai-cockpit/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, databases, encryptionKey, startServer, type TestServer } from '../harness.js';
import { buildServer, type ServerProcess, startProcess } from '../server-process.js';
import { acme, canary, countRows, type Exchange, jira, send, uuid } from './exchange.js';

interface Proxy {
  origin: string;
  /** How much of each of the server's next answers to a POST to let through before the connection is cut. */
  cutNext: number[];
  /** How many answers were cut. */
  cuts: number;
  close: () => Promise<void>;
}

/** Between client and server: hands requests on, and loses answers that the server has given. */
const startProxy = async (origin: string): Promise<Proxy> => {
  const { port } = new URL(origin);
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const server = connect(Number(port), '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    let isPost = false;
    client.on('data', (data) => {
      isPost = /^POST /.test(data.toString('latin1')) || (isPost && !/^[A-Z]+ \//.test(data.toString('latin1')));
      server.write(data);
    });
    server.on('data', (data) => {
      const kept = isPost ? proxy.cutNext.shift() : undefined;
      if (kept === undefined) {
        client.write(data);
        return;
      }
      proxy.cuts++;
      client.end(data.subarray(0, kept), () => client.destroy());
      server.destroy();
    });
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port: own } = listener.address() as AddressInfo;
  const proxy: Proxy = {
    origin: `http://127.0.0.1:${own}`,
    cutNext: [],
    cuts: 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
  return proxy;
};

describe.each(databases)('lost answers on %s', (database) => {
  let server: TestServer;
  let proxy: Proxy;
  beforeAll(async () => {
    server = await startServer({ database });
    proxy = await startProxy(server.origin);
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });

  const cockpit = (retry?: { limit: number }) =>
    createCockpit({
      baseUrl: server.baseUrl.replace(server.origin, proxy.origin),
      getAccessToken: () => server.session('ana'),
      ...(retry && { retry }),
    });
  const works = async (secret: string | undefined) =>
    (await send(server, '/integration/whoami', { key: secret ?? '' })).outcome;

  it.each([
    ['all of it', 0],
    ['all but the status', 20],
    ['all but the headers', 400],
  ])('59 create: the answer lost after commit, %s → one key, secret still delivered', async (_, bytes) => {
    const before = await countRows(server, 'apiKey');
    const { cuts } = proxy;
    proxy.cutNext = [bytes];
    const client = cockpit();
    const { apiKey, secret } = await client.organization('acme').apiKeys.create({ description: 'Lost and found' });
    expect(proxy.cuts).toBe(cuts + 1);
    expect(await countRows(server, 'apiKey')).toBe(before + 1);
    expect(await works(secret?.reveal())).toBe('200');
    expect((await send(server, `${acme}/api-keys/${apiKey.id}`, { as: 'ana' })).outcome).toBe('200');
    client.close();
  });

  it('59 create: lost for good → an error; asked again with its Idempotency-Key → the same key and its secret', async () => {
    const before = await countRows(server, 'apiKey');
    const client = cockpit({ limit: 0 });
    const idempotencyKey = uuid();
    const create = () => client.organization('acme').apiKeys.create({ description: 'Asked again' }, { idempotencyKey });
    proxy.cutNext = [0];
    const lost = await create().catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(NetworkError);
    expect(await countRows(server, 'apiKey')).toBe(before + 1);
    proxy.cutNext = [100];
    await expect(create()).rejects.toBeInstanceOf(NetworkError);
    const { apiKey, secret } = await create();
    expect(await countRows(server, 'apiKey')).toBe(before + 1);
    expect(await works(secret?.reveal())).toBe('200');
    expect((await create()).apiKey.id).toBe(apiKey.id);
    client.close();
  });

  it('59 create: lost each time until the attempts are used up → an error, and one key', async () => {
    const before = await countRows(server, 'apiKey');
    const client = cockpit({ limit: 1 });
    proxy.cutNext = [0, 0];
    const { cuts } = proxy;
    await expect(client.organization('acme').apiKeys.create({ description: 'Unlucky' })).rejects.toBeInstanceOf(
      NetworkError,
    );
    expect(proxy.cuts).toBe(cuts + 2);
    expect(await countRows(server, 'apiKey')).toBe(before + 1);
    client.close();
  });
});

describe.each(databases)('a server killed on %s', (database) => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  let dataDir: string;
  let env: Record<string, string> & { DATA_DIR: string };
  beforeAll(async () => {
    built = await buildServer();
    dataDir = await mkdtemp(join(tmpdir(), 'cockpit-killed-'));
    const DATABASE_URL = database === 'postgres' ? await createDatabase() : '';
    env = { DATA_DIR: dataDir, DATABASE_URL, ENCRYPTION_KEYS: encryptionKey };
  });
  afterAll(async () => {
    await built.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  interface Acknowledged {
    path: string;
    /** The expected resource. */
    looks: object;
    /** A key's. */
    secret?: string;
  }

  interface Writes {
    acknowledged: Acknowledged[];
    /** Descriptions of keys whose creation was not answered, by Idempotency-Key. */
    lost: Map<string, string>;
  }

  /** Several writers at once, until the server is gone: it is killed as soon as so many more writes are acknowledged. */
  const writeUntilKilled = async (
    server: ServerProcess,
    { writers, writes, acknowledged, lost }: { writers: number; writes: number } & Writes,
  ): Promise<void> => {
    const enough = acknowledged.length + writes;
    const acknowledge = (write: Acknowledged) => {
      acknowledged.push(write);
      if (acknowledged.length >= enough) void server.kill();
    };
    const writing = Array.from({ length: writers }, (_, writer) => writeUntilGone(server, writer, acknowledge, lost));
    try {
      await Promise.all(writing);
    } finally {
      await server.kill();
    }
  };

  /** Writes until the server is gone, and passes on what was acknowledged. */
  const writeUntilGone = async (
    server: ServerProcess,
    writer: number,
    acknowledge: (write: Acknowledged) => void,
    lost: Map<string, string>,
  ) => {
    // A request that gets no answer, or half of one, throws.
    const ask = async <T>(...[path, sent]: [string, Parameters<typeof send>[2]]): Promise<Exchange<T>> =>
      send<T>(server, path, { as: 'ana', ...sent });
    for (let i = 0; ; i++) {
      const idempotencyKey = uuid();
      try {
        const code = `w${writer}-${uuid().slice(0, 8)}`;
        const added = await ask<{ id: string }>(`${acme}/provider-tokens`, { json: jira(code, canary('killed')) });
        expect(added.outcome).toBe('201');
        const token: Acknowledged = { path: `${acme}/provider-tokens/${added.json.id}`, looks: { code, version: 1 } };
        acknowledge(token);
        const patch = { method: 'PATCH', headers: { 'If-Match': '"1"' }, json: { description: `Change ${i}` } };
        // While it is under way, either version is right.
        token.looks = { code };
        expect((await ask(token.path, patch)).outcome).toBe('200');
        token.looks = { code, version: 2, description: `Change ${i}` };

        lost.set(idempotencyKey, code);
        const made = await ask<{ apiKey: { id: string }; secret: string }>(`${acme}/api-keys`, {
          json: { description: code },
          headers: { 'Idempotency-Key': idempotencyKey },
        });
        expect(made.outcome).toBe('201');
        lost.delete(idempotencyKey);
        const { apiKey, secret } = made.json;
        const key: Acknowledged = {
          path: `${acme}/api-keys/${apiKey.id}`,
          looks: { description: code, status: 'active' },
          secret,
        };
        acknowledge(key);
        if (i % 2) continue;
        key.looks = { description: code };
        delete key.secret;
        expect((await ask(`${key.path}/revoke`, { json: { reason: 'Killed' } })).outcome).toBe('200');
        key.looks = { status: 'revoked', revocationReason: 'Killed', version: 2 };
      } catch (error) {
        if (error instanceof TypeError) return;
        throw error;
      }
    }
  };

  it('61 kill -9 under write load, 20 times → every acknowledged write is there, and nothing half done', async () => {
    const acknowledged: Acknowledged[] = [];
    // At a different point of the writers' work each time.
    for (let writes = 1; writes <= 20; writes++)
      await writeUntilKilled(await startProcess(built.file, env), {
        writers: 4,
        writes,
        acknowledged,
        lost: new Map(),
      });

    const server = await startProcess(built.file, env);
    for (const { path, looks, secret } of acknowledged) {
      const found = await send(server, path, { as: 'ana' });
      expect(found.json, path).toMatchObject(looks);
      if (secret) expect((await send(server, '/integration/whoami', { key: secret })).outcome).toBe('200');
    }
    // Encrypted values can be decrypted.
    const tokens = acknowledged.filter(({ path }) => path.includes('provider-tokens')).slice(-5);
    for (const { looks } of tokens) {
      const { code } = looks as { code: string };
      const json = { provider: 'jira', code, purpose: 'A test', organizationId: 'acme' };
      expect((await send(server, '/integration/credentials', { as: 'ana', json })).outcome).toBe('200');
    }
    await server.kill();
  }, 900_000);

  it('61 a key whose answer was lost with the server → after its restart, by its Idempotency-Key, one key and its secret', async () => {
    const writes: Writes = { acknowledged: [], lost: new Map() };
    // A server may have answered all that it was asked before it is gone.
    while (!writes.lost.size)
      await writeUntilKilled(await startProcess(built.file, env), { writers: 6, writes: 20, ...writes });

    const again = await startProcess(built.file, env);
    for (const [idempotencyKey, description] of writes.lost) {
      const repeated = { json: { description }, headers: { 'Idempotency-Key': idempotencyKey } };
      const made = await send<{ secret: string }>(again, `${acme}/api-keys`, { as: 'ana', ...repeated });
      expect(made.outcome).toBe('201');
      expect((await send(again, '/integration/whoami', { key: made.json.secret })).outcome).toBe('200');
      const found = await send<{ data: unknown[] }>(again, `${acme}/api-keys?q=${description}`, { as: 'ana' });
      expect(found.json.data).toHaveLength(1);
    }
    await again.kill();
  }, 900_000);
});
