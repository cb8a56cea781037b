import * as z from 'zod/mini';
import { SearchText } from './text.js';

/** A query is text. A count in it consists of digits only: `Number` would also accept `1e2`, `0x10` or a space. */
const digits = z.transform((text) => (typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : text));

/**
 * `?limit=&cursor=&q=&sort=`. A sort is a field's name, with `-` before it for descending.
 * A cursor is opaque and bound to its owner, search and sort.
 */
export const listQuery = <const Sort extends string>(sorts: readonly Sort[]) =>
  z.strictObject({
    /** How many rows: 1–100; 25 unless given. */
    limit: z.optional(z.pipe(digits, z.int().check(z.gte(1), z.lte(100)))),
    /** The `nextCursor` of the page before, with the same `q` and `sort`. Opaque; `limit` may differ. */
    cursor: z.optional(z.string().check(z.maxLength(4000))),
    /**
     * Only rows with this text in their names or descriptions, or in other members that the operation lists. Letter
     * case and accents do not matter.
     */
    q: z.optional(SearchText),
    /**
     * The field to sort by, with `-` before it for descending; `-createdAt` unless given, and `-at` for activity. Rows
     * without a value come last either way.
     */
    sort: z.optional(z.enum(sorts)),
  });
