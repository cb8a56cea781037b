// Runs a script of this folder on a fresh machine that has only Node and npm: brings pnpm, installs what the
// workspace needs, and where this Node is too old, goes on through a newer one from the registry.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [script = 'start', ...rest] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 13);
const packages = ['pnpm@12.20.0', ...(isNewEnough ? [] : ['node@24.21.0'])];
if (!isNewEnough)
  console.log(`Node ${process.version} is older than 22.13: going on through Node 24 from the registry.`);

const words = ['node', `scripts/${script}.mjs`, ...rest].map((word) => JSON.stringify(word)).join(' ');
const { status } = spawnSync(
  'npx',
  ['-y', ...packages.flatMap((name) => ['-p', name]), '-c', `pnpm install --frozen-lockfile && ${words}`],
  { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: 'inherit', shell: process.platform === 'win32' },
);
process.exit(status ?? 1);
