import {
  type AliasedExpression,
  type Expression,
  type Kysely,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import { allSlicesOf, type SortColumns } from './slices.js';
import type { Tables } from './tables.js';

/** Rows of its own, whatever their columns. */
export type Counted = AliasedExpression<object, 'counted'>;

export const countRows = async (
  db: Kysely<Tables>,
  rows: Counted,
  condition?: Expression<SqlBool>,
): Promise<number> => {
  const counted = db.selectFrom(rows).select(sql<number>`count(*)`.as('rows'));
  const { rows: count } = await (condition ? counted.where(condition) : counted).executeTakeFirstOrThrow();
  return Number(count);
};

/** How many rows a query has, of which it looks at no more than so many. */
export const countUpTo = <DB, TB extends keyof DB, Row>(
  db: Kysely<Tables>,
  query: SelectQueryBuilder<DB, TB, Row>,
  most: number,
): Promise<number> => countRows(db, query.clearSelect().select(sql.lit(1).as('one')).limit(most).as('counted'));

/**
 * How many rows a condition holds for that no index answers: counted some at a time.
 *
 * @param walk The order in which rows are looked at, for which there is an index.
 */
export const countInSlices = async <DB, TB extends keyof DB, Row>(
  db: Kysely<Tables>,
  query: SelectQueryBuilder<DB, TB, Row>,
  columns: SortColumns,
  walk: string,
  condition: Expression<SqlBool>,
): Promise<number> => {
  let count = 0;
  // Kysely cannot follow the selection through the generic row.
  for await (const { slice } of allSlicesOf(query, columns, walk))
    count += await countRows(db, slice.as('counted') as unknown as Counted, condition);
  return count;
};
