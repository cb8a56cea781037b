// The same as `npm start`, but every change of a source is built and served at once.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const run = (command, cwd, env = {}) =>
  spawn(command, {
    cwd: `${root}${cwd}`,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: true,
    env: { ...process.env, ...env },
  });

const processes = [
  run('node build.mjs --watch', 'examples/host'),
  run('pnpm --silent run build --watch=forever', 'examples/server'),
  run('node --watch examples/server/dist/main.js', '.', {
    DEMO: '1',
    HOST_PAGES: 'examples/host/dist',
    MAKE_ENCRYPTION_KEY: '1',
    CATCH_MAIL: '1',
  }),
];
process.on('SIGINT', () => processes.forEach((child) => child.kill('SIGINT')));
