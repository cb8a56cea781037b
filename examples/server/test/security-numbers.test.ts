import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(`${root}docs/security.md`, 'utf8');
const [tested = '', notImplemented = ''] = page.split('## Not implemented yet');

const rowsOf = (text: string): number[] => [...text.matchAll(/^\| (\d+) +\|/gm)].map(([, number]) => Number(number));
const inOrder = (numbers: Iterable<number>): number[] => [...new Set(numbers)].toSorted((one, other) => one - other);

/** The numbers that titles of tests begin with. Three digits are a status or a zoom factor, no number of an attack. */
const numbersInTitles = (): number[] => {
  const files = globSync(
    ['packages/*/{src,test}/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'stories/test/*.test.ts'],
    {
      cwd: root,
    },
  );
  const title = /(?:\b(?:describe|it|test)(?:\.\w+)*(?:\((?:[^()]|\([^()]*\))*\))?|\]\))\(\s*['"`](\d{1,2}) /g;
  return files.flatMap((file) =>
    [...readFileSync(root + file, 'utf8').matchAll(title)].map(([, number]) => Number(number)),
  );
};

describe('docs/security.md', () => {
  it('lists each number that a test title begins with, and no other, as tested', () => {
    expect(inOrder(rowsOf(tested))).toEqual(inOrder(numbersInTitles()));
  });

  it('lists each number from 1 on once, whether it is tested or not implemented yet', () => {
    const all = [...rowsOf(tested), ...rowsOf(notImplemented)].toSorted((one, other) => one - other);
    expect(all).toEqual(all.map((_, index) => index + 1));
    expect(all.length).toBeGreaterThan(80);
  });
});
