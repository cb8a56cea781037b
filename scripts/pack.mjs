// Packs both packages as the registry would get them, for a host that wants to try them before they are published;
// with `--built`, as they are built already.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const destination = `${cwd}packed`;
rmSync(destination, { recursive: true, force: true });
mkdirSync(destination);

const pnpm = (...words) => {
  const { status } = spawnSync('pnpm', words, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
};
const packages = ['--recursive', '--workspace-concurrency=1', '--filter', './packages/*'];
if (!process.argv.includes('--built')) pnpm(...packages, 'run', 'build');
pnpm(...packages, 'exec', 'pnpm', 'pack', '--pack-destination', destination);
