import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, system, type TestServer } from '../harness.js';
import { acme, mint, mintKey, send } from './exchange.js';

/** Another process's connection, as far as SQLite can tell, in the middle of a write. */
const holdWriteLock = ({ dataDir }: TestServer): (() => void) => {
  const other = new DatabaseSync(join(dataDir, `${system}.sqlite`));
  other.exec('pragma busy_timeout = 5000; begin immediate');
  return () => {
    other.exec('rollback');
    other.close();
  };
};

describe('SQLite while another process holds the write lock', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database: 'sqlite' });
    // The first sign-in of a person writes.
    for (const as of ['ana', 'bruno']) expect((await send(server, '/profile', { as })).outcome).toBe('200');
  });
  afterAll(() => server.close());

  const read = () => send(server, '/profile', { as: 'bruno' });

  it('66 reads go on, however many writes wait, and each write is answered 503 with Retry-After', async () => {
    const release = holdWriteLock(server);
    try {
      const ended: string[] = [];
      const writes = Array.from({ length: 8 }, async () => {
        const answer = await mint(server, 'ana', acme);
        ended.push('write');
        return answer;
      });
      for (let i = 0; i < 10; i++) {
        expect((await read()).outcome).toBe('200');
        expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
      }
      ended.push('reads');
      for (const { outcome, headers } of await Promise.all(writes)) {
        expect(outcome).toBe('503 unavailable');
        expect(headers.get('Retry-After')).toMatch(/^\d+$/);
      }
      // None of the reads waited for the writes.
      expect(ended[0]).toBe('reads');
    } finally {
      release();
    }
    expect((await mint(server, 'ana', acme)).outcome).toBe('201');
  });

  it('66 writes wait at the same time, not one after another: all time out before a later one', async () => {
    const release = holdWriteLock(server);
    try {
      const order: string[] = [];
      const early = Array.from({ length: 8 }, async () => {
        expect((await mint(server, 'ana', acme)).outcome).toBe('503 unavailable');
        order.push('early');
      });
      await Promise.race(early);
      expect((await mint(server, 'ana', acme)).outcome).toBe('503 unavailable');
      order.push('late');
      await Promise.all(early);
      expect(order.at(-1)).toBe('late');
    } finally {
      release();
    }
  });

  it('66 the lock is released → a waiting write is done', async () => {
    const release = holdWriteLock(server);
    const write = mint(server, 'ana', acme);
    expect((await read()).outcome).toBe('200');
    release();
    expect((await write).outcome).toBe('201');
  });

  it('66 a request reads its own writes, at once and by its own connection', async () => {
    for (let i = 0; i < 20; i++) {
      const { apiKey, secret } = await mintKey(server, 'ana', acme);
      expect((await send(server, `${acme}/api-keys/${apiKey.id}`, { as: 'ana' })).outcome).toBe('200');
      expect((await send(server, '/integration/whoami', { key: secret })).outcome).toBe('200');
      const revoked = await send(server, `${acme}/api-keys/${apiKey.id}/revoke`, { as: 'ana', json: {} });
      expect(revoked.outcome).toBe('200');
      expect((await send(server, '/integration/whoami', { key: secret })).outcome).toBe('401 unauthenticated');
    }
  });
});
