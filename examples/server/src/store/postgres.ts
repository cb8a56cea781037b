import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from '../ports/logger.js';
import { migrate } from './migrations.js';
import { createStore, type Store } from './store.js';
import type { Tables } from './tables.js';

const int8 = 20;
// Instants and counts, all below 2^53.
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Two processes may come at once, and `if not exists` alone lets them collide. It also asks for the right to make schemas
 * where there is nothing left to make, which a host need not give.
 */
const createSchema = async (url: string, schema: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
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

export const openPostgres = async (url: string, schema: string, logger: Logger): Promise<Store> => {
  await createSchema(url, schema);
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5000,
    // A write that waits longer for a lock than this is told to come again.
    options: `-c search_path=${schema} -c lock_timeout=10000 -c synchronous_commit=on`,
    types,
  });
  // A connection that breaks, as when the database restarts, is replaced by the pool; whoever was using it is told by
  // their next query. Without these, the error of one that is idle, or between two queries, would end the process.
  const lost = (error: Error) => logger.warn({ error: error.name }, 'a database connection was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  const db = new Kysely<Tables>({ plugins: [new CamelCasePlugin()], dialect: new PostgresDialect({ pool }) });
  await migrate(db, 'postgres', schema);
  return createStore(db, 'postgres');
};
