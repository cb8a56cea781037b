import { type Kysely, sql } from 'kysely';

export const notifications = async (db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> => {
  // Byte order on both, so that pages and cursors agree.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('notification_settings')
    .addColumn('user_id', text, (c) => c.primaryKey())
    .addColumn('email', text)
    .addColumn('enabled', 'integer', (c) => c.notNull())
    .addColumn('declined', text, (c) => c.notNull())
    .addColumn('locale', text, (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addCheckConstraint('notification_settings_enabled', sql`enabled in (0, 1)`)
    .execute();
  await db.schema
    .createTable('published_event')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('published_event_age').on('published_event').column('at').execute();
  await db.schema
    .createTable('mail')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('message_id', text, (c) => c.notNull())
    .addColumn('occasion', text, (c) => c.notNull())
    .addColumn('user_id', text, (c) => c.notNull())
    .addColumn('contents', text, (c) => c.notNull())
    .addColumn('state', text, (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_attempt_at', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('settled_at', 'bigint')
    .addUniqueConstraint('mail_once', ['occasion', 'user_id'])
    .addCheckConstraint('mail_state', sql`state in ('waiting', 'sent', 'refused', 'unwanted')`)
    .execute();
  await db.schema.createIndex('mail_due').on('mail').columns(['state', 'next_attempt_at', 'id']).execute();
  await db.schema.createIndex('mail_settled').on('mail').column('settled_at').execute();
};
