import * as z from 'zod/mini';
import { listQuery, pageOf } from './list.js';
import { operation } from './operation.js';
import { Owner } from './owner.js';
import { CalendarDate, Description, Id, Instant, Name, openEnum } from './text.js';

export const apiKeyStatuses = ['active', 'expired', 'revoked'] as const;

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  owner: Owner,
  /** The area that the key is restricted to; `null` opens all. */
  module: z.nullable(z.string()),
  /** As much of the value as the policy shows again; empty where it shows none. */
  maskedValue: z.string(),
  status: openEnum(apiKeyStatuses),
  createdAt: Instant,
  /** The name of the person who made it. */
  createdBy: z.string(),
  expiresAt: z.nullable(Instant),
  /** The date that was asked for, where it was a date: what people are shown. The key works through it. */
  expiresOn: z.nullable(CalendarDate),
  lastUsedAt: z.nullable(Instant),
  revokedAt: z.nullable(Instant),
  revocationReason: z.nullable(z.string()),
  rotatedFrom: z.nullable(z.string()),
  rotatedTo: z.nullable(z.string()),
  version: z.number(),
});
export type ApiKey = z.output<typeof ApiKey>;

export const NewApiKey = z.strictObject({
  name: z.optional(Name),
  description: z.optional(Description),
  /** One of the policy's modules; absent or `null` for a key that opens all. */
  module: z.optional(z.nullable(Id)),
  /** A date strictly after today (UTC), the key ending with that day; or an instant after now. */
  expiresAt: z.optional(z.union([CalendarDate, Instant])),
  /** Days of 24 hours from now; one of the policy's choices. */
  expiresInDays: z.optional(z.int().check(z.gte(1))),
});
export type NewApiKey = z.input<typeof NewApiKey>;

/** `secret` is `null` in a replay that comes too late to be given it again. */
export const MintedApiKey = z.object({ apiKey: ApiKey, secret: z.nullable(z.string()) });
export type MintedApiKey = z.output<typeof MintedApiKey>;

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

export const listApiKeys = operation({
  id: 'listApiKeys',
  method: 'GET',
  path: '/api-keys',
  owned: true,
  callers: ['user'],
  query: listQuery(apiKeySorts),
  status: 200,
  answer: pageOf(ApiKey),
  problems: ['not_offered', 'cursor_invalid'],
});

export const createApiKey = operation({
  id: 'createApiKey',
  method: 'POST',
  path: '/api-keys',
  owned: true,
  callers: ['user'],
  body: NewApiKey,
  minting: true,
  status: 201,
  answer: MintedApiKey,
  problems: ['not_offered', 'limit_reached'],
});

export const getApiKey = operation({
  id: 'getApiKey',
  method: 'GET',
  path: '/api-keys/{id}',
  owned: true,
  callers: ['user'],
  status: 200,
  answer: ApiKey,
  problems: ['not_offered'],
});

export const revokeApiKey = operation({
  id: 'revokeApiKey',
  method: 'POST',
  path: '/api-keys/{id}/revoke',
  owned: true,
  callers: ['user'],
  body: z.strictObject({ reason: z.optional(Description) }),
  status: 200,
  answer: ApiKey,
  problems: ['not_offered'],
});

export const deleteApiKey = operation({
  id: 'deleteApiKey',
  method: 'DELETE',
  path: '/api-keys/{id}',
  owned: true,
  callers: ['user'],
  versioned: true,
  status: 204,
  problems: ['not_offered', 'not_revoked'],
});
