import * as endpoints from './endpoints/activity.js';
import { listQuery } from './list.js';
import { operation } from './operation.js';

export const activitySorts = ['at', '-at'] as const;

/** The activity log: actions on credentials, with actor, time and origin. */
export const activityOperations = {
  /**
   * The person’s actions, actions on their profile and credentials, and actions on the credentials of organizations
   * that they administer; the latest first. `q` looks in the names of actors and targets, and in network addresses. A
   * search reads a limited number of entries for each page: a page may have fewer than `limit`, or none, and still a
   * `nextCursor`.
   */
  listActivity: operation(endpoints.listActivity, {
    callers: ['user'],
    query: listQuery(activitySorts),
    status: 200,
    problems: ['not_offered', 'cursor_invalid'],
  }),
};
