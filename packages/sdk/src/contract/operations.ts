import * as apiKeys from './api-keys.js';
import * as integration from './integration.js';
import type { OperationDefinition } from './operation.js';
import * as policy from './policy.js';
import type { ProblemCode } from './problem.js';
import * as profile from './profile.js';
import * as providerTokens from './provider-tokens.js';
import * as providers from './providers.js';

/** Every operation of the contract, by its operationId: what a server has to answer. */
export const operations = {
  getPolicy: policy.getPolicy,
  getProfile: profile.getProfile,
  updateProfile: profile.updateProfile,
  listProviders: providers.listProviders,
  listProviderTokens: providerTokens.listProviderTokens,
  createProviderToken: providerTokens.createProviderToken,
  getProviderToken: providerTokens.getProviderToken,
  updateProviderToken: providerTokens.updateProviderToken,
  deleteProviderToken: providerTokens.deleteProviderToken,
  listApiKeys: apiKeys.listApiKeys,
  createApiKey: apiKeys.createApiKey,
  getApiKey: apiKeys.getApiKey,
  revokeApiKey: apiKeys.revokeApiKey,
  deleteApiKey: apiKeys.deleteApiKey,
  whoAmI: integration.whoAmI,
  leaseCredential: integration.leaseCredential,
} as const;

export type Operations = typeof operations;
export type OperationId = keyof Operations;

/** Where an operation stands: an owned one also below its organization. */
export const pathsOf = ({ path, owned }: OperationDefinition): string[] =>
  owned ? [path, `/organizations/{organizationId}${path}`] : [path];

const when = (condition: unknown, ...codes: ProblemCode[]): ProblemCode[] => (condition ? codes : []);

/** Every problem that an operation can answer with: what its shape implies, then what is its own. */
export const problemsOf = (operation: OperationDefinition): ProblemCode[] => {
  const { callers, method, path, owned, body, query, versioned, minting, problems = [] } = operation;
  const user = callers.includes('user');
  const all: ProblemCode[] = [
    ...when(callers.length, 'unauthenticated'),
    ...when(user, 'session_expired'),
    ...when(user && method !== 'GET', 'origin_not_allowed'),
    ...when(callers.includes('key'), 'credentials_conflict'),
    ...when(owned || path.includes('{'), 'not_found'),
    ...when(owned, 'forbidden'),
    ...when(body || query, 'malformed'),
    ...when(body, 'too_large', 'media_type_unsupported', 'invalid'),
    ...when(minting, 'idempotency_key_required', 'idempotency_mismatch', 'idempotency_in_flight'),
    ...when(versioned, 'version_required', 'version_stale'),
    'rate_limited',
    'internal',
    'unavailable',
    ...problems,
  ];
  return [...new Set(all)];
};
