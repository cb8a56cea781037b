import type { Kysely } from 'kysely';
import { chunksOf } from './batches.js';
import { jobsIn } from './jobs.js';
import type { MailRow, Tables } from './tables.js';

/** Events that have been taken in, and the mails that are to be sent: one row for one person and occasion. */
export const outboxIn = (db: Kysely<Tables>) => ({
  /** The contents of a settled mail are forgotten. */
  ...jobsIn<MailRow>(db, 'mail', { contents: '' }),

  /** Whether the event was new. */
  addEvent: async (id: string, at: number): Promise<boolean> => {
    const added = await db
      .insertInto('publishedEvent')
      .values({ id, at })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .execute();
    return added.length > 0;
  },

  /** Those for an occasion that the person was mailed about already are left out. */
  add: async (mails: readonly MailRow[]): Promise<void> => {
    for await (const chunk of chunksOf(mails))
      await db
        .insertInto('mail')
        .values(chunk)
        .onConflict((conflict) => conflict.columns(['occasion', 'userId']).doNothing())
        .execute();
  },

  /** How many people are or were to be mailed about it. */
  recipientsOf: async (occasion: string): Promise<number> => {
    const { recipients } = await db
      .selectFrom('mail')
      .select((eb) => eb.fn.countAll().as('recipients'))
      .where('occasion', '=', occasion)
      .executeTakeFirstOrThrow();
    return Number(recipients);
  },

  /** Those of these occasions that at least one person was mailed about. */
  knownDedupeKeys: async (dedupeKeys: readonly string[]): Promise<Set<string>> => {
    const known = new Set<string>();
    for await (const chunk of chunksOf(dedupeKeys)) {
      const rows = await db.selectFrom('mail').select('occasion').distinct().where('occasion', 'in', chunk).execute();
      for (const { occasion } of rows) known.add(occasion);
    }
    return known;
  },

  /** Events taken in before then, of at most so many: one of them would be taken in anew. */
  deleteEventsBefore: async (at: number, limit: number): Promise<number> => {
    const old = db.selectFrom('publishedEvent').select('id').where('at', '<=', at).limit(limit);
    const { numDeletedRows } = await db.deleteFrom('publishedEvent').where('id', 'in', old).executeTakeFirst();
    return Number(numDeletedRows);
  },
});
