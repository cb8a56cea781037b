import { type Kysely, sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration';
import type { Logger } from '../ports/logger.js';
import { first } from './migrations/0001-first.js';
import { sortedApiKeys } from './migrations/0002-sorted-api-keys.js';
import { avatars } from './migrations/0003-avatars.js';
import { administration } from './migrations/0004-administration.js';
import { notifications } from './migrations/0005-notifications.js';
import { sharedLimits } from './migrations/0006-shared-limits.js';
import { boundedActivity } from './migrations/0007-bounded-activity.js';
import { claims } from './migrations/0008-claims.js';
import { boundedStatements } from './migrations/0009-bounded-statements.js';
import { lastUsedFrom } from './migrations/0010-last-used-from.js';
import { timeZone } from './migrations/0011-time-zone.js';
import { jobs } from './migrations/0012-jobs.js';
import type { Tables } from './tables.js';

export type Dialect = 'sqlite' | 'postgres';

/**
 * A migration only adds: tables, indexes, and columns that may be empty or have a default. So the version before works on
 * the database beside the new one, and after it. What nothing uses any more may go one release later. Each is a file that
 * imports nothing of the server and never changes: databases have been migrated by it.
 */
const byName: Record<string, (db: Kysely<unknown>, dialect: Dialect) => Promise<void>> = {
  '0001_first': first,
  '0002_sorted_api_keys': sortedApiKeys,
  '0003_avatars': avatars,
  '0004_administration': administration,
  '0005_notifications': notifications,
  '0006_shared_limits': sharedLimits,
  '0007_bounded_activity': boundedActivity,
  '0008_claims': claims,
  '0009_bounded_statements': boundedStatements,
  '0010_last_used_from': lastUsedFrom,
  '0011_time_zone': timeZone,
  '0012_jobs': jobs,
};

export const migrations = (dialect: Dialect): Record<string, Migration> =>
  Object.fromEntries(Object.entries(byName).map(([name, up]) => [name, { up: (db) => up(db, dialect) }]));

/** The names of migrations that a newer version has made here, and this one does not know. */
const newerMigrations = async (
  db: Kysely<Tables>,
  dialect: Dialect,
  known: readonly string[],
  schema: string | undefined,
): Promise<string[]> => {
  const found = await (dialect === 'postgres'
    ? sql`select 1 from pg_tables where schemaname = ${schema ?? 'public'} and tablename = ${DEFAULT_MIGRATION_TABLE}`
    : sql`select 1 from sqlite_schema where name = ${DEFAULT_MIGRATION_TABLE}`
  ).execute(db);
  if (found.rows.length === 0) return [];
  const table = sql.table(schema ? `${schema}.${DEFAULT_MIGRATION_TABLE}` : DEFAULT_MIGRATION_TABLE);
  const { rows } = await sql<{ name: string }>`select name from ${table}`.execute(db);
  const newest = [...known].sort().at(-1) ?? '';
  return rows.map(({ name }) => name).filter((name) => name > newest);
};

/**
 * Brings the database to the newest shape. On PostgreSQL the caller gives a transaction that holds a lock. Without the name
 * of its schema, what has been done in another schema of the same database is taken for done in this one.
 */
export const migrate = async (db: Kysely<Tables>, dialect: Dialect, logger: Logger, schema?: string): Promise<void> => {
  const known = migrations(dialect);
  const newer = await newerMigrations(db, dialect, Object.keys(known), schema);
  // Kysely refuses a database with a migration that it cannot name: an older version could not start again.
  const nothing: Migration = { up: () => Promise.resolve() };
  const all = { ...known, ...Object.fromEntries(newer.map((name) => [name, nothing])) };
  const provider = { getMigrations: () => Promise.resolve(all) };
  const migrator = new Migrator({ db, provider, ...(schema && { migrationTableSchema: schema }) });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error('The database could not be migrated');
  if (newer.length > 0)
    logger.warn({ migrations: newer }, 'a newer version has migrated the database: this one works without what is new');
};
