import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** Deletes a record, unless it has another version by now. Answers whether it did. */
export const deleteVersion = async (
  db: Kysely<Tables>,
  table: 'apiKey' | 'providerToken',
  id: string,
  version: number,
): Promise<boolean> => {
  const deleted = await db
    .deleteFrom(table)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .execute();
  return deleted.length > 0;
};
