import * as z from 'zod/mini';
import * as endpoints from './endpoints/integration.js';
import { operation } from './operation.js';
import { Code, Description, Id } from './text.js';

/** The module that a restricted key needs in order to act as an agent. */
export const agentsModule = 'agents';

/** The credential that is needed, and its purpose. */
export const CredentialRequest = z.strictObject({
  /** The id of the provider. */
  provider: Id,
  /** The token of the provider; the newest one that works unless given. */
  code: z.optional(Code),
  /** The reason, for the activity log. */
  purpose: Description.check(z.minLength(1)),
  /**
   * For a person’s session: also look among this organization’s tokens. For a key: only its own organization, or 404.
   */
  organizationId: z.optional(Id),
});
export type CredentialRequest = z.input<typeof CredentialRequest>;

/** For programs that present an API key. */
export const integrationOperations = {
  /** Returns the owner of the presented API key. */
  whoAmI: operation(endpoints.whoAmI, {
    callers: ['key'],
    query: z.strictObject({
      /** Asks whether the key may be used for this module: 403 `module_not_allowed` where it may not. */
      module: z.optional(Id),
    }),
    status: 200,
    problems: ['module_not_allowed'],
  }),

  /**
   * Gives an agent the credential of a provider token for at most five minutes. A key reaches its owner’s tokens and no
   * others, and has to be of module `agents` or not restricted; a person’s session reaches their own tokens first, then
   * the organization’s. Every request leaves a row in the activity log, refused or not.
   */
  leaseCredential: operation(endpoints.leaseCredential, {
    callers: ['key', 'user'],
    body: CredentialRequest,
    status: 200,
    problems: ['not_found', 'forbidden', 'module_not_allowed', 'not_offered', 'credential_broken'],
  }),
};
