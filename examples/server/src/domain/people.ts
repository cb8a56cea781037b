import {
  type Profile,
  type ProfileFieldPolicy,
  type ProfilePatch,
  readEmail,
  visibleText,
} from '@ai-cockpit/sdk/contract';
import type { Claims } from '../ports/directory.js';
import { displayName, type NewPerson } from '../store/people.js';
import type { PersonRow } from '../store/tables.js';
import type { User } from './access.js';
import { followClaims } from './claims.js';
import type { Actor } from './activity.js';
import type { Environment } from './environment.js';
import type { Terms } from './policy.js';
import { type FieldFault, refuseFaults, Refusal } from './refusal.js';
import { isSecretIn } from './secret-guard.js';

/** As people know them; `null` for somebody who has never signed in. */
export const personName = async ({ store }: Environment, id: string): Promise<string | null> => {
  const person = await store.people.find(id);
  return person ? displayName(person) : null;
};

/** The person of a checked session; `null` for one who may not come in any more. A first sign-in makes the profile. */
export const signIn = async (
  environment: Environment,
  claims: Claims,
  request: Pick<Actor, 'source' | 'requestId'>,
): Promise<User | null> => {
  const { store, directory } = environment;
  const id = claims.subject;
  if (!(await directory.admits(id))) return null;
  const known = (await store.people.find(id)) ?? (await welcome(environment, claims, request));
  if (!known) return null;
  const memberships = await directory.memberships(id);
  const person = await followClaims(environment, known, memberships, claims, request);
  return { id, name: displayName(person), memberships };
};

const welcome = async (
  { store, clock, activity, catalogue }: Environment,
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
  return store.transaction(async (tx) => {
    const added = await tx.people.add(person);
    if (added) {
      await activity.record(tx, { action: 'profile.created', actor, owner: { kind: 'user', id: subject } });
      return added;
    }
    // Another request of theirs came first; or their removal.
    const known = await tx.people.find(subject);
    return known?.removedAt === null ? known : null;
  });
};

export const profileOf = async (environment: Environment, user: User): Promise<Profile> => {
  const person = await environment.store.people.find(user.id);
  if (!person) throw new Error('A signed-in person has no profile');
  return toProfile(environment, person, user);
};

/** The terms for somebody's own profile, whichever of their organizations is active. */
export const profileTerms = ({ policies }: Environment, user: User): Terms => policies.ofPerson(user);

export const toProfile = (
  environment: Environment,
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
    avatarVersion === null || profileTerms(environment, user).profile.fields.avatar.access === 'hidden'
      ? null
      : `${environment.apiPath}/profile/avatar?version=${avatarVersion}`,
  organizations: user.memberships.map((membership) => ({ ...membership })),
  version,
});

/** Errors for those of these fields that this person may not edit. */
export const uneditableFields = ({ profile }: Terms, fields: string[]): FieldFault[] => {
  const policies: Readonly<Record<string, ProfileFieldPolicy>> = profile.fields;
  return fields
    .filter((field) => Object.hasOwn(policies, field) && policies[field]?.access !== 'edit')
    .map((path) => ({ path, code: 'not_editable' }));
};

/** Errors for required fields that this change would leave empty. */
const missingFields = ({ profile }: Terms, change: Readonly<Record<string, string>>): FieldFault[] => {
  const policies: Readonly<Record<string, ProfileFieldPolicy>> = profile.fields;
  return Object.keys(change)
    .filter((field) => change[field] === '' && policies[field]?.required)
    .map((path) => ({ path, code: 'required' }));
};

export const updateProfile = async (
  environment: Environment,
  user: User,
  actor: Actor,
  version: number,
  patch: ProfilePatch,
): Promise<Profile> => {
  const { firstName, lastName, email } = patch;
  const change = {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(email !== undefined && { email }),
  };
  if (Object.keys(change).length === 0) {
    const profile = await profileOf(environment, user);
    // Changed since its version was compared.
    if (profile.version !== version) throw new Refusal('version_stale');
    return profile;
  }
  refuseFaults(missingFields(profileTerms(environment, user), change));
  const { store, activity } = environment;
  return store.transaction(async (tx) => {
    const updated = await tx.people.update(user.id, version, change);
    if (!updated) throw new Refusal('version_stale');
    const fields = Object.keys(change).join(' ');
    const owner = { kind: 'user' as const, id: user.id };
    await activity.record(tx, { action: 'profile.updated', actor, owner, detail: { fields } });
    return toProfile(environment, updated, user);
  });
};
