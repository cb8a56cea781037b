import { type Kysely, sql } from 'kysely';

/** Background work that recurs: one row for each kind. Mail has had the same columns in its own table since 0005. */
export const jobs = async (db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> => {
  // Byte order on both, so that pages and cursors agree.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('job')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('state', text, (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_attempt_at', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('settled_at', 'bigint')
    .addCheckConstraint('job_state', sql`state in ('waiting', 'done', 'refused')`)
    .execute();
  await db.schema.createIndex('job_due').on('job').columns(['kind', 'state', 'next_attempt_at', 'id']).execute();
};
