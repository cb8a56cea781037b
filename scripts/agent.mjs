// Builds and runs the example agent against the server that `npm start` serves.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const build = spawnSync('pnpm', ['--silent', '--filter', '@ai-cockpit/example-agent', 'run', 'build'], {
  cwd,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (build.status !== 0) process.exit(build.status ?? 1);
process.exit(spawnSync(process.execPath, ['examples/agent/dist/agent.js'], { cwd, stdio: 'inherit' }).status ?? 1);
