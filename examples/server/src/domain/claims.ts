import { readEmail } from '@ai-cockpit/sdk/contract';
import type { Claims, Membership } from '../ports/directory.js';
import type { Catalogue } from '../providers/catalogue.js';
import type { PersonRow } from '../store/tables.js';
import { isStoreUnavailable, type Records } from '../store/store.js';
import type { Actor } from './activity.js';
import type { Change, UnitOfWork } from './change.js';
import type { HostPolicies } from './policy.js';
import { isSecretIn } from './secret-guard.js';

export interface ClaimsContext {
  change: Change;
  policies: HostPolicies;
  catalogue: Catalogue;
}

/** The fields of a profile that a session has claims for. */
const claimedFields = ['loginName', 'firstName', 'lastName', 'email'] as const;

type ClaimedChange = Partial<Pick<PersonRow, (typeof claimedFields)[number]>>;

/** Fields that the identity provider manages and whose claims have changed; `null` if none has. */
const changeIn = (
  { policies, catalogue }: ClaimsContext,
  person: PersonRow,
  [first]: readonly Membership[],
  claims: Claims,
): ClaimedChange | null => {
  // Of an older session: it goes on for a while after a newer one has said something else.
  if (claims.madeAt !== undefined && person.claimsAt !== null && claims.madeAt < person.claimsAt) return null;
  const { fields } = policies.forRole(first?.role ?? 'none').profile;
  const change: ClaimedChange = {};
  for (const field of claimedFields) {
    const { access, managedBy } = fields[field];
    const claim = claims[field];
    if (claim === undefined || isSecretIn(catalogue, field, claim)) continue;
    if (managedBy === 'identityProvider' && access !== 'edit' && claim !== person[field]) change[field] = claim;
  }
  return Object.keys(change).length > 0 ? change : null;
};

const isSameAddress = (one: string, other: string): boolean =>
  one === other || (readEmail(one)?.ascii ?? one) === readEmail(other)?.ascii;

/** Mail goes on to the address of the profile where it went there before; one of the person's own choice stays. */
const followNotifications = async (tx: Records, { id, email: before }: PersonRow, email: string): Promise<void> => {
  const settings = await tx.notificationSettings.find(id);
  if (settings?.email != null && isSameAddress(settings.email, before))
    await tx.notificationSettings.update({ ...settings, email });
};

/** The person as the newest claims have them: what the identity provider manages follows it, the rest stays. */
export const followClaims = async (
  context: ClaimsContext,
  person: PersonRow,
  memberships: readonly Membership[],
  claims: Claims,
  { source, requestId }: Pick<Actor, 'source' | 'requestId'>,
): Promise<PersonRow> => {
  const claimed = changeIn(context, person, memberships, claims);
  if (!claimed) return person;
  const fields = Object.keys(claimed).join(' ');
  const claimsAt = claims.madeAt ?? person.claimsAt;
  const actor: Actor = { kind: 'none', id: null, name: null, source, requestId };
  const follow = async ({ tx, record }: UnitOfWork): Promise<PersonRow> => {
    const updated = await tx.people.update(person.id, person.version, { ...claimed, claimsAt });
    // Somebody else was first: another request of the same session, or a change by the person, after which comes this.
    if (!updated) return (await tx.people.find(person.id)) ?? person;
    if (claimed.email !== undefined) await followNotifications(tx, person, claimed.email);
    await record({ action: 'profile.updated', detail: { fields, managedBy: 'identityProvider' } });
    return updated;
  };
  try {
    return await context.change({ kind: 'user', id: person.id }, actor, follow, { locksOwner: false });
  } catch (error) {
    // While the store takes no writes, people can still read: the next request applies the claims.
    if (isStoreUnavailable(error)) return person;
    throw error;
  }
};
