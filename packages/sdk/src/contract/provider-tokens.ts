import * as z from 'zod/mini';
import * as endpoints from './endpoints/provider-tokens.js';
import { listQuery } from './list.js';
import { operation } from './operation.js';
import { Code, Description, Id, Name } from './text.js';

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

export const providerTokenOperations = {
  listProviderTokens: operation(endpoints.listProviderTokens, {
    callers: ['user'],
    query: listQuery(providerTokenSorts),
    status: 200,
    problems: ['not_offered', 'cursor_invalid'],
  }),

  createProviderToken: operation(endpoints.createProviderToken, {
    callers: ['user'],
    body: NewProviderToken,
    status: 201,
    problems: ['not_offered'],
  }),

  getProviderToken: operation(endpoints.getProviderToken, {
    callers: ['user'],
    status: 200,
    problems: ['not_offered'],
  }),

  updateProviderToken: operation(endpoints.updateProviderToken, {
    callers: ['user'],
    body: ProviderTokenPatch,
    status: 200,
    problems: ['not_offered'],
  }),

  deleteProviderToken: operation(endpoints.deleteProviderToken, {
    callers: ['user'],
    status: 204,
    problems: ['not_offered'],
  }),
};
