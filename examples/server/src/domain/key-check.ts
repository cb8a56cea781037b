import { parseApiKey } from '@ai-cockpit/sdk/api-key-format';
import type { KeyIdentity, Owner } from '@ai-cockpit/sdk/contract';
import type { UseOrigin } from '../store/api-keys.js';
import type { OwnerRef } from '../store/owners.js';
import type { ApiKeyRow } from '../store/tables.js';
import { nameOfOwner } from './access.js';
import type { ActivitySubject } from './activity.js';
import { statusOf, subjectOf } from './api-keys.js';
import type { Environment } from './environment.js';
import { instantOrNull } from './instants.js';
import { personName } from './people.js';
import { Refusal } from './refusal.js';

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
type KeyFault = 'malformed' | 'unknown' | 'wrong' | 'revoked' | 'expired' | 'owner_gone';

export type KeyCheck =
  | { key: PresentedKey }
  /** The key, only if its whole value was presented. */
  | { fault: KeyFault; of: ActivitySubject | null; owner: OwnerRef | null };

/** One write a minute is enough to tell when a key was last used. */
const useResolution = 60_000;

export class KeyChecker {
  readonly #environment: Environment;
  readonly #marked = new Map<string, number>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Asks the store each time: what is revoked is revoked from the next request, on every process. */
  async check(value: string, from: UseOrigin): Promise<KeyCheck> {
    const { store, directory, clock, peppers } = this.#environment;
    const parsed = parseApiKey(value);
    if (!parsed) return { fault: 'malformed', of: null, owner: null };

    const row = await store.apiKeys.findPresented(parsed.id);
    if (!row) {
      // As much work as for a key that exists.
      await peppers.hash(value);
      return { fault: 'unknown', of: null, owner: null };
    }
    const owner: OwnerRef = { kind: row.ownerKind, id: row.ownerId };
    // A guessed id is not recorded with the owner of that key.
    if (!(await peppers.matches(value, row.hash))) return { fault: 'wrong', of: null, owner: null };
    const status = statusOf(row, clock.now());
    if (status !== 'active') return { fault: status, of: subjectOf(row), owner };
    const name = await nameOfOwner(directory, (id) => personName(this.#environment, id), owner);
    if (name === null) return { fault: 'owner_gone', of: subjectOf(row), owner };

    this.#markUsed(row, from);
    this.#rehash(row, value);
    return { key: { ...subjectOf(row), owner: { ...owner, name }, module: row.module, expiresAt: row.expiresAt } };
  }

  /** Under the current pepper, so that an older one is needed no longer. */
  #rehash({ id, hash }: ApiKeyRow, value: string): void {
    const { store, peppers, background } = this.#environment;
    if (peppers.isCurrent(hash)) return;
    background.run(async () => store.apiKeys.replaceHash(id, hash, await peppers.hash(value)));
  }

  #markUsed({ id, lastUsedAt }: ApiKeyRow, from: UseOrigin): void {
    const { store, clock, background } = this.#environment;
    const now = clock.now();
    const since = now - useResolution;
    if (Math.max(lastUsedAt ?? -1, this.#marked.get(id) ?? -1) > since) return;
    // Only recent marks say anything, and only they are kept: the oldest come first.
    for (const [marked, at] of this.#marked) {
      if (at > since) break;
      this.#marked.delete(marked);
    }
    this.#marked.set(id, now);
    background.run(() => store.apiKeys.markUsed(id, now, since, from));
  }
}

export const opensModule = ({ module }: PresentedKey, asked: string): boolean => module === null || module === asked;

/** Says which module it would take. */
export const moduleRefusal = ({ module }: PresentedKey, asked: string): Refusal =>
  new Refusal(
    'module_not_allowed',
    [],
    undefined,
    `The key is restricted to the module ${module}. This needs a key of the module ${asked}, or one without a module.`,
  );

export const refuseUnlessOpens = (key: PresentedKey, module: string): void => {
  if (!opensModule(key, module)) throw moduleRefusal(key, module);
};

export const identityOf = ({ id, owner, module, expiresAt }: PresentedKey): KeyIdentity => ({
  apiKeyId: id,
  owner,
  module,
  expiresAt: instantOrNull(expiresAt),
});
