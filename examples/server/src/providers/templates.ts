/** All values of a token, the secret ones among them, by field. */
export type Values = Readonly<Record<string, string>>;

/** `{field}`, or `{field.host}`: the host of an address. */
const placeholder = /\{(\w+)(\.host)?\}/g;

/** Any text in braces, whether it names a field or not: `{client-id}` too. */
export const placeholdersIn = (template: string): string[] =>
  [...template.matchAll(/\{([^{}]*)\}/g)].flatMap(([, name]) => name ?? []);

/** The fields that a text such as `https://{site}` names. */
export const fieldsNamedIn = (template: string): string[] =>
  [...template.matchAll(placeholder)].flatMap(([, field]) => field ?? []);

export const filledIn = (template: string, values: Values): string =>
  template.replaceAll(placeholder, (_, field: string, host?: string) => {
    const value = values[field] ?? '';
    return host ? hostOf(value) : value;
  });

/** The host of a value of kind `host` or `url`, both of which were checked when they were stored. */
export const hostOf = (value: string): string => (value.includes('://') ? new URL(value).hostname : value);

/** A header's value: text, or the user and the password of the Basic scheme. */
export type HeaderTemplate = string | { basic: [user: string, password: string] };

export interface RequestTemplate {
  baseUrl: string;
  headers: Record<string, HeaderTemplate>;
  /** Only where the value of this field leads to one of these hosts. */
  when?: { field: string; hosts: string[] } | undefined;
  endpoints?: Record<string, string> | undefined;
}

export const partsOf = (header: HeaderTemplate): readonly string[] =>
  typeof header === 'string' ? [header] : header.basic;

/** The fields that a request template uses. */
export const fieldsOf = ({ baseUrl, headers, when }: RequestTemplate): string[] => [
  ...(when ? [when.field] : []),
  ...[baseUrl, ...Object.values(headers).flatMap(partsOf)].flatMap(fieldsNamedIn),
];
