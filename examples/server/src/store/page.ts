import {
  type AliasedExpression,
  type Expression,
  type Kysely,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import { allSlicesOf, comparedBy, type Order, orderedBy, type Position, slicesOf, type SortColumns } from './slices.js';
import type { Tables } from './tables.js';

export type { Position, SortColumns } from './slices.js';

export interface PageRequest {
  limit: number;
  /** The words to find; empty for all. */
  q: string;
  /** The field sorted by, `-` before it for descending. */
  sort: string;
  after: Position | null;
}

export interface PageOf<Row> {
  rows: Row[];
  /** Where the next page starts; `null` after the last. */
  next: Position | null;
}

type Positioned<Row> = Row & { position: string | number };

/** @param found One more than the page holds, where there are as many. */
const pageOf = <Row extends { id: string }>(found: readonly Positioned<Row>[], limit: number): PageOf<Row> => {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    // TypeScript does not see that a row without the position is the row that the position was added to.
    rows: page.map(({ position: _, ...row }) => row as unknown as Row),
    next: found.length > limit && last ? { value: last.position, id: last.id } : null,
  };
};

/** Keyset pages: rows added or removed meanwhile neither repeat nor hide others. */
export const readPage = async <DB, TB extends keyof DB, Row extends { id: string }>(
  query: SelectQueryBuilder<DB, TB, Row>,
  columns: SortColumns,
  { limit, sort, after }: PageRequest,
): Promise<PageOf<Row>> => {
  const order = orderedBy(columns, sort);
  const found = await (after ? query.where(order.after(after)) : query)
    .select(order.column.as('position'))
    .orderBy(order.column, order.direction)
    .orderBy(sql`id`, order.direction)
    .limit(limit + 1)
    .execute();
  // Kysely cannot follow the selection through the generic row: each one found is such a row and its position.
  return pageOf(found as unknown as Positioned<Row>[], limit);
};

/** A search looks at so many rows, and its page says where the next one goes on. */
export const rowsOfSearch = 50_000;

/** Answers which rows of a slice belong on the page. */
export type Condition<DB, TB extends keyof DB, Row> = (
  slice: SelectQueryBuilder<DB, TB, Row>,
) => Expression<SqlBool> | Promise<Expression<SqlBool>>;

/** The first rows of a slice, in an order of the caller's, for which the conditions hold. */
const firstOf = async <DB, TB extends keyof DB, Row extends { id: string }>(
  db: Kysely<Tables>,
  slice: SelectQueryBuilder<DB, TB, Row>,
  { column, direction }: Order,
  conditions: readonly Expression<SqlBool>[],
  limit: number,
): Promise<Positioned<Row>[]> => {
  const looked = slice.select(column.as('position'));
  let query = db
    // A query within the query, with a limit: no condition of the outer one has the planner look at other rows.
    // Kysely cannot follow the selection through the generic row, of which these two columns are known.
    .selectFrom(looked.as('looked') as unknown as AliasedExpression<Positioned<{ id: string }>, 'looked'>)
    .selectAll()
    .orderBy('position', direction)
    .orderBy('id', direction)
    .limit(limit);
  for (const condition of conditions) query = query.where(condition);
  // All columns of the inner query, which are those of the generic row and its position.
  return (await query.execute()) as unknown as Positioned<Row>[];
};

/**
 * A page of the rows for which a condition holds, where an index has the order but not the condition.
 *
 * @param most How many rows are looked at: the page may have fewer rows than asked for, or none, and go on all the same.
 */
export const searchPage = async <DB, TB extends keyof DB, Row extends { id: string }>(
  db: Kysely<Tables>,
  query: SelectQueryBuilder<DB, TB, Row>,
  columns: SortColumns,
  { limit, sort, after }: PageRequest,
  condition: Condition<DB, TB, Row>,
  most = rowsOfSearch,
): Promise<PageOf<Row>> => {
  const order = orderedBy(columns, sort);
  const found: Positioned<Row>[] = [];
  let goesOnAfter: Position | null = null;
  let count = 0;
  for await (const { slice, size, end } of slicesOf(query, order, after)) {
    found.push(...(await firstOf(db, slice, order, [await condition(slice)], limit + 1 - found.length)));
    if (found.length > limit) break;
    count += size;
    if (!end || count < most) continue;
    goesOnAfter = { value: end.value, id: end.id };
    break;
  }
  const page = pageOf(found, limit);
  return { ...page, next: page.next ?? goesOnAfter };
};

/**
 * A page in an order that no index has. All rows are looked at, some at a time, and the first ones kept. The database
 * compares them: JavaScript orders texts differently.
 *
 * @param walk The order in which rows are looked at, for which there is an index.
 */
export const sortPage = async <DB, TB extends keyof DB, Row extends { id: string }>(
  db: Kysely<Tables>,
  query: SelectQueryBuilder<DB, TB, Row>,
  columns: SortColumns,
  { limit, sort, after }: PageRequest,
  walk: string,
  condition: Condition<DB, TB, Row>,
): Promise<PageOf<Row>> => {
  const order = orderedBy(columns, sort);
  const { after: beyond, upTo } = comparedBy(sql.ref('position'), order.direction);
  const start = after ? [beyond(after)] : [];
  let first: Positioned<Row>[] = [];
  for await (const { slice } of allSlicesOf(query, columns, walk)) {
    const last = first.length > limit ? first.at(-1) : undefined;
    const conditions = [...start, ...(last ? [upTo({ value: last.position, id: last.id })] : [])];
    const candidates = await firstOf(db, slice, order, [...conditions, await condition(slice)], limit + 1);
    const ids = [...first, ...candidates].map(({ id }) => id);
    if (candidates.length > 0) first = await firstOf(db, query.where(sql`id`, 'in', ids), order, [], limit + 1);
  }
  return pageOf(first, limit);
};
