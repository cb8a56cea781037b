import {
  type AliasedExpression,
  type Expression,
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import { breathe } from './batches.js';
import type { Tables } from './tables.js';

/** Where a page starts: after the row that had this value in the column sorted by, and this id. */
export interface Position {
  value: string | number;
  id: string;
}

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

/** The columns that a list sorts by, and which of them are instants that may be null; or what it sorts by instead. */
export type SortColumns = Record<
  string,
  { column: string; nullable?: true } | { expression: RawBuilder<string | number> }
>;

// Beyond any instant: rows without one come last in both directions. The indexes are on these very expressions.
const never = { asc: 8_640_000_000_000_001, desc: -8_640_000_000_000_001 };

/** The rows of a list in the order asked for, and conditions on where in that order they stand. */
const orderedBy = (columns: SortColumns, sort: string) => {
  const direction: 'asc' | 'desc' = sort.startsWith('-') ? 'desc' : 'asc';
  const sorted = columns[sort.replace(/^-/, '')];
  if (!sorted) throw new Error('A list was asked to sort by a field it has no column for');
  const column: RawBuilder<string | number> =
    'expression' in sorted
      ? sorted.expression
      : sorted.nullable
        ? sql`coalesce(${sql.ref(sorted.column)}, ${sql.lit(never[direction])})`
        : sql`${sql.ref(sorted.column)}`;
  const { after, upTo } = comparedBy(column, direction);
  const beyond = sql.raw(direction === 'asc' ? '>' : '<');
  // SQLite finds a pair in an index only where both are columns. Else rows of the same value are a range of their own.
  const rangesAfter = (position: Position): Range[] =>
    'column' in sorted && !sorted.nullable
      ? [{ condition: after(position) }]
      : [
          { condition: sql`${column} = ${position.value} and id ${beyond} ${position.id}`, hasOneValue: true },
          { condition: sql`${column} ${beyond} ${position.value}` },
        ];
  return { direction, column, after, upTo, rangesAfter };
};

type Order = ReturnType<typeof orderedBy>;

/** A part of an order. */
interface Range {
  condition: Expression<SqlBool>;
  /** All its rows have the same value, so that their ids alone order them. */
  hasOneValue?: true;
}

const comparedBy = (column: RawBuilder<unknown>, direction: 'asc' | 'desc') => {
  const compared = (comparison: string, { value, id }: Position): Expression<SqlBool> =>
    sql`(${column}, id) ${sql.raw(comparison)} (${value}, ${id})`;
  return {
    after: (position: Position) => compared(direction === 'asc' ? '>' : '<', position),
    upTo: (position: Position) => compared(direction === 'asc' ? '<=' : '>=', position),
  };
};

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

/** How many rows one statement looks at: few at first, as most pages are full soon. */
const firstSlices = [250, 1000];
const largestSlice = 4000;

/** A search looks at so many rows, and its page says where the next one goes on. */
export const rowsOfSearch = 50_000;

interface Slice<Query> {
  /** The rows, in order. */
  slice: Query;
  /** How many they are at most. */
  size: number;
  /** Where they end, if there are more. */
  end: Position | null;
}

/** The rows of a query in an order that an index has, some at a time. Other requests are answered in between. */
async function* slicesOf<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  { column, direction, rangesAfter }: Order,
  start: Position | null,
  sizes: readonly number[] = firstSlices,
): AsyncGenerator<Slice<SelectQueryBuilder<DB, TB, Row>>> {
  let ranges: Range[] = start ? rangesAfter(start) : [{ condition: sql`1 = 1` }];
  for (let number = 0; ; number++) {
    const [range, ...others] = ranges;
    if (!range) return;
    if (number > 0) await breathe();
    const size = sizes[number] ?? largestSlice;
    const inRange = query.where(range.condition);
    const rows = (range.hasOneValue ? inRange : inRange.orderBy(column, direction)).orderBy(sql`id`, direction);
    const ends = await rows
      .clearSelect()
      .select([column.as('value'), sql<string>`id`.as('id')])
      .offset(size - 1)
      .limit(1)
      .execute();
    // Kysely cannot follow the selection through the generic row: these are the two columns selected above.
    const end = (ends[0] as Position | undefined) ?? null;
    yield { slice: rows.limit(size), size, end };
    ranges = end ? rangesAfter(end) : others;
  }
}

/** All rows of a query, in the order of one of its columns, some at a time. */
export const allSlicesOf = <DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  columns: SortColumns,
  sort: string,
) => slicesOf(query, orderedBy(columns, sort), null, []);

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
