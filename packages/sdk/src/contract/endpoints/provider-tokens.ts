import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { pageOf } from './list.js';
import { Owner } from './owner.js';
import { Instant, mapOf, openEnum } from './values.js';

export const providerTokenStatuses = [
  'valid',
  'invalid',
  'expired',
  'insufficient_scope',
  'policy_blocked',
  'rate_limited',
  'unreachable',
  'unsupported',
  'untested',
] as const;

export const ProviderToken = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  code: z.nullable(z.string()),
  description: z.string(),
  owner: Owner,
  /** The provider's fields that are not secret. */
  values: mapOf(z.string()),
  status: openEnum(providerTokenStatuses),
  checkedAt: z.nullable(Instant),
  expiresAt: z.nullable(Instant),
  lastUsedAt: z.nullable(Instant),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.number(),
});
export type ProviderToken = z.output<typeof ProviderToken>;

export const listProviderTokens = endpoint({
  id: 'listProviderTokens',
  method: 'GET',
  path: '/provider-tokens',
  owned: true,
  answer: pageOf(ProviderToken),
});

export const createProviderToken = endpoint({
  id: 'createProviderToken',
  method: 'POST',
  path: '/provider-tokens',
  owned: true,
  answer: ProviderToken,
});

export const getProviderToken = endpoint({
  id: 'getProviderToken',
  method: 'GET',
  path: '/provider-tokens/{id}',
  owned: true,
  answer: ProviderToken,
});

export const updateProviderToken = endpoint({
  id: 'updateProviderToken',
  method: 'PATCH',
  path: '/provider-tokens/{id}',
  owned: true,
  versioned: true,
  answer: ProviderToken,
});

export const deleteProviderToken = endpoint({
  id: 'deleteProviderToken',
  method: 'DELETE',
  path: '/provider-tokens/{id}',
  owned: true,
  versioned: true,
});
