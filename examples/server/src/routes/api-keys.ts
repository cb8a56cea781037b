import type { ApiKey, ApiKeysPolicy } from '@ai-cockpit/sdk/contract';
import { type OwnerAccess, ownerFor, refuseUnlessManages, refuseUnlessReads, type User } from '../domain/access.js';
import { withStatus } from '../domain/api-key-filter.js';
import type { ApiKeys } from '../domain/api-keys.js';
import type { Environment } from '../domain/environment.js';
import { offeredApiKeys } from '../domain/policy.js';
import type { Cursors } from './cursors.js';
import type { HandlersOf } from './handler.js';
import { empty, json, pageOfList, resource } from './reply.js';

/** Where a key is used from is for those who may end it. */
const visibleTo = ({ access }: OwnerAccess, apiKey: ApiKey): ApiKey =>
  access === 'manage' ? apiKey : { ...apiKey, lastUsedFrom: null };

export const apiKeyHandlers = (
  environment: Environment,
  apiKeys: ApiKeys,
  cursors: Cursors,
): HandlersOf<'listApiKeys' | 'createApiKey' | 'getApiKey' | 'revokeApiKey' | 'deleteApiKey'> => {
  /** The owner of the keys; refuses if keys are not offered or the caller may not see them. */
  const reach = (user: User, organizationId: string | undefined): OwnerAccess & { policy: ApiKeysPolicy } => {
    const ownerAccess = ownerFor(user, organizationId);
    const terms = environment.policies.ofOwner(user, ownerAccess);
    refuseUnlessReads(ownerAccess);
    return { ...ownerAccess, policy: offeredApiKeys(terms, ownerAccess.owner.kind) };
  };

  return {
    listApiKeys: ({ caller: { user }, organizationId }) => {
      const reached = reach(user, organizationId);
      const { owner, policy } = reached;
      return {
        act: async ({ query }) => {
          const list = ['listApiKeys', owner.kind, owner.id, ...(query.status ? ['status', query.status] : [])];
          const request = await cursors.read(list, query);
          const filtered = withStatus(request, query.status, policy, environment.clock.now());
          const { data, next, total } = await apiKeys.page(owner, filtered);
          const nextCursor = await cursors.write(list, request, next);
          const visible = data.map((apiKey) => visibleTo(reached, apiKey));
          return pageOfList({ data: visible, nextCursor, total, remaining: await apiKeys.remaining(owner, policy) });
        },
      };
    },

    createApiKey: ({ caller: { user }, organizationId, actor, path }) => {
      const reached = reach(user, organizationId);
      refuseUnlessManages(reached);
      return {
        act: async ({ body, idempotencyKey }) => {
          const request = { callerId: user.id, operation: 'createApiKey', path, body, idempotencyKey };
          const attempt = await environment.minting.attempt(request);
          const created = await apiKeys.create(reached.owner, user, actor, reached.policy, body, attempt);
          return { ...json(created), version: created.apiKey.version };
        },
      };
    },

    getApiKey: async ({ caller: { user }, organizationId, params: { id } }) => {
      const reached = reach(user, organizationId);
      const apiKey = visibleTo(reached, await apiKeys.get(reached.owner, id));
      return { act: () => resource(apiKey) };
    },

    revokeApiKey: async ({ caller: { user }, organizationId, params: { id }, actor }) => {
      const reached = reach(user, organizationId);
      await apiKeys.get(reached.owner, id);
      refuseUnlessManages(reached);
      return { act: async ({ body }) => resource(await apiKeys.revoke(reached.owner, id, actor, body.reason)) };
    },

    deleteApiKey: async ({ caller: { user }, organizationId, params: { id }, actor }) => {
      const reached = reach(user, organizationId);
      const { version } = await apiKeys.get(reached.owner, id);
      refuseUnlessManages(reached);
      return {
        version,
        act: async (input) => {
          await apiKeys.delete(reached.owner, id, input.version, actor, reached.policy);
          return empty;
        },
      };
    },
  };
};
