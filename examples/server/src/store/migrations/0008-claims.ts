import type { Kysely } from 'kysely';

export const claims = async (db: Kysely<unknown>): Promise<void> => {
  await db.schema.alterTable('person').addColumn('claims_at', 'bigint').execute();
};
