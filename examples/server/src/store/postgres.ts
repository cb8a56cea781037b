import { CamelCasePlugin, Kysely, PostgresAdapter, PostgresDialect, sql, WithSchemaPlugin } from 'kysely';
import type { Logger } from '../ports/logger.js';
import { migrate } from './migrations.js';
import { createPool, openKept, type TransactionLimits, transactionalPool } from './postgres-pool.js';
import { createStore, type Store } from './store.js';
import type { Tables } from './tables.js';

const second = 1000;

/** In the database, for each transaction; each is shorter than the time that the server waits for an answer. */
const transactionLimits: TransactionLimits = { lock: 5 * second, statement: 9 * second, idle: 10 * second };
const pooled = { max: 10, kept: 4, connect: 5 * second, query: 10 * second };
/** Of its own, so that requests that wait for a connection do not make the server look as if its database were gone. */
const probing = { max: 1, kept: 1, connect: second, query: second };
/** A migration takes as long as it takes. */
const migrating = { max: 1, kept: 0, connect: 5 * second, query: null };

/** Every table is named with its schema: a search path belongs to a session, which a pooler shares among callers. */
const kyselyOn = (dialect: PostgresDialect, schema: string): Kysely<Tables> =>
  new Kysely<Tables>({ plugins: [new CamelCasePlugin(), new WithSchemaPlugin(schema)], dialect });

/**
 * Kysely locks migrations by a session's lock. A pooler may send the migrations to another connection than the one that
 * holds the lock: then two processes migrate at once, and a lock that is never released stops later starts.
 */
class UnlockedAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

class MigrationDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new UnlockedAdapter();
  }
}

/** Makes the schema too. All of it is one transaction, for which a process that starts at the same time waits. */
const migrateSchema = async (url: string, schema: string, logger: Logger): Promise<void> => {
  const db = kyselyOn(new MigrationDialect({ pool: createPool(url, migrating, logger) }), schema);
  try {
    await db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(hashtext(${`migrate ${schema}`}))`.execute(transaction);
      await migrate(transaction, 'postgres', logger, schema);
    });
  } finally {
    await db.destroy();
  }
};

export const openPostgres = async (url: string, schema: string, logger: Logger): Promise<Store> => {
  await migrateSchema(url, schema, logger);
  const probe = createPool(url, probing, logger);
  const pool = createPool(url, pooled, logger);
  await Promise.all([openKept(probe, probing), openKept(pool, pooled)]);
  const db = kyselyOn(new PostgresDialect({ pool: transactionalPool(pool, transactionLimits) }), schema);
  let checking: Promise<void> | undefined;
  return createStore(db, {
    // Concurrent callers share one check.
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
