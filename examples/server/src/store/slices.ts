import { type Expression, type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { breathe } from './batches.js';

/** Where a page starts: after the row that had this value in the column sorted by, and this id. */
export interface Position {
  value: string | number;
  id: string;
}

/** The columns that a list sorts by, and which of them are instants that may be null; or what it sorts by instead. */
export type SortColumns = Record<
  string,
  { column: string; nullable?: true } | { expression: RawBuilder<string | number> }
>;

// Beyond any instant: rows without one come last in both directions. The indexes are on these very expressions.
const never = { asc: 8_640_000_000_000_001, desc: -8_640_000_000_000_001 };

/** The rows of a list in the order asked for, and conditions on where in that order they stand. */
export const orderedBy = (columns: SortColumns, sort: string) => {
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

export type Order = ReturnType<typeof orderedBy>;

/** A part of an order. */
interface Range {
  condition: Expression<SqlBool>;
  /** All its rows have the same value, so that their ids alone order them. */
  hasOneValue?: true;
}

export const comparedBy = (column: RawBuilder<unknown>, direction: 'asc' | 'desc') => {
  const compared = (comparison: string, { value, id }: Position): Expression<SqlBool> =>
    sql`(${column}, id) ${sql.raw(comparison)} (${value}, ${id})`;
  return {
    after: (position: Position) => compared(direction === 'asc' ? '>' : '<', position),
    upTo: (position: Position) => compared(direction === 'asc' ? '<=' : '>=', position),
  };
};

/** How many rows one statement looks at: few at first, as most pages are full soon. */
const firstSlices = [250, 1000];
const largestSlice = 4000;

interface Slice<Query> {
  /** The rows, in order. */
  slice: Query;
  /** How many they are at most. */
  size: number;
  /** Where they end, if there are more. */
  end: Position | null;
}

/** The rows of a query in an order that an index has, some at a time. Other requests are answered in between. */
export async function* slicesOf<DB, TB extends keyof DB, Row>(
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
