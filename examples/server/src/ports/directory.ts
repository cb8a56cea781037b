import type { Role } from '@ai-cockpit/sdk/contract';

/**
 * The claims of a checked session: its subject, and the fields of the profile. A first sign-in fills the profile from
 * them, and the fields that the identity provider manages follow them later.
 */
export interface Claims {
  subject: string;
  /**
   * When they were made, in seconds: of the claims of two sessions, the later ones hold. Without it, they count as later
   * than any others.
   */
  madeAt?: number | undefined;
  loginName?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | undefined;
  email?: string | undefined;
}

export interface Organization {
  id: string;
  name: string;
}

export interface Membership extends Organization {
  role: Role;
}

/** Somebody's place in an organization, seen from there. */
export interface Member {
  userId: string;
  role: Role;
}

/** People and their organizations. Each request reads it again, so that a removal ends all access at once. */
export interface Directory {
  /** Whether this person may still come in. Somebody never heard of may: the session's issuer vouches for them. */
  admits(userId: string): Promise<boolean>;
  /** The first is the default one. */
  memberships(userId: string): Promise<Membership[]>;
  /** Of an organization, in no order; none of one that there is not. */
  members(organizationId: string): Promise<Member[]>;
  organization(id: string): Promise<Organization | null>;
}
