import {
  type ApiKeysPolicy,
  contractVersion,
  HostPolicy,
  type OwnerKind,
  type Policy,
  type ProviderTokensPolicy,
  type Role,
  type SectionId,
} from '@ai-cockpit/sdk/contract';
import type { Membership } from '../ports/directory.js';
import { accessOf, type User } from './access.js';
import { Refusal } from './refusal.js';

/** What a host's policy says for one role: its terms, with the overrides for that role merged in. */
export type Terms = Omit<HostPolicy, 'overrides'>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7396. */
const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
};

/** What is optional in the whole policy as `null`, and so cannot be told from "removed" in a merge patch. */
const removable = ['providerTokens', 'apiKeys', 'notifications', 'administration'] as const;

/**
 * The policies of one host, one a role. Resolved, and so checked, when the server starts: an override that makes
 * nonsense of the policy stops it there, not in somebody's face.
 */
export class HostPolicies {
  readonly #everybody: Terms;
  readonly #byRole: ReadonlyMap<Role, Terms>;

  constructor(policy: HostPolicy) {
    const { overrides = [], ...everybody } = policy;
    this.#everybody = everybody;
    const roles = new Set(overrides.flatMap((override) => override.roles));
    this.#byRole = new Map(
      [...roles].map((role) => {
        const matching = overrides.filter((override) => override.roles.includes(role));
        const merged = matching.reduce<unknown>((terms, override) => mergePatch(terms, override.policy), everybody);
        const whole = { ...Object.fromEntries(removable.map((name) => [name, null])), ...(merged as object) };
        return [role, HostPolicy.parse(whole)];
      }),
    );
  }

  termsFor(role: Role | null | undefined): Terms {
    return (role && this.#byRole.get(role)) || this.#everybody;
  }

  /** What one person is offered in one organization, as it is sent. */
  resolve(user: User, membership: Membership | null): Policy {
    const { sections, ...terms } = this.termsFor(membership?.role);
    const access = membership ? accessOf(membership.role) : 'none';
    const organizationOnly = (id: SectionId): boolean => {
      const owners: OwnerKind[] | null | undefined =
        id === 'api-keys'
          ? terms.apiKeys && [terms.apiKeys.owner]
          : id === 'providers'
            ? terms.providerTokens?.owners
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
      sections: sections.map((section) => ({ ...section, ...denied(section.id) })),
      ...terms,
    };
  }
}

export const offeredApiKeys = ({ apiKeys }: Terms, owner: OwnerKind): ApiKeysPolicy => {
  if (apiKeys?.owner !== owner) throw new Refusal('not_offered');
  return apiKeys;
};

export const offeredProviderTokens = ({ providerTokens }: Terms, owner: OwnerKind): ProviderTokensPolicy => {
  if (!providerTokens?.owners.includes(owner)) throw new Refusal('not_offered');
  return providerTokens;
};
