import * as z from 'zod/mini';
import * as endpoints from './endpoints/policy.js';
import { operation } from './operation.js';
import { Id } from './text.js';

/** The policy of a person. */
export const policyOperations = {
  /**
   * Returns the policy for this person in this organization: the first request of a page. The server enforces
   * every line of it.
   */
  getPolicy: operation(endpoints.getPolicy, {
    callers: ['user'],
    query: z.strictObject({
      /**
       * The active organization; the person’s first one unless given. An organization that they do not belong to is
       * 404.
       */
      organizationId: z.optional(Id),
    }),
    status: 200,
    problems: ['not_found'],
  }),
};
