import { agentsModule, type CredentialRequest } from '@ai-cockpit/sdk/contract';
import type { Clock } from '../ports/clock.js';
import type { Directory } from '../ports/directory.js';
import type { KeyWrapping } from '../ports/key-wrapping.js';
import type { Random } from '../ports/random.js';
import type { Catalogue, Credential } from '../providers/catalogue.js';
import type { OwnerRef } from '../store/owners.js';
import { isStoreUnavailable, type Records } from '../store/store.js';
import type { ProviderTokenRow } from '../store/tables.js';
import { accessOf, membershipIn, type User } from './access.js';
import { type Actor, recordActivity } from './activity.js';
import type { Change, UnitOfWork } from './change.js';
import { findDataKey } from './data-keys.js';
import { newId } from './ids.js';
import { instant } from './instants.js';
import { moduleRefusal, opensModule, type PresentedKey } from './key-check.js';
import type { HostPolicies, Terms } from './policy.js';
import { credentialOf, subjectOf } from './provider-tokens.js';
import { found, Refusal, refuseFaults } from './refusal.js';
import { secretFaults } from './secret-guard.js';

/** The caller who asks for a credential: an agent with its key, or a person. */
export type LeaseCaller = { key: PresentedKey } | { user: User };

interface LeasePolicyContext {
  policies: HostPolicies;
  directory: Directory;
}

interface ReachableCredentialContext extends LeasePolicyContext {
  store: Pick<Records, 'providerTokens'>;
  clock: Clock;
  catalogue: Catalogue;
}

/** Statuses of tokens that cannot work. An untested token, or one whose provider was unreachable, may still work. */
const broken = ['invalid', 'expired', 'insufficient_scope', 'policy_blocked', 'unsupported'];

/** Says which line of the policy it is. */
const leasesRefusal = (possible: readonly Terms[]): Refusal =>
  new Refusal(
    'not_offered',
    [],
    undefined,
    possible.some(({ providerTokens }) => providerTokens)
      ? 'The policy lets nobody take a credential out: providerTokens.rawLeases is false here.'
      : 'The policy offers no provider tokens here: providerTokens is null.',
  );

/** A person's key goes by their own terms; an organization's key acts for no role in particular. */
const termsOfKey = async ({ policies, directory }: LeasePolicyContext, { owner }: PresentedKey): Promise<Terms> =>
  owner.kind === 'organization'
    ? policies.withoutRole
    : policies.ofPerson({ memberships: await directory.memberships(owner.id) });

/** The refusal of a caller to whom the policy offers no leases at all; `null` where it may offer some. */
const leasePolicyRefusal = async (context: LeasePolicyContext, caller: LeaseCaller): Promise<Refusal | null> => {
  const { policies } = context;
  // A person's own tokens, or those of one of their organizations; which are meant is not known yet.
  const possible =
    'key' in caller
      ? [await termsOfKey(context, caller.key)]
      : [policies.ofPerson(caller.user), ...caller.user.memberships.map((place) => policies.inOrganization(place))];
  return possible.some(({ providerTokens }) => providerTokens?.rawLeases) ? null : leasesRefusal(possible);
};

/** The token of a provider that a caller reaches: the newest that works, of the nearest owner. */
const findReachableToken = async (
  context: ReachableCredentialContext,
  caller: LeaseCaller,
  { provider, code, organizationId }: Pick<CredentialRequest, 'provider' | 'code' | 'organizationId'>,
): Promise<{ owner: OwnerRef; token: ProviderTokenRow }> => {
  const newestOf = (owner: OwnerRef, terms: Terms) => newestToken(context, terms, owner, provider, code);
  if ('key' in caller) {
    const { owner } = caller.key;
    const terms = await termsOfKey(context, caller.key);
    if (!terms.providerTokens?.rawLeases) throw leasesRefusal([terms]);
    const isItsOwn = organizationId === undefined || (owner.kind === 'organization' && owner.id === organizationId);
    return { owner, token: found(isItsOwn ? await newestOf(owner, terms) : null) };
  }

  const { policies } = context;
  const membership = organizationId === undefined ? null : membershipIn(caller.user, organizationId);
  const ownTerms = policies.ofPerson(caller.user);
  const possible = membership ? [ownTerms, policies.inOrganization(membership)] : [ownTerms];
  if (!possible.some(({ providerTokens }) => providerTokens?.rawLeases)) throw leasesRefusal(possible);
  const self: OwnerRef = { kind: 'user', id: caller.user.id };
  const own = await newestOf(self, ownTerms);
  if (own) return { owner: self, token: own };
  const { id, role } = found(membership);
  if (accessOf(role) === 'none') throw new Refusal('forbidden');
  const terms = policies.inOrganization(membership);
  if (!terms.providerTokens?.rawLeases) throw leasesRefusal([terms]);
  const owner: OwnerRef = { kind: 'organization', id };
  return { owner, token: found(await newestOf(owner, terms)) };
};

const newestToken = async (
  { store, clock, catalogue }: ReachableCredentialContext,
  { providerTokens }: Terms,
  owner: OwnerRef,
  provider: string,
  code: string | undefined,
): Promise<ProviderTokenRow | null> => {
  // Tokens stored under an earlier, wider policy are kept, and are not leased.
  if (!providerTokens?.rawLeases || !catalogue.has(provider)) return null;
  if (!providerTokens.owners.includes(owner.kind) || !providerTokens.providers.includes(provider)) return null;
  const working = await store.providerTokens.newestOfProvider(owner, provider, code, clock.now(), broken);
  if (!working && (await store.providerTokens.hasOfProvider(owner, provider, code)))
    throw new Refusal('credential_broken');
  return working ?? null;
};

export interface Lease extends Credential {
  expiresAt: string;
  leaseId: string;
}

interface FailureContext extends Pick<ReachableCredentialContext, 'clock' | 'catalogue'> {
  store: Pick<Records, 'activity'>;
  random: Random;
}

export interface LeaseContext extends ReachableCredentialContext {
  store: Pick<Records, 'activity' | 'owners' | 'providerTokens'>;
  change: Change;
  random: Random;
  keyWrapping: KeyWrapping;
}

const leaseDuration = 5 * 60_000;

/*
 * Credentials are handed to agents for a short while. Each one asked for leaves a row of activity, whether it was given or
 * not.
 */

/** Refuses where leases are not offered, before the body is read. */
export const requireLeasesOffered = async (
  context: FailureContext & LeasePolicyContext,
  caller: LeaseCaller,
  actor: Actor,
): Promise<void> => {
  const refusal =
    'key' in caller && !opensModule(caller.key, agentsModule)
      ? moduleRefusal(caller.key, agentsModule)
      : await leasePolicyRefusal(context, caller);
  if (!refusal) return;
  await recordFailure(context, refusal, caller, actor, {});
  throw refusal;
};

export const leaseCredential = async (
  context: LeaseContext,
  caller: LeaseCaller,
  actor: Actor,
  request: CredentialRequest,
): Promise<Lease> => {
  const { change, random, catalogue } = context;
  const { provider, code = null, purpose } = request;
  refuseFaults(secretFaults(catalogue, { purpose }));
  const leaseId = newId(random);
  try {
    const { owner, token } = await findReachableToken(context, caller, request);
    const credential = await credentialOf(context, await findDataKey(context, owner), token);
    const lease = async ({ tx, now, record }: UnitOfWork): Promise<Lease> => {
      // Deleted since it was found, it is leased no more.
      if (!(await tx.providerTokens.markUsed(token.id, now))) throw new Refusal('not_found');
      await record({
        action: 'credential.leased',
        subject: subjectOf(catalogue, token),
        detail: { provider, code, purpose, leaseId },
      });
      const expiresAt = Math.min(now + leaseDuration, token.expiresAt ?? Number.POSITIVE_INFINITY);
      return { ...credential, expiresAt: instant(expiresAt), leaseId };
    };
    // Many agents of one organization may lease at the same time.
    return await change(owner, actor, lease, { locksOwner: false });
  } catch (error) {
    // One that is in no catalogue may be anything, a secret too.
    const named = catalogue.has(provider) ? provider : null;
    // A secret that does not open is for somebody to look into; a database that is gone takes no row either.
    // Whatever becomes of the row, the first error is what the caller has to know.
    if (!isStoreUnavailable(error))
      await recordFailure(context, error, caller, actor, { provider: named, code, purpose }).catch(() => undefined);
    throw error;
  }
};

const recordFailure = async (
  { store, clock, random, catalogue }: FailureContext,
  error: unknown,
  caller: LeaseCaller,
  actor: Actor,
  detail: Record<string, string | null>,
): Promise<void> => {
  const outcome = error instanceof Refusal ? error.code : 'internal';
  const owner: OwnerRef = 'key' in caller ? caller.key.owner : { kind: 'user', id: caller.user.id };
  // Any text can be asked for; those that are providers are few.
  const kind = catalogue.has(detail.provider ?? '') ? (detail.provider ?? '') : '';
  const entry = { action: 'credential.leased', outcome, actor, owner, detail, kind } as const;
  await recordActivity({ random, catalogue }, store, clock.now(), entry);
};
