import * as z from 'zod/mini';
import { listed, suggestion } from './near-match.js';
import { shown } from './shown.js';

type Path = readonly PropertyKey[];
type JsonSchema = z.core.JSONSchema.JSONSchema;

/** In words: without them, zod/mini says no more than that an input is invalid. */
const inWords = { error: z.locales.en().localeError };

const conjunction = new Intl.ListFormat('en-GB');

export const placeOf = (path: Path): string => path.join('.') || '(the whole)';

export const valueAt = (document: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    document,
  );

const alternatives = (schema: JsonSchema): JsonSchema[] => [
  schema,
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap(alternatives),
];

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

const step = (schema: JsonSchema, name: PropertyKey): JsonSchema[] =>
  [schema.properties?.[String(name)], schema.items, schema.additionalProperties].filter(isSchema).slice(0, 1);

/** Where the schema has a union, each of its forms. */
const schemasAt = (schema: z.core.$ZodType, path: Path): JsonSchema[] => {
  const whole = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return path.reduce<JsonSchema[]>(
    (schemas, name) => schemas.flatMap((it) => step(it, name)).flatMap(alternatives),
    alternatives(whole),
  );
};

const membersOf = (schemas: readonly JsonSchema[]): string[] => [
  ...new Set(schemas.flatMap(({ properties }) => Object.keys(properties ?? {}))),
];

/** `{ prefix }` or `{ style: "8.32" }`. */
const formOf = ({ properties = {} }: JsonSchema): string => {
  const members = Object.entries(properties).map(([name, member]) =>
    isSchema(member) && member.const !== undefined ? `${name}: ${JSON.stringify(member.const)}` : name,
  );
  return members.length > 0 ? `{ ${members.join(', ')} }` : 'object';
};

/** `"user" or "organization"`, `array of string`, `{ prefix }`, `number or null`. */
const allowedOf = (schemas: readonly JsonSchema[]): string => {
  const words = schemas.flatMap((schema) => {
    const { type, items, prefixItems } = schema;
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value));
    if (prefixItems)
      return `[${prefixItems.map((item) => (isSchema(item) ? allowedOf(alternatives(item)) : 'anything')).join(', ')}]`;
    if (type === 'array') return `array of ${isSchema(items) ? allowedOf(alternatives(items)) : 'anything'}`;
    if (type === 'object') return formOf(schema);
    return type ?? [];
  });
  return listed(new Set(words));
};

/** Of a value that fits none of several forms: the form that it comes nearest to. */
const nearestBranch = (branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] =>
  branches.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0] ?? [];

const depthOf = (issues: readonly z.core.$ZodIssue[]): number => Math.max(...issues.map(({ path }) => path.length));

/** The document of some issues. */
interface Subject {
  schema: z.core.$ZodType;
  /** The value at a place; `undefined` where there is none. */
  find: (path: Path) => unknown;
  /** A place, as people find it. */
  name: (path: Path) => string;
}

/** Members that are known each, and not beside one another. */
const togetherIn = (value: unknown, schemas: readonly JsonSchema[]): string[] | null => {
  if (typeof value !== 'object' || value === null) return null;
  const names = Object.keys(value);
  const members = membersOf(schemas);
  const fits = schemas.some((schema) => names.every((name) => Object.hasOwn(schema.properties ?? {}, name)));
  return !fits && names.every((name) => members.includes(name)) ? names : null;
};

const linesOf = (issue: z.core.$ZodIssue, base: Path, subject: Subject): string[] => {
  const { schema, find, name } = subject;
  const path = [...base, ...issue.path];
  const place = name(path);
  const found = find(path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const members = membersOf(schemasAt(schema, path));
      const allowed = members.length > 0 ? `; there are ${conjunction.format(members)}` : '';
      return issue.keys.map((key) => `${name([...path, key])}: is not known here${allowed}${suggestion(key, members)}`);
    }
    case 'invalid_value': {
      const allowed = listed(issue.values.map((value) => JSON.stringify(value)));
      if (found === undefined) return [`${place}: is missing; it must be ${allowed}`];
      const near = typeof found === 'string' ? suggestion(found, issue.values.map(String)) : '';
      return [`${place}: ${shown(found)} is not ${allowed}${near}`];
    }
    case 'invalid_union': {
      const schemas = schemasAt(schema, path);
      const together = togetherIn(found, schemas);
      if (together) return [`${place}: has ${conjunction.format(together)}; it must be ${allowedOf(schemas)}`];
      const nearest = nearestBranch(issue.errors);
      return nearest.length === 0 || nearest.some((inner) => inner.code === 'invalid_type' && inner.path.length === 0)
        ? [wrongType(place, found, schemas)]
        : nearest.flatMap((inner) => linesOf(inner, path, subject));
    }
    case 'invalid_key':
      return [`${place}: ${issue.issues[0]?.message ?? issue.message}; found ${keyFound(path.at(-1))}`];
    case 'invalid_type':
      return [wrongType(place, found, schemasAt(schema, path))];
    default:
      return [`${place}: ${issue.message}${found === undefined || saysFound(issue) ? '' : `; found ${shown(found)}`}`];
  }
};

/** A language tag or a header, of which an underscore is no part. */
const keyFound = (key: unknown): string => {
  const hyphenated =
    typeof key === 'string' && /^[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+$/.test(key) ? [key.replaceAll('_', '-')] : [];
  return shown(key) + suggestion(String(key), hyphenated);
};

/** Whether a rule of our own says itself what it found. */
const saysFound = (issue: z.core.$ZodIssue): boolean => issue.code === 'custom' && issue.params?.saysFound === true;

const wrongType = (place: string, found: unknown, schemas: readonly JsonSchema[]): string =>
  found === undefined
    ? `${place}: is missing; it must be of type ${allowedOf(schemas)}`
    : `${place}: ${shown(found)} is not of type ${allowedOf(schemas)}`;

/** One line for each issue: the place, what was found, what is allowed, and what was probably meant. */
const describeIssues = (issues: readonly z.core.$ZodIssue[], subject: Subject): string[] =>
  issues.flatMap((issue) => linesOf(issue, [], subject));

/** A document as it is read, or its faults. */
export const readDocument = <S extends z.core.$ZodType>(
  schema: S,
  document: unknown,
  name: Subject['name'] = placeOf,
): { data: z.output<S> } | { faults: string[] } => {
  const { data, error } = z.safeParse(schema, document, inWords);
  if (!error) return { data };
  return { faults: describeIssues(error.issues, { schema, find: (path) => valueAt(document, path), name }) };
};
