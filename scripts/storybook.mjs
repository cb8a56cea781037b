// Serves every element in every state, each on a server of its own in the page: http://localhost:6006
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const { status } = spawnSync('pnpm', ['--silent', '--filter', '@ai-cockpit/stories', 'run', 'dev'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(status ?? 0);
