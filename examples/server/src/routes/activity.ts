import { type ActivityListContext, listActivityOf } from '../domain/activity-list.js';
import { type CursorContext, readPageRequest, writeCursor } from './cursors.js';
import type { HandlersOf } from './handler.js';
import { pageOfList } from './reply.js';

export const activityHandlers = (context: ActivityListContext & CursorContext): HandlersOf<'listActivity'> => ({
  listActivity: ({ caller: { user } }) => {
    const list = ['listActivity', user.id];
    return {
      act: async ({ query }) => {
        const request = await readPageRequest(context, list, query, '-at');
        const { data, next, total } = await listActivityOf(context, user, request);
        return pageOfList({ data, nextCursor: await writeCursor(context, list, request, next), total });
      },
    };
  },
});
