import {
  administeredOrganizations,
  type AdministrationContext,
  findApiKeyOwner,
  listAllApiKeys,
  revokeAnyApiKey,
} from '../domain/administration.js';
import type { ApiKeyRevocationContext } from '../domain/api-keys.js';
import type { HostPolicies } from '../domain/policy.js';
import type { Clock } from '../ports/clock.js';
import { type CursorContext, readPageRequest, writeCursor } from './cursors.js';
import type { HandlersOf } from './handler.js';
import { pageOfList, resource } from './reply.js';

export const administrationHandlers = (
  context: AdministrationContext & ApiKeyRevocationContext & CursorContext & { policies: HostPolicies; clock: Clock },
): HandlersOf<'listAllApiKeys' | 'revokeAnyApiKey'> => ({
  listAllApiKeys: ({ caller: { user } }) => {
    const organizationIds = administeredOrganizations(context, user);
    return {
      act: async ({ query }) => {
        const status = query.status ? ['status', query.status] : [];
        const list = ['listAllApiKeys', user.id, ...organizationIds, ...status];
        const request = await readPageRequest(context, list, query);
        const { data, next, total } = await listAllApiKeys(context, organizationIds, request, query.status);
        return pageOfList({ data, nextCursor: await writeCursor(context, list, request, next), total });
      },
    };
  },

  revokeAnyApiKey: async ({ caller: { user }, params: { id }, actor }) => {
    const owner = await findApiKeyOwner(context, administeredOrganizations(context, user), id);
    return { act: async ({ body }) => resource(await revokeAnyApiKey(context, owner, id, actor, body.reason)) };
  },
});
