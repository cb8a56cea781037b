import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('types', import.meta.url));

const compile = (...command: string[]) => {
  const shell = process.platform === 'win32';
  const { status, stdout } = spawnSync('pnpm', ['exec', ...command], { cwd, encoding: 'utf8', shell });
  return { status, stdout };
};

it('the types for Solid accept the spellings that work there and refuse others', () => {
  expect(compile('tsc', '-p', 'solid')).toEqual({ status: 0, stdout: '' });
});

it('the types for Vue accept, in strict templates, the spellings that work there and refuse others', () => {
  expect(compile('vue-tsc', '-p', 'vue')).toEqual({ status: 0, stdout: '' });
});

it('the types for Svelte accept the spellings that work there and refuse others', () => {
  const source = readFileSync(`${cwd}/svelte/Spellings.svelte`, 'utf8');
  const wrong = source.split('\n').flatMap((line, index) => (line.startsWith('<!-- refused:') ? [index + 2] : []));
  const { stdout } = compile(
    'svelte-check',
    '--workspace',
    'svelte',
    '--tsconfig',
    './tsconfig.json',
    '--output',
    'machine',
  );
  const refused = [...stdout.matchAll(/(?:ERROR|WARNING) "Spellings\.svelte" (\d+):/g)].map(([, line]) => Number(line));
  expect(refused).toEqual(wrong);
  expect(stdout).toContain(' 1 FILES_WITH_PROBLEMS');
});
