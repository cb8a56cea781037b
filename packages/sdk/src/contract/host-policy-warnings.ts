import type { OwnerKind } from './endpoints/owner.js';
import { type HostPolicy, type PolicyRole, policyRoles } from './host-policy.js';
import type { Contradiction } from './host-policy-contradictions.js';
import { type RolePolicy, resolveHostPolicy } from './role-policy.js';
import { agentsModule } from './integration.js';

/** The values of a policy by their path. */
type OffersByPath = ReadonlyMap<string, unknown>;

const accesses = ['hidden', 'read', 'edit'];
const unlimited = (limit: number | null): number => limit ?? Number.POSITIVE_INFINITY;

/** Whether one offer is a part of another, and not all of it. */
const offersLess = (one: unknown, other: unknown): boolean => {
  if (Array.isArray(one) && Array.isArray(other)) return other.some((value) => !one.includes(value));
  if (typeof one === 'number' && typeof other === 'number') return one < other;
  return other === true && one === false;
};

/** The offers of a policy by their path. A greater number, a longer list and more paths offer more. */
const offers = ({ profile, providerTokens, apiKeys, notifications }: RolePolicy): OffersByPath => {
  const paths = new Map<string, unknown>();
  for (const [field, { access }] of Object.entries(profile.fields))
    paths.set(`profile.fields.${field}.access`, accesses.indexOf(access));
  // Credentials that only organizations own are out of reach for people who belong to none.
  if (providerTokens?.owners.includes('user')) {
    const { providers, rawLeases, fields } = providerTokens;
    paths.set('providerTokens', true);
    paths.set('providerTokens.providers', providers);
    paths.set('providerTokens.rawLeases', rawLeases);
    for (const [field, presence] of Object.entries(fields))
      paths.set(`providerTokens.fields.${field}`, presence !== 'hidden');
  }
  if (apiKeys?.owner === 'user') {
    const { limit, modules, expiry, fields } = apiKeys;
    paths.set('apiKeys', true);
    paths.set('apiKeys.limit', unlimited(limit));
    paths.set(
      'apiKeys.modules',
      modules.map(({ id }) => id),
    );
    paths.set('apiKeys.expiry.mode', expiry.mode !== 'required');
    paths.set('apiKeys.expiry.maxInDays', expiry.mode === 'none' ? Infinity : unlimited(expiry.maxInDays));
    for (const [field, presence] of Object.entries(fields)) paths.set(`apiKeys.fields.${field}`, presence !== 'hidden');
  }
  if (notifications) {
    paths.set('notifications', true);
    paths.set('notifications.events', notifications.events);
  }
  return paths;
};

/** The places at which one offers less than another: `apiKeys` alone where there are none at all. */
const restrictions = (restricted: OffersByPath, open: OffersByPath): string[] =>
  [...open].flatMap(([path, value]) => {
    const [term = path] = path.split('.');
    if (open.has(term) && !restricted.has(term)) return path === term ? [path] : [];
    return offersLess(restricted.get(path), value) ? [path] : [];
  });

/** Whether an override for people in no organization sets the value at a path. */
const isDecidedForNone = ({ overrides = [] }: HostPolicy, path: string): boolean =>
  overrides.some(({ roles, policy }) => {
    if (!roles.includes('none')) return false;
    let value: unknown = policy;
    for (const name of path.split('.')) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
      if (!Object.hasOwn(value, name)) return false;
      value = Reflect.get(value, name);
    }
    return true;
  });

const openToNone = (policy: HostPolicy): Contradiction[] => {
  const { byRole, everybody } = resolveHostPolicy(policy);
  const open = offers(byRole.get('none') ?? everybody);
  const restricted = new Map<string, PolicyRole[]>();
  for (const [role, rolePolicy] of byRole)
    for (const path of role === 'none' ? [] : restrictions(offers(rolePolicy), open))
      restricted.set(path, [...(restricted.get(path) ?? []), role]);
  return [...restricted]
    .filter(([path]) => !isDecidedForNone(policy, path))
    .map(([path, roles]) => ({
      path,
      reason: 'is restricted, and not for people who belong to no organization: name the role none in an override too',
      roles,
    }));
};

const uselessTokens = ({ providerTokens, apiKeys }: RolePolicy): Omit<Contradiction, 'roles'>[] => {
  if (!providerTokens) return [];
  if (!providerTokens.rawLeases)
    return [
      {
        path: 'providerTokens.rawLeases',
        reason: 'is false, so that no agent gets a credential: people keep tokens that nobody can use',
      },
    ];
  if (!apiKeys) return [];
  const warnings: Omit<Contradiction, 'roles'>[] = [];
  const { owner, modules } = apiKeys;
  if (modules.length > 0 && !modules.some(({ id }) => id === agentsModule))
    warnings.push({
      path: 'apiKeys.modules',
      reason: `has no module ${agentsModule}: a key that is restricted to any of these gets no credentials`,
    });
  const owners: readonly OwnerKind[] = providerTokens.owners;
  if (!owners.includes(owner))
    warnings.push({
      path: 'providerTokens.owners',
      reason: `has no ${owner}, which owns the API keys: a key reaches its owner's tokens only, so that no key reaches one`,
    });
  return warnings;
};

/** A module for agents where agents get nothing. */
const uselessModule = ({ providerTokens, apiKeys }: RolePolicy): Omit<Contradiction, 'roles'>[] => {
  const index = apiKeys?.modules.findIndex(({ id }) => id === agentsModule) ?? -1;
  if (index < 0 || providerTokens?.rawLeases) return [];
  return [
    {
      path: `apiKeys.modules.${index}`,
      reason: `keys of the module ${agentsModule} take credentials out, and none is handed out here`,
    },
  ];
};

/**
 * Settings that a host probably did not intend. They do not stop a server, and are logged when it starts.
 *
 * @throws `z.core.$ZodError` if an override leaves something that is no valid policy.
 */
export const policyWarnings = (policy: HostPolicy): Contradiction[] => {
  const { byRole, everybody } = resolveHostPolicy(policy);
  const warnings = new Map<string, { reason: string; roles: PolicyRole[] }>();
  for (const role of policyRoles) {
    const rolePolicy = byRole.get(role) ?? everybody;
    for (const { path, reason } of [...uselessTokens(rolePolicy), ...uselessModule(rolePolicy)])
      warnings.set(path, { reason, roles: [...(warnings.get(path)?.roles ?? []), role] });
  }
  const useless = [...warnings].map(([path, { reason, roles }]) => ({
    path,
    reason,
    roles: roles.length === policyRoles.length ? null : roles,
  }));
  return [...useless, ...openToNone(policy)];
};
