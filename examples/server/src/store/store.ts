import type { Kysely } from 'kysely';
import { activityIn } from './activity.js';
import { apiKeysIn } from './api-keys.js';
import { apiKeysWithin } from './api-keys-within.js';
import { avatarsIn } from './avatars.js';
import { type DirectoryTables, directoryIn } from './directory.js';
import { recurringJobsIn } from './jobs.js';
import { keyCreationsIn } from './key-creations.js';
import { notificationSettingsIn } from './notification-settings.js';
import { outboxIn } from './outbox.js';
import { ownersIn } from './owners.js';
import { peopleIn } from './people.js';
import { providerTokensIn } from './provider-tokens.js';
import type { Tables } from './tables.js';

const recordsIn = (db: Kysely<Tables>) => ({
  people: peopleIn(db),
  avatars: avatarsIn(db),
  owners: ownersIn(db),
  providerTokens: providerTokensIn(db),
  apiKeys: { ...apiKeysIn(db), ...apiKeysWithin(db) },
  keyCreations: keyCreationsIn(db),
  activity: activityIn(db),
  notificationSettings: notificationSettingsIn(db),
  outbox: outboxIn(db),
  recurringJobs: recurringJobsIn(db),
});

/** All records, read and written within one transaction or each for itself. */
export type Records = ReturnType<typeof recordsIn>;

export interface Store extends Records {
  /** For tests and tools; the domain goes by the records. */
  readonly db: Kysely<Tables>;
  readonly directory: DirectoryTables;
  /**
   * All or nothing. Within the callback only `tx` may be used: on SQLite anything else waits for the transaction, which
   * waits for it; on PostgreSQL it would run outside.
   */
  transaction<T>(work: (tx: Records) => Promise<T>): Promise<T>;
  /** Throws where the database does not answer within two seconds. */
  check(): Promise<void>;
  /** Takes what has been deleted out of the database's files. */
  compact(): Promise<void>;
  close(): Promise<void>;
}

/** Operations that differ between the two databases. */
export interface Database {
  check: () => Promise<void>;
  compact?: () => Promise<void>;
  close: () => Promise<void>;
}

export const createStore = (db: Kysely<Tables>, { check, compact, close }: Database): Store => ({
  ...recordsIn(db),
  db,
  directory: directoryIn(db),
  transaction: (work) => db.transaction().execute((trx) => work(recordsIn(trx))),
  check,
  compact: compact ?? (() => Promise.resolve()),
  close,
});

// SQLite: busy, locked, disk I/O, full, cannot open. Their extended codes have these in the lower byte.
const sqliteUnavailable = new Set([5, 6, 10, 13, 14]);
// PostgreSQL: connection exceptions, lack of resources, operator intervention, deadlock, serialization, lock timeout.
const postgresUnavailable = /^(08|53|57|40001|40P01|55P03)/;
const networkUnavailable = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
const driverUnavailable =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|connection ended/i;

/** Whether an error says that the database is busy or gone, so that coming again later may help. */
export const isStoreUnavailable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') return sqliteUnavailable.has(error.errcode & 0xff);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return postgresUnavailable.test(code) || networkUnavailable.test(code) || driverUnavailable.test(error.message);
};
