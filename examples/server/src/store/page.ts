import {
  type AliasedExpression,
  type Expression,
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
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
  const compared = (comparison: string, { value, id }: Position): Expression<SqlBool> =>
    sql`(${column}, id) ${sql.raw(comparison)} (${value}, ${id})`;
  return {
    direction,
    column,
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

const lookedAtOnce = 1000;

/** Lets everything else have its turn. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * A page of the rows that a condition holds for, where no index answers it. Rows are looked at some at a time, and no more
 * than so many: the page may have fewer rows than asked for, or none, and go on all the same.
 */
export const searchPage = async <DB, TB extends keyof DB, Row extends { id: string }>(
  db: Kysely<Tables>,
  query: SelectQueryBuilder<DB, TB, Row>,
  columns: SortColumns,
  { limit, sort, after }: PageRequest,
  condition: Expression<SqlBool>,
  most: number,
): Promise<PageOf<Row>> => {
  const { column, direction, after: beyond, upTo } = orderedBy(columns, sort);
  const found: Positioned<Row>[] = [];
  let from = after;
  for (let count = 0; ; ) {
    const rest = (from ? query.where(beyond(from)) : query).orderBy(column, direction).orderBy(sql`id`, direction);
    const ends = await rest
      .clearSelect()
      .select([column.as('value'), sql<string>`id`.as('id')])
      .offset(lookedAtOnce - 1)
      .limit(1)
      .execute();
    const end = ends[0] as Position | undefined;
    // A query of its own within the other: whatever the planner of the other prefers, no row beyond is looked at.
    const looked = (end ? rest.where(upTo(end)) : rest.limit(2 * lookedAtOnce)).select(column.as('position'));
    const rows = await db
      // Kysely cannot follow the selection through the generic row, of which these two are known.
      .selectFrom(looked.as('looked') as unknown as AliasedExpression<Positioned<{ id: string }>, 'looked'>)
      .selectAll()
      .where(condition)
      .orderBy('position', direction)
      .orderBy('id', direction)
      .limit(limit + 1 - found.length)
      .execute();
    found.push(...(rows as unknown as Positioned<Row>[]));
    if (found.length > limit || !end) return pageOf(found, limit);
    count += lookedAtOnce;
    if (count >= most) return { ...pageOf(found, limit), next: { value: end.value, id: end.id } };
    from = end;
    await breathe();
  }
};
