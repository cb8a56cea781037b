import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Setting, settingGroups } from '../src/settings/settings.js';

const begin = '<!-- settings: written by `pnpm exec vitest run settings-readme -u` -->\n';
const end = '<!-- /settings -->';

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');

/** As the formatter would write it. */
const table = (rows: readonly (readonly string[])[]): string => {
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[], fill: string) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0, fill)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head, ' '), line(['', '', ''], '-'), ...body.map((row) => line(row, ' '))].join('\n');
};

const rowOf = ([name, setting]: [string, Setting<unknown>]): string[] => [
  `\`${name}\`${setting.isSecret ? ` or \`${name}_FILE\`` : ''}`,
  setting.default ? `\`${setting.default}\`${setting.unit ? ` ${setting.unit}` : ''}` : '–',
  escaped(setting.about),
];

it('the README has every setting once, with its default and unit', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [before = '', rest = ''] = readme.split(begin);
  const [, after = ''] = rest.split(end);
  const tables = Object.entries(settingGroups).map(
    ([heading, group]) =>
      `\n**${heading}**\n\n${table([['Setting', 'Default', ''], ...Object.entries(group).map(rowOf)])}\n`,
  );
  await expect(before + begin + tables.join('') + '\n' + end + after).toMatchFileSnapshot('../README.md');
});
