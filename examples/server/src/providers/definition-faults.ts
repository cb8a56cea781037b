import * as z from 'zod/mini';
import { ProviderDefinition, type ReadDefinition } from './definition.js';
import { listed, suggestion } from '../documents/near-match.js';
import { fieldsNamedIn, fieldsOf, partsOf, placeholdersIn } from './templates.js';

interface Fault {
  path: (string | number)[];
  message: string;
}

/** Contradictions between the parts of a definition. */
const faultsIn = (definition: ReadDefinition): Fault[] => [
  ...fieldFaults(definition),
  ...whenFaults(definition.fields, definition.guideWhen, ['guideWhen']),
  ...requestFaults(definition),
  ...messageFaults(definition),
];

const fieldFaults = ({ fields }: ReadDefinition): Fault[] =>
  fields.flatMap(({ id, kind, options, when, addresses, pages, path }, at): Fault[] => {
    const fault = (member: string, message: string) => ({ path: ['fields', at, member], message });
    const isRepeated = fields.findIndex((field) => field.id === id) < at;
    const optionIds = options?.map((option) => option.id) ?? [];
    const repeatedOption = optionIds.find((option, index) => optionIds.indexOf(option) < index);
    return [
      ...(isRepeated ? [fault('id', `is that of another field: each has an id of its own; found "${id}"`)] : []),
      ...((kind === 'choice') !== (options !== undefined)
        ? [
            fault(
              'options',
              `belong to a choice, and to it only${options ? `: leave them out of one of kind ${kind}` : '; found none'}`,
            ),
          ]
        : []),
      ...(repeatedOption === undefined
        ? []
        : [fault('options', `has two of the same id: each has an id of its own; found "${repeatedOption}"`)]),
      ...(addresses && !['text', 'url'].includes(kind)
        ? [fault('addresses', `belong to a text or a url: leave them out of one of kind ${kind}`)]
        : []),
      ...(addresses ?? []).flatMap(({ to = '' }) =>
        /[{}]/.test(to.replaceAll('{}', ''))
          ? [fault('addresses', `may hold no braces but {} in \`to\`; found ${JSON.stringify(to)}`)]
          : [],
      ),
      ...(pages && !(kind === 'url' && path)
        ? [
            fault(
              'pages',
              `belong to a url with a path: leave them out of one of kind ${kind}${kind === 'url' ? ', or let path be true' : ''}`,
            ),
          ]
        : []),
      ...whenFaults(fields.slice(0, at), when, ['fields', at, 'when'], ' before it'),
    ];
  });

/** A condition names one of the options of a choice, of a field one that people fill in before. */
const whenFaults = (
  fields: ReadDefinition['fields'],
  when: ReadDefinition['guideWhen'],
  path: Fault['path'],
  where = '',
): Fault[] => {
  if (!when) return [];
  const choices = fields.filter(({ kind, options }) => kind === 'choice' && options);
  const ids = choices.map(({ id }) => id);
  const options = choices.find(({ id }) => id === when.field)?.options?.map(({ id }) => id);
  const must = `must name an option of a choice${where}`;
  if (!options)
    return [
      {
        path: [...path, 'field'],
        message: `${must}; found "${when.field}", ${thereAre(ids)}${suggestion(when.field, ids)}`,
      },
    ];
  if (options.includes(when.value)) return [];
  return [
    {
      path: [...path, 'value'],
      message: `${must}; found "${when.value}", ${thereAre(options)}${suggestion(when.value, options)}`,
    },
  ];
};

const thereAre = (ids: readonly string[]): string =>
  ids.length > 0 ? `there ${ids.length > 1 ? 'are' : 'is'} ${listed(ids)}` : 'there is none';

const addressKinds: readonly string[] = ['host', 'url'];
const isSecretKind = (kind: string): boolean => kind === 'secret' || kind === 'password';

const inUrl: readonly string[] = ['text', 'choice'];
/** Nothing that was filled in reaches over the end of the host, and the end of its name is nobody's to fill in. */
const literalHost = /^https:\/\/(?:[a-z0-9.-]|\{\w+\})*[a-z0-9](?::\d+)?(?:\/|$)/;

/** Placeholders that name no field: the braces would be sent literally. */
const placeholderFaults = (template: string, allowed: readonly string[]): string[] => {
  const there = thereAre(allowed.map((name) => `{${name}}`));
  const unknown = placeholdersIn(template)
    .filter((name) => !allowed.includes(name))
    .map((name) => `{${name}} stands for no field; ${there}${suggestion(name, allowed)}`);
  const isOpen = /[{}]/.test(template.replaceAll(/\{[^{}]*\}/g, ''));
  return isOpen
    ? [...unknown, `has a brace that belongs to no placeholder; found ${JSON.stringify(template)}, ${there}`]
    : unknown;
};

const requestFaults = ({ fields, requests }: ReadDefinition): Fault[] => {
  const kindOf = (id: string) => fields.find((field) => field.id === id)?.kind;
  const allowed = fields.flatMap(({ id, kind }) => (kind === 'host' || kind === 'url' ? [id, `${id}.host`] : [id]));
  const faults = requests.flatMap((request, at): Fault[] => {
    const path = ['requests', at];
    const templates = [
      ['baseUrl', request.baseUrl] as const,
      ...Object.entries(request.headers).flatMap(([name, header]) =>
        partsOf(header).map((part) => [`headers.${name}`, part] as const),
      ),
      ...Object.entries(request.endpoints ?? {}).map(([name, url]) => [`endpoints.${name}`, url] as const),
    ];
    const placeholders = templates.flatMap(([member, template]) =>
      placeholderFaults(template, allowed).map((message) => ({ path: [...path, ...member.split('.')], message })),
    );
    if (placeholders.length > 0) return placeholders;
    const { baseUrl, when, endpoints = {} } = request;
    const strays = Object.entries(endpoints).filter(([, url]) => url !== baseUrl && !url.startsWith(`${baseUrl}/`));
    if (strays.length > 0)
      return strays.map(([name, url]) => ({
        path: [...path, 'endpoints', name],
        message: `must begin with the base URL, ${baseUrl}; found "${url}"`,
      }));
    if (when && !addressKinds.includes(kindOf(when.field) ?? '')) {
      const ids = fields.filter(({ kind }) => addressKinds.includes(kind)).map(({ id }) => id);
      const message = `must name a field of kind host or url; found "${when.field}", ${thereAre(ids)}${suggestion(when.field, ids)}`;
      return [{ path: [...path, 'when', 'field'], message }];
    }
    const [first = '', ...others] = fieldsNamedIn(baseUrl);
    const whole = /^(?:https:\/\/)?\{\w+\}(?:\/|$)/.test(baseUrl)
      ? baseUrl.startsWith('https:')
        ? 'host'
        : 'url'
      : null;
    const leads = whole && kindOf(first) === whole;
    const hosted = /^https:\/\/(?:[a-z0-9-]+\.)+\{(\w+)\.host\}(?:\/|$)/.exec(baseUrl)?.[1];
    // A subdomain before `{field.host}` is a host below those that the condition names.
    const isBelow = hosted === when?.field && when?.hosts.every((host) => host.startsWith('.'));
    const rest = leads || hosted ? others : [first, ...others].filter(Boolean);
    return (leads || (hosted ? isBelow : literalHost.test(baseUrl))) &&
      rest.every((id) => inUrl.includes(kindOf(id) ?? ''))
      ? []
      : [
          {
            path: [...path, 'baseUrl'],
            message:
              'must be https://host, https://{field of kind host} or {field of kind url}, and in them texts or choices; ' +
              `found ${JSON.stringify(baseUrl)}`,
          },
        ];
  });
  if (faults.length > 0) return faults;

  const used = new Set(requests.flatMap(fieldsOf));
  const unsent = fields.findIndex(({ id, kind }) => isSecretKind(kind) && !used.has(id));
  if (unsent >= 0) {
    const { id = '' } = fields[unsent] ?? {};
    faults.push({
      path: ['fields', unsent],
      message: `is a secret that no request sends: a header has to hold {${id}}`,
    });
  }
  if (!fields.some(({ kind }) => isSecretKind(kind)))
    faults.push({
      path: ['fields'],
      message: `must have a secret, of kind secret or password; found ${listed(fields.map(({ kind }) => kind))}`,
    });
  const canBeSent = (filled: ReadonlySet<string>) =>
    requests.some((it) => !it.when && fieldsOf(it).every((id) => filled.has(id)));
  const unsendable = leastFillings(fields).find((filled) => !canBeSent(filled));
  if (unsendable) {
    const filled =
      unsendable.size > 0 ? `only ${[...unsendable].join(', ')} ${unsendable.size > 1 ? 'are' : 'is'}` : 'nothing is';
    faults.push({
      path: ['requests'],
      message: `must have one for whatever may be left out, without a condition; there is none where ${filled} filled in`,
    });
  }
  return faults;
};

/** The fields that are filled in at least, for each combination of choices. */
const leastFillings = (fields: ReadDefinition['fields']): Set<string>[] => {
  let answers: Record<string, string>[] = [{}];
  for (const { id, options, required, when } of fields) {
    answers = answers.flatMap((values) => {
      if (!required || (when && values[when.field] !== when.value)) return [values];
      return (options ?? [{ id: '' }]).map((option) => ({ ...values, [id]: option.id }));
    });
  }
  return answers.map((values) => new Set(Object.keys(values)));
};

/** Where a definition has texts that can be translated. */
const textPlaces = ({ hint, fields }: ReadDefinition): string[] => [
  'name',
  ...(hint === null ? [] : ['hint']),
  ...fields.flatMap((field) => [
    `fields.${field.id}.label`,
    ...(['hint', 'placeholder'] as const)
      .filter((name) => field[name] !== null)
      .map((name) => `fields.${field.id}.${name}`),
    ...(field.options ?? []).map(({ id }) => `fields.${field.id}.options.${id}`),
  ]),
];

const messageFaults = (definition: ReadDefinition): Fault[] => {
  const places = new Set(textPlaces(definition));
  return Object.entries(definition.messages).flatMap(([locale, texts]) =>
    Object.keys(texts)
      .filter((id) => !places.has(id))
      .map((id) => ({
        path: ['messages', locale, id],
        message: `stands for no text of this provider; there are ${listed(places)}${suggestion(id, places)}`,
      })),
  );
};

/** A definition without contradictions between its parts. */
export const ConsistentDefinition = ProviderDefinition.check(
  z.check(({ value, issues }) => {
    for (const { path, message } of faultsIn(value))
      issues.push({ code: 'custom', input: value, path, message, params: { saysFound: true } });
  }),
);
