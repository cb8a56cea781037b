import * as z from 'zod/mini';
import type { SectionId } from './endpoints/policy.js';
import { HostPolicy, type PolicyRole } from './host-policy.js';

/** A host's policy for one role, with its overrides merged in. */
export type RolePolicy = Omit<HostPolicy, 'overrides'>;

/** The member of the policy that defines the contents of a section. */
export const policyMemberOfSection: Partial<Record<SectionId, 'providerTokens' | 'apiKeys' | 'notifications'>> = {
  providers: 'providerTokens',
  'api-keys': 'apiKeys',
  notifications: 'notifications',
};

export type HostOverride = NonNullable<HostPolicy['overrides']>[number];

export interface ResolvedHostPolicy {
  /** For roles that no override names. */
  everybody: RolePolicy;
  byRole: ReadonlyMap<PolicyRole, RolePolicy>;
}

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

/** Restores `null` where the policy's schema allows it: in a merge patch, `null` means that a member is removed. */
const withNulls = (schema: z.core.$ZodType, value: unknown): unknown => {
  if (schema instanceof z.ZodMiniNullable)
    return value === undefined || value === null ? null : withNulls(schema._zod.def.innerType, value);
  if (!(schema instanceof z.ZodMiniObject) || !isObject(value)) return value;
  const members = Object.entries(schema.shape)
    .map(([name, member]) => [name, withNulls(member, value[name])] as const)
    .filter(([, member]) => member !== undefined);
  return { ...value, ...Object.fromEntries(members) };
};

/** The policy for everybody with some overrides merged in, not validated yet. */
export const mergeOverrides = (
  { overrides: _, ...everybody }: HostPolicy,
  overrides: readonly HostOverride[],
): unknown =>
  withNulls(
    HostPolicy,
    overrides.reduce<unknown>((merged, { policy }) => mergePatch(merged, policy), everybody),
  );

/**
 * The policy for everybody, and for each role that an override names.
 *
 * @throws `z.core.$ZodError` if an override leaves something that is no valid policy.
 */
export const resolveHostPolicy = (policy: HostPolicy): ResolvedHostPolicy => {
  const { overrides = [], ...everybody } = policy;
  const roles = new Set(overrides.flatMap((override) => override.roles));
  const byRole = [...roles].map((role) => {
    const matching = overrides.filter((override) => override.roles.includes(role));
    return [role, HostPolicy.parse(mergeOverrides(policy, matching))] as const;
  });
  return { everybody, byRole: new Map(byRole) };
};
