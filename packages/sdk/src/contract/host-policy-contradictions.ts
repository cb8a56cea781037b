import { apiKeyColumns, menuFields, sectionIds } from './endpoints/policy.js';
import { avatarMediaTypes } from './endpoints/profile.js';
import { type HostPolicy, type PolicyRole, policyRoles } from './host-policy.js';
import { type RolePolicy, resolveHostPolicy, policyMemberOfSection } from './role-policy.js';
import { isBlank } from './input/blank.js';
import { EventType } from './text.js';

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

/** A name, and the names of which it would have to be one. */
export interface UnknownName {
  name: string;
  allowed: readonly string[];
}

export interface ContradictionOptions {
  /** The ids of the providers that the server knows. Without them, every id is believed. */
  providers?: Iterable<string> | undefined;
}

/**
 * `idle`: the value has no effect. An override that removes something leaves such values behind for its roles: no
 * keys, but a section of keys. They are reported only where the override itself sets them.
 */
type Report = (path: string, reason: string, more?: 'idle' | UnknownName) => void;

/** A value as it is written in the policy. */
const showFound = (value: unknown): string => `; found ${JSON.stringify(value)}`;

const formatList = (values: readonly (string | number)[]): string =>
  new Intl.ListFormat('en').format(values.map(String));

const isWholeFrom = (least: number, value: number): boolean => Number.isInteger(value) && value >= least;

const reportDuplicates = (path: string, values: readonly (string | number)[], report: Report): void => {
  for (const [index, value] of values.entries())
    if (values.indexOf(value) !== index) report(`${path}.${index}`, `${value} is named twice: name it once`);
};

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

type ApiKeysRolePolicy = NonNullable<RolePolicy['apiKeys']>;

const checkExpiry = ({ expiry, warnDaysBeforeExpiry }: ApiKeysRolePolicy, reportKeys: Report): void => {
  const report: Report = (path, reason, more) => reportKeys(`expiry.${path}`, reason, more);
  const { mode, input, choicesInDays: choices, defaultInDays: preset, maxInDays: most } = expiry;
  const days = (value: number) => `has to be a whole number of days, from 1${showFound(value)}`;

  if (mode === 'none') {
    const never = 'keys do not expire (mode is none)';
    if (choices.length > 0)
      report('choicesInDays', `${never}: there is nothing to choose, and it has to be []${showFound(choices)}`, 'idle');
    if (preset !== null)
      report('defaultInDays', `${never}: there is no default, and it has to be null${showFound(preset)}`, 'idle');
    if (most !== null)
      report('maxInDays', `${never}: it has to be null, or mode optional or required${showFound(most)}`, 'idle');
    return;
  }
  if (warnDaysBeforeExpiry !== null && !isWholeFrom(1, warnDaysBeforeExpiry))
    reportKeys('warnDaysBeforeExpiry', days(warnDaysBeforeExpiry));
  if (most !== null && !isWholeFrom(1, most)) report('maxInDays', days(most));
  reportDuplicates('expiry.choicesInDays', choices, reportKeys);
  for (const [index, choice] of choices.entries()) {
    if (!isWholeFrom(1, choice)) report(`choicesInDays.${index}`, days(choice));
    if (most !== null && choice > most)
      report(`choicesInDays.${index}`, `${choice} days are more than maxInDays, ${most}`);
  }
  if (input === 'date' && choices.length > 0)
    report(
      'choicesInDays',
      `nobody is shown them: input is date. Let it be [] or, for both, choose input: choices with custom: true${showFound(choices)}`,
      'idle',
    );
  if (input === 'choices' && choices.length === 0)
    report(
      'choicesInDays',
      `there is nothing to choose from: name periods, or choose input: date${showFound(choices)}`,
    );
  if (preset === null) return;
  if (!isWholeFrom(1, preset)) report('defaultInDays', days(preset));
  if (most !== null && preset > most) report('defaultInDays', `${preset} days are more than maxInDays, ${most}`);
  if (input === 'choices' && choices.length > 0 && !choices.includes(preset))
    report('defaultInDays', `${preset} is not among the choices ${formatList(choices)}`);
};

const checkColumns = (keys: ApiKeysRolePolicy, report: Report): void => {
  const { columns, fields, mask, modules, expiry, presentation } = keys;
  const known: readonly string[] = apiKeyColumns;
  const empty = new Map([
    ['name', fields.name === 'hidden' && 'keys have no name (fields.name is hidden)'],
    ['description', fields.description === 'hidden' && 'keys have no description (fields.description is hidden)'],
    ['maskedValue', mask === 'hidden' && 'nothing of the value is shown again (mask is hidden)'],
    ['module', modules.length === 0 && 'there are no modules'],
    ['expiresAt', expiry.mode === 'none' && 'keys do not expire (expiry.mode is none)'],
  ]);
  if (presentation === 'list' && columns.length === 0)
    report('columns', `a table needs at least one of ${formatList(known)}`);
  reportDuplicates('columns', columns, report);
  for (const [index, column] of columns.entries()) {
    const path = `columns.${index}`;
    const why = empty.get(column);
    if (!known.includes(column))
      report(path, `nothing is known of ${column}: there are ${formatList(known)}`, { name: column, allowed: known });
    if (why) report(path, `the column ${column} would be empty: ${why}. Leave it out`, 'idle');
  }
};

/** RFC 9110, 5.1. */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Headers that browsers, proxies and this contract use themselves. */
const takenHeaders = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'idempotency-key',
  'if-match',
  'origin',
  'referer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-user-id',
]);

const reportLanguageTags = (locales: readonly string[], report: Report): void => {
  for (const locale of locales)
    if (!isLanguageTag(locale))
      report(locale, 'is not a language tag, as en or pt-BR', {
        name: locale,
        allowed: [locale.replaceAll('_', '-')].filter(isLanguageTag),
      });
};

/** The texts of a module in other languages: there is one, its name. */
const checkModuleMessages = (
  messages: NonNullable<NonNullable<RolePolicy['apiKeys']>['modules'][number]['messages']>,
  report: Report,
): void => {
  reportLanguageTags(Object.keys(messages), report);
  for (const [locale, texts] of Object.entries(messages))
    for (const [id, text] of Object.entries(texts)) {
      if (id !== 'name')
        report(`${locale}.${id}`, 'stands for no text of a module: there is name', { name: id, allowed: ['name'] });
      else if (isBlank(text)) report(`${locale}.${id}`, `has to be a name that can be seen${showFound(text)}`);
    }
};

const checkApiKeys = ({ apiKeys }: RolePolicy, reportPolicy: Report): void => {
  if (!apiKeys) return;
  const report: Report = (path, reason, more) => reportPolicy(`apiKeys.${path}`, reason, more);
  const { presentation, limit, atLimit, fields, uniqueNames, modules, rotation, format, mask, reveal, header } =
    apiKeys;

  if (limit !== null && !isWholeFrom(1, limit))
    report(
      'limit',
      `has to be a whole number from 1, or null for any number${showFound(limit)}. For no keys at all, let apiKeys be null`,
    );
  if (limit === null && atLimit === 'replace')
    report('atLimit', 'there is no limit at which a key could be replaced: choose reject, or a limit other than null');
  if (presentation === 'single' && limit !== 1)
    report('presentation', `single shows one key, but the limit is ${limit ?? 'null'}: choose limit: 1, or list`);
  if (presentation === 'list' && reveal === 'inline')
    report('reveal', 'inline is for the panel of a single key, and a list has none: choose dialog, or single');
  if (uniqueNames && fields.name === 'hidden')
    report(
      'uniqueNames',
      'keys have no name (fields.name is hidden): let it be false, or fields.name be optional or required',
      'idle',
    );
  if (mask === 'prefixLast4' && 'style' in format)
    report('mask', `keys of the form ${format.style} have no prefix to show: choose last4 or hidden`, 'idle');
  if (!headerName.test(header)) report('header', `is not the name of a header, as X-API-KEY${showFound(header)}`);
  if (takenHeaders.has(header.toLowerCase()))
    report('header', `${header} says something else: a key cannot come in it. Choose another, as X-API-KEY`);

  const ids = modules.map(({ id }) => id);
  const names = modules.map(({ name }) => name);
  for (const [index, { id, name, messages = {} }] of modules.entries()) {
    if (isBlank(id) || isBlank(name))
      report(`modules.${index}`, `a module needs an id and a name that can be seen${showFound({ id, name })}`);
    else if (ids.indexOf(id) !== index)
      report(`modules.${index}.id`, `${id} is named twice: each module has an id of its own`);
    else if (names.indexOf(name) !== index)
      report(`modules.${index}.name`, `two modules are called ${name}: each has a name of its own`);
    checkModuleMessages(messages, (path, reason, more) => report(`modules.${index}.messages.${path}`, reason, more));
  }
  if (rotation) {
    const path = 'rotation.graceSecondsChoices';
    const choices = rotation.graceSecondsChoices;
    if (choices.length === 0)
      report(path, `there is nothing to choose from: name periods, or let rotation be null${showFound(choices)}`);
    reportDuplicates(path, choices, report);
    for (const [index, seconds] of choices.entries())
      if (!isWholeFrom(0, seconds))
        report(`${path}.${index}`, `has to be a whole number of seconds, from 0${showFound(seconds)}`);
  }
  checkExpiry(apiKeys, report);
  checkColumns(apiKeys, report);
};

const isLanguageTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
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
