import * as z from 'zod/mini';

export const pageOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ data: z.array(item), nextCursor: z.nullable(z.string()) });

/** One page of a list; `nextCursor` is `null` on the last. */
export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}
