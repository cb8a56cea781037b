import type { ApiKey, ApiKeysPolicy } from '@ai-cockpit/sdk/contract';
import { type OwnerAccess, ownerFor, requireManageAccess, requireReadAccess, type User } from '../domain/access.js';
import { withStatus } from '../domain/api-key-filter.js';
import {
  type ApiKeyCreationContext,
  type ApiKeyReadingContext,
  createApiKey,
  deleteApiKey,
  findApiKey,
  listApiKeys,
  remainingApiKeys,
  revokeApiKey,
} from '../domain/api-keys.js';
import { prepareKeyCreation } from '../domain/idempotent-key-creation.js';
import { type HostPolicies, offeredApiKeys } from '../domain/policy.js';
import { type CursorContext, readPageRequest, writeCursor } from './cursors.js';
import type { HandlersOf } from './handler.js';
import { empty, json, pageOfList, resource } from './reply.js';

/** Where a key is used from is for those who may end it. */
const visibleTo = ({ access }: OwnerAccess, apiKey: ApiKey): ApiKey =>
  access === 'manage' ? apiKey : { ...apiKey, lastUsedFrom: null };

interface ApiKeysContext extends ApiKeyReadingContext, ApiKeyCreationContext, CursorContext {
  policies: HostPolicies;
}

export const apiKeyHandlers = (
  context: ApiKeysContext,
): HandlersOf<'listApiKeys' | 'createApiKey' | 'getApiKey' | 'revokeApiKey' | 'deleteApiKey'> => {
  /** The owner of the keys; refuses if keys are not offered or the caller may not see them. */
  const authorizeOwner = (user: User, organizationId: string | undefined): OwnerAccess & { policy: ApiKeysPolicy } => {
    const ownerAccess = ownerFor(user, organizationId);
    const policy = context.policies.ofOwner(user, ownerAccess);
    requireReadAccess(ownerAccess);
    return { ...ownerAccess, policy: offeredApiKeys(policy, ownerAccess.owner.kind) };
  };

  return {
    listApiKeys: ({ caller: { user }, organizationId }) => {
      const authorized = authorizeOwner(user, organizationId);
      const { owner, policy } = authorized;
      return {
        act: async ({ query }) => {
          const list = ['listApiKeys', owner.kind, owner.id, ...(query.status ? ['status', query.status] : [])];
          const request = await readPageRequest(context, list, query);
          const filtered = withStatus(request, query.status, policy, context.clock.now());
          const { data, next, total } = await listApiKeys(context, owner, filtered);
          const nextCursor = await writeCursor(context, list, request, next);
          const visible = data.map((apiKey) => visibleTo(authorized, apiKey));
          return pageOfList({
            data: visible,
            nextCursor,
            total,
            remaining: await remainingApiKeys(context, owner, policy),
          });
        },
      };
    },

    createApiKey: ({ caller: { user }, organizationId, actor, path }) => {
      const authorized = authorizeOwner(user, organizationId);
      requireManageAccess(authorized);
      return {
        act: async ({ body, idempotencyKey }) => {
          const request = { callerId: user.id, operation: 'createApiKey', path, body, idempotencyKey };
          const attempt = await prepareKeyCreation(context, request);
          const created = await createApiKey(context, authorized.owner, user, actor, authorized.policy, body, attempt);
          return { ...json(created), version: created.apiKey.version };
        },
      };
    },

    getApiKey: async ({ caller: { user }, organizationId, params: { id } }) => {
      const authorized = authorizeOwner(user, organizationId);
      const apiKey = visibleTo(authorized, await findApiKey(context, authorized.owner, id));
      return { act: () => resource(apiKey) };
    },

    revokeApiKey: async ({ caller: { user }, organizationId, params: { id }, actor }) => {
      const authorized = authorizeOwner(user, organizationId);
      await findApiKey(context, authorized.owner, id);
      requireManageAccess(authorized);
      return {
        act: async ({ body }) => resource(await revokeApiKey(context, authorized.owner, id, actor, body.reason)),
      };
    },

    deleteApiKey: async ({ caller: { user }, organizationId, params: { id }, actor }) => {
      const authorized = authorizeOwner(user, organizationId);
      const { version } = await findApiKey(context, authorized.owner, id);
      requireManageAccess(authorized);
      return {
        version,
        act: async (input) => {
          await deleteApiKey(context, authorized.owner, id, input.version, actor, authorized.policy);
          return empty;
        },
      };
    },
  };
};
