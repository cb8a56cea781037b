import { type Kysely, sql } from 'kysely';
import { chunksOf } from './batches.js';
import type { MailRow, Tables } from './tables.js';

/** As the partial index has it: with a parameter instead, SQLite would not use it. */
const isWaiting = sql<boolean>`state = 'waiting'`;

/** Events that have been taken in, and the mails that are to be sent: one row for one person and occasion. */
export const outboxIn = (db: Kysely<Tables>) => ({
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
  knownOccasions: async (occasions: readonly string[]): Promise<Set<string>> => {
    const known = new Set<string>();
    for await (const chunk of chunksOf(occasions)) {
      const rows = await db.selectFrom('mail').select('occasion').distinct().where('occasion', 'in', chunk).execute();
      for (const { occasion } of rows) known.add(occasion);
    }
    return known;
  },

  /**
   * The mail that has waited longest of those whose time has come. It is this caller's until `until`: if nothing is
   * heard of it by then, it is somebody's again.
   */
  claim: async (now: number, until: number): Promise<MailRow | undefined> => {
    for (;;) {
      const due = await db
        .selectFrom('mail')
        .select(['id', 'attempts'])
        .where('state', '=', 'waiting')
        .where('nextAttemptAt', '<=', now)
        .orderBy('nextAttemptAt')
        .orderBy('id')
        .executeTakeFirst();
      if (!due) return undefined;
      const claimed = await db
        .updateTable('mail')
        .set({ attempts: due.attempts + 1, nextAttemptAt: until })
        .where('id', '=', due.id)
        .where('state', '=', 'waiting')
        .where('attempts', '=', due.attempts)
        .returningAll()
        .executeTakeFirst();
      // Else another process was quicker.
      if (claimed) return claimed;
    }
  },

  /** To be tried again, unless another process has it by now. */
  postpone: async ({ id, attempts }: MailRow, until: number): Promise<void> => {
    await db
      .updateTable('mail')
      .set({ nextAttemptAt: until })
      .where('id', '=', id)
      .where('attempts', '=', attempts)
      .execute();
  },

  /** No more to be done; what it said is forgotten. */
  settle: async ({ id }: MailRow, state: Exclude<MailRow['state'], 'waiting'>, at: number): Promise<void> => {
    await db.updateTable('mail').set({ state, settledAt: at, contents: '' }).where('id', '=', id).execute();
  },

  /** Of what was decided on before then, no more is sent. Answers how many there were, of at most so many. */
  giveUpBefore: async (at: number, now: number, limit: number): Promise<number> => {
    const old = db.selectFrom('mail').select('id').where(isWaiting).where('createdAt', '<=', at).limit(limit);
    const { numUpdatedRows } = await db
      .updateTable('mail')
      .set({ state: 'refused', settledAt: now, contents: '' })
      .where('id', 'in', old)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  },

  waiting: async (): Promise<{ waiting: number; oldestAt: number | null }> => {
    const { waiting, oldestAt } = await db
      .selectFrom('mail')
      .select((eb) => [eb.fn.countAll().as('waiting'), eb.fn.min('createdAt').as('oldestAt')])
      .where(isWaiting)
      .executeTakeFirstOrThrow();
    return { waiting: Number(waiting), oldestAt };
  },

  /** Mails done with before then, of at most so many: the same occasion would be mailed anew. */
  deleteMailsBefore: async (at: number, limit: number): Promise<number> => {
    const old = db.selectFrom('mail').select('id').where('settledAt', '<=', at).limit(limit);
    const { numDeletedRows } = await db.deleteFrom('mail').where('id', 'in', old).executeTakeFirst();
    return Number(numDeletedRows);
  },

  /** Events taken in before then, of at most so many: one of them would be taken in anew. */
  deleteEventsBefore: async (at: number, limit: number): Promise<number> => {
    const old = db.selectFrom('publishedEvent').select('id').where('at', '<=', at).limit(limit);
    const { numDeletedRows } = await db.deleteFrom('publishedEvent').where('id', 'in', old).executeTakeFirst();
    return Number(numDeletedRows);
  },
});
