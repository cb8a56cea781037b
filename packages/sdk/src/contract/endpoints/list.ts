import * as z from 'zod/mini';

/** One page of a list. */
export const pageOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({
    /** The rows of this page, in the order asked for. */
    data: z.array(item),
    /** The `cursor` of the next page; `null` on the last. */
    nextCursor: z.nullable(z.string()),
  });

/** One page of a list; `nextCursor` is `null` on the last. */
export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}
