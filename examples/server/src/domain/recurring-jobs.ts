import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Random } from '../ports/random.js';
import type { Store } from '../store/store.js';
import { backoff } from './backoff.js';
import { oneAtATime } from './one-at-a-time.js';

const minute = 60_000;
/** After which another process takes over the work of one that has died. Longer than a run usually takes. */
const leaseDuration = 5 * minute;
const longestBackoff = 10 * minute;

/**
 * Work that one of all processes does again and again. Where a process dies, or a run takes longer than the lease, the
 * same work is done twice: a run that repeats another has to be harmless.
 */
export interface RecurringJob {
  /** Names the job in the database: all processes mean the same by it. */
  kind: string;
  /** Milliseconds from the beginning of one run to the next. */
  interval: number;
  /** Whether this process can do the work; another one may be configured otherwise. */
  isPossible?: () => boolean;
  run: () => Promise<void>;
}

interface RecurringJobsContext {
  store: Pick<Store, 'recurringJobs'>;
  clock: Clock;
  random: Random;
  logger: Logger;
}

/** Runs the jobs that are due, one after the other. A job that fails is tried again later, and keeps no other from its run. */
export const createRecurringJobs = (
  { store: { recurringJobs }, clock, random, logger }: RecurringJobsContext,
  jobs: readonly RecurringJob[],
): (() => Promise<void>) => {
  let areAdded = false;

  const runIfDue = async ({ kind, interval, run }: RecurringJob): Promise<void> => {
    const startedAt = clock.now();
    const claimed = await recurringJobs.claim(startedAt, startedAt + leaseDuration, kind);
    if (!claimed) return;
    try {
      await run();
    } catch (error) {
      const { attempts } = claimed;
      logger.warn({ job: kind, attempts, error: error instanceof Error ? error.name : 'unknown' }, 'a job failed');
      await recurringJobs.postpone(claimed, clock.now() + backoff(random, attempts, minute, longestBackoff));
      return;
    }
    await recurringJobs.postpone(claimed, startedAt + interval, 0);
  };

  return oneAtATime(async () => {
    if (!areAdded) for (const { kind } of jobs) await recurringJobs.add(kind, clock.now());
    areAdded = true;
    for (const job of jobs) if (job.isPossible?.() ?? true) await runIfDue(job);
  });
};
