import * as z from 'zod/mini';
import { apiKeySorts } from './api-keys.js';
import * as endpoints from './endpoints/administration.js';
import { listQuery } from './list.js';
import { operation } from './operation.js';
import { Description } from './text.js';

/** By status: what works first, then what has expired, then what is revoked. */
export const allApiKeySorts = [...apiKeySorts, 'owner', '-owner', 'status', '-status'] as const;

/** For administrators of an organization, where the policy says so: the keys of all its members, and its own. */
export const administrationOperations = {
  listAllApiKeys: operation(endpoints.listAllApiKeys, {
    callers: ['user'],
    /** Found by the names of their owners too. */
    query: listQuery(allApiKeySorts),
    status: 200,
    problems: ['forbidden', 'not_offered', 'cursor_invalid'],
  }),

  revokeAnyApiKey: operation(endpoints.revokeAnyApiKey, {
    callers: ['user'],
    body: z.strictObject({ reason: z.optional(Description) }),
    status: 200,
    problems: ['forbidden', 'not_offered'],
  }),
};
