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
import type { Cursors } from './cursors.js';
import type { HandlersOf } from './handler.js';
import { pageOfList, resource } from './reply.js';

export const administrationHandlers = (
  context: AdministrationContext & ApiKeyRevocationContext & { policies: HostPolicies; clock: Clock },
  cursors: Cursors,
): HandlersOf<'listAllApiKeys' | 'revokeAnyApiKey'> => ({
  listAllApiKeys: ({ caller: { user } }) => {
    const organizationIds = administeredOrganizations(context, user);
    return {
      act: async ({ query }) => {
        const status = query.status ? ['status', query.status] : [];
        const list = ['listAllApiKeys', user.id, ...organizationIds, ...status];
        const request = await cursors.read(list, query);
        const { data, next, total } = await listAllApiKeys(context, organizationIds, request, query.status);
        return pageOfList({ data, nextCursor: await cursors.write(list, request, next), total });
      },
    };
  },

  revokeAnyApiKey: async ({ caller: { user }, params: { id }, actor }) => {
    const owner = await findApiKeyOwner(context, administeredOrganizations(context, user), id);
    return { act: async ({ body }) => resource(await revokeAnyApiKey(context, owner, id, actor, body.reason)) };
  },
});
