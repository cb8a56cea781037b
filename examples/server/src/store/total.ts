import type { Kysely, SelectQueryBuilder } from 'kysely';
import { type Counted, countRows, countUpTo } from './count.js';
import type { Condition } from './page.js';
import { allSlicesOf, type SortColumns } from './slices.js';
import type { Tables } from './tables.js';

/** Lists are counted so far; beyond, people are told "more than". */
const mostCounted = 10_000;

/** Where no index answers which rows to count, so many rows are looked at. */
const rowsOfCount = 2 * mostCounted;

/** How many rows a list has; `null` for more than are counted; `undefined` where too many rows had to be looked at. */
export type Total = number | null | undefined;

export interface TotalRequest<DB, TB extends keyof DB, Row> {
  columns: SortColumns;
  /** The order in which rows are looked at, for which there is an index. */
  walk: string;
  /** Which rows are counted, where the query does not say it. */
  condition?: Condition<DB, TB, Row> | undefined;
  /** How many rows are looked at. */
  most?: number;
}

/** How many rows a query has, or those of them for which a condition holds: the latter are counted some at a time. */
export const totalOf = async <DB, TB extends keyof DB, Row>(
  db: Kysely<Tables>,
  query: SelectQueryBuilder<DB, TB, Row>,
  { columns, walk, condition, most = rowsOfCount }: TotalRequest<DB, TB, Row>,
): Promise<Total> => {
  let count = 0;
  if (condition) {
    let looked = 0;
    for await (const { slice, size, end } of allSlicesOf(query, columns, walk)) {
      // The cast: Kysely cannot follow the selection through the generic row, and only rows are counted.
      count += await countRows(db, slice.as('counted') as unknown as Counted, await condition(slice));
      looked += size;
      if (count > mostCounted) break;
      if (end && looked >= most) return undefined;
    }
  } else {
    count = await countUpTo(db, query, mostCounted + 1);
  }
  return count > mostCounted ? null : count;
};

/**
 * How many rows several queries have together.
 *
 * @param queries No row is in two of them.
 */
export const totalOfAll = async <DB, TB extends keyof DB, Row>(
  db: Kysely<Tables>,
  queries: readonly SelectQueryBuilder<DB, TB, Row>[],
  request: TotalRequest<DB, TB, Row>,
): Promise<Total> => {
  const most = Math.ceil(rowsOfCount / queries.length);
  let sum = 0;
  for (const query of queries) {
    const total = await totalOf(db, query, { ...request, most });
    if (typeof total !== 'number') return total;
    sum += total;
    if (sum > mostCounted) return null;
  }
  return sum;
};
