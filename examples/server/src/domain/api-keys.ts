import type { Answer, ApiKey, ApiKeysPolicy, createApiKey, NewApiKey, Owner, Page } from '@ai-cockpit/sdk/contract';
import * as contract from '@ai-cockpit/sdk/contract';
import { inBatches } from '../store/batches.js';
import type { OwnerRef } from '../store/owners.js';
import type { ApiKeyPageRequest } from '../store/api-key-filter.js';
import type { Position } from '../store/page.js';
import { searchable } from '../store/search.js';
import type { Records } from '../store/store.js';
import type { ApiKeyRow } from '../store/tables.js';
import type { User } from './access.js';
import type { ActivitySubject, Actor } from './activity.js';
import { maskOf, newApiKeyValue } from './api-key-value.js';
import type { Environment } from './environment.js';
import { expiryOf } from './expiry.js';
import { instant, instantOrNull } from './instants.js';
import type { MintingAttempt } from './minting.js';
import { namesOf } from './names.js';
import { presenceFaults } from './presence.js';
import { type FieldFault, found, Refusal, refuseFaults } from './refusal.js';
import { secretFaults } from './secret-guard.js';
import { checkTechnicalLimit, mostPerOwner } from './technical-limit.js';

type OwnerWithName = OwnerRef & Owner;
type MintedApiKey = Answer<typeof createApiKey>;

export const statusOf = ({ revokedAt, expiresAt }: ApiKeyRow, now: number): 'active' | 'expired' | 'revoked' => {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
};

export const toApiKey = (row: ApiKeyRow, { kind, id, name }: OwnerWithName, now: number): ApiKey => ({
  id: row.id,
  name: row.name,
  description: row.description,
  owner: { kind, id, name },
  module: row.module,
  maskedValue: row.maskedValue,
  status: statusOf(row, now),
  createdAt: instant(row.createdAt),
  createdBy: row.createdByName,
  expiresAt: instantOrNull(row.expiresAt),
  expiresOn: row.expiresOn,
  lastUsedAt: instantOrNull(row.lastUsedAt),
  lastUsedFrom: row.lastUsedAddress ? { address: row.lastUsedAddress, product: row.lastUsedProduct } : null,
  revokedAt: instantOrNull(row.revokedAt),
  revocationReason: row.revocationReason,
  rotatedFrom: row.rotatedFrom,
  rotatedTo: row.rotatedTo,
  version: row.version,
});

/** The name of a key in activity and messages. */
export const subjectOf = ({ id, name, description, maskedValue }: ApiKeyRow): ActivitySubject => ({
  id,
  name: name || description || maskedValue || id,
});

/** The text that a search looks in. A person's own keys leave the creator out, as that is always the person. */
const searchText = (
  { kind }: OwnerRef,
  { name: creator }: User,
  { modules }: ApiKeysPolicy,
  { name = '', description = '', module }: NewApiKey,
): string => {
  const restriction = modules.find(({ id }) => id === module);
  return searchable(
    name,
    description,
    ...(restriction ? namesOf(restriction) : []),
    ...(kind === 'organization' ? [creator] : []),
  );
};

/** The API keys of people and organizations. */
export class ApiKeys {
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  async page(
    owner: OwnerWithName,
    request: ApiKeyPageRequest,
  ): Promise<Omit<Page<ApiKey>, 'nextCursor'> & { next: Position | null }> {
    const { store, clock } = this.#environment;
    const { rows, next } = await store.apiKeys.page(owner, request);
    const total = await store.apiKeys.total(owner, request);
    return { data: rows.map((row) => toApiKey(row, owner, clock.now())), next, total };
  }

  /** How many more keys there can be before the limit; `null` for any number. */
  async remaining(owner: OwnerRef, { limit }: ApiKeysPolicy): Promise<number | null> {
    if (limit === null) return null;
    const { store, clock } = this.#environment;
    return limit - (await store.apiKeys.countUsable(owner, clock.now(), limit));
  }

  async get(owner: OwnerWithName, id: string): Promise<ApiKey> {
    const { store, clock } = this.#environment;
    return toApiKey(found(await store.apiKeys.find(owner, id)), owner, clock.now());
  }

  /** Makes a key, or finds the one that this very request has made before. */
  async create(
    owner: OwnerWithName,
    user: User,
    actor: Actor,
    policy: ApiKeysPolicy,
    asked: NewApiKey,
    attempt: MintingAttempt,
  ): Promise<MintedApiKey> {
    const { store, clock, random, minting, activity, peppers } = this.#environment;
    const { id, value } = newApiKeyValue(random, policy.format);
    const hash = await peppers.hash(value);

    return store.transaction(async (tx) => {
      await tx.owners.lock(owner);
      const replay = await minting.replay(tx, attempt);
      if (replay) return this.#replayed(tx, owner, replay);

      const now = clock.now();
      const { name = '', description = '', module = null } = asked;
      const expiry = expiryOf(policy.expiry, asked, now);
      const faults = await this.#faultsIn(tx, owner, policy, asked);
      if ('path' in expiry) refuseFaults([...faults, expiry]);
      refuseFaults(faults);
      await this.#clearAway(tx, owner, actor, policy, now);
      await checkTechnicalLimit('API keys, revoked and expired ones included', (most) => tx.apiKeys.count(owner, most));
      await this.#makeRoom(tx, owner, actor, policy, id, now);

      const row: ApiKeyRow = {
        id,
        ownerKind: owner.kind,
        ownerId: owner.id,
        name,
        description,
        search: searchText(owner, user, policy, asked),
        nameOrder: searchable(name),
        module,
        hash,
        maskedValue: maskOf(value, policy.format, policy.mask),
        createdAt: now,
        createdBy: user.id,
        createdByName: user.name,
        expiresAt: 'path' in expiry ? null : expiry.expiresAt,
        expiresOn: 'path' in expiry ? null : expiry.expiresOn,
        lastUsedAt: null,
        lastUsedAddress: null,
        lastUsedProduct: null,
        revokedAt: null,
        revocationReason: null,
        rotatedFrom: null,
        rotatedTo: null,
        version: 1,
      };
      await tx.apiKeys.add(row);
      await minting.keep(tx, attempt, id, value);
      await activity.record(tx, {
        action: 'api_key.created',
        actor,
        owner,
        subject: subjectOf(row),
        detail: { module },
      });
      return { apiKey: toApiKey(row, owner, now), secret: value };
    });
  }

  /** Holds from the next request on. A key that is revoked already stays as it is. */
  async revoke(owner: OwnerWithName, id: string, actor: Actor, reason: string | undefined): Promise<ApiKey> {
    const { store, clock, activity } = this.#environment;
    refuseFaults(secretFaults(this.#environment.catalogue, { reason }));
    return store.transaction(async (tx) => {
      await tx.owners.lock(owner);
      const now = clock.now();
      const row = found(await tx.apiKeys.find(owner, id));
      const revoked = await tx.apiKeys.revoke(id, now, reason || null);
      if (revoked) {
        await tx.mintings.forgetSecret(id);
        await activity.record(tx, {
          action: 'api_key.revoked',
          actor,
          owner,
          subject: subjectOf(row),
          detail: { reason: reason || null },
        });
      }
      return toApiKey(revoked ?? row, owner, now);
    });
  }

  async delete(owner: OwnerWithName, id: string, version: number, actor: Actor, policy: ApiKeysPolicy): Promise<void> {
    const { store, clock } = this.#environment;
    await store.transaction(async (tx) => {
      await tx.owners.lock(owner);
      const now = clock.now();
      const row = found(await tx.apiKeys.find(owner, id));
      if (row.version !== version) throw new Refusal('version_stale');
      if (policy.removal === 'revokeThenDelete' && statusOf(row, now) === 'active') throw new Refusal('not_revoked');
      if (!(await tx.apiKeys.delete(id, version))) throw new Refusal('version_stale');
      await this.#bury(tx, owner, actor, row, now);
      await this.#clearAway(tx, owner, actor, policy, now);
    });
  }

  /** Keeps of a deleted key what a repeated request is to be told. */
  async #bury(tx: Records, owner: OwnerWithName, actor: Actor, row: ApiKeyRow, now: number): Promise<void> {
    const remains = toApiKey({ ...row, revokedAt: row.revokedAt ?? now }, owner, now);
    await tx.mintings.forgetSecret(row.id, JSON.stringify(remains));
    await this.#environment.activity.record(tx, {
      action: 'api_key.deleted',
      actor,
      owner,
      subject: subjectOf(row),
    });
  }

  /** Where people are shown one key, one that works no more goes with its successor, or with that one's end. */
  async #clearAway(
    tx: Records,
    owner: OwnerWithName,
    actor: Actor,
    { presentation }: ApiKeysPolicy,
    now: number,
  ): Promise<void> {
    if (presentation !== 'single') return;
    await inBatches(async (limit) => {
      const deleted = await tx.apiKeys.deleteUnusable(owner, now, limit);
      for (const row of deleted) await this.#bury(tx, owner, actor, row, now);
      return deleted.length;
    });
  }

  async #faultsIn(tx: Records, owner: OwnerRef, policy: ApiKeysPolicy, asked: NewApiKey): Promise<FieldFault[]> {
    const { name, description, module } = asked;
    const faults = [
      ...presenceFaults(policy.fields, { name, description }),
      ...secretFaults(this.#environment.catalogue, { name, description }),
    ];
    if (module && !policy.modules.some(({ id }) => id === module)) faults.push({ path: 'module', code: 'not_offered' });
    if (name && policy.uniqueNames && (await tx.apiKeys.hasUnrevokedNamed(owner, name)))
      faults.push({ path: 'name', code: 'duplicate' });
    return faults;
  }

  /** Sees to it that one more key stays within the limit. */
  async #makeRoom(
    tx: Records,
    owner: OwnerRef,
    actor: Actor,
    { limit, atLimit }: ApiKeysPolicy,
    successor: string,
    now: number,
  ): Promise<void> {
    if (limit === null) return;
    const tooMany = (await tx.apiKeys.countUsable(owner, now, mostPerOwner)) + 1 - limit;
    if (tooMany <= 0) return;
    if (atLimit === 'reject') throw new Refusal('limit_reached');
    let left = tooMany;
    await inBatches(async (most) => {
      const replaced = await tx.apiKeys.oldestUsable(owner, now, Math.min(left, most));
      for (const row of replaced) await this.#replace(tx, owner, actor, row, successor, now);
      left -= replaced.length;
      return replaced.length;
    });
  }

  async #replace(
    tx: Records,
    owner: OwnerRef,
    actor: Actor,
    replaced: ApiKeyRow,
    successor: string,
    now: number,
  ): Promise<void> {
    await tx.apiKeys.revoke(replaced.id, now, null);
    await tx.mintings.forgetSecret(replaced.id);
    await this.#environment.activity.record(tx, {
      action: 'api_key.replaced',
      actor,
      owner,
      subject: subjectOf(replaced),
      detail: { successor },
    });
  }

  async #replayed(
    tx: Records,
    owner: OwnerWithName,
    { apiKeyId, secret, remains }: { apiKeyId: string; secret: string | null; remains: string | null },
  ): Promise<MintedApiKey> {
    const row = await tx.apiKeys.find(owner, apiKeyId);
    if (row) return { apiKey: toApiKey(row, owner, this.#environment.clock.now()), secret };
    return { apiKey: contract.ApiKey.parse(JSON.parse(found(remains))), secret: null };
  }
}
