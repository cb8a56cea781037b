import { type Kysely, sql } from 'kysely';

/** The counters of rate-limiter-flexible. Unlogged: a crash may empty the table, which costs nothing. */
export const sharedLimits = async (db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> => {
  if (dialect === 'sqlite') return;
  // Byte order on both, so that pages and cursors agree.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('rate_limit')
    .modifyFront(sql`unlogged`)
    .addColumn('key', text, (c) => c.primaryKey())
    .addColumn('points', 'integer', (c) => c.notNull())
    .addColumn('expire', 'bigint')
    .execute();
  await db.schema.createIndex('rate_limit_age').on('rate_limit').column('expire').execute();
};
