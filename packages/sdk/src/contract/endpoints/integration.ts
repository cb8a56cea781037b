import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { Owner } from './owner.js';
import { Instant, mapOf } from './values.js';

export const KeyIdentity = z.object({
  apiKeyId: z.string(),
  owner: Owner,
  module: z.nullable(z.string()),
  expiresAt: z.nullable(Instant),
});
export type KeyIdentity = z.output<typeof KeyIdentity>;

export const CredentialLease = z.object({
  /** To send with each request to `baseUrl`: secret. */
  headers: mapOf(z.string()),
  baseUrl: z.string(),
  /** Of a provider whose APIs do not share the base URL: `{ rest, graphql }`. */
  endpoints: z.optional(mapOf(z.string())),
  /** At most five minutes ahead: ask again then, as the token may have been replaced or removed. */
  expiresAt: Instant,
  leaseId: z.string(),
});
export type CredentialLease = z.output<typeof CredentialLease>;

export const whoAmI = endpoint({
  id: 'whoAmI',
  method: 'GET',
  path: '/integration/whoami',
  answer: KeyIdentity,
});

export const leaseCredential = endpoint({
  id: 'leaseCredential',
  method: 'POST',
  path: '/integration/credentials',
  answer: CredentialLease,
});
