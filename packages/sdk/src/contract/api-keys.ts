import * as z from 'zod/mini';
import * as endpoints from './endpoints/api-keys.js';
import { listQuery } from './list.js';
import { operation } from './operation.js';
import { Description, Id, Name } from './text.js';

/** The members of a new key that the policy asks for. */
export const NewApiKey = z.strictObject({
  /** Required, optional or not offered, by the policy. */
  name: z.optional(Name),
  /** Required, optional or not offered, by the policy. */
  description: z.optional(Description),
  /** One of the policy’s modules; absent or `null` for a key that is not restricted. */
  module: z.optional(z.nullable(Id)),
  /**
   * A date strictly after today (UTC), the key ending with that day at `T23:59:59Z`; or an instant after now. Not
   * beside `expiresInDays`.
   */
  expiresAt: z.optional(z.union([z.iso.date(), z.iso.datetime()])),
  /** Days of 24 hours from now; one of the policy’s choices. Not beside `expiresAt`. */
  expiresInDays: z.optional(z.int().check(z.gte(1))),
});
export type NewApiKey = z.input<typeof NewApiKey>;

export const apiKeySorts = [
  'name',
  '-name',
  'createdAt',
  '-createdAt',
  'expiresAt',
  '-expiresAt',
  'lastUsedAt',
  '-lastUsedAt',
] as const;

/** The statuses that a list of keys can be filtered by. */
export const apiKeyStatusFilters = ['active', 'expiring', 'expired', 'revoked', 'unused'] as const;
export type ApiKeyStatusFilter = (typeof apiKeyStatusFilters)[number];

/** The query of a list of keys. */
export const apiKeyListQuery = <const Sort extends string>(sorts: readonly Sort[]) =>
  z.extend(listQuery(sorts), {
    /**
     * Only keys of this status by the server’s clock. `expiring`: active, and within the policy’s
     * `warnDaysBeforeExpiry` of its end (30 days where that is `null`). `unused`: never used, whatever its status. As
     * with `q`, a page may have fewer rows than `limit` and still a `nextCursor`. A cursor is bound to the status.
     */
    status: z.optional(z.enum(apiKeyStatusFilters)),
  });

/** The keys by which other programs act on behalf of a person or an organization. */
export const apiKeyOperations = {
  /**
   * The API keys of one owner, the newest first: active, expired and revoked ones, until they are deleted. `q` looks
   * in names and descriptions. From two characters on, it also looks in the characters of the value that `maskedValue`
   * ends with. A whole word for a status, such as `revoked`, also finds the keys of that status.
   */
  listApiKeys: operation(endpoints.listApiKeys, {
    callers: ['user'],
    query: apiKeyListQuery(apiKeySorts),
    status: 200,
    problems: ['not_offered', 'cursor_invalid'],
  }),

  /**
   * Creates an API key. Its value is in `secret`, and only a repetition of this request answers it again.
   *
   * With the same `Idempotency-Key` the request can be repeated: for 24 hours it creates no second key. `secret` is
   * answered again for 10 minutes, unless the key was revoked, replaced or deleted since; then it is `null`. A deleted
   * key is answered as it was, with the status `revoked`.
   *
   * The `Idempotency-Key` belongs to the signed-in person. Operation, path and body have to be the same, the order of
   * the body’s members aside; else 422 `idempotency_mismatch`. After 24 hours it is forgotten, and the request creates
   * another key.
   *
   * At the policy’s limit: 409 `limit_reached`; or, where `atLimit` is `replace`, the oldest usable key is revoked in
   * the same transaction. That key stays in the list with the status `revoked`, without a reason. Where `presentation`
   * is `single`, the next creation or deletion deletes it.
   *
   * Whatever the policy allows, an owner has at most 10,000 keys, revoked and expired ones included: 409
   * `limit_reached` until some are deleted.
   */
  createApiKey: operation(endpoints.createApiKey, {
    callers: ['user'],
    body: NewApiKey,
    status: 201,
    problems: ['not_offered', 'limit_reached'],
  }),

  /** One API key. */
  getApiKey: operation(endpoints.getApiKey, {
    callers: ['user'],
    status: 200,
    problems: ['not_offered'],
  }),

  /**
   * Revokes a key permanently, from the next request on. A key that is already revoked does not change: the answer is
   * 200 with the first reason.
   */
  revokeApiKey: operation(endpoints.revokeApiKey, {
    callers: ['user'],
    body: z.strictObject({
      /** The reason, for the list of keys and the activity log. `null` in the answer if it is left out or empty. */
      reason: z.optional(Description),
    }),
    status: 200,
    problems: ['not_offered'],
  }),

  /**
   * Removes a key from the list; an active key also stops working. Where the policy’s `removal` is
   * `revokeThenDelete`, an active key is 409 `not_revoked`.
   */
  deleteApiKey: operation(endpoints.deleteApiKey, {
    callers: ['user'],
    status: 204,
    problems: ['not_offered', 'not_revoked'],
  }),
};
