/** All values of a token, the secret ones among them, by field. */
export type Values = Readonly<Record<string, string>>;

const placeholder = /\{(\w+)\}/g;

/** The fields that a text such as `https://{site}` names. */
export const fieldsNamedIn = (template: string): string[] =>
  [...template.matchAll(placeholder)].flatMap(([, field]) => field ?? []);

export const filledIn = (template: string, values: Values): string =>
  template.replaceAll(placeholder, (_, field: string) => values[field] ?? '');

/** A header's value: text, or the user and the password of the Basic scheme. */
export type HeaderTemplate = string | { basic: [user: string, password: string] };

export interface RequestTemplate {
  baseUrl: string;
  headers: Record<string, HeaderTemplate>;
}

const partsOf = (header: HeaderTemplate): readonly string[] => (typeof header === 'string' ? [header] : header.basic);

/** What a request is made of. */
export const fieldsOf = ({ baseUrl, headers }: RequestTemplate): string[] =>
  [baseUrl, ...Object.values(headers).flatMap(partsOf)].flatMap(fieldsNamedIn);
