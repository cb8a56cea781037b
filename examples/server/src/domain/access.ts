import type { Owner, Role } from '@ai-cockpit/sdk/contract';
import type { Directory, Membership } from '../ports/directory.js';
import type { OwnerRef } from '../store/owners.js';
import { orNotFound, ProblemError } from './problem-error.js';

export type Access = 'none' | 'read' | 'manage';

const accessByRole: Record<Role, Access> = {
  administrator: 'manage',
  manager: 'manage',
  member: 'read',
  viewer: 'none',
};

/** A signed-in person with what the directory says of them now. */
export interface User {
  id: string;
  /** As people know them. */
  name: string;
  /** The first is the default one. */
  memberships: Membership[];
}

export const accessOf = (role: Role): Access => accessByRole[role];

/** The person's place in an organization. Whoever has none is not told whether the organization exists. */
export const membershipIn = (user: User, organizationId: string): Membership =>
  orNotFound(user.memberships.find(({ id }) => id === organizationId));

/** The organizations that somebody administers. */
export const administeredBy = ({ memberships }: User): string[] =>
  memberships.filter(({ role }) => role === 'administrator').map(({ id }) => id);

/** An owner, and what the asking person may do with what it owns. */
export interface OwnerAccess {
  owner: OwnerRef & Owner;
  access: Access;
  /** The organization whose policy applies. */
  membership: Membership | null;
}

/** The person themselves, or one of their organizations. */
export const ownerFor = (user: User, organizationId: string | undefined): OwnerAccess => {
  if (organizationId === undefined)
    return {
      owner: { kind: 'user', id: user.id, name: user.name },
      access: 'manage',
      membership: user.memberships[0] ?? null,
    };
  const membership = membershipIn(user, organizationId);
  return {
    owner: { kind: 'organization', id: membership.id, name: membership.name },
    access: accessOf(membership.role),
    membership,
  };
};

export const requireReadAccess = ({ access }: OwnerAccess): void => {
  if (access === 'none') throw new ProblemError('forbidden');
};

export const requireManageAccess = ({ access }: OwnerAccess): void => {
  if (access !== 'manage') throw new ProblemError('forbidden');
};

/** The name that an owner has now; `null` for one that is gone, and whose keys open nothing any more. */
export const nameOfOwner = async (
  directory: Directory,
  personName: (id: string) => Promise<string | null>,
  owner: OwnerRef,
): Promise<string | null> => {
  if (owner.kind === 'organization') return (await directory.organization(owner.id))?.name ?? null;
  return (await directory.admits(owner.id)) ? personName(owner.id) : null;
};
