import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Setting, settingGroups } from '../src/settings/settings.js';
import { tableOf } from './readme-tables.js';

const begin = '<!-- settings: written by `pnpm exec vitest run settings-readme -u` -->\n';
const end = '<!-- /settings -->';

const rowOf = ([name, setting]: [string, Setting<unknown>]): string[] => [
  `\`${name}\`${setting.isSecret ? ` or \`${name}_FILE\`` : ''}`,
  setting.default ? `\`${setting.default}\`${setting.unit ? ` ${setting.unit}` : ''}` : '–',
  setting.about,
];

it('the README lists each setting once, with its default and unit', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [before = '', rest = ''] = readme.split(begin);
  const [, after = ''] = rest.split(end);
  const tables = Object.entries(settingGroups).map(
    ([heading, group]) =>
      `\n**${heading}**\n\n${tableOf([['Setting', 'Default', ''], ...Object.entries(group).map(rowOf)])}\n`,
  );
  await expect(before + begin + tables.join('') + '\n' + end + after).toMatchFileSnapshot('../README.md');
});
