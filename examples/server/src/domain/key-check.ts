import { parseApiKey } from '@ai-cockpit/sdk/api-key-format';
import type { KeyIdentity, Owner } from '@ai-cockpit/sdk/contract';
import type { Background } from '../ports/background.js';
import type { Clock } from '../ports/clock.js';
import type { Directory } from '../ports/directory.js';
import type { UseOrigin } from '../store/api-keys.js';
import type { OwnerRef } from '../store/owners.js';
import type { Records } from '../store/store.js';
import type { ApiKeyRow } from '../store/tables.js';
import { nameOfOwner } from './access.js';
import type { ActivitySubject } from './activity.js';
import { statusOf, subjectOf } from './api-keys.js';
import { instantOrNull } from './instants.js';
import { personName } from './people.js';
import type { Peppers } from './peppers.js';
import { ProblemError } from './problem-error.js';

/** A key that was presented and is good, and whose it is. */
export interface PresentedKey {
  id: string;
  /** The key's name in activity and messages. */
  name: string;
  owner: OwnerRef & Owner;
  module: string | null;
  expiresAt: number | null;
}

/** Why a key is no good: for the activity log, never for whoever presented it. */
type KeyRejection = 'malformed' | 'unknown' | 'wrong' | 'revoked' | 'expired' | 'owner_gone';

export type KeyCheck =
  | { key: PresentedKey }
  /** The key, only if its whole value was presented. */
  | { rejection: KeyRejection; subject: ActivitySubject | null; owner: OwnerRef | null };

/** One write a minute is enough to tell when a key was last used. */
const useResolution = 60_000;

/** Checks a key that was presented, and notes where it was used from. */
export type CheckKey = (value: string, from: UseOrigin) => Promise<KeyCheck>;

interface KeyCheckContext {
  store: Pick<Records, 'apiKeys' | 'people'>;
  directory: Directory;
  clock: Clock;
  peppers: Peppers;
  background: Background;
}

/** The store is asked each time: what is revoked is revoked from the next request, on every process. */
export const createKeyCheck = (context: KeyCheckContext): CheckKey => {
  const { store, directory, clock, peppers, background } = context;
  const marked = new Map<string, number>();

  /** Hashes the key under the current pepper, so that an older one is needed no longer. */
  const rehash = ({ id, hash }: ApiKeyRow, value: string): void => {
    if (peppers.isCurrent(hash)) return;
    background.run(async () => store.apiKeys.replaceHash(id, hash, await peppers.hash(value)));
  };

  const markUsed = ({ id, lastUsedAt }: ApiKeyRow, from: UseOrigin): void => {
    const now = clock.now();
    const since = now - useResolution;
    if (Math.max(lastUsedAt ?? -1, marked.get(id) ?? -1) > since) return;
    // Only recent marks say anything, and only they are kept: the oldest come first.
    for (const [old, at] of marked) {
      if (at > since) break;
      marked.delete(old);
    }
    marked.set(id, now);
    background.run(() => store.apiKeys.markUsed(id, now, since, from));
  };

  return async (value, from) => {
    const parsed = parseApiKey(value);
    if (!parsed) return { rejection: 'malformed', subject: null, owner: null };

    const row = await store.apiKeys.findPresented(parsed.id);
    if (!row) {
      // As much work as for a key that exists.
      await peppers.hash(value);
      return { rejection: 'unknown', subject: null, owner: null };
    }
    const owner: OwnerRef = { kind: row.ownerKind, id: row.ownerId };
    // A guessed id is not recorded with the owner of that key.
    if (!(await peppers.matches(value, row.hash))) return { rejection: 'wrong', subject: null, owner: null };
    const status = statusOf(row, clock.now());
    if (status !== 'active') return { rejection: status, subject: subjectOf(row), owner };
    const name = await nameOfOwner(directory, (id) => personName(context, id), owner);
    if (name === null) return { rejection: 'owner_gone', subject: subjectOf(row), owner };

    markUsed(row, from);
    rehash(row, value);
    return { key: { ...subjectOf(row), owner: { ...owner, name }, module: row.module, expiresAt: row.expiresAt } };
  };
};

export const opensModule = ({ module }: PresentedKey, requested: string): boolean =>
  module === null || module === requested;

/** Says which module it would take. */
export const moduleError = ({ module }: PresentedKey, asked: string): ProblemError =>
  new ProblemError(
    'module_not_allowed',
    [],
    undefined,
    `The key is restricted to the module ${module}. This needs a key of the module ${asked}, or one without a module.`,
  );

export const requireModuleAccess = (key: PresentedKey, module: string): void => {
  if (!opensModule(key, module)) throw moduleError(key, module);
};

export const identityOf = ({ id, owner, module, expiresAt }: PresentedKey): KeyIdentity => ({
  apiKeyId: id,
  owner,
  module,
  expiresAt: instantOrNull(expiresAt),
});
