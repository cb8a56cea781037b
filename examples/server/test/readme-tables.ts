const escaped = (cell: string): string => cell.replaceAll('|', '\\|');

/** A table as the formatter would write it. */
export const tableOf = (rows: readonly (readonly string[])[]): string => {
  const cells = rows.map((row) => row.map(escaped));
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[], fill: string) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0, fill)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [
    line(head, ' '),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row, ' ')),
  ].join('\n');
};

/** A row of the table of kinds of fields; a value that is never shown again is kept as `null`. */
interface KindRow {
  kind: string;
  taken: string;
  kept: string | null;
  refused: string;
}

const codeIn = (cell: string): string | null => /`(.*)`/.exec(cell)?.[1]?.replaceAll('\\n', '\n') ?? null;

export const kindsOf = (readme: string): KindRow[] => {
  const [, section = ''] = readme.split('### Kinds of fields\n');
  return [...(section.split(/^##/m)[0]?.matchAll(/^\| `(\w+)` .*$/gm) ?? [])].map(([row, kind = '']) => {
    const [, , , taken = '', kept = '', refused = ''] = row.split('|');
    return { kind, taken: codeIn(taken) ?? '', kept: codeIn(kept), refused: codeIn(refused) ?? '' };
  });
};
