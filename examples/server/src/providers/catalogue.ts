import { type Provider, type ProviderField, reduceAddress, takesAddress } from '@ai-cockpit/sdk/contract';
import { base64, utf8 } from '../values/bytes.js';
import type { ProviderDefinition, ReadDefinition } from './definition.js';
import { ConsistentDefinition } from './definition-faults.js';
import { isAllowedHost, isHostLabel, isHttpsUrl, isVisibleAscii, withoutTrailingSlash } from './hosts.js';
import { fieldsNamedIn, fieldsOf, filledIn, hostOf, type HeaderTemplate, type Values } from './templates.js';

/** The base URL of a provider and the headers to send to it: secret. */
export interface Credential {
  baseUrl: string;
  headers: Record<string, string>;
  /** Of each of several APIs, where they do not share the base URL. */
  endpoints?: Record<string, string>;
}

/** One provider of the catalogue: what people are asked, what of it is accepted, and what is made of it. */
export interface CatalogueProvider {
  /** As clients are told of it. */
  description: Provider;
  /** Fields that decide where the secret is sent. */
  destinations: readonly string[];
  secretPattern: RegExp | null;
  /** Whether a value is what its field asks for, beyond what its kind says. */
  accepts(field: ProviderField, value: string): boolean;
  credential(values: Values): Credential;
}

/** The providers that a server knows, by id; a policy chooses among them. */
export type Catalogue = ReadonlyMap<string, CatalogueProvider>;

/** @throws z.core.$ZodError where a definition is none */
export const catalogueOf = (definitions: readonly ProviderDefinition[]): Catalogue =>
  new Map(definitions.map((definition) => [definition.id, providerOf(ConsistentDefinition.parse(definition))]));

/** "Azure DevOps" → "AD". */
const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');

const describe = ({
  id,
  name,
  guideUrl,
  hint,
  guideWhen,
  color,
  monogram,
  icon,
  fields,
  messages,
}: ReadDefinition): Provider => ({
  id,
  name,
  guideUrl,
  hint,
  guideWhen,
  color,
  monogram: monogram ?? initialsOf(name),
  icon,
  fields: fields.map(({ pattern: _, ...field }) => field),
  messages,
});

const headerOf = (template: HeaderTemplate, values: Values): string => {
  if (typeof template === 'string') return filledIn(template, values);
  const [user, password] = template.basic.map((part) => filledIn(part, values));
  return `Basic ${base64(utf8(`${user}:${password}`))}`;
};

const providerOf = (definition: ReadDefinition): CatalogueProvider => {
  const { fields, hosts, requests, secretPattern } = definition;
  const headers = requests.flatMap((request) => Object.values(request.headers));
  const named = (templates: readonly string[]) => new Set(templates.flatMap(fieldsNamedIn));
  const destinations = new Set(
    requests.flatMap(({ baseUrl, when }) => [...fieldsNamedIn(baseUrl), ...(when ? [when.field] : [])]),
  );
  const asTheyAre = named(headers.filter((header) => typeof header === 'string'));
  const users = named(headers.flatMap((header) => (typeof header === 'string' ? [] : header.basic[0])));
  const isHost = (host: string) => isAllowedHost(host, hosts);
  const rules = new Map(
    fields.map(({ id, pattern, path }) => [
      id,
      { path, pattern: pattern ? new RegExp(`^(?:${pattern})$`, 'iu') : null },
    ]),
  );

  return {
    description: describe(definition),
    destinations: [...destinations],
    secretPattern: secretPattern === undefined ? null : new RegExp(secretPattern, 'u'),
    accepts: ({ id, kind }, value) => {
      const { path = false, pattern = null } = rules.get(id) ?? {};
      if (kind === 'host' && !isHost(value)) return false;
      if (kind === 'url' && !isHttpsUrl(value, isHost, { path })) return false;
      if (kind === 'text' && destinations.has(id) && !isHostLabel(value)) return false;
      // A colon would end the user's name on the wire.
      if (users.has(id) && value.includes(':')) return false;
      return (!asTheyAre.has(id) || isVisibleAscii(value)) && (!pattern || pattern.test(value));
    },
    credential: (values) => {
      // Values stored before a rule of the provider changed are checked again.
      const reduced = Object.fromEntries(
        fields.filter(takesAddress).flatMap((field) => {
          const value = values[field.id];
          return value === undefined ? [] : [[field.id, reduceAddress(field, value) ?? value] as const];
        }),
      );
      const all = { ...values, ...reduced };
      const request = requests.find(
        (it) =>
          fieldsOf(it).every((id) => all[id] !== undefined) &&
          (!it.when || isAllowedHost(hostOf(all[it.when.field] ?? ''), it.when.hosts)),
      );
      if (!request) throw new Error('A token was stored without what its provider needs');
      // A URL may end with a slash where it was filled in, too.
      const urls = Object.fromEntries(
        Object.entries(all).map(([id, value]) => [id, destinations.has(id) ? withoutTrailingSlash(value) : value]),
      );
      const { endpoints } = request;
      return {
        baseUrl: withoutTrailingSlash(filledIn(request.baseUrl, urls)),
        ...(endpoints && {
          endpoints: Object.fromEntries(Object.entries(endpoints).map(([name, url]) => [name, filledIn(url, urls)])),
        }),
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, template]) => [name, headerOf(template, values)]),
        ),
      };
    },
  };
};
