import * as z from 'zod/mini';
import * as endpoints from './endpoints/provider-tokens.js';
import { listQuery } from './list.js';
import { operation } from './operation.js';
import { Code, Description, Id, Name } from './text.js';

const FieldValue = z.string().check(z.maxLength(4000));

/** A new provider token. */
export const NewProviderToken = z.strictObject({
  /** One of the policy’s providers. */
  provider: Id,
  /** Required, optional or not offered, by the policy; unique among the owner’s tokens. */
  name: z.optional(Name),
  /** Required, optional or not offered, by the policy; unique among the owner’s tokens. */
  code: z.optional(Code),
  /** Required, optional or not offered, by the policy. */
  description: z.optional(Description),
  /** The values of the provider’s fields, by field id. Those of kind `secret` are write-only. */
  values: z.record(Id, FieldValue),
});
export type NewProviderToken = z.input<typeof NewProviderToken>;

/** The changes. A member that is left out stays as it is. */
export const ProviderTokenPatch = z.strictObject({
  /** The new name. */
  name: z.optional(Name),
  /** The new code; `null` to remove it. */
  code: z.optional(z.nullable(Code)),
  /** The new description. */
  description: z.optional(Description),
  /**
   * Merged by field id: absent or `""` keeps a value, `null` removes an optional one. A change of where a secret is
   * sent needs the secret again (422 `secret_required`).
   */
  values: z.optional(z.record(Id, z.nullable(FieldValue))),
});
export type ProviderTokenPatch = z.input<typeof ProviderTokenPatch>;

export const providerTokenSorts = ['name', '-name', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const;

/** The tokens by which agents reach other services for a person or an organization. */
export const providerTokenOperations = {
  /**
   * The provider tokens of one owner, the newest first. `q` looks in names, codes, descriptions and the names of
   * providers.
   */
  listProviderTokens: operation(endpoints.listProviderTokens, {
    callers: ['user'],
    query: listQuery(providerTokenSorts),
    status: 200,
    problems: ['not_offered', 'cursor_invalid'],
  }),

  /**
   * Adds a provider token. This request cannot be repeated safely: a client that lost the answer reads the list. An owner
   * has at most 10,000: 409 `limit_reached`.
   */
  createProviderToken: operation(endpoints.createProviderToken, {
    callers: ['user'],
    body: NewProviderToken,
    status: 201,
    problems: ['not_offered', 'limit_reached'],
  }),

  /** One provider token. */
  getProviderToken: operation(endpoints.getProviderToken, {
    callers: ['user'],
    status: 200,
    problems: ['not_offered'],
  }),

  /** Changes a provider token. Without members, the answer is the present token. */
  updateProviderToken: operation(endpoints.updateProviderToken, {
    callers: ['user'],
    body: ProviderTokenPatch,
    status: 200,
    problems: ['not_offered'],
  }),

  /** Removes a provider token and its secrets. Agents can no longer lease it. */
  deleteProviderToken: operation(endpoints.deleteProviderToken, {
    callers: ['user'],
    status: 204,
    problems: ['not_offered'],
  }),
};
