import { listActivityOf } from '../domain/activity-list.js';
import type { Environment } from '../domain/environment.js';
import type { Cursors } from './cursors.js';
import type { HandlersOf } from './handler.js';
import { pageOfList } from './reply.js';

export const activityHandlers = (environment: Environment, cursors: Cursors): HandlersOf<'listActivity'> => ({
  listActivity: ({ caller: { user } }) => {
    const list = ['listActivity', user.id];
    return {
      act: async ({ query }) => {
        const request = await cursors.read(list, query, '-at');
        const { data, next, total } = await listActivityOf(environment, user, request);
        return pageOfList({ data, nextCursor: await cursors.write(list, request, next), total });
      },
    };
  },
});
