import { type Expression, type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';

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

/** Keyset pages: rows added or removed meanwhile neither repeat nor hide others. */
export const readPage = async <DB, TB extends keyof DB, Row extends { id: string }>(
  query: SelectQueryBuilder<DB, TB, Row>,
  columns: SortColumns,
  { limit, sort, after }: PageRequest,
): Promise<PageOf<Row>> => {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const sorted = columns[sort.replace(/^-/, '')];
  if (!sorted) throw new Error('A list was asked to sort by a field it has no column for');
  const column: RawBuilder<string | number> =
    'expression' in sorted
      ? sorted.expression
      : sorted.nullable
        ? sql`coalesce(${sql.ref(sorted.column)}, ${sql.lit(never[direction])})`
        : sql`${sql.ref(sorted.column)}`;
  const beyond: Expression<SqlBool> | null =
    after && sql`(${column}, id) ${sql.raw(direction === 'asc' ? '>' : '<')} (${after.value}, ${after.id})`;

  const found = await (beyond ? query.where(beyond) : query)
    .select(column.as('position'))
    .orderBy(column, direction)
    .orderBy(sql`id`, direction)
    .limit(limit + 1)
    .execute();
  // Kysely cannot follow the selection through the generic row: each one found is such a row and its position, and
  // without that the row alone.
  const page = found.slice(0, limit) as unknown as (Row & { position: string | number })[];
  const last = page.at(-1);
  return {
    rows: page.map(({ position: _, ...row }) => row as unknown as Row),
    next: found.length > limit && last ? { value: last.position, id: last.id } : null,
  };
};
