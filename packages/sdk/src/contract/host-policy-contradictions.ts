import { menuFields, sectionIds } from './endpoints/policy.js';
import { avatarMediaTypes } from './endpoints/profile.js';
import { type HostPolicy, type PolicyRole, policyRoles } from './host-policy.js';
import { checkApiKeys } from './host-policy-api-keys.js';
import {
  formatList,
  isWholeFrom,
  type Report,
  reportDuplicates,
  reportLanguageTags,
  showFound,
  type UnknownName,
} from './host-policy-report.js';
import { isBlank } from './input/blank.js';
import { policyMemberOfSection, resolveHostPolicy, type RolePolicy } from './role-policy.js';
import { EventType } from './text.js';

export type { UnknownName } from './host-policy-report.js';

/** Two things that a policy says and that do not go together. */
export interface Contradiction {
  /** Where in the policy, joined by dots: `apiKeys.expiry.defaultInDays`. */
  path: string;
  /** In English, for the engineer who wrote it. */
  reason: string;
  /** For whom, where only what an override leaves contradicts itself; `null` where it holds for everybody. */
  roles: readonly PolicyRole[] | null;
  /** A name in the policy that does not exist, with the existing names: the server suggests the nearest. */
  unknown?: UnknownName | undefined;
}

export interface ContradictionOptions {
  /** The ids of the providers that the server knows. Without them, every id is believed. */
  providers?: Iterable<string> | undefined;
}

const addressOfPage = 'a path of your own, or an https: address';

const checkSections = (rolePolicy: RolePolicy, report: Report): void => {
  const { sections } = rolePolicy;
  reportDuplicates(
    'sections',
    sections.map(({ id }) => id),
    report,
  );
  if (sections.length === 0)
    report('sections', `there is none, and so nothing on the page: name one or more of ${formatList(sectionIds)}`);
  for (const [index, { id, href }] of sections.entries()) {
    const path = `sections.${index}`;
    if (href !== undefined) {
      // No element makes a link of other schemes.
      const base = 'https://host.example/';
      if (!URL.canParse(href, base) || new URL(href, base).protocol !== 'https:')
        report(`${path}.href`, `has to be ${addressOfPage}${showFound(href)}`);
      continue;
    }
    const member = policyMemberOfSection[id];
    if (member && rolePolicy[member] === null)
      report(
        path,
        `the section ${id} has nothing to show: ${member} is null. Leave the section out, or say the terms`,
        'idle',
      );
    if (id === 'terms' || id === 'documentation')
      report(path, `the section ${id} is a page of yours: it needs its href, ${addressOfPage}`);
    if (id === 'profile' && Object.values(rolePolicy.profile.fields).every(({ access }) => access === 'hidden'))
      report(
        path,
        'the section profile has nothing to show: every field is hidden. Leave the section out, or let one be read or edit',
        'idle',
      );
  }
};

const checkProfile = ({ profile, saving }: RolePolicy, report: Report): void => {
  const { fields, editing, menu } = profile;
  const { avatar } = fields;
  for (const [name, { access, required }] of Object.entries(fields))
    if (required && access !== 'edit')
      report(
        `profile.fields.${name}.required`,
        `nobody can be required to fill in what they cannot edit (${access}): leave it out, or let access be edit`,
        'idle',
      );
  for (const name of ['loginName', 'role'] as const)
    if (fields[name].access === 'edit')
      report(`profile.fields.${name}.access`, 'people do not edit it themselves: it can be read or hidden, not edit');
  if (editing === 'explicit' && saving === 'page')
    report(
      'profile.editing',
      'explicit has a Save of its own beside the names, saving: page has one for all: choose editing: open, or saving: section',
    );
  const inMenu = menu?.fields ?? [];
  reportDuplicates('profile.menu.fields', inMenu, report);
  for (const [index, field] of inMenu.entries())
    if (!(menuFields as readonly string[]).includes(field))
      report(`profile.menu.fields.${index}`, `nothing is known of ${field}: there are ${formatList(menuFields)}`, {
        name: field,
        allowed: menuFields,
      });
  if (avatar.required)
    report('profile.fields.avatar.required', 'a picture cannot be required: one starts without. Leave it out');
  if (avatar.access !== 'edit') return;
  for (const name of ['maxBytes', 'maxPixels'] as const) {
    const limit = avatar[name];
    if (limit !== undefined && !isWholeFrom(1, limit))
      report(`profile.fields.avatar.${name}`, `has to be a whole number from 1${showFound(limit)}`);
  }
  const known: readonly string[] = avatarMediaTypes;
  const { mediaTypes = known } = avatar;
  const types = 'profile.fields.avatar.mediaTypes';
  if (mediaTypes.length === 0)
    report(types, `a picture that can be edited needs at least one of ${formatList(known)}${showFound(mediaTypes)}`);
  reportDuplicates(types, mediaTypes, report);
  for (const [index, type] of mediaTypes.entries())
    if (!known.includes(type))
      report(`${types}.${index}`, `${type} cannot be read: only ${formatList(known)} can`, {
        name: type,
        allowed: known,
      });
};

const checkProviderTokens = (
  { providerTokens }: RolePolicy,
  known: ReadonlySet<string> | undefined,
  report: Report,
): void => {
  if (!providerTokens) return;
  const { owners, providers } = providerTokens;
  if (owners.length === 0)
    report('providerTokens.owners', `nobody can own a token: name user, organization or both${showFound(owners)}`);
  if (providers.length === 0)
    report(
      'providerTokens.providers',
      `there is no provider to choose: name one${known ? ` of ${formatList([...known])}` : ''}, or let providerTokens be null`,
    );
  reportDuplicates('providerTokens.owners', owners, report);
  reportDuplicates('providerTokens.providers', providers, report);
  for (const [index, id] of providers.entries())
    if (known && !known.has(id))
      report(
        `providerTokens.providers.${index}`,
        `${id} is not in the catalogue, which knows ${formatList([...known])}`,
        {
          name: id,
          allowed: [...known],
        },
      );
};

const checkRemaining = (rolePolicy: RolePolicy, report: Report): void => {
  const { notifications, administration, apiKeys, messages, productName, accentColor } = rolePolicy;
  if (productName !== undefined && isBlank(productName))
    report('productName', `has to be a name that can be seen, or left out${showFound(productName)}`);
  if (accentColor !== undefined && !/^#[0-9a-f]{6}$/i.test(accentColor))
    report('accentColor', `has to be a colour as #2f5fd0, or left out${showFound(accentColor)}`);
  reportDuplicates('notifications.events', notifications?.events ?? [], report);
  for (const [index, event] of notifications?.events.entries() ?? [])
    if (!EventType.safeParse(event).success)
      report(
        `notifications.events.${index}`,
        `no event can be of the kind ${event}: write it as job.completed is, in lower-case words joined by . _ or -`,
        { name: event, allowed: [event.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')] },
      );
  if (administration?.listsAllKeys && !apiKeys)
    report('administration.listsAllKeys', 'there are no keys to list: apiKeys is null. Let it be false', 'idle');
  reportLanguageTags(Object.keys(messages ?? {}), (locale, reason, more) => report(`messages.${locale}`, reason, more));
};

interface Finding {
  path: string;
  reason: string;
  idle: boolean;
  unknown: UnknownName | undefined;
}

const checkRolePolicy = (rolePolicy: RolePolicy, providers: ReadonlySet<string> | undefined): Finding[] => {
  const findings: Finding[] = [];
  const report: Report = (path, reason, more) =>
    findings.push({ path, reason, idle: more === 'idle', unknown: typeof more === 'object' ? more : undefined });
  checkSections(rolePolicy, report);
  checkProfile(rolePolicy, report);
  checkProviderTokens(rolePolicy, providers, report);
  checkApiKeys(rolePolicy, report);
  checkRemaining(rolePolicy, report);
  return findings;
};

/** Whether a patch itself sets the value at a path. Lists are replaced as a whole. */
const definesPath = (patch: unknown, path: string): boolean => {
  let value = patch;
  for (const name of path.split('.')) {
    if (Array.isArray(value)) return true;
    if (typeof value !== 'object' || value === null) return false;
    value = new Map<string, unknown>(Object.entries(value)).get(name);
  }
  return value !== undefined && value !== null;
};

/**
 * The contradictions of a policy: empty for one that can be served. Unusual settings are not reported. The policy
 * of each role is checked with its overrides merged in.
 *
 * @throws `z.core.$ZodError` if an override leaves something that is no valid policy.
 */
export const contradictionsIn = (policy: HostPolicy, options: ContradictionOptions = {}): Contradiction[] => {
  const providers = options.providers && new Set(options.providers);
  const { everybody, byRole } = resolveHostPolicy(policy);
  const overrides = policy.overrides ?? [];
  const all = new Map<string, Contradiction>();
  for (const { path, reason, unknown } of checkRolePolicy(everybody, providers))
    all.set(`${path}: ${reason}`, { path, reason, roles: null, unknown });
  for (const [role, rolePolicy] of byRole)
    for (const { path, reason, idle, unknown } of checkRolePolicy(rolePolicy, providers)) {
      const before = all.get(`${path}: ${reason}`);
      const isOwn = overrides.some((override) => override.roles.includes(role) && definesPath(override.policy, path));
      if (before?.roles === null || (idle && !isOwn)) continue;
      all.set(`${path}: ${reason}`, { path, reason, roles: [...(before?.roles ?? []), role], unknown });
    }
  for (const [index, { roles, policy: patch }] of overrides.entries()) {
    const report = (name: string, reason: string) => {
      const path = `overrides.${index}.${name}`;
      all.set(path, { path, reason, roles: null });
    };
    if (roles.length === 0) report('roles', `it is for nobody: name one or more of ${formatList(policyRoles)}`);
    if ('overrides' in patch)
      report('policy.overrides', 'an override has none of its own: write another beside this one');
  }
  return [...all.values()];
};

/** `apiKeys.limit: … (for administrator)`: as a line to read. */
export const describeContradiction = ({ path, reason, roles }: Contradiction): string =>
  `${path}: ${reason}${roles ? ` (for ${formatList(roles)})` : ''}`;
