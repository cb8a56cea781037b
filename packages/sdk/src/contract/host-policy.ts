import * as z from 'zod/mini';
import { roles } from './endpoints/owner.js';
import { policyMembers, sectionIds } from './endpoints/policy.js';

// No server and no tool could parse a key with any other prefix.
const prefixRule = 'must be 2 to 10 lower-case letters and digits, the first a letter';
const format = z.union([
  z.strictObject({ prefix: z.string().check(z.regex(/^[a-z][a-z0-9]{1,9}$/, prefixRule)) }),
  z.strictObject({ style: z.literal('8.32') }),
]);

/** The roles that an override can name; `none` stands for people who belong to no organization. */
export const policyRoles = [...roles, 'none'] as const;
export type PolicyRole = (typeof policyRoles)[number];

/**
 * A host's policy: the terms for everybody, then overrides for some. The server resolves it, for one person in
 * one organization, into the `Policy` that clients are sent.
 */
export const HostPolicy = z.strictObject({
  ...policyMembers({ choice: (values) => z.enum(values), object: z.strictObject, format }),
  sections: z.array(z.strictObject({ id: z.enum(sectionIds), href: z.optional(z.string()) })),
  /**
   * In order, each merged (RFC 7396) over the terms for people who have one of the roles: in the organization whose
   * things are meant; in their first one, for what is their own.
   */
  overrides: z.optional(
    z.array(z.strictObject({ roles: z.array(z.enum(policyRoles)), policy: z.record(z.string(), z.unknown()) })),
  ),
});
export type HostPolicy = z.output<typeof HostPolicy>;
