import { apiKeyColumns } from './endpoints/policy.js';
import {
  formatList,
  isWholeFrom,
  type Report,
  reportDuplicates,
  reportLanguageTags,
  showFound,
} from './host-policy-report.js';
import { isBlank } from './input/blank.js';
import type { RolePolicy } from './role-policy.js';

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

export const checkApiKeys = ({ apiKeys }: RolePolicy, reportPolicy: Report): void => {
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
