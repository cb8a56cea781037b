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

/** A person’s or an organization’s access to a provider, without its secrets: those are never answered. */
export const ProviderToken = z.object({
  /** Opaque. */
  id: z.string(),
  /** The id of the provider, as `listProviders` has it. */
  provider: z.string(),
  /** Empty where the policy hides the field, or where it is optional and was left out. Never `null`. */
  name: z.string(),
  /** The alias by which agents ask for this token; `null` where it has none or the policy hides the field. */
  code: z.nullable(z.string()),
  /** Empty where the policy hides the field, or where it is optional and was left out. Never `null`. */
  description: z.string(),
  /** The owner of the token. */
  owner: Owner,
  /** The values of the provider’s fields by field id, but for the fields of kind `secret`. */
  values: mapOf(z.string()),
  /**
   * The result of the last check against the provider, or `expired` once `expiresAt` is reached. `untested` until a check,
   * and again after a value was changed.
   */
  status: openEnum(providerTokenStatuses),
  /** When the last check was; `null` for never. */
  checkedAt: z.nullable(Instant),
  /** When the token ends, where the provider says so; else `null`. */
  expiresAt: z.nullable(Instant),
  /** When an agent was last given the credential; `null` for never. It does not move the version. */
  lastUsedAt: z.nullable(Instant),
  /** When it was added. */
  createdAt: Instant,
  /** When a person last changed it. */
  updatedAt: Instant,
  /** Begins at 1. Saving moves it; checks, use and expiry do not. */
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
  writes: 'providerToken',
  confidential: true,
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
  writes: 'providerToken',
  versioned: true,
  confidential: true,
  answer: ProviderToken,
});

export const deleteProviderToken = endpoint({
  id: 'deleteProviderToken',
  method: 'DELETE',
  path: '/provider-tokens/{id}',
  owned: true,
  writes: 'providerToken',
  versioned: true,
});
