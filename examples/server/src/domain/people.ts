import {
  type Profile,
  type ProfileFieldPolicy,
  type ProfilePatch,
  readEmail,
  visibleText,
} from '@ai-cockpit/sdk/contract';
import type { Clock } from '../ports/clock.js';
import type { Claims, Directory } from '../ports/directory.js';
import { displayName, type NewPerson } from '../store/people.js';
import type { Store } from '../store/store.js';
import type { PersonRow } from '../store/tables.js';
import type { User } from './access.js';
import type { Actor } from './activity.js';
import { type ClaimsContext, followClaims } from './claims.js';
import type { Change, UnitOfWork } from './change.js';
import type { HostPolicies, RolePolicy } from './policy.js';
import { type FieldError, throwFieldErrors, ProblemError } from './problem-error.js';
import { isSecretIn } from './secret-guard.js';

interface PeopleContext {
  store: Pick<Store, 'people'>;
}

/** The dependencies of a profile beside the person's row. */
export interface ProfileContext {
  policies: HostPolicies;
  /** Where clients find the API, as `/v1` or `/tools/cockpit/v1`. */
  apiPath: string;
}

/** As people know them; `null` for somebody who has never signed in. */
export const personName = async ({ store }: PeopleContext, id: string): Promise<string | null> => {
  const person = await store.people.find(id);
  return person ? displayName(person) : null;
};

export interface SignInContext extends ClaimsContext, PeopleContext {
  directory: Directory;
  clock: Clock;
}

/** The person of a checked session; `null` for one who may not come in any more. A first sign-in makes the profile. */
export const signIn = async (
  context: SignInContext,
  claims: Claims,
  request: Pick<Actor, 'source' | 'requestId'>,
): Promise<User | null> => {
  const { store, directory } = context;
  const id = claims.subject;
  if (!(await directory.admits(id))) return null;
  const known = (await store.people.find(id)) ?? (await welcome(context, claims, request));
  if (!known) return null;
  const memberships = await directory.memberships(id);
  const person = await followClaims(context, known, memberships, claims, request);
  return { id, name: displayName(person), memberships };
};

const welcome = async (
  { change, clock, catalogue }: SignInContext,
  { subject, loginName, firstName, lastName, email, madeAt }: Claims,
  request: Pick<Actor, 'source' | 'requestId'>,
): Promise<PersonRow | null> => {
  const kept = (field: string, claim = ''): string => (isSecretIn(catalogue, field, claim) ? '' : claim);
  const person: NewPerson = {
    id: subject,
    loginName: kept('loginName', loginName),
    firstName: kept('firstName', firstName),
    lastName: kept('lastName', lastName),
    email: kept('email', email),
    createdAt: clock.now(),
    removedAt: null,
    avatarVersion: null,
    claimsAt: madeAt ?? null,
    version: 1,
  };
  const actor: Actor = { kind: 'user', id: subject, name: displayName(person), ...request };
  const add = async ({ tx, record }: UnitOfWork): Promise<PersonRow | null> => {
    const added = await tx.people.add(person);
    if (added) {
      await record({ action: 'profile.created' });
      return added;
    }
    // Another request of theirs came first; or their removal.
    const known = await tx.people.find(subject);
    return known?.removedAt === null ? known : null;
  };
  // Most people never own anything that the lock is for.
  return change({ kind: 'user', id: subject }, actor, add, { locksOwner: false });
};

export const profileOf = async (context: ProfileContext & PeopleContext, user: User): Promise<Profile> => {
  const person = await context.store.people.find(user.id);
  if (!person) throw new Error('A signed-in person has no profile');
  return toProfile(context, person, user);
};

/** The policy for somebody's own profile, whichever of their organizations is active. */
export const profilePolicy = ({ policies }: Pick<ProfileContext, 'policies'>, user: User): RolePolicy =>
  policies.ofPerson(user);

export const toProfile = (
  context: ProfileContext,
  { id, loginName, firstName, lastName, email, avatarVersion, version }: PersonRow,
  user: User,
): Profile => ({
  id,
  // The host may have filled the table by other rules.
  loginName: visibleText(loginName),
  firstName: visibleText(firstName),
  lastName: visibleText(lastName),
  email: readEmail(email)?.address ?? visibleText(email),
  role: user.memberships[0]?.role ?? null,
  avatarUrl:
    avatarVersion === null || profilePolicy(context, user).profile.fields.avatar.access === 'hidden'
      ? null
      : `${context.apiPath}/profile/avatar?version=${avatarVersion}`,
  organizations: user.memberships.map((membership) => ({ ...membership })),
  version,
});

/** Errors for those of these fields that this person may not edit. */
export const uneditableFields = ({ profile }: RolePolicy, fields: string[]): FieldError[] => {
  const policies: Readonly<Record<string, ProfileFieldPolicy>> = profile.fields;
  return fields
    .filter((field) => Object.hasOwn(policies, field) && policies[field]?.access !== 'edit')
    .map((path) => ({ path, code: 'not_editable' }));
};

/** Errors for required fields that this change would leave empty. */
const missingFields = ({ profile }: RolePolicy, change: Readonly<Record<string, string>>): FieldError[] => {
  const policies: Readonly<Record<string, ProfileFieldPolicy>> = profile.fields;
  return Object.keys(change)
    .filter((field) => change[field] === '' && policies[field]?.required)
    .map((path) => ({ path, code: 'required' }));
};

export const updateProfile = async (
  context: ProfileContext & PeopleContext & { change: Change },
  user: User,
  actor: Actor,
  version: number,
  patch: ProfilePatch,
): Promise<Profile> => {
  const { firstName, lastName, email } = patch;
  const edits = {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(email !== undefined && { email }),
  };
  if (Object.keys(edits).length === 0) {
    const profile = await profileOf(context, user);
    // Changed since its version was compared.
    if (profile.version !== version) throw new ProblemError('version_stale');
    return profile;
  }
  throwFieldErrors(missingFields(profilePolicy(context, user), edits));
  return context.change({ kind: 'user', id: user.id }, actor, async ({ tx, record }) => {
    const updated = await tx.people.update(user.id, version, edits);
    if (!updated) throw new ProblemError('version_stale');
    await record({ action: 'profile.updated', detail: { fields: Object.keys(edits).join(' ') } });
    return toProfile(context, updated, user);
  });
};
