import { type Kysely, type Updateable, sql } from 'kysely';
import type { JobColumns, JobRow, Tables } from './tables.js';

/** In the form of the partial indexes: with a parameter instead, SQLite would not use them. */
const isWaiting = sql<boolean>`state = 'waiting'`;

/** The tables whose rows are jobs. */
type JobTables = { [K in keyof Tables as Tables[K] extends JobColumns ? K : never]: Tables[K] };

/** The columns by which one claim of a job differs from every other. */
type Claim = Pick<JobColumns, 'id' | 'attempts' | 'nextAttemptAt'>;

/**
 * Claims, retries and settles the jobs of one table. Any number of processes may do so at the same time: a claim is a
 * compare-and-set on the attempts and their time, and its lease ends by itself where the process dies.
 *
 * @param cleared The values of a settled job's other columns.
 */
export const jobsIn = <Row extends JobColumns>(
  tables: Kysely<Tables>,
  table: keyof JobTables,
  cleared: Partial<Row> = {},
) => {
  // Kysely has no types for a table whose name is a parameter. These are the columns that every table of jobs has.
  const db = tables as unknown as Kysely<{ job: JobRow }>;
  const name = table as 'job';
  const update = (change: Updateable<JobRow>) => db.updateTable(name).set(change);

  return {
    /**
     * The job whose time came first. Until `leaseEnd` no other process gets it; if it is neither postponed nor settled by
     * then, it is due again.
     *
     * @param kind Of a table with several kinds of job: the only kind to claim.
     */
    claim: async (now: number, leaseEnd: number, kind?: string): Promise<Row | undefined> => {
      const waiting = db.selectFrom(name).select(['id', 'attempts', 'nextAttemptAt']).where('state', '=', 'waiting');
      for (;;) {
        const due = await (kind === undefined ? waiting : waiting.where('kind', '=', kind))
          .where('nextAttemptAt', '<=', now)
          .orderBy('nextAttemptAt')
          .orderBy('id')
          .executeTakeFirst();
        if (!due) return undefined;
        const claimed = await update({ attempts: due.attempts + 1, nextAttemptAt: leaseEnd })
          .where('id', '=', due.id)
          .where('state', '=', 'waiting')
          .where('attempts', '=', due.attempts)
          // A success since then has set the attempts back.
          .where('nextAttemptAt', '=', due.nextAttemptAt)
          .returningAll()
          .executeTakeFirst();
        // A row of this table, with the columns that this module does not know. Without one, another process was first.
        if (claimed) return claimed as JobColumns as Row;
      }
    },

    /**
     * Ends a claim: the job is due again at that time. Does nothing where the lease has ended and another process has
     * claimed the job.
     *
     * @param attempts The new number of attempts: 0 after a success.
     */
    postpone: async (claim: Claim, until: number, attempts = claim.attempts): Promise<void> => {
      await update({ nextAttemptAt: until, attempts })
        .where('id', '=', claim.id)
        .where('attempts', '=', claim.attempts)
        .where('nextAttemptAt', '=', claim.nextAttemptAt)
        .execute();
    },

    /** Ends a job for good. */
    settle: async ({ id }: Pick<Row, 'id'>, state: Exclude<Row['state'], 'waiting'>, at: number): Promise<void> => {
      // The columns of a settled job are those of its own table.
      const change = { ...cleared, state, settledAt: at } as Updateable<JobRow>;
      await update(change).where('id', '=', id).execute();
    },

    /** Gives up the jobs that were added by then. Returns their number, which is at most `limit`. */
    giveUpBefore: async (at: number, now: number, limit: number): Promise<number> => {
      const old = db.selectFrom(name).select('id').where(isWaiting).where('createdAt', '<=', at).limit(limit);
      // As in `settle`.
      const change = { ...cleared, state: 'refused', settledAt: now } as Updateable<JobRow>;
      const { numUpdatedRows } = await update(change).where('id', 'in', old).executeTakeFirst();
      return Number(numUpdatedRows);
    },

    /** Deletes the jobs that were settled by then. Returns their number, which is at most `limit`. */
    deleteSettledBefore: async (at: number, limit: number): Promise<number> => {
      const old = db.selectFrom(name).select('id').where('settledAt', '<=', at).limit(limit);
      const { numDeletedRows } = await db.deleteFrom(name).where('id', 'in', old).executeTakeFirst();
      return Number(numDeletedRows);
    },

    /** How many jobs are not settled, and when the oldest of them was added. */
    waiting: async (): Promise<{ waiting: number; oldestAt: number | null }> => {
      const { waiting, oldestAt } = await db
        .selectFrom(name)
        .select((eb) => [eb.fn.countAll().as('waiting'), eb.fn.min('createdAt').as('oldestAt')])
        .where(isWaiting)
        .executeTakeFirstOrThrow();
      return { waiting: Number(waiting), oldestAt };
    },
  };
};

/** Work that recurs: each kind is one job, which is never settled. */
export const recurringJobsIn = (db: Kysely<Tables>) => ({
  ...jobsIn<JobRow>(db, 'job'),

  /** Adds the job, due at once, unless a process has added it before. */
  add: async (kind: string, now: number): Promise<void> => {
    await db
      .insertInto('job')
      .values({ id: kind, kind, state: 'waiting', attempts: 0, nextAttemptAt: now, createdAt: now, settledAt: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  },
});
