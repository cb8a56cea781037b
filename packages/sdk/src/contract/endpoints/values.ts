import * as z from 'zod/mini';

/**
 * The known values of each open set: for the OpenAPI document, and to warn developers of other values.
 * No answer is refused for one. (Checking them against `z.enum` in a `z.union`, only to let everything pass, costs a
 * page 1 kB.)
 */
export const knownValues = new Map<z.ZodMiniType, { examples: readonly string[] } | { enum: readonly string[] }>();

/**
 * A set that may grow: answers are read tolerantly, so a value of a later contract passes as it is.
 * Typed so that the known values are still suggested.
 */
export const openEnum = <const T extends string>(values: readonly T[]) => {
  const schema = z.string();
  knownValues.set(schema, { examples: values });
  // The output type is just `string`; the known members are kept for the editor's sake.
  return schema as unknown as z.ZodMiniType<T | (string & {}), T | (string & {})>;
};

/** A set that our own code must know: a value of a later contract counts as the first one, the plainest. */
export const tolerantEnum = <const T extends string>(values: readonly [T, ...T[]]) => {
  const isKnown = (value: string): value is T => (values as readonly string[]).includes(value);
  const schema = z.string().check(z.overwrite((value) => (isKnown(value) ? value : values[0])));
  knownValues.set(schema, { enum: values });
  // An unknown input becomes one of the values.
  return schema as unknown as z.ZodMiniType<T, T>;
};

/** Text by text. (`z.record` also knows of other keys than strings, which costs a page 0.4 kB.) */
export const mapOf = <T>(values: z.ZodMiniType<T>) => z.catchall(z.object({}), values);

// Enough to know that it can be shown; `z.iso` brings every form of ISO 8601 along, 1 kB of a page.
const dated = z.check<string>(({ value, issues }) => {
  if (Number.isNaN(Date.parse(value))) issues.push({ code: 'custom', input: value, message: 'a date' });
});

/** RFC 3339 in UTC, as `2026-01-31T09:30:00Z`. Never a number, and never a local time. */
export const Instant = z.string().check(dated);

/** A date without a time, `YYYY-MM-DD`. */
export const CalendarDate = z.string().check(dated);

/** The forms that a developer is warned without, as browsers read other dates in ways of their own. */
export const knownForms = new Map<z.ZodMiniType, { pattern: RegExp; name: string }>([
  [
    Instant,
    {
      pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]00:00)$/i,
      name: 'RFC 3339 in UTC, as 2026-11-29T10:00:00Z',
    },
  ],
  [CalendarDate, { pattern: /^\d{4}-\d\d-\d\d$/, name: 'YYYY-MM-DD' }],
]);
