import { sql } from 'kysely';
import type { TestServer } from './harness.js';

/** Whether a statement waits for a lock on the PostgreSQL database of this server. */
export const waitsForLock = async ({ store: { db } }: Pick<TestServer, 'store'>): Promise<boolean> => {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
  return rows.length > 0;
};
