import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const project = fileURLToPath(new URL('types', import.meta.url));

// With the types of React 19, `pnpm exec tsc` in this folder checks the same file.
it('components have types that refuse wrong props, handlers and refs with the types of React 18', () => {
  const shell = process.platform === 'win32';
  const { status, stdout } = spawnSync('pnpm', ['exec', 'tsc', '-p', project], { encoding: 'utf8', shell });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
