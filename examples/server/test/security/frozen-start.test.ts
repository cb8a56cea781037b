import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { encryptionKey } from '../harness.js';
import { type OwnPostgres, startPostgresServer } from '../own-postgres.js';
import { buildServer, runToEnd } from '../server-process.js';

interface Gate {
  port: number;
  /** Whether what it waits for has come. */
  isReached: () => boolean;
  close: () => void;
}

/** Stands before the database, and freezes it before the first message that matches is passed on. */
const startGate = async (postgres: OwnPostgres, pattern: RegExp): Promise<Gate> => {
  let isReached = false;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(Number(new URL(postgres.url).port), '127.0.0.1');
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => [client, database].forEach((either) => either.destroy()));
    }
    database.pipe(client);
    const passOn = async (message: Buffer): Promise<void> => {
      client.pause();
      if (!isReached && pattern.test(message.toString('latin1'))) {
        isReached = true;
        await postgres.freeze();
      }
      database.write(message);
      client.resume();
    };
    client.on('data', (message: Buffer) => void passOn(message));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // Listening on a port.
    port: (server.address() as AddressInfo).port,
    isReached: () => isReached,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};

describe('a PostgreSQL that freezes while the server starts', () => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  let dataDir: string;
  let postgres: OwnPostgres;
  let databases = 0;
  beforeAll(async () => {
    built = await buildServer();
    dataDir = await mkdtemp(join(tmpdir(), 'cockpit-frozen-'));
    postgres = await startPostgresServer(inject('isPooled'));
  });
  afterAll(async () => {
    await postgres.stop();
    await built.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const createDatabase = async (): Promise<string> => {
    const name = `frozen_${++databases}`;
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(`create database ${name}`);
    await client.end();
    return name;
  };

  // A message begins with the letter of its kind and its length.
  it.each<[step: string, message: RegExp]>([
    ['waits for its turn to migrate', /pg_advisory_xact_lock/],
    ['makes its schema', /create schema/],
    ['ends a connection', /^X\0\0\0\x04$/],
    ['makes its tables', /create table "[^"]*"\."person"/],
    ['makes its last index', /create index "api_key_ended_expires_at"/],
    ['reads what is in its tables', /from "[^"]*"\."organization"/],
    ['fills its tables', /insert into "[^"]*"\."api_key"/],
  ])(
    '67 when it %s → ends with code 1 and one line that names the setting',
    async (_, message) => {
      const name = await createDatabase();
      const gate = await startGate(postgres, message);
      try {
        const { code, output } = await runToEnd(built.file, {
          DEMO: '1',
          PORT: '0',
          DATA_DIR: dataDir,
          DATABASE_URL: `postgres://postgres:canary@127.0.0.1:${gate.port}/${name}`,
          ENCRYPTION_KEYS: encryptionKey,
          LOG_LEVEL: 'silent',
        });
        expect(gate.isReached()).toBe(true);
        expect(output.trim().split('\n')).toEqual([
          'The server cannot start:',
          expect.stringMatching(
            /^DATABASE_URL: the database at \S+ cannot be used: there was no answer in time\. Example: /,
          ),
        ]);
        expect(output).not.toContain('canary');
        expect(code).toBe(1);
      } finally {
        await postgres.thaw();
        gate.close();
      }
    },
    120_000,
  );
});
