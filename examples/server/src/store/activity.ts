import type { Kysely } from 'kysely';
import type { ActivityRow, Tables } from './tables.js';

export const activityIn = (db: Kysely<Tables>) => ({
  add: async (row: ActivityRow): Promise<void> => {
    await db.insertInto('activity').values(row).execute();
  },
});
