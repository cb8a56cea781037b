import * as z from 'zod/mini';

/**
 * A set that may grow: answers are read tolerantly, so a value of a later contract passes as it is.
 * Typed so that the known values are still suggested.
 */
export const openEnum = <const T extends string>(values: readonly T[]) =>
  // The union's own output type is just `string`; the known members are kept for the editor's sake.
  z.union([z.enum(values), z.string()]) as z.ZodMiniType<T | (string & {}), T | (string & {})>;

/** RFC 3339 in UTC. */
export const Instant = z.iso.datetime();

/** `YYYY-MM-DD`. */
export const CalendarDate = z.iso.date();
