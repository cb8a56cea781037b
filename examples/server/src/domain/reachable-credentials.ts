import { agentsModule, type CredentialRequest } from '@ai-cockpit/sdk/contract';
import type { Clock } from '../ports/clock.js';
import type { Directory } from '../ports/directory.js';
import type { Catalogue } from '../providers/catalogue.js';
import type { OwnerRef } from '../store/owners.js';
import type { Records } from '../store/store.js';
import type { ProviderTokenRow } from '../store/tables.js';
import { accessOf, membershipIn, type User } from './access.js';
import { moduleRefusal, opensModule, type PresentedKey } from './key-check.js';
import type { HostPolicies, Terms } from './policy.js';
import { found, Refusal } from './refusal.js';

/** The caller who asks for a credential: an agent with its key, or a person. */
export type LeaseCaller = { key: PresentedKey } | { user: User };

export interface ReachableCredential {
  owner: OwnerRef;
  token: ProviderTokenRow;
}

export interface LeaseTermsContext {
  policies: HostPolicies;
  directory: Directory;
}

interface NewestTokenContext {
  store: Pick<Records, 'providerTokens'>;
  clock: Clock;
  catalogue: Catalogue;
}

export interface ReachableCredentialsContext extends LeaseTermsContext, NewestTokenContext {}

/** Statuses of tokens that cannot work. An untested token, or one whose provider was unreachable, may still work. */
const broken = ['invalid', 'expired', 'insufficient_scope', 'policy_blocked', 'unsupported'];

const offersLeases = ({ providerTokens }: Terms): boolean => providerTokens?.rawLeases === true;

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

/** The refusal of a caller who can reach no credential at all, whichever they ask for. */
export const leaseRefusalOf = async (context: LeaseTermsContext, caller: LeaseCaller): Promise<Refusal | null> => {
  if ('key' in caller && !opensModule(caller.key, agentsModule)) return moduleRefusal(caller.key, agentsModule);
  const { policies } = context;
  // A person's own tokens, or those of one of their organizations; which are meant is not known yet.
  const possible =
    'key' in caller
      ? [await termsOfKey(context, caller.key)]
      : [policies.ofPerson(caller.user), ...caller.user.memberships.map((place) => policies.inOrganization(place))];
  return possible.some(offersLeases) ? null : leasesRefusal(possible);
};

/** The token that the request names; throws where the caller does not reach one that works. */
export const findReachableCredential = (
  context: ReachableCredentialsContext,
  caller: LeaseCaller,
  request: CredentialRequest,
): Promise<ReachableCredential> =>
  'key' in caller ? findByKey(context, caller.key, request) : findByPerson(context, caller.user, request);

/** A key reaches the tokens of its owner. */
const findByKey = async (
  context: ReachableCredentialsContext,
  key: PresentedKey,
  request: CredentialRequest,
): Promise<ReachableCredential> => {
  const { owner } = key;
  const { organizationId } = request;
  const terms = await termsOfKey(context, key);
  if (!offersLeases(terms)) throw leasesRefusal([terms]);
  const isOwn = organizationId === undefined || (owner.kind === 'organization' && owner.id === organizationId);
  return { owner, token: found(isOwn ? await newestToken(context, owner, terms, request) : null) };
};

/** A person reaches their own tokens first, then those of the organization that they name. */
const findByPerson = async (
  context: Pick<LeaseTermsContext, 'policies'> & NewestTokenContext,
  user: User,
  request: CredentialRequest,
): Promise<ReachableCredential> => {
  const { policies } = context;
  const { organizationId } = request;
  const membership = organizationId === undefined ? null : membershipIn(user, organizationId);
  const ownTerms = policies.ofPerson(user);
  const possible = membership ? [ownTerms, policies.inOrganization(membership)] : [ownTerms];
  if (!possible.some(offersLeases)) throw leasesRefusal(possible);
  const self: OwnerRef = { kind: 'user', id: user.id };
  const own = await newestToken(context, self, ownTerms, request);
  if (own) return { owner: self, token: own };

  const { id, role } = found(membership);
  if (accessOf(role) === 'none') throw new Refusal('forbidden');
  const terms = policies.inOrganization(membership);
  if (!offersLeases(terms)) throw leasesRefusal([terms]);
  const owner: OwnerRef = { kind: 'organization', id };
  return { owner, token: found(await newestToken(context, owner, terms, request)) };
};

/** The newest token of an owner that works; `null` where the owner has none of that provider. */
const newestToken = async (
  { store, clock, catalogue }: NewestTokenContext,
  owner: OwnerRef,
  { providerTokens }: Terms,
  { provider, code }: CredentialRequest,
): Promise<ProviderTokenRow | null> => {
  // Tokens stored under an earlier, wider policy are kept, and are not leased.
  if (!providerTokens?.rawLeases || !catalogue.has(provider)) return null;
  if (!providerTokens.owners.includes(owner.kind) || !providerTokens.providers.includes(provider)) return null;
  const working = await store.providerTokens.newestOfProvider(owner, provider, code, clock.now(), broken);
  if (!working && (await store.providerTokens.hasOfProvider(owner, provider, code)))
    throw new Refusal('credential_broken');
  return working ?? null;
};

/** A person's key goes by their own terms; an organization's key acts for no role in particular. */
const termsOfKey = async ({ policies, directory }: LeaseTermsContext, { owner }: PresentedKey): Promise<Terms> =>
  owner.kind === 'organization'
    ? policies.withoutRole
    : policies.ofPerson({ memberships: await directory.memberships(owner.id) });
