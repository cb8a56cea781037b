import type { ActivityAction } from '@ai-cockpit/sdk/contract';
import type { Background } from '../ports/background.js';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { Catalogue } from '../providers/catalogue.js';
import type { OwnerRef } from '../store/owners.js';
import type { Records } from '../store/store.js';
import { type ActivityEntry, type ActivitySubject, type Actor, recordActivity } from './activity.js';

/** Where a request came from, for the log of activity and for limits. */
export interface Origin extends Pick<Actor, 'source' | 'requestId'> {
  /** The part of the source that limits count by. */
  network: string;
}

interface RejectedCredentialsContext {
  store: Pick<Records, 'activity'>;
  clock: Clock;
  random: Random;
  catalogue: Catalogue;
  background: Background;
}

export interface RejectedCredentials {
  /**
   * One write a minute for one source, reason and key, and one row an hour: a thousand wrong keys do not write a thousand
   * rows, nor hide that somebody presents a revoked one. Only a key that was right once is named here.
   */
  record: (
    action: ActivityAction,
    reason: string,
    origin: Origin,
    subject?: ActivitySubject | null,
    owner?: OwnerRef | null,
  ) => Promise<void>;
  /** Adds the repetitions of the last minutes to the rows of the first. */
  addRepetitions: () => void;
}

const recordEvery = 60_000;

/** Records rejected credentials as activity, and counts repetitions in memory. */
export const createRejectedCredentials = (context: RejectedCredentialsContext): RejectedCredentials => {
  const { clock, store, background } = context;
  const recorded = new Map<string, { at: number; repetitions: number; entry: ActivityEntry }>();

  const addRepetitions: RejectedCredentials['addRepetitions'] = () => {
    const now = clock.now();
    // The oldest come first.
    for (const [key, { at, repetitions, entry }] of recorded) {
      if (at > now - recordEvery) break;
      recorded.delete(key);
      if (repetitions > 0)
        background.run(() => recordActivity(context, store, clock.now(), { ...entry, count: repetitions }));
    }
  };

  const record: RejectedCredentials['record'] = async (action, reason, origin, subject = null, owner = null) => {
    addRepetitions();
    const key = [action, origin.network, reason, subject?.id].join(' ');
    const earlier = recorded.get(key);
    if (earlier) {
      earlier.repetitions += 1;
      return;
    }
    const actor: Actor = { kind: 'none', id: null, name: null, ...origin };
    const entry: ActivityEntry = {
      action,
      outcome: 'unauthenticated',
      actor,
      owner,
      subject,
      detail: { reason },
      kind: reason,
    };
    recorded.set(key, { at: clock.now(), repetitions: 0, entry });
    await recordActivity(context, store, clock.now(), entry);
  };

  return { record, addRepetitions };
};
