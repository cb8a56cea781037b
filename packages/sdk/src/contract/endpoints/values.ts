import * as z from 'zod/mini';

/**
 * A set that may grow: answers are read tolerantly, so a value of a later contract passes as it is.
 * Typed so that the known values are still suggested.
 */
export const openEnum = <const T extends string>(values: readonly T[]) =>
  // The union's own output type is just `string`; the known members are kept for the editor's sake.
  z.union([z.enum(values), z.string()]) as z.ZodMiniType<T | (string & {}), T | (string & {})>;

// Enough to know that it can be shown; `z.iso` brings every form of ISO 8601 along, 1 kB of a page.
const dated = z.refine<string>((text) => !Number.isNaN(Date.parse(text)));

/** RFC 3339 in UTC, as it is answered. */
export const Instant = z.string().check(dated);

/** `YYYY-MM-DD`, as it is answered. */
export const CalendarDate = z.string().check(dated);
