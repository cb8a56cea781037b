import * as z from 'zod/mini';
import * as endpoints from './endpoints/policy.js';
import { operation } from './operation.js';
import { Id } from './text.js';

export const policyOperations = {
  getPolicy: operation(endpoints.getPolicy, {
    callers: ['user'],
    /** Without it, the person's first organization. */
    query: z.strictObject({ organizationId: z.optional(Id) }),
    status: 200,
    problems: ['not_found'],
  }),
};
