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

/** The members that a schema knows at a place. */
const membersAt = (schema: z.core.$ZodType, path: Path): string[] => {
  const whole = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  const found = path.reduce<JsonSchema[]>(
    (schemas, name) => schemas.flatMap((it) => step(it, name)).flatMap(alternatives),
    alternatives(whole),
  );
  return [...new Set(found.flatMap(({ properties }) => Object.keys(properties ?? {})))];
};

/** Of a value that fits none of several forms: the form that it comes nearest to. */
const nearestBranch = (branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] =>
  branches.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0] ?? [];

const depthOf = (issues: readonly z.core.$ZodIssue[]): number => Math.max(...issues.map(({ path }) => path.length));

/** What the issues are about. */
interface Subject {
  schema: z.core.$ZodType;
  /** What stands at a place; `undefined` where nothing does. */
  find: (path: Path) => unknown;
  /** A place, as people find it. */
  name: (path: Path) => string;
}

const linesOf = (issue: z.core.$ZodIssue, base: Path, subject: Subject): string[] => {
  const { schema, find, name } = subject;
  const path = [...base, ...issue.path];
  const place = name(path);
  const found = find(path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const members = membersAt(schema, path);
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
      const nearest = nearestBranch(issue.errors);
      return nearest.length === 0
        ? [`${place}: ${issue.message}`]
        : nearest.flatMap((inner) => linesOf(inner, path, subject));
    }
    case 'invalid_key':
      return [`${place}: ${issue.issues[0]?.message ?? issue.message}`];
    case 'invalid_type':
      return [
        found === undefined
          ? `${place}: is missing; it must be of type ${issue.expected}`
          : `${place}: ${shown(found)} is not of type ${issue.expected}`,
      ];
    default:
      return [`${place}: ${issue.message}${typeof found === 'string' ? `; found ${shown(found)}` : ''}`];
  }
};

/** One line for each issue: the place, what was found, what is allowed, and what was probably meant. */
export const describeIssues = (issues: readonly z.core.$ZodIssue[], subject: Subject): string[] =>
  issues.flatMap((issue) => linesOf(issue, [], subject));

/** What a document is read as, or its faults. */
export const readDocument = <S extends z.core.$ZodType>(
  schema: S,
  document: unknown,
): { data: z.output<S> } | { faults: string[] } => {
  const { data, error } = z.safeParse(schema, document, inWords);
  if (!error) return { data };
  return { faults: describeIssues(error.issues, { schema, find: (path) => valueAt(document, path), name: placeOf }) };
};
