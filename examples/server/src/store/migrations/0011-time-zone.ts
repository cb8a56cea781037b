import { type Kysely, sql } from 'kysely';

export const timeZone = async (db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> => {
  // Byte order on both, so that pages and cursors agree.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema.alterTable('notification_settings').addColumn('time_zone', text).execute();
};
