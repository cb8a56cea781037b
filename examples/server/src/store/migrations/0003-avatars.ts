import { type Kysely, sql } from 'kysely';

export const avatars = async (db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> => {
  // Byte order on both, so that pages and cursors agree.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  const bytes = dialect === 'postgres' ? sql`bytea` : sql`blob`;
  await db.schema.alterTable('person').addColumn('avatar_version', 'integer').execute();
  await db.schema
    .createTable('avatar')
    .addColumn('person_id', text, (c) => c.primaryKey().references('person.id').onDelete('cascade'))
    .addColumn('media_type', text, (c) => c.notNull())
    .addColumn('bytes', bytes, (c) => c.notNull())
    .execute();
};
