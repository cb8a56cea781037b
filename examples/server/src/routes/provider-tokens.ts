import type { ProviderTokensPolicy } from '@ai-cockpit/sdk/contract';
import { type OwnerAccess, ownerFor, refuseUnlessManages, refuseUnlessReads, type User } from '../domain/access.js';
import type { Environment } from '../domain/environment.js';
import { offeredProviderTokens } from '../domain/policy.js';
import type { ProviderTokens } from '../domain/provider-tokens.js';
import { Refusal } from '../domain/refusal.js';
import type { Cursors } from './cursors.js';
import type { HandlersOf } from './handler.js';
import { empty, json, pageOfList, resource } from './reply.js';

export const providerTokenHandlers = (
  environment: Environment,
  providerTokens: ProviderTokens,
  cursors: Cursors,
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
    const terms = environment.policies.ofOwner(user, ownerAccess);
    refuseUnlessReads(ownerAccess);
    return { ...ownerAccess, policy: offeredProviderTokens(terms, ownerAccess.owner.kind) };
  };

  return {
    listProviders: ({ caller: { user } }) => {
      // The providers of all the person's organizations; each policy selects and orders its own.
      const { policies: hostPolicies } = environment;
      const places = user.memberships.length > 0 ? user.memberships : [null];
      const policies = places.flatMap((place) => hostPolicies.resolve(user, place).providerTokens ?? []);
      if (policies.length === 0) throw new Refusal('not_offered');
      return { act: () => json({ data: providerTokens.offered(policies) }) };
    },

    listProviderTokens: ({ caller: { user }, organizationId }) => {
      const { owner } = reach(user, organizationId);
      const list = ['listProviderTokens', owner.kind, owner.id];
      return {
        act: async ({ query }) => {
          const request = await cursors.read(list, query);
          const { data, next, total } = await providerTokens.page(owner, request);
          return pageOfList({ data, nextCursor: await cursors.write(list, request, next), total });
        },
      };
    },

    createProviderToken: ({ caller: { user }, organizationId, actor }) => {
      const reached = reach(user, organizationId);
      refuseUnlessManages(reached);
      return {
        act: async ({ body }) => resource(await providerTokens.create(reached.owner, actor, reached.policy, body)),
      };
    },

    getProviderToken: async ({ caller: { user }, organizationId, params: { id } }) => {
      const { owner } = reach(user, organizationId);
      const token = await providerTokens.get(owner, id);
      return { act: () => resource(token) };
    },

    updateProviderToken: async ({ caller: { user }, organizationId, params: { id }, actor }) => {
      const reached = reach(user, organizationId);
      const found = await providerTokens.get(reached.owner, id);
      refuseUnlessManages(reached);
      if (!reached.policy.providers.includes(found.provider)) throw new Refusal('not_offered');
      return {
        version: found.version,
        act: async ({ body, version }) =>
          resource(await providerTokens.update(reached.owner, id, version, actor, reached.policy, body)),
      };
    },

    deleteProviderToken: async ({ caller: { user }, organizationId, params: { id }, actor }) => {
      const reached = reach(user, organizationId);
      const found = await providerTokens.get(reached.owner, id);
      refuseUnlessManages(reached);
      return {
        version: found.version,
        act: async ({ version }) => {
          await providerTokens.delete(reached.owner, id, version, actor);
          return empty;
        },
      };
    },
  };
};
