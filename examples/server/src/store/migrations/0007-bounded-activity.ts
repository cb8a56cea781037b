import { type Kysely, sql } from 'kysely';

/** Repeated refusals are counted in one row; what is too old is found by its age. */
export const boundedActivity = async (db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> => {
  // Byte order on both, so that pages and cursors agree.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .alterTable('activity')
    .addColumn('count', 'bigint', (c) => c.notNull().defaultTo(1))
    .execute();
  await db.schema.alterTable('activity').addColumn('last_at', 'bigint').execute();
  await db.schema.alterTable('activity').addColumn('repeat_key', text).execute();
  await db.schema.createIndex('activity_repeat').unique().on('activity').column('repeat_key').execute();
  // An expression, which only the clean-up has in its query: PostgreSQL would read lists along an index on `at`.
  await db.schema.createIndex('activity_age').on('activity').expression(sql`coalesce(at, 0)`).execute();
  for (const column of ['revoked_at', 'expires_at'])
    await db.schema
      .createIndex(`api_key_ended_${column}`)
      .on('api_key')
      .column(column)
      .where(sql.ref(column), 'is not', null)
      .execute();
};
