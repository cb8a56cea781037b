import {
  type ApiKeysPolicy,
  contractVersion,
  type HostPolicy,
  type RolePolicy,
  type OwnerKind,
  type Policy,
  type PolicyRole,
  type ProviderTokensPolicy,
  resolveHostPolicy,
  type ResolvedHostPolicy,
  type SectionId,
  policyMemberOfSection,
} from '@ai-cockpit/sdk/contract';
import type { Membership } from '../ports/directory.js';
import { checkPolicy } from '../documents/policy-faults.js';
import { type Access, accessOf, administeredBy, type OwnerAccess, type User } from './access.js';
import { ProblemError } from './problem-error.js';

/** A host's policy, resolved for one role. */
export type { RolePolicy };

/** A policy that cannot be kept: one line for each fault. */
class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/**
 * The policies of one host, one a role. Resolved and checked when the server starts: a policy that contradicts itself,
 * or an override that makes nonsense of it, stops it there, not in somebody's face.
 */
export class HostPolicies {
  readonly #resolved: ResolvedHostPolicy;

  /** @param providers The ids of the catalogue: a policy names no others. */
  constructor(policy: HostPolicy, providers: Iterable<string>) {
    const reading = checkPolicy(policy, providers);
    if ('faults' in reading) throw new PolicyError(reading.faults.join('\n'));
    this.#resolved = resolveHostPolicy(reading.policy);
  }

  /** The policies of everybody and of each role. */
  get all(): readonly RolePolicy[] {
    return [this.#resolved.everybody, ...this.#resolved.byRole.values()];
  }

  /** The headers that integrations are told to send a key in, and the one that all may use; not `Authorization`. */
  get keyHeaders(): readonly string[] {
    const told = this.all.flatMap(({ apiKeys }) => apiKeys?.header ?? []);
    const byName = new Map(['X-API-KEY', ...told].map((name) => [name.toLowerCase(), name]));
    byName.delete('authorization');
    return [...byName.values()];
  }

  /** For people who have this role: in the organization whose things are meant. */
  forRole(role: PolicyRole): RolePolicy {
    const { byRole, everybody } = this.#resolved;
    return byRole.get(role) ?? everybody;
  }

  /** For one organization's things, as one of its people is offered them; without an organization, nobody's. */
  inOrganization(membership: Membership | null): RolePolicy {
    return this.forRole(membership?.role ?? 'none');
  }

  /**
   * For what is a person's own: profile, mail, keys and tokens. They have it once, whichever organization is active, and
   * so by the role in their first one.
   */
  ofPerson({ memberships }: Pick<User, 'memberships'>): RolePolicy {
    return this.inOrganization(memberships[0] ?? null);
  }

  /** For what an owner has, as the asking person is offered it. */
  ofOwner(user: User, { owner, membership }: OwnerAccess): RolePolicy {
    return owner.kind === 'user' ? this.ofPerson(user) : this.inOrganization(membership);
  }

  /** For an organization's own keys, which act without a person and so without a role. */
  get withoutRole(): RolePolicy {
    return this.#resolved.everybody;
  }

  /** The administration that a person is offered, for all their organizations at once, whichever is active. */
  administrationFor(user: User): Policy['administration'] {
    const { apiKeys, administration } = this.forRole('administrator');
    return apiKeys && administeredBy(user).length > 0 ? administration : null;
  }

  /** The policy of one person in one organization, as it is sent. */
  resolve(user: User, membership: Membership | null): Policy {
    const inOrganization = this.inOrganization(membership);
    const own = this.ofPerson(user);
    const access = membership ? accessOf(membership.role) : 'none';
    const { sections, ...policy }: RolePolicy = {
      ...inOrganization,
      // Personal parts are the same, whichever organization is active.
      profile: own.profile,
      notifications: own.notifications,
      apiKeys: inOrganization.apiKeys?.owner === 'organization' ? inOrganization.apiKeys : personalKeys(own),
      providerTokens: tokensOf(own.providerTokens, inOrganization.providerTokens, access),
    };
    const organizationOnly = (id: SectionId): boolean => {
      const owners: OwnerKind[] | null | undefined =
        id === 'api-keys'
          ? policy.apiKeys && [policy.apiKeys.owner]
          : id === 'providers'
            ? policy.providerTokens?.owners
            : [];
      return !!owners?.length && owners.every((kind) => kind === 'organization');
    };
    const denied = (id: SectionId) => {
      if (!organizationOnly(id) || access !== 'none') return {};
      return { denied: membership ? 'role' : 'no_organization' };
    };
    return {
      contractVersion,
      userId: user.id,
      organization: membership && { id: membership.id, name: membership.name, role: membership.role, access },
      // An override that takes the policy away takes the section with them.
      sections: sections
        .filter(({ id, href }) => href !== undefined || hasPolicy(id, policy))
        .map((section) => ({ ...section, ...denied(section.id) })),
      ...policy,
      administration: this.administrationFor(user),
    };
  }
}

const personalKeys = ({ apiKeys }: RolePolicy): RolePolicy['apiKeys'] => (apiKeys?.owner === 'user' ? apiKeys : null);

const ownedBy = (tokens: ProviderTokensPolicy | null, kind: OwnerKind): ProviderTokensPolicy | null =>
  tokens?.owners.includes(kind) ? { ...tokens, owners: [kind] } : null;

const sameDetails = (one: ProviderTokensPolicy, other: ProviderTokensPolicy): boolean => {
  const detailsOf = ({ presentation, fields, providers, rawLeases }: ProviderTokensPolicy) =>
    JSON.stringify([presentation, fields.name, fields.code, fields.description, providers, rawLeases]);
  return detailsOf(one) === detailsOf(other);
};

/**
 * The tokens that one person is offered in one organization: their own by the first policy, the organization's by the
 * second. One page shows both by the same policy. Where these differ, it shows the organization's, and the person's own
 * stand on the page of their first organization; who sees nothing of the organization's sees their own.
 */
const tokensOf = (
  own: ProviderTokensPolicy | null,
  inOrganization: ProviderTokensPolicy | null,
  access: Access,
): ProviderTokensPolicy | null => {
  const personal = ownedBy(own, 'user');
  const shared = ownedBy(inOrganization, 'organization');
  if (!personal || !shared) return personal ?? shared;
  if (!sameDetails(personal, shared)) return access === 'none' ? personal : shared;
  const isPersonalFirst = inOrganization?.owners[0] === 'user';
  return { ...shared, owners: isPersonalFirst ? ['user', 'organization'] : ['organization', 'user'] };
};

const hasPolicy = (id: SectionId, policy: Omit<RolePolicy, 'sections'>): boolean => {
  const member = policyMemberOfSection[id];
  return member === undefined || policy[member] !== null;
};

export const offeredApiKeys = ({ apiKeys }: RolePolicy, owner: OwnerKind): ApiKeysPolicy => {
  if (apiKeys?.owner !== owner) throw new ProblemError('not_offered');
  return apiKeys;
};

export const offeredProviderTokens = ({ providerTokens }: RolePolicy, owner: OwnerKind): ProviderTokensPolicy => {
  if (!providerTokens?.owners.includes(owner)) throw new ProblemError('not_offered');
  return providerTokens;
};
