import { activityOperations } from './activity.js';
import { administrationOperations } from './administration.js';
import { apiKeyOperations } from './api-keys.js';
import type { ProblemCode } from './endpoints/problem.js';
import { integrationOperations } from './integration.js';
import { notificationOperations } from './notifications.js';
import { isBytes, type OperationDefinition } from './operation.js';
import { policyOperations } from './policy.js';
import { profileOperations } from './profile.js';
import { providerTokenOperations } from './provider-tokens.js';
import { providerOperations } from './providers.js';

/** Every operation of the contract, by its operationId: what a server has to answer. */
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

/** Where an operation stands: an owned one also below its organization. */
export const pathsOf = ({ path, owned }: OperationDefinition): string[] =>
  owned ? [path, `/organizations/{organizationId}${path}`] : [path];

const when = (condition: unknown, ...codes: ProblemCode[]): ProblemCode[] => (condition ? codes : []);

/** Every problem that an operation can answer with: what its shape implies, then what is its own. */
export const problemsOf = (operation: OperationDefinition): ProblemCode[] => {
  const { callers, method, path, owned, body, versioned, minting, problems = [] } = operation;
  const user = callers.includes('user');
  const all: ProblemCode[] = [
    ...when(callers.length, 'unauthenticated', 'credentials_conflict'),
    ...when(user, 'session_expired', 'user_changed'),
    ...when(user && method !== 'GET', 'origin_not_allowed'),
    ...when(owned || path.includes('{'), 'not_found'),
    ...when(owned, 'forbidden'),
    // A query that no operation asks for is malformed too.
    'malformed',
    ...when(body, 'too_large', 'media_type_unsupported'),
    ...when(body && !isBytes(body), 'invalid'),
    ...when(minting, 'idempotency_key_required', 'idempotency_mismatch', 'idempotency_in_flight'),
    ...when(versioned, 'version_required', 'version_stale'),
    'rate_limited',
    'internal',
    'unavailable',
    ...problems,
  ];
  return [...new Set(all)];
};
