import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
// Decisions name files as they were at that time.
const pages = ['CONTRIBUTING.md', ...globSync('docs/*.md', { cwd: root }).sort()];

/** The files and folders of this repository that a page names, without those with a placeholder. */
const pathsIn = (page: string): string[] =>
  [...readFileSync(root + page, 'utf8').matchAll(/`((?:packages|examples|stories|docs|scripts)\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  );

it.each(pages)('%s names no file or folder that does not exist', (page) => {
  expect(pathsIn(page).filter((path) => !existsSync(root + path) && !/\/dist\//.test(path))).toEqual([]);
});

it('CONTRIBUTING.md names files', () => {
  expect(pathsIn('CONTRIBUTING.md').length).toBeGreaterThan(20);
});
