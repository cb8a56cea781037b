import * as z from 'zod/mini';
import { operation } from './operation.js';
import { Owner } from './owner.js';
import { Code, Description, Id, Instant } from './text.js';

export const KeyIdentity = z.object({
  apiKeyId: z.string(),
  owner: Owner,
  module: z.nullable(z.string()),
  expiresAt: z.nullable(Instant),
});
export type KeyIdentity = z.output<typeof KeyIdentity>;

/** The module that a restricted key needs in order to act as an agent. */
export const agentsModule = 'agents';

export const whoAmI = operation({
  id: 'whoAmI',
  method: 'GET',
  path: '/integration/whoami',
  callers: ['key'],
  /** Asks also whether the key opens this module. */
  query: z.strictObject({ module: z.optional(Id) }),
  status: 200,
  answer: KeyIdentity,
  problems: ['module_not_allowed'],
});

export const CredentialRequest = z.strictObject({
  provider: Id,
  /** Which of the provider's tokens; without it, the newest one that works. */
  code: z.optional(Code),
  /** Why, for the activity log: at least one character. */
  purpose: Description.check(z.minLength(1)),
  /** For a user's session: also look among this organization's tokens. */
  organizationId: z.optional(Id),
});
export type CredentialRequest = z.input<typeof CredentialRequest>;

export const CredentialLease = z.object({
  /** To send with each request to `baseUrl`: secret. */
  headers: z.record(z.string(), z.string()),
  baseUrl: z.string(),
  /** At most five minutes ahead: ask again then, as the token may have been replaced or removed. */
  expiresAt: Instant,
  leaseId: z.string(),
});
export type CredentialLease = z.output<typeof CredentialLease>;

export const leaseCredential = operation({
  id: 'leaseCredential',
  method: 'POST',
  path: '/integration/credentials',
  callers: ['key', 'user'],
  body: CredentialRequest,
  status: 200,
  answer: CredentialLease,
  problems: ['not_found', 'module_not_allowed', 'not_offered', 'credential_broken'],
});
