import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { sql } from 'kysely';
import pg from 'pg';
import { inject } from 'vitest';
import { readConfig } from '../src/config.js';
import { demoSigningKey, type SigningKey } from '../src/demo/keys.js';
import { sessionCookieOf, signDemoSession } from '../src/demo/sessions.js';
import { createLogger } from '../src/adapters/pino-logger.js';
import type { KeyWrapping } from '../src/ports/key-wrapping.js';
import type { Clock } from '../src/ports/clock.js';
import { startServer as start } from '../src/server.js';
import type { Store } from '../src/store/store.js';

type Database = 'sqlite' | 'postgres';
export const databases: readonly Database[] = inject('isPooled') ? ['postgres'] : ['sqlite', 'postgres'];

/** The one system that a test server serves. */
export const system = 'test';

export interface TestServerOptions {
  database: Database;
  /** AI Cockpit One's, unless said otherwise. */
  policy?: HostPolicy;
  /** Real time, which `advance` moves on, unless said otherwise. */
  clock?: Clock;
  /** A key-management service, in place of the encryption keys. */
  keyWrapping?: KeyWrapping;
  /** Settings beside the test's own, as the environment would give them. */
  env?: Record<string, string>;
  /** Another server on the same data: a second process, as far as the two can tell. */
  beside?: Pick<TestServer, 'clock' | 'dataDir' | 'databaseUrl'>;
}

export interface TestServer {
  database: Database;
  /** `http://127.0.0.1:port` */
  origin: string;
  /** Where the API stands. */
  baseUrl: string;
  /** Below which the demo's own session routes stand. */
  systemUrl: string;
  clock: Clock;
  /** Moves the server's clock on. */
  advance: (milliseconds: number) => void;
  store: Store;
  /** The name of the cookie that may hold a session. */
  sessionCookie: string;
  /** A bearer token for one of the demo's people, or for anybody else. */
  session: (userId: string) => Promise<string>;
  /** For forging sessions: signed by the right key, saying the wrong thing. */
  signingKey: SigningKey;
  /** All that the server has logged. */
  logs: () => string;
  /** All that an intruder finds where the data are: files, or rows. Bytes as Latin-1. */
  dump: () => Promise<string>;
  /** The housekeeping that otherwise happens every minute. */
  sweep: () => Promise<void>;
  /** Until writes that no answer waits for are done. */
  settled: () => Promise<void>;
  dataDir: string;
  databaseUrl: string | undefined;
  close: () => Promise<void>;
}

/** The default encryption key of servers under test. */
export const encryptionKey = 'test:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=';

let databasesMade = 0;

/** A new, empty one on the PostgreSQL of this run. */
export const createDatabase = async (): Promise<string> => {
  const url = inject('postgresUrl');
  const name = `test_${process.pid}_${++databasesMade}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return url.replace(/postgres$/, name);
};

const latin1 = (value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;

const dumpFiles = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.includes('.sqlite'))
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');

const dumpRows = async ({ db }: Store): Promise<string> => {
  const tables = await db.introspection.getTables();
  const contents = await Promise.all(
    tables.map(({ schema, name }) =>
      sql<Record<string, unknown>>`select * from ${sql.table(schema ? `${schema}.${name}` : name)}`.execute(db),
    ),
  );
  return contents.flatMap(({ rows }) => rows.map((row) => Object.values(row).map(latin1).join('\t'))).join('\n');
};

/** A real server over HTTP, in this process, on data of its own. */
export const startServer = async (options: TestServerOptions): Promise<TestServer> => {
  const { database, policy = aiCockpitOne, beside, env = {} } = options;
  let ahead = 0;
  const clock = options.clock ?? beside?.clock ?? { now: () => Date.now() + ahead };
  const dataDir = beside?.dataDir ?? mkdtempSync(join(tmpdir(), 'cockpit-server-'));
  const databaseUrl = beside ? beside.databaseUrl : database === 'postgres' ? await createDatabase() : undefined;

  const lines: string[] = [];
  const logger = createLogger('debug', { write: (line) => void lines.push(line) });
  const config = readConfig({
    DEMO: '1',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEYS: encryptionKey,
    ...env,
  });
  const { keyWrapping = null } = options;
  const server = await start({ ...config, keyWrapping, products: [{ name: system, policy }] }, logger, clock);
  const [served] = server.products;
  if (!served) throw new Error('The server serves nothing');
  const signingKey = await demoSigningKey(dataDir);
  const systemUrl = `${server.origin}/${system}`;

  return {
    database,
    origin: server.origin,
    baseUrl: `${systemUrl}/v1`,
    systemUrl,
    clock,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    store: served.store,
    sessionCookie: sessionCookieOf(system),
    session: (userId) => signDemoSession(signingKey, clock, system, userId),
    signingKey,
    logs: () => lines.join(''),
    dump: () => (database === 'sqlite' ? Promise.resolve(dumpFiles(dataDir)) : dumpRows(served.store)),
    sweep: served.sweep,
    settled: () => server.background.settled(),
    dataDir,
    databaseUrl,
    close: async () => {
      await server.close();
      if (!beside) rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
