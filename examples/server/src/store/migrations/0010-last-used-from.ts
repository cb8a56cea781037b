import { type Kysely, sql } from 'kysely';

export const lastUsedFrom = async (db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> => {
  // Byte order on both, so that pages and cursors agree.
  const text = dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
  for (const column of ['last_used_address', 'last_used_product'])
    await db.schema.alterTable('api_key').addColumn(column, text).execute();
};
