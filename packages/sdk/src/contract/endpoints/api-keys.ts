import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { pageOf } from './list.js';
import { Owner } from './owner.js';
import { CalendarDate, Instant, openEnum } from './values.js';

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

/** `secret` is `null` in a replay that comes too late to be given it again. */
export const MintedApiKey = z.object({ apiKey: ApiKey, secret: z.nullable(z.string()) });
export type MintedApiKey = z.output<typeof MintedApiKey>;

export const ApiKeyPage = z.extend(pageOf(ApiKey), {
  /** How many more keys the owner may have before the policy's limit; `null` for any number. */
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
  minting: true,
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
  answer: ApiKey,
});

export const deleteApiKey = endpoint({
  id: 'deleteApiKey',
  method: 'DELETE',
  path: '/api-keys/{id}',
  owned: true,
  versioned: true,
});
