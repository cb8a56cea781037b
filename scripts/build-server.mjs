// Builds the reference server: `node examples/server/dist/main.js` runs it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { status } = spawnSync('pnpm', ['--silent', '--filter', '@ai-cockpit/example-server', 'run', 'build'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
