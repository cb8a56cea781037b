import * as z from 'zod/mini';

/** One page of a list. */
export const pageOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({
    /** The rows of this page, in the order asked for. */
    data: z.array(item),
    /** The `cursor` of the next page; `null` on the last. */
    nextCursor: z.nullable(z.string()),
    /**
     * How many rows the whole list has, with the same `q`: counted up to 10,000, `null` where there are more. Absent where
     * it is not known, as in a search through very many rows; a server need not count.
     */
    total: z.optional(z.nullable(z.int().check(z.nonnegative()))),
  });

/** One page of a list; `nextCursor` is `null` on the last. */
export interface Page<T> {
  data: T[];
  nextCursor: string | null;
  /** How many rows the whole list has; `null` for more than 10,000, absent where it is not known. */
  total?: number | null | undefined;
}
