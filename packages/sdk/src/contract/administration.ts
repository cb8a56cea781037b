import * as z from 'zod/mini';
import { apiKeyListQuery, apiKeySorts } from './api-keys.js';
import * as endpoints from './endpoints/administration.js';
import { operation } from './operation.js';
import { Description } from './text.js';

/** By status: what works first, then what has expired, then what is revoked. */
export const allApiKeySorts = [...apiKeySorts, 'owner', '-owner', 'status', '-status'] as const;

/** For administrators of an organization, where the policy says so: the API keys of all its members, and its own. */
export const administrationOperations = {
  /**
   * The API keys of all members of the organizations that the person administers, and of these organizations. `q` looks
   * where it looks among one owner’s keys, and in the names and e-mail addresses of owners. `sort=status` is: active,
   * expired, revoked.
   */
  listAllApiKeys: operation(endpoints.listAllApiKeys, {
    callers: ['user'],
    query: apiKeyListQuery(allApiKeySorts),
    status: 200,
    problems: ['forbidden', 'not_offered', 'cursor_invalid'],
  }),

  /**
   * Ends one of these keys for good, from the next request on. A key that is revoked already stays as it is: 200, with
   * the first reason.
   */
  revokeAnyApiKey: operation(endpoints.revokeAnyApiKey, {
    callers: ['user'],
    body: z.strictObject({
      /** Why, for the list of keys and the activity log. `null` in the answer where it is left out or empty. */
      reason: z.optional(Description),
    }),
    status: 200,
    problems: ['forbidden', 'not_offered'],
  }),
};
