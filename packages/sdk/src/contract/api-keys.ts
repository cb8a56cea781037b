import * as z from 'zod/mini';
import * as endpoints from './endpoints/api-keys.js';
import { listQuery } from './list.js';
import { operation } from './operation.js';
import { Description, Id, Name } from './text.js';

export const NewApiKey = z.strictObject({
  name: z.optional(Name),
  description: z.optional(Description),
  /** One of the policy's modules; absent or `null` for a key that opens all. */
  module: z.optional(z.nullable(Id)),
  /** A date strictly after today (UTC), the key ending with that day; or an instant after now. */
  expiresAt: z.optional(z.union([z.iso.date(), z.iso.datetime()])),
  /** Days of 24 hours from now; one of the policy's choices. */
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

export const apiKeyOperations = {
  listApiKeys: operation(endpoints.listApiKeys, {
    callers: ['user'],
    query: listQuery(apiKeySorts),
    status: 200,
    problems: ['not_offered', 'cursor_invalid'],
  }),

  createApiKey: operation(endpoints.createApiKey, {
    callers: ['user'],
    body: NewApiKey,
    status: 201,
    problems: ['not_offered', 'limit_reached'],
  }),

  getApiKey: operation(endpoints.getApiKey, {
    callers: ['user'],
    status: 200,
    problems: ['not_offered'],
  }),

  revokeApiKey: operation(endpoints.revokeApiKey, {
    callers: ['user'],
    body: z.strictObject({ reason: z.optional(Description) }),
    status: 200,
    problems: ['not_offered'],
  }),

  deleteApiKey: operation(endpoints.deleteApiKey, {
    callers: ['user'],
    status: 204,
    problems: ['not_offered', 'not_revoked'],
  }),
};
