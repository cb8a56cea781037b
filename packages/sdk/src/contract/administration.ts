import * as z from 'zod/mini';
import { apiKeyListQuery, apiKeySorts } from './api-keys.js';
import * as endpoints from './endpoints/administration.js';
import { operation } from './operation.js';
import { Description } from './text.js';

/** By status: active keys first, then expired ones, then revoked ones. */
export const allApiKeySorts = [...apiKeySorts, 'owner', '-owner', 'status', '-status'] as const;

/** For administrators of an organization, where the policy says so: the API keys of all its members, and its own. */
export const administrationOperations = {
  /**
   * The API keys of all members of the organizations that the person administers, and of these organizations. `q`
   * looks in the same members as among one owner’s keys, and in the names and e-mail addresses of owners. `sort=status`
   * orders them: active, expired, revoked.
   */
  listAllApiKeys: operation(endpoints.listAllApiKeys, {
    callers: ['user'],
    query: apiKeyListQuery(allApiKeySorts),
    status: 200,
    problems: ['forbidden', 'not_offered', 'cursor_invalid'],
  }),

  /**
   * Revokes one of these keys permanently, from the next request on. A key that is already revoked does not change:
   * the answer is 200 with the first reason.
   */
  revokeAnyApiKey: operation(endpoints.revokeAnyApiKey, {
    callers: ['user'],
    body: z.strictObject({
      /** The reason, for the list of keys and the activity log. `null` in the answer if it is left out or empty. */
      reason: z.optional(Description),
    }),
    status: 200,
    problems: ['forbidden', 'not_offered'],
  }),
};
