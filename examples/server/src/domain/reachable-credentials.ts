import { agentsModule, type CredentialRequest } from '@ai-cockpit/sdk/contract';
import type { Clock } from '../ports/clock.js';
import type { Directory } from '../ports/directory.js';
import type { Catalogue } from '../providers/catalogue.js';
import type { OwnerRef } from '../store/owners.js';
import type { Records } from '../store/store.js';
import type { ProviderTokenRow } from '../store/tables.js';
import { accessOf, membershipIn, type User } from './access.js';
import { moduleError, opensModule, type PresentedKey } from './key-check.js';
import type { HostPolicies, RolePolicy } from './policy.js';
import { orNotFound, ProblemError } from './problem-error.js';

/** The caller who asks for a credential: an agent with its key, or a person. */
export type LeaseCaller = { key: PresentedKey } | { user: User };

export interface ReachableCredential {
  owner: OwnerRef;
  token: ProviderTokenRow;
}

export interface LeasePolicyContext {
  policies: HostPolicies;
  directory: Directory;
}

interface NewestTokenContext {
  store: Pick<Records, 'providerTokens'>;
  clock: Clock;
  catalogue: Catalogue;
}

export interface ReachableCredentialsContext extends LeasePolicyContext, NewestTokenContext {}

/** Statuses of tokens that cannot work. An untested token, or one whose provider was unreachable, may still work. */
const broken = ['invalid', 'expired', 'insufficient_scope', 'policy_blocked', 'unsupported'];

const offersLeases = ({ providerTokens }: RolePolicy): boolean => providerTokens?.rawLeases === true;

/** Says which line of the policy it is. */
const leasesNotOffered = (possible: readonly RolePolicy[]): ProblemError =>
  new ProblemError(
    'not_offered',
    [],
    undefined,
    possible.some(({ providerTokens }) => providerTokens)
      ? 'The policy lets nobody take a credential out: providerTokens.rawLeases is false here.'
      : 'The policy offers no provider tokens here: providerTokens is null.',
  );

/** The refusal of a caller who can reach no credential at all, whichever they ask for. */
export const leaseErrorOf = async (context: LeasePolicyContext, caller: LeaseCaller): Promise<ProblemError | null> => {
  if ('key' in caller && !opensModule(caller.key, agentsModule)) return moduleError(caller.key, agentsModule);
  const { policies } = context;
  // A person's own tokens, or those of one of their organizations; which are meant is not known yet.
  const possible =
    'key' in caller
      ? [await policyOfKey(context, caller.key)]
      : [
          policies.ofPerson(caller.user),
          ...caller.user.memberships.map((membership) => policies.inOrganization(membership)),
        ];
  return possible.some(offersLeases) ? null : leasesNotOffered(possible);
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
  const policy = await policyOfKey(context, key);
  if (!offersLeases(policy)) throw leasesNotOffered([policy]);
  const isOwn = organizationId === undefined || (owner.kind === 'organization' && owner.id === organizationId);
  return { owner, token: orNotFound(isOwn ? await newestToken(context, owner, policy, request) : null) };
};

/** A person reaches their own tokens first, then those of the organization that they name. */
const findByPerson = async (
  context: Pick<LeasePolicyContext, 'policies'> & NewestTokenContext,
  user: User,
  request: CredentialRequest,
): Promise<ReachableCredential> => {
  const { policies } = context;
  const { organizationId } = request;
  const membership = organizationId === undefined ? null : membershipIn(user, organizationId);
  const ownPolicy = policies.ofPerson(user);
  const possible = membership ? [ownPolicy, policies.inOrganization(membership)] : [ownPolicy];
  if (!possible.some(offersLeases)) throw leasesNotOffered(possible);
  const self: OwnerRef = { kind: 'user', id: user.id };
  const own = await newestToken(context, self, ownPolicy, request);
  if (own) return { owner: self, token: own };

  const { id, role } = orNotFound(membership);
  if (accessOf(role) === 'none') throw new ProblemError('forbidden');
  const policy = policies.inOrganization(membership);
  if (!offersLeases(policy)) throw leasesNotOffered([policy]);
  const owner: OwnerRef = { kind: 'organization', id };
  return { owner, token: orNotFound(await newestToken(context, owner, policy, request)) };
};

/** The newest token of an owner that works; `null` where the owner has none of that provider. */
const newestToken = async (
  { store, clock, catalogue }: NewestTokenContext,
  owner: OwnerRef,
  { providerTokens }: RolePolicy,
  { provider, code }: CredentialRequest,
): Promise<ProviderTokenRow | null> => {
  // Tokens stored under an earlier, wider policy are kept, and are not leased.
  if (!providerTokens?.rawLeases || !catalogue.has(provider)) return null;
  if (!providerTokens.owners.includes(owner.kind) || !providerTokens.providers.includes(provider)) return null;
  const working = await store.providerTokens.newestOfProvider(owner, provider, code, clock.now(), broken);
  if (!working && (await store.providerTokens.hasOfProvider(owner, provider, code)))
    throw new ProblemError('credential_broken');
  return working ?? null;
};

/** A person's key goes by their own policy; an organization's key acts for no role in particular. */
const policyOfKey = async (
  { policies, directory }: LeasePolicyContext,
  { owner }: PresentedKey,
): Promise<RolePolicy> =>
  owner.kind === 'organization'
    ? policies.withoutRole
    : policies.ofPerson({ memberships: await directory.memberships(owner.id) });
