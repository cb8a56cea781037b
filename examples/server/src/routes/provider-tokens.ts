import type { ProviderTokensPolicy } from '@ai-cockpit/sdk/contract';
import { type OwnerAccess, ownerFor, refuseUnlessManages, refuseUnlessReads, type User } from '../domain/access.js';
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
import { Refusal } from '../domain/refusal.js';
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
  const reach = (user: User, organizationId: string | undefined): OwnerAccess & { policy: ProviderTokensPolicy } => {
    const ownerAccess = ownerFor(user, organizationId);
    const terms = context.policies.ofOwner(user, ownerAccess);
    refuseUnlessReads(ownerAccess);
    return { ...ownerAccess, policy: offeredProviderTokens(terms, ownerAccess.owner.kind) };
  };

  return {
    listProviders: ({ caller: { user } }) => {
      // The providers of all the person's organizations; each policy selects and orders its own.
      const { policies: hostPolicies } = context;
      const places = user.memberships.length > 0 ? user.memberships : [null];
      const policies = places.flatMap((place) => hostPolicies.resolve(user, place).providerTokens ?? []);
      if (policies.length === 0) throw new Refusal('not_offered');
      return { act: () => json({ data: offeredProviders(context, policies) }) };
    },

    listProviderTokens: ({ caller: { user }, organizationId }) => {
      const { owner } = reach(user, organizationId);
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
      const reached = reach(user, organizationId);
      refuseUnlessManages(reached);
      return {
        act: async ({ body }) =>
          resource(await createProviderToken(context, reached.owner, actor, reached.policy, body)),
      };
    },

    getProviderToken: async ({ caller: { user }, organizationId, params: { id } }) => {
      const { owner } = reach(user, organizationId);
      const token = await findProviderToken(context, owner, id);
      return { act: () => resource(token) };
    },

    updateProviderToken: async ({ caller: { user }, organizationId, params: { id }, actor }) => {
      const reached = reach(user, organizationId);
      const found = await findProviderToken(context, reached.owner, id);
      refuseUnlessManages(reached);
      if (!reached.policy.providers.includes(found.provider)) throw new Refusal('not_offered');
      return {
        version: found.version,
        act: async ({ body, version }) =>
          resource(await updateProviderToken(context, reached.owner, id, version, actor, reached.policy, body)),
      };
    },

    deleteProviderToken: async ({ caller: { user }, organizationId, params: { id }, actor }) => {
      const reached = reach(user, organizationId);
      const found = await findProviderToken(context, reached.owner, id);
      refuseUnlessManages(reached);
      return {
        version: found.version,
        act: async ({ version }) => {
          await deleteProviderToken(context, reached.owner, id, version, actor);
          return empty;
        },
      };
    },
  };
};
