import * as endpoints from './endpoints/activity.js';
import { listQuery } from './list.js';
import { operation } from './operation.js';

export const activitySorts = ['at', '-at'] as const;

/** The activity log: actions on credentials, with actor, time and origin. */
export const activityOperations = {
  /**
   * What the person did, what was done to what is theirs, and what was done to what belongs to the organizations that
   * they administer; the latest first. `q` looks in the names of who did it and of what it was done to, and in network
   * addresses. A search looks at so many entries at a time: a page may have fewer than `limit`, or none, and a
   * `nextCursor` that goes on.
   */
  listActivity: operation(endpoints.listActivity, {
    callers: ['user'],
    query: listQuery(activitySorts),
    status: 200,
    problems: ['not_offered', 'cursor_invalid'],
  }),
};
