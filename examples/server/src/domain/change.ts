import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { Catalogue } from '../providers/catalogue.js';
import type { OwnerRef } from '../store/owners.js';
import type { Records, Store } from '../store/store.js';
import { type ActivityEntry, type Actor, recordActivity } from './activity.js';

/** A write in progress. */
export interface UnitOfWork {
  /** The records, within the transaction. Nothing else may read or write until the work ends. */
  tx: Records;
  /** The time of the write: after the wait for the owner's lock. */
  now: number;
  /** Adds a row of activity about the owner, by the actor, to the transaction. */
  record: (entry: Omit<ActivityEntry, 'actor' | 'owner'>) => Promise<void>;
}

export interface ChangeOptions {
  /**
   * `false` for a write that counts nothing, and that compares a version where one matters: it does not wait for other
   * changes of the same owner.
   */
  locksOwner?: boolean;
}

/**
 * Makes one change to what an owner has, all or nothing: changes of the same owner happen one after the other. The work
 * makes no HTTP request to another server, as other changes wait for it.
 *
 * @param owner `null` for records that have no owner.
 * @param actor The person, key or service that makes the change.
 */
export type Change = <T>(
  owner: OwnerRef | null,
  actor: Actor,
  work: (unit: UnitOfWork) => Promise<T>,
  options?: ChangeOptions,
) => Promise<T>;

interface ChangeContext {
  store: Pick<Store, 'transaction'>;
  clock: Clock;
  random: Random;
  catalogue: Catalogue;
}

export const createChange =
  ({ store, clock, random, catalogue }: ChangeContext): Change =>
  (owner, actor, work, { locksOwner = true } = {}) =>
    store.transaction(async (tx) => {
      if (owner && locksOwner) await tx.owners.lock(owner);
      const now = clock.now();
      const record: UnitOfWork['record'] = (entry) =>
        recordActivity({ random, catalogue }, tx, now, { ...entry, actor, owner });
      return work({ tx, now, record });
    });
