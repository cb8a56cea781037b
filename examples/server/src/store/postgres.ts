import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool, WithSchemaPlugin } from 'kysely';
import pg from 'pg';
import type { Logger } from '../ports/logger.js';
import { migrate } from './migrations.js';
import { createPool, type TransactionLimits, transactionalPool } from './postgres-pool.js';
import { createStore, type Store } from './store.js';
import type { Tables } from './tables.js';

const second = 1000;

/** In the database, for each transaction; each is shorter than the time that the server waits for an answer. */
const transactionLimits: TransactionLimits = { lock: 5 * second, statement: 9 * second, idle: 10 * second };
const pooled = { max: 10, connect: 5 * second, query: 10 * second };
/** Of its own, so that requests that wait for a connection do not make the server look as if its database were gone. */
const probing = { max: 1, connect: second, query: second };
/** A migration takes as long as it takes. */
const migrating = { max: 1, connect: 5 * second, query: null };

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Two processes may come at once, and `if not exists` alone lets them collide. It also asks for the right to make schemas
 * where there is nothing left to make, which a host need not give.
 */
const createSchema = async (url: string, schema: string): Promise<void> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5 * second,
    query_timeout: 5 * second,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext($1))`, [`create schema ${schema}`]);
    const { rowCount } = await client.query(`select 1 from pg_namespace where nspname = $1`, [schema]);
    if (!rowCount) await client.query(`create schema ${quoted(schema)}`);
    await client.query('commit');
  } finally {
    await client.end();
  }
};

/** Every table is named with its schema: a search path belongs to a session, which a pooler shares among callers. */
const kyselyOn = (pool: PostgresPool, schema: string): Kysely<Tables> =>
  new Kysely<Tables>({
    plugins: [new CamelCasePlugin(), new WithSchemaPlugin(schema)],
    dialect: new PostgresDialect({ pool }),
  });

const migrateSchema = async (url: string, schema: string, logger: Logger): Promise<void> => {
  const db = kyselyOn(createPool(url, migrating, logger), schema);
  try {
    await migrate(db, 'postgres', logger, schema);
  } finally {
    await db.destroy();
  }
};

export const openPostgres = async (url: string, schema: string, logger: Logger): Promise<Store> => {
  await createSchema(url, schema);
  await migrateSchema(url, schema, logger);
  const probe = createPool(url, probing, logger);
  const db = kyselyOn(transactionalPool(createPool(url, pooled, logger), transactionLimits), schema);
  let checking: Promise<void> | undefined;
  return createStore(db, {
    // Whoever asks meanwhile gets the same answer.
    check: () =>
      (checking ??= probe
        .query('select 1')
        .then(() => undefined)
        .finally(() => (checking = undefined))),
    close: async () => {
      await Promise.all([db.destroy(), probe.end()]);
    },
  });
};
