import * as z from 'zod/mini';
import { endpoint } from '../operation.js';
import { Owner } from './owner.js';
import { Instant, mapOf } from './values.js';

/** The presented API key, with its owner and module. */
export const KeyIdentity = z.object({
  /** The `id` of the key, as the list of keys has it. */
  apiKeyId: z.string(),
  /** The owner of the key, whose credentials the key reaches. */
  owner: Owner,
  /** The module that the key is restricted to; `null` for a key that is not restricted. */
  module: z.nullable(z.string()),
  /** The instant from which the key no longer works; `null` for a key without an end. */
  expiresAt: z.nullable(Instant),
});
export type KeyIdentity = z.output<typeof KeyIdentity>;

/** A credential to send to a provider, valid for a short time. */
export const CredentialLease = z.object({
  /** Request headers by name, to be sent with each request to `baseUrl`. Secret. */
  headers: mapOf(z.string()),
  /** The address below which the provider’s API is. */
  baseUrl: z.string(),
  /** Addresses of a provider whose APIs do not share the base URL, by name: `rest`, `graphql`. */
  endpoints: z.optional(mapOf(z.string())),
  /**
   * At most five minutes ahead, and not beyond the token’s own end. Then ask again: the token may have been replaced or
   * removed.
   */
  expiresAt: Instant,
  /** Names this lease in the activity log. */
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
  confidential: true,
  answer: CredentialLease,
});
