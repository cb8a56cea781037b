import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { pageOf } from './list.js';
import { Owner } from './owner.js';
import { CalendarDate, Instant, openEnum } from './values.js';

export const apiKeyStatuses = ['active', 'expired', 'revoked'] as const;

/** An API key without its value, which is answered once, as `secret`, when the key is created. */
export const ApiKey = z.object({
  /** Opaque; a client does not derive it from the value. */
  id: z.string(),
  /** Empty where the policy hides the field, or where it is optional and was left out. Never `null`. */
  name: z.string(),
  /** Empty where the policy hides the field, or where it is optional and was left out. Never `null`. */
  description: z.string(),
  /** The owner of the key. The key reaches the owner’s credentials, not those of its creator. */
  owner: Owner,
  /** The module of the policy that the key is restricted to; `null` for a key that is not restricted. */
  module: z.nullable(z.string()),
  /**
   * As much of the value as the policy’s `mask` shows: `aic_…CDEF` for `prefixLast4`, `…CDEF` for `last4`, empty for
   * `hidden`. Computed when the key is created, as the value is not stored.
   */
  maskedValue: z.string(),
  /**
   * By the server’s clock when it answers: `revoked` once revoked or replaced, else `expired` once `expiresAt` is
   * reached, else `active`. Lower case.
   */
  status: openEnum(apiKeyStatuses),
  /** When it was created. */
  createdAt: Instant,
  /**
   * The name of the person who created the key, as they were called then; not an id. Of an organization’s key it is the
   * member’s name.
   */
  createdBy: z.string(),
  /** The instant from which the key no longer works; `null` for a key without an end. */
  expiresAt: z.nullable(Instant),
  /**
   * The requested date, if the request had a date and not an instant or a number of days; else `null`. People are
   * shown this date: the key works until its end, 23:59:59 UTC.
   */
  expiresOn: z.nullable(CalendarDate),
  /** When a program last presented the key, to the minute; `null` for never. It does not move the version. */
  lastUsedAt: z.nullable(Instant),
  /**
   * The origin of the request that set `lastUsedAt`. `null` for a key that was never used, and for people who may
   * see the keys of an organization and not change them. A server may leave it out.
   */
  lastUsedFrom: z.optional(
    z.nullable(
      z.object({
        /** The network address, as in the activity log. */
        address: z.string(),
        /** The program’s name by its own account (`User-Agent`), without a version; `null` where it names none. */
        product: z.nullable(z.string()),
      }),
    ),
  ),
  /** When the key was revoked or replaced; `null` for a key that was not. */
  revokedAt: z.nullable(Instant),
  /** The `reason` of the request; `null` where none was given, and for a key that was replaced. */
  revocationReason: z.nullable(z.string()),
  /** The id of the key that this one was rotated from. No operation rotates keys yet: always `null`. */
  rotatedFrom: z.nullable(z.string()),
  /** The id of the key that this one was rotated to. No operation rotates keys yet: always `null`. */
  rotatedTo: z.nullable(z.string()),
  /** Begins at 1. Revoking and replacing the key move it; use and expiry do not. */
  version: z.number(),
});
export type ApiKey = z.output<typeof ApiKey>;

/** A key that was just created. */
export const MintedApiKey = z.object({
  /** The key, as the list has it. In a replay: as it is now, or as it was when it was deleted, then `revoked`. */
  apiKey: ApiKey,
  /**
   * The whole value, to be shown once; it has one of two forms, by the policy’s `format`:
   * - `{prefix}`: `<prefix>_`, 12 characters of id, 30 random ones and 6 of checksum (CRC-32), all in base62.
   * - `{style: "8.32"}`: 8 characters of id, a dot and 32 random characters, all in base62, without a checksum.
   *
   * Base62 is `0-9A-Za-z`. `null` only in a replay: when 10 minutes have passed since the key was created, or as soon
   * as the key is revoked, replaced or deleted.
   */
  secret: z.nullable(z.string()),
});
export type MintedApiKey = z.output<typeof MintedApiKey>;

/**
 * One page of an owner’s API keys, and how many more there may be. Revoked, replaced and expired keys are listed until
 * they are deleted. Where the policy’s `presentation` is `single`, the next creation or deletion deletes those that no
 * longer work.
 */
export const ApiKeyPage = z.extend(pageOf(ApiKey), {
  /**
   * How many more usable keys the owner may have: the policy’s `limit` less the keys that are neither revoked nor
   * expired, at least 0; `null` where there is no limit. The search does not change it. If it is absent, a client goes
   * by the limit.
   */
  remaining: z.optional(z.nullable(z.number())),
});
export type ApiKeyPage = z.output<typeof ApiKeyPage>;

export const listApiKeys = endpoint({
  id: 'listApiKeys',
  method: 'GET',
  path: '/api-keys',
  owned: true,
  answer: ApiKeyPage,
});

export const createApiKey = endpoint({
  id: 'createApiKey',
  method: 'POST',
  path: '/api-keys',
  owned: true,
  writes: 'apiKey',
  minting: true,
  confidential: true,
  answer: MintedApiKey,
});

export const getApiKey = endpoint({
  id: 'getApiKey',
  method: 'GET',
  path: '/api-keys/{id}',
  owned: true,
  answer: ApiKey,
});

export const revokeApiKey = endpoint({
  id: 'revokeApiKey',
  method: 'POST',
  path: '/api-keys/{id}/revoke',
  owned: true,
  writes: 'apiKey',
  answer: ApiKey,
});

export const deleteApiKey = endpoint({
  id: 'deleteApiKey',
  method: 'DELETE',
  path: '/api-keys/{id}',
  owned: true,
  writes: 'apiKey',
  versioned: true,
});
