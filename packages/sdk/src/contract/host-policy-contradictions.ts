import { apiKeyColumns, menuFields } from './endpoints/policy.js';
import { avatarMediaTypes } from './endpoints/profile.js';
import type { HostPolicy, PolicyRole } from './host-policy.js';
import { type HostTerms, resolveHostPolicy, termsOfSections } from './host-policy-terms.js';
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
}

export interface ContradictionOptions {
  /** The ids of the providers that the server knows. Without them, every id is believed. */
  providers?: Iterable<string> | undefined;
}

/**
 * `idle`: it does no harm, but says what never holds. An override that takes something away leaves such terms behind
 * for its roles (no keys, and a section of keys): there, what another line has said is let rest.
 */
type Tell = (path: string, reason: string, idle?: 'idle') => void;

const listed = (values: readonly (string | number)[]): string => new Intl.ListFormat('en').format(values.map(String));

const isWholeFrom = (least: number, value: number): boolean => Number.isInteger(value) && value >= least;

const tellDuplicates = (path: string, values: readonly (string | number)[], tell: Tell): void => {
  for (const [index, value] of values.entries())
    if (values.indexOf(value) !== index) tell(`${path}.${index}`, `${value} is named twice`);
};

const inSections = (terms: HostTerms, tell: Tell): void => {
  const { sections } = terms;
  tellDuplicates(
    'sections',
    sections.map(({ id }) => id),
    tell,
  );
  if (sections.length === 0) tell('sections', 'there is none, and so nothing on the page');
  for (const [index, { id, href }] of sections.entries()) {
    const path = `sections.${index}`;
    if (href !== undefined) {
      // No element makes a link of other schemes.
      const base = 'https://host.example/';
      if (!URL.canParse(href, base) || new URL(href, base).protocol !== 'https:')
        tell(`${path}.href`, 'has to be a path of your own, or an https: address');
      continue;
    }
    const term = termsOfSections[id];
    if (term && terms[term] === null)
      tell(
        path,
        `the section ${id} has nothing to show: ${term} is null. Leave the section out, or say the terms`,
        'idle',
      );
    if (id === 'terms' || id === 'documentation') tell(path, `the section ${id} is a page of yours: it needs its href`);
    if (id === 'profile' && Object.values(terms.profile.fields).every(({ access }) => access === 'hidden'))
      tell(path, 'the section profile has nothing to show: every field is hidden', 'idle');
  }
};

const inProfile = ({ profile, saving }: HostTerms, tell: Tell): void => {
  const { fields, editing, menu } = profile;
  const { avatar } = fields;
  for (const [name, { access, required }] of Object.entries(fields))
    if (required && access !== 'edit')
      tell(
        `profile.fields.${name}.required`,
        `nobody can be required to fill in what they cannot edit (${access})`,
        'idle',
      );
  for (const name of ['loginName', 'role'] as const)
    if (fields[name].access === 'edit')
      tell(`profile.fields.${name}.access`, 'people do not edit it themselves: it can be read or hidden');
  if (editing === 'explicit' && saving === 'page')
    tell(
      'profile.editing',
      'explicit has a Save of its own beside the names, saving: page has one for all: choose one',
    );
  const inMenu = menu?.fields ?? [];
  tellDuplicates('profile.menu.fields', inMenu, tell);
  for (const [index, field] of inMenu.entries())
    if (!(menuFields as readonly string[]).includes(field))
      tell(`profile.menu.fields.${index}`, `nothing is known of ${field}: there are ${listed(menuFields)}`);
  if (avatar.required) tell('profile.fields.avatar.required', 'a picture cannot be required: one starts without');
  if (avatar.access !== 'edit') return;
  for (const name of ['maxBytes', 'maxPixels'] as const) {
    const limit = avatar[name];
    if (limit !== undefined && !isWholeFrom(1, limit))
      tell(`profile.fields.avatar.${name}`, 'has to be a whole number from 1');
  }
  const known: readonly string[] = avatarMediaTypes;
  const { mediaTypes = known } = avatar;
  const types = 'profile.fields.avatar.mediaTypes';
  if (mediaTypes.length === 0) tell(types, `a picture that can be edited needs at least one of ${listed(known)}`);
  tellDuplicates(types, mediaTypes, tell);
  for (const [index, type] of mediaTypes.entries())
    if (!known.includes(type)) tell(`${types}.${index}`, `${type} cannot be read: only ${listed(known)} can`);
};

const inProviderTokens = ({ providerTokens }: HostTerms, known: ReadonlySet<string> | undefined, tell: Tell): void => {
  if (!providerTokens) return;
  const { owners, providers } = providerTokens;
  if (owners.length === 0) tell('providerTokens.owners', 'nobody can own a token: name user, organization or both');
  if (providers.length === 0)
    tell('providerTokens.providers', 'there is no provider to choose: name one, or let providerTokens be null');
  tellDuplicates('providerTokens.owners', owners, tell);
  tellDuplicates('providerTokens.providers', providers, tell);
  for (const [index, id] of providers.entries())
    if (known && !known.has(id))
      tell(`providerTokens.providers.${index}`, `${id} is not in the catalogue, which knows ${listed([...known])}`);
};

type ApiKeyTerms = NonNullable<HostTerms['apiKeys']>;

const inExpiry = ({ expiry, warnDaysBeforeExpiry }: ApiKeyTerms, tellKeys: Tell): void => {
  const tell: Tell = (path, reason, idle) => tellKeys(`expiry.${path}`, reason, idle);
  const { mode, input, choicesInDays: choices, defaultInDays: preset, maxInDays: most } = expiry;
  const days = 'has to be a whole number of days, from 1';

  if (mode === 'none') {
    const never = 'keys do not expire (mode is none)';
    if (choices.length > 0) tell('choicesInDays', `${never}: there is nothing to choose`, 'idle');
    if (preset !== null) tell('defaultInDays', `${never}: there is no default`, 'idle');
    if (most !== null) tell('maxInDays', `${never}: there is no maximum, or mode is optional or required`, 'idle');
    return;
  }
  if (warnDaysBeforeExpiry !== null && !isWholeFrom(1, warnDaysBeforeExpiry)) tellKeys('warnDaysBeforeExpiry', days);
  if (most !== null && !isWholeFrom(1, most)) tell('maxInDays', days);
  tellDuplicates('expiry.choicesInDays', choices, tellKeys);
  for (const [index, choice] of choices.entries()) {
    if (!isWholeFrom(1, choice)) tell(`choicesInDays.${index}`, days);
    if (most !== null && choice > most)
      tell(`choicesInDays.${index}`, `${choice} days are more than maxInDays, ${most}`);
  }
  if (input === 'date' && choices.length > 0)
    tell(
      'choicesInDays',
      'nobody is shown them: input is date. For both, choose input: choices with custom: true',
      'idle',
    );
  if (input === 'choices' && choices.length === 0)
    tell('choicesInDays', 'there is nothing to choose from: name periods, or choose input: date');
  if (preset === null) return;
  if (!isWholeFrom(1, preset)) tell('defaultInDays', days);
  if (most !== null && preset > most) tell('defaultInDays', `${preset} days are more than maxInDays, ${most}`);
  if (input === 'choices' && choices.length > 0 && !choices.includes(preset))
    tell('defaultInDays', `${preset} is not among the choices ${listed(choices)}`);
};

const inColumns = (keys: ApiKeyTerms, tell: Tell): void => {
  const { columns, fields, mask, modules, expiry, presentation } = keys;
  const known: readonly string[] = apiKeyColumns;
  const empty = new Map([
    ['name', fields.name === 'hidden' && 'keys have no name (fields.name is hidden)'],
    ['description', fields.description === 'hidden' && 'keys have no description (fields.description is hidden)'],
    ['maskedValue', mask === 'hidden' && 'nothing of the value is shown again (mask is hidden)'],
    ['module', modules.length === 0 && 'there are no modules'],
    ['expiresAt', expiry.mode === 'none' && 'keys do not expire (expiry.mode is none)'],
  ]);
  if (presentation === 'list' && columns.length === 0) tell('columns', 'a table needs at least one');
  tellDuplicates('columns', columns, tell);
  for (const [index, column] of columns.entries()) {
    const path = `columns.${index}`;
    const why = empty.get(column);
    if (!known.includes(column)) tell(path, `nothing is known of ${column}: there are ${listed(known)}`);
    if (why) tell(path, `the column ${column} would be empty: ${why}`, 'idle');
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

const inApiKeys = ({ apiKeys }: HostTerms, told: Tell): void => {
  if (!apiKeys) return;
  const tell: Tell = (path, reason, idle) => told(`apiKeys.${path}`, reason, idle);
  const { presentation, limit, atLimit, fields, uniqueNames, modules, rotation, format, mask, reveal, header } =
    apiKeys;

  if (limit !== null && !isWholeFrom(1, limit))
    tell('limit', 'has to be a whole number from 1, or null for any number. For no keys at all, let apiKeys be null');
  if (limit === null && atLimit === 'replace') tell('atLimit', 'there is no limit at which a key could be replaced');
  if (presentation === 'single' && limit !== 1)
    tell('presentation', `single shows one key, but the limit is ${limit ?? 'null'}: choose limit: 1, or list`);
  if (presentation === 'list' && reveal === 'inline')
    tell('reveal', 'inline is for the panel of a single key, and a list has none: choose dialog, or single');
  if (uniqueNames && fields.name === 'hidden') tell('uniqueNames', 'keys have no name (fields.name is hidden)', 'idle');
  if (mask === 'prefixLast4' && 'style' in format)
    tell('mask', `keys of the form ${format.style} have no prefix to show: choose last4 or hidden`, 'idle');
  if (!headerName.test(header)) tell('header', 'is not the name of a header');
  if (takenHeaders.has(header.toLowerCase())) tell('header', `${header} says something else: a key cannot come in it`);

  const ids = modules.map(({ id }) => id);
  const names = modules.map(({ name }) => name);
  for (const [index, { id, name }] of modules.entries()) {
    if (isBlank(id) || isBlank(name)) tell(`modules.${index}`, 'a module needs an id and a name');
    else if (ids.indexOf(id) !== index) tell(`modules.${index}.id`, `${id} is named twice`);
    else if (names.indexOf(name) !== index) tell(`modules.${index}.name`, `two modules are called ${name}`);
  }
  if (rotation) {
    const path = 'rotation.graceSecondsChoices';
    const choices = rotation.graceSecondsChoices;
    if (choices.length === 0) tell(path, 'there is nothing to choose from: name periods, or let rotation be null');
    tellDuplicates(path, choices, tell);
    for (const [index, seconds] of choices.entries())
      if (!isWholeFrom(0, seconds)) tell(`${path}.${index}`, 'has to be a whole number of seconds, from 0');
  }
  inExpiry(apiKeys, tell);
  inColumns(apiKeys, tell);
};

const isLanguageTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

const inRemaining = ({ notifications, administration, apiKeys, messages }: HostTerms, tell: Tell): void => {
  tellDuplicates('notifications.events', notifications?.events ?? [], tell);
  for (const [index, event] of notifications?.events.entries() ?? [])
    if (!EventType.safeParse(event).success)
      tell(`notifications.events.${index}`, `no event can be of the kind ${event}: write it as job.completed is`);
  if (administration?.listsAllKeys && !apiKeys)
    tell('administration.listsAllKeys', 'there are no keys to list: apiKeys is null', 'idle');
  for (const locale of Object.keys(messages ?? {}))
    if (!isLanguageTag(locale)) tell(`messages.${locale}`, 'is not a language tag, as en or pt-BR');
};

interface Told {
  path: string;
  reason: string;
  idle: boolean;
}

const inTerms = (terms: HostTerms, providers: ReadonlySet<string> | undefined): Told[] => {
  const told: Told[] = [];
  const tell: Tell = (path, reason, idle) => told.push({ path, reason, idle: idle === 'idle' });
  inSections(terms, tell);
  inProfile(terms, tell);
  inProviderTokens(terms, providers, tell);
  inApiKeys(terms, tell);
  inRemaining(terms, tell);
  return told;
};

/** Whether a patch itself says what stands at a path. Lists are replaced as a whole. */
const says = (patch: unknown, path: string): boolean => {
  let value = patch;
  for (const name of path.split('.')) {
    if (Array.isArray(value)) return true;
    if (typeof value !== 'object' || value === null) return false;
    value = new Map<string, unknown>(Object.entries(value)).get(name);
  }
  return value !== undefined && value !== null;
};

/**
 * The contradictions of a policy: empty for one that can be served. Unusual settings are not reported. The terms
 * of each role are looked at as they are once its overrides are merged in.
 *
 * @throws `z.core.$ZodError` where what an override leaves is no policy any more.
 */
export const contradictionsIn = (policy: HostPolicy, options: ContradictionOptions = {}): Contradiction[] => {
  const providers = options.providers && new Set(options.providers);
  const { everybody, byRole } = resolveHostPolicy(policy);
  const overrides = policy.overrides ?? [];
  const found = new Map<string, Contradiction>();
  for (const { path, reason } of inTerms(everybody, providers))
    found.set(`${path}: ${reason}`, { path, reason, roles: null });
  for (const [role, terms] of byRole)
    for (const { path, reason, idle } of inTerms(terms, providers)) {
      const before = found.get(`${path}: ${reason}`);
      const isOwn = overrides.some((override) => override.roles.includes(role) && says(override.policy, path));
      if (before?.roles === null || (idle && !isOwn)) continue;
      found.set(`${path}: ${reason}`, { path, reason, roles: [...(before?.roles ?? []), role] });
    }
  for (const [index, { roles }] of overrides.entries()) {
    const path = `overrides.${index}.roles`;
    if (roles.length === 0) found.set(path, { path, reason: 'it is for nobody: name a role', roles: null });
  }
  return [...found.values()];
};

/** `apiKeys.limit: … (for administrator)`: as a line to read. */
export const describeContradiction = ({ path, reason, roles }: Contradiction): string =>
  `${path}: ${reason}${roles ? ` (for ${listed(roles)})` : ''}`;
