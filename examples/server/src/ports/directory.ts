import type { Role } from '@ai-cockpit/sdk/contract';

/** What a checked session says about its person: the subject, and what a first sign-in starts a profile with. */
export interface Claims {
  subject: string;
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

/** Who belongs where. Asked anew with each request, so that a removal ends all access at once. */
export interface Directory {
  /** Whether this person may still come in. Somebody never heard of may: the session's issuer vouches for them. */
  admits(userId: string): Promise<boolean>;
  /** The first is the default one. */
  memberships(userId: string): Promise<Membership[]>;
  organization(id: string): Promise<Organization | null>;
}
