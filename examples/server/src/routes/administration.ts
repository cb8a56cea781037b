import type { Administration } from '../domain/administration.js';
import type { Cursors } from './cursors.js';
import type { HandlersOf } from './handler.js';
import { pageOfList, resource } from './reply.js';

export const administrationHandlers = (
  administration: Administration,
  cursors: Cursors,
): HandlersOf<'listAllApiKeys' | 'revokeAnyApiKey'> => ({
  listAllApiKeys: ({ caller: { user } }) => {
    const organizationIds = administration.reach(user);
    return {
      act: async ({ query }) => {
        const status = query.status ? ['status', query.status] : [];
        const list = ['listAllApiKeys', user.id, ...organizationIds, ...status];
        const request = await cursors.read(list, query);
        const { data, next, total } = await administration.page(
          organizationIds,
          administration.filtered(request, query.status),
        );
        return pageOfList({ data, nextCursor: await cursors.write(list, request, next), total });
      },
    };
  },

  revokeAnyApiKey: async ({ caller: { user }, params: { id }, actor }) => {
    const owner = await administration.ownerOf(administration.reach(user), id);
    return { act: async ({ body }) => resource(await administration.revoke(owner, id, actor, body.reason)) };
  },
});
