import type { Answer, ApiKey, ApiKeysPolicy, NewApiKey, Owner, Page } from '@ai-cockpit/sdk/contract';
import * as contract from '@ai-cockpit/sdk/contract';
import type { Clock } from '../ports/clock.js';
import type { Random } from '../ports/random.js';
import type { Catalogue } from '../providers/catalogue.js';
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
import type { Change, UnitOfWork } from './change.js';
import { expiryOf } from './expiry.js';
import { instant, instantOrNull } from './instants.js';
import { findReplay, keepForReplay, type KeyCreationAttempt, type Replay } from './idempotent-key-creation.js';
import type { Peppers } from './peppers.js';
import { namesOf } from './names.js';
import { presenceErrors } from './presence.js';
import { type FieldError, orNotFound, ProblemError, throwFieldErrors } from './problem-error.js';
import { secretErrors } from './secret-guard.js';
import { checkTechnicalLimit, mostPerOwner } from './technical-limit.js';

type OwnerWithName = OwnerRef & Owner;
type CreatedApiKey = Answer<typeof contract.createApiKey>;

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

export interface ApiKeyReadingContext {
  store: Pick<Records, 'apiKeys'>;
  clock: Clock;
}

export interface ApiKeyCreationContext {
  change: Change;
  random: Random;
  peppers: Peppers;
  catalogue: Catalogue;
}

export interface ApiKeyRevocationContext {
  change: Change;
  catalogue: Catalogue;
}

export const listApiKeys = async (
  { store, clock }: ApiKeyReadingContext,
  owner: OwnerWithName,
  request: ApiKeyPageRequest,
): Promise<Omit<Page<ApiKey>, 'nextCursor'> & { next: Position | null }> => {
  const { rows, next } = await store.apiKeys.page(owner, request);
  const total = await store.apiKeys.total(owner, request);
  return { data: rows.map((row) => toApiKey(row, owner, clock.now())), next, total };
};

/** How many more keys there can be before the limit; `null` for any number. */
export const remainingApiKeys = async (
  { store, clock }: ApiKeyReadingContext,
  owner: OwnerRef,
  { limit }: ApiKeysPolicy,
): Promise<number | null> =>
  limit === null ? null : limit - (await store.apiKeys.countUsable(owner, clock.now(), limit));

export const findApiKey = async (
  { store, clock }: ApiKeyReadingContext,
  owner: OwnerWithName,
  id: string,
): Promise<ApiKey> => toApiKey(orNotFound(await store.apiKeys.find(owner, id)), owner, clock.now());

/** Makes a key, or finds the one that this very request has made before. */
export const createApiKey = async (
  { change, random, peppers, catalogue }: ApiKeyCreationContext,
  owner: OwnerWithName,
  user: User,
  actor: Actor,
  policy: ApiKeysPolicy,
  input: NewApiKey,
  attempt: KeyCreationAttempt,
): Promise<CreatedApiKey> => {
  const { id, value } = newApiKeyValue(random, policy.format);
  const hash = await peppers.hash(value);

  return change(owner, actor, async (unit) => {
    const { tx, now, record } = unit;
    const replay = await findReplay(tx, now, attempt);
    if (replay) return replayed(unit, owner, replay);

    const { name = '', description = '', module = null } = input;
    const expiry = expiryOf(policy.expiry, input, now);
    const fieldErrors = await inputErrors({ catalogue }, tx, owner, policy, input);
    if ('path' in expiry) throwFieldErrors([...fieldErrors, expiry]);
    throwFieldErrors(fieldErrors);
    await deleteUnusableKeys(unit, owner, policy);
    await checkTechnicalLimit('API keys, revoked and expired ones included', (most) => tx.apiKeys.count(owner, most));
    await enforceLimit(unit, owner, policy, id);

    const row: ApiKeyRow = {
      id,
      ownerKind: owner.kind,
      ownerId: owner.id,
      name,
      description,
      search: searchText(owner, user, policy, input),
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
    await keepForReplay({ random }, tx, now, attempt, id, value);
    await record({ action: 'api_key.created', subject: subjectOf(row), detail: { module } });
    return { apiKey: toApiKey(row, owner, now), secret: value };
  });
};

/** Holds from the next request on. A key that is revoked already stays as it is. */
export const revokeApiKey = async (
  { change, catalogue }: ApiKeyRevocationContext,
  owner: OwnerWithName,
  id: string,
  actor: Actor,
  reason: string | undefined,
): Promise<ApiKey> => {
  throwFieldErrors(secretErrors(catalogue, { reason }));
  return change(owner, actor, async ({ tx, now, record }) => {
    const row = orNotFound(await tx.apiKeys.find(owner, id));
    const revoked = await tx.apiKeys.revoke(id, now, reason || null);
    if (revoked) {
      await tx.keyCreations.forgetSecret(id);
      await record({ action: 'api_key.revoked', subject: subjectOf(row), detail: { reason: reason || null } });
    }
    return toApiKey(revoked ?? row, owner, now);
  });
};

export const deleteApiKey = (
  { change }: { change: Change },
  owner: OwnerWithName,
  id: string,
  version: number,
  actor: Actor,
  policy: ApiKeysPolicy,
): Promise<void> =>
  change(owner, actor, async (unit) => {
    const { tx, now } = unit;
    const row = orNotFound(await tx.apiKeys.find(owner, id));
    if (row.version !== version) throw new ProblemError('version_stale');
    if (policy.removal === 'revokeThenDelete' && statusOf(row, now) === 'active') throw new ProblemError('not_revoked');
    if (!(await tx.apiKeys.delete(id, version))) throw new ProblemError('version_stale');
    await leaveTombstone(unit, owner, row);
    await deleteUnusableKeys(unit, owner, policy);
  });

/** Keeps the last state of a deleted key for a repeated request. */
const leaveTombstone = async ({ tx, now, record }: UnitOfWork, owner: OwnerWithName, row: ApiKeyRow): Promise<void> => {
  const deletedSnapshot = toApiKey({ ...row, revokedAt: row.revokedAt ?? now }, owner, now);
  await tx.keyCreations.forgetSecret(row.id, JSON.stringify(deletedSnapshot));
  await record({ action: 'api_key.deleted', subject: subjectOf(row) });
};

/** With the presentation `single`, deletes the owner's revoked and expired keys: the page shows the current key only. */
const deleteUnusableKeys = async (
  unit: UnitOfWork,
  owner: OwnerWithName,
  { presentation }: ApiKeysPolicy,
): Promise<void> => {
  if (presentation !== 'single') return;
  await inBatches(async (limit) => {
    const deleted = await unit.tx.apiKeys.deleteUnusable(owner, unit.now, limit);
    for (const row of deleted) await leaveTombstone(unit, owner, row);
    return deleted.length;
  });
};

const inputErrors = async (
  { catalogue }: { catalogue: Catalogue },
  tx: Pick<Records, 'apiKeys'>,
  owner: OwnerRef,
  policy: ApiKeysPolicy,
  { name, description, module }: NewApiKey,
): Promise<FieldError[]> => {
  const fieldErrors = [
    ...presenceErrors(policy.fields, { name, description }),
    ...secretErrors(catalogue, { name, description }),
  ];
  if (module && !policy.modules.some(({ id }) => id === module))
    fieldErrors.push({ path: 'module', code: 'not_offered' });
  if (name && policy.uniqueNames && (await tx.apiKeys.hasUnrevokedNamed(owner, name)))
    fieldErrors.push({ path: 'name', code: 'duplicate' });
  return fieldErrors;
};

/** Sees to it that one more key stays within the limit. */
const enforceLimit = async (
  unit: UnitOfWork,
  owner: OwnerRef,
  { limit, atLimit }: ApiKeysPolicy,
  successor: string,
): Promise<void> => {
  if (limit === null) return;
  const { tx, now } = unit;
  const excess = (await tx.apiKeys.countUsable(owner, now, mostPerOwner)) + 1 - limit;
  if (excess <= 0) return;
  if (atLimit === 'reject') throw new ProblemError('limit_reached');
  let remaining = excess;
  await inBatches(async (most) => {
    const oldest = await tx.apiKeys.oldestUsable(owner, now, Math.min(remaining, most));
    for (const row of oldest) await replaceKey(unit, row, successor);
    remaining -= oldest.length;
    return oldest.length;
  });
};

const replaceKey = async ({ tx, now, record }: UnitOfWork, row: ApiKeyRow, successor: string): Promise<void> => {
  await tx.apiKeys.revoke(row.id, now, null);
  await tx.keyCreations.forgetSecret(row.id);
  await record({ action: 'api_key.replaced', subject: subjectOf(row), detail: { successor } });
};

const replayed = async (
  { tx, now }: UnitOfWork,
  owner: OwnerWithName,
  { apiKeyId, secret, deletedSnapshot }: Replay,
): Promise<CreatedApiKey> => {
  const row = await tx.apiKeys.find(owner, apiKeyId);
  if (row) return { apiKey: toApiKey(row, owner, now), secret };
  return { apiKey: contract.ApiKey.parse(JSON.parse(orNotFound(deletedSnapshot))), secret: null };
};
