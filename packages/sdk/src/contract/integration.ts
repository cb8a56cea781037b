import * as z from 'zod/mini';
import * as endpoints from './endpoints/integration.js';
import { operation } from './operation.js';
import { Code, Description, Id } from './text.js';

/** The module that a restricted key needs in order to act as an agent. */
export const agentsModule = 'agents';

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

export const integrationOperations = {
  whoAmI: operation(endpoints.whoAmI, {
    callers: ['key'],
    /** Asks also whether the key opens this module. */
    query: z.strictObject({ module: z.optional(Id) }),
    status: 200,
    problems: ['module_not_allowed'],
  }),

  leaseCredential: operation(endpoints.leaseCredential, {
    callers: ['key', 'user'],
    body: CredentialRequest,
    status: 200,
    problems: ['not_found', 'forbidden', 'module_not_allowed', 'not_offered', 'credential_broken'],
  }),
};
