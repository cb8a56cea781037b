import * as z from 'zod/mini';
import { listQuery, pageOf } from './list.js';
import { operation } from './operation.js';
import { Owner } from './owner.js';
import { Code, Description, Id, Instant, Name, openEnum } from './text.js';

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
  values: z.record(z.string(), z.string()),
  status: openEnum(providerTokenStatuses),
  checkedAt: z.nullable(Instant),
  expiresAt: z.nullable(Instant),
  lastUsedAt: z.nullable(Instant),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.number(),
});
export type ProviderToken = z.output<typeof ProviderToken>;

const FieldValue = z.string().check(z.maxLength(4000));

export const NewProviderToken = z.strictObject({
  provider: Id,
  name: z.optional(Name),
  code: z.optional(Code),
  description: z.optional(Description),
  values: z.record(Id, FieldValue),
});
export type NewProviderToken = z.input<typeof NewProviderToken>;

export const ProviderTokenPatch = z.strictObject({
  name: z.optional(Name),
  code: z.optional(z.nullable(Code)),
  description: z.optional(Description),
  /** Merged: absent or `""` keeps a value, `null` clears an optional one. */
  values: z.optional(z.record(Id, z.nullable(FieldValue))),
});
export type ProviderTokenPatch = z.input<typeof ProviderTokenPatch>;

export const providerTokenSorts = ['name', '-name', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const;

export const listProviderTokens = operation({
  id: 'listProviderTokens',
  method: 'GET',
  path: '/provider-tokens',
  owned: true,
  callers: ['user'],
  query: listQuery(providerTokenSorts),
  status: 200,
  answer: pageOf(ProviderToken),
  problems: ['not_offered', 'cursor_invalid'],
});

export const createProviderToken = operation({
  id: 'createProviderToken',
  method: 'POST',
  path: '/provider-tokens',
  owned: true,
  callers: ['user'],
  body: NewProviderToken,
  status: 201,
  answer: ProviderToken,
  problems: ['not_offered'],
});

export const getProviderToken = operation({
  id: 'getProviderToken',
  method: 'GET',
  path: '/provider-tokens/{id}',
  owned: true,
  callers: ['user'],
  status: 200,
  answer: ProviderToken,
  problems: ['not_offered'],
});

export const updateProviderToken = operation({
  id: 'updateProviderToken',
  method: 'PATCH',
  path: '/provider-tokens/{id}',
  owned: true,
  callers: ['user'],
  body: ProviderTokenPatch,
  versioned: true,
  status: 200,
  answer: ProviderToken,
  problems: ['not_offered'],
});

export const deleteProviderToken = operation({
  id: 'deleteProviderToken',
  method: 'DELETE',
  path: '/provider-tokens/{id}',
  owned: true,
  callers: ['user'],
  versioned: true,
  status: 204,
  problems: ['not_offered'],
});
