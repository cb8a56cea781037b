import * as z from 'zod/mini';
import { SearchText } from './text.js';

/** A query is text. Only digits are a count in it: not `1e2`, `0x10` or a space, which `Number` would take for one. */
const digits = z.transform((text) => (typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : text));

/**
 * `?limit=&cursor=&q=&sort=`. A sort is a field's name, with `-` before it for descending.
 * A cursor is opaque and bound to its owner, search and sort.
 */
export const listQuery = <const Sort extends string>(sorts: readonly Sort[]) =>
  z.strictObject({
    /** 1–100; the server's default is 25. */
    limit: z.optional(z.pipe(digits, z.int().check(z.gte(1), z.lte(100)))),
    cursor: z.optional(z.string().check(z.maxLength(4000))),
    /** Found anywhere in the resource's names and descriptions, letter case aside. */
    q: z.optional(SearchText),
    sort: z.optional(z.enum(sorts)),
  });
