import { activityOperations } from './activity.js';
import { administrationOperations } from './administration.js';
import { apiKeyOperations } from './api-keys.js';
import type { ProblemCode } from './endpoints/problem-codes.js';
import { integrationOperations } from './integration.js';
import { notificationOperations } from './notifications.js';
import { isBytes, type OperationDefinition } from './operation.js';
import { policyOperations } from './policy.js';
import { profileOperations } from './profile.js';
import { providerTokenOperations } from './provider-tokens.js';
import { providerOperations } from './providers.js';

/**
 * Every operation of the contract, by its operationId: what a server has to answer.
 *
 * **Requests and answers** are JSON in UTF-8, apart from pictures. A request is read strictly: an unknown member is an
 * error. An answer is read tolerantly: a client ignores members and survives values that it does not know, so a later
 * server may add some.
 *
 * **Owners.** `/api-keys` and `/provider-tokens` are the signed-in person’s own. The same paths below
 * `/organizations/{organizationId}` are what the organization owns.
 *
 * **Offers.** The policy says which operations are offered to a person. One that it does not offer is 403
 * `not_offered`, also for a person whose page does not show the section.
 *
 * **Order of checks.** Of several things that are wrong, the first of these is answered: 400 `credentials_conflict`,
 * 401, 429, 403 `origin_not_allowed`, 409 `user_changed`, 404, 403, 400, 413 or 415, 403 `field_not_editable`, 428,
 * 412, 422, 409. So an error reveals nothing that the caller may not know.
 *
 * **Versions.** A resource that can be changed has a `version`, and its strong `ETag` is that number in quotation
 * marks. Replacing or removing it needs `If-Match`. Changes by the clock or by use do not move the version.
 *
 * **Caches.** Every answer is sent with `Cache-Control: no-store`, problems too: it is about one person, or holds a
 * secret.
 *
 * **Another origin.** A page on another origin needs CORS: the request headers `Authorization`, `Content-Type`,
 * `If-Match`, `Idempotency-Key` and `X-User-Id` allowed, the answer’s headers exposed, and credentials allowed where
 * the session is a cookie.
 */
export const operations = {
  ...policyOperations,
  ...profileOperations,
  ...providerOperations,
  ...providerTokenOperations,
  ...apiKeyOperations,
  ...administrationOperations,
  ...activityOperations,
  ...notificationOperations,
  ...integrationOperations,
} as const;

export type Operations = typeof operations;
export type OperationId = keyof Operations;

/** The paths of an operation: an owned one is also below its organization. */
export const pathsOf = ({ path, owned }: OperationDefinition): string[] =>
  owned ? [path, `/organizations/{organizationId}${path}`] : [path];

const when = (condition: unknown, ...codes: ProblemCode[]): ProblemCode[] => (condition ? codes : []);

/** The codes of all problems that an operation can answer with: those that its shape implies, then its own. */
export const problemsOf = (operation: OperationDefinition): ProblemCode[] => {
  const { callers, method, path, owned, body, ignoresBody, versioned, minting, problems = [] } = operation;
  const user = callers.includes('user');
  const all: ProblemCode[] = [
    ...when(callers.length, 'unauthenticated', 'credentials_conflict'),
    ...when(user, 'session_expired', 'user_changed'),
    ...when(user && method !== 'GET', 'origin_not_allowed'),
    ...when(owned || path.includes('{'), 'not_found'),
    ...when(owned, 'forbidden'),
    // A query parameter that the operation does not have is malformed too.
    'malformed',
    ...when(method !== 'GET' && !ignoresBody, 'too_large', 'media_type_unsupported'),
    ...when(method !== 'GET' && !ignoresBody && !isBytes(body), 'invalid'),
    ...when(minting, 'idempotency_key_required', 'idempotency_mismatch', 'idempotency_in_flight'),
    ...when(versioned, 'version_required', 'version_stale'),
    'rate_limited',
    'internal',
    'unavailable',
    ...problems,
  ];
  return [...new Set(all)];
};
