import * as endpoints from './endpoints/activity.js';
import { listQuery } from './list.js';
import { operation } from './operation.js';

export const activitySorts = ['at', '-at'] as const;

export const activityOperations = {
  /**
   * The latest first: what the person did, what was done to what is theirs, and what was done to what belongs to the
   * organizations that they administer. Found by the names of who did it and what it was done to, and by address.
   */
  listActivity: operation(endpoints.listActivity, {
    callers: ['user'],
    query: listQuery(activitySorts),
    status: 200,
    problems: ['cursor_invalid'],
  }),
};
