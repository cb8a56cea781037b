import type { ProviderTokensPolicy } from '@ai-cockpit/sdk/contract';
import { type OwnerAccess, ownerFor, requireManageAccess, requireReadAccess, type User } from '../domain/access.js';
import { type HostPolicies, offeredProviderTokens } from '../domain/policy.js';
import {
  createProviderToken,
  deleteProviderToken,
  findProviderToken,
  listProviderTokens,
  offeredProviders,
  type TokenReadingContext,
  type TokenWritingContext,
  updateProviderToken,
} from '../domain/provider-tokens.js';
import { ProblemError } from '../domain/problem-error.js';
import { type CursorContext, readPageRequest, writeCursor } from './cursors.js';
import type { HandlersOf } from './handler.js';
import { empty, json, pageOfList, resource } from './reply.js';

export const providerTokenHandlers = (
  context: TokenReadingContext & TokenWritingContext & CursorContext & { policies: HostPolicies },
): HandlersOf<
  | 'listProviders'
  | 'listProviderTokens'
  | 'createProviderToken'
  | 'getProviderToken'
  | 'updateProviderToken'
  | 'deleteProviderToken'
> => {
  /** The owner of the tokens; refuses if tokens are not offered or the caller may not see them. */
  const authorizeOwner = (
    user: User,
    organizationId: string | undefined,
  ): OwnerAccess & { policy: ProviderTokensPolicy } => {
    const ownerAccess = ownerFor(user, organizationId);
    const policy = context.policies.ofOwner(user, ownerAccess);
    requireReadAccess(ownerAccess);
    return { ...ownerAccess, policy: offeredProviderTokens(policy, ownerAccess.owner.kind) };
  };

  return {
    listProviders: ({ caller: { user } }) => {
      // The providers of all the person's organizations; each policy selects and orders its own.
      const { policies: hostPolicies } = context;
      const memberships = user.memberships.length > 0 ? user.memberships : [null];
      const policies = memberships.flatMap((membership) => hostPolicies.resolve(user, membership).providerTokens ?? []);
      if (policies.length === 0) throw new ProblemError('not_offered');
      return { act: () => json({ data: offeredProviders(context, policies) }) };
    },

    listProviderTokens: ({ caller: { user }, organizationId }) => {
      const { owner } = authorizeOwner(user, organizationId);
      const list = ['listProviderTokens', owner.kind, owner.id];
      return {
        act: async ({ query }) => {
          const request = await readPageRequest(context, list, query);
          const { data, next, total } = await listProviderTokens(context, owner, request);
          return pageOfList({ data, nextCursor: await writeCursor(context, list, request, next), total });
        },
      };
    },

    createProviderToken: ({ caller: { user }, organizationId, actor }) => {
      const authorized = authorizeOwner(user, organizationId);
      requireManageAccess(authorized);
      return {
        act: async ({ body }) =>
          resource(await createProviderToken(context, authorized.owner, actor, authorized.policy, body)),
      };
    },

    getProviderToken: async ({ caller: { user }, organizationId, params: { id } }) => {
      const { owner } = authorizeOwner(user, organizationId);
      const token = await findProviderToken(context, owner, id);
      return { act: () => resource(token) };
    },

    updateProviderToken: async ({ caller: { user }, organizationId, params: { id }, actor }) => {
      const authorized = authorizeOwner(user, organizationId);
      const token = await findProviderToken(context, authorized.owner, id);
      requireManageAccess(authorized);
      if (!authorized.policy.providers.includes(token.provider)) throw new ProblemError('not_offered');
      return {
        version: token.version,
        act: async ({ body, version }) =>
          resource(await updateProviderToken(context, authorized.owner, id, version, actor, authorized.policy, body)),
      };
    },

    deleteProviderToken: async ({ caller: { user }, organizationId, params: { id }, actor }) => {
      const authorized = authorizeOwner(user, organizationId);
      const token = await findProviderToken(context, authorized.owner, id);
      requireManageAccess(authorized);
      return {
        version: token.version,
        act: async ({ version }) => {
          await deleteProviderToken(context, authorized.owner, id, version, actor);
          return empty;
        },
      };
    },
  };
};
