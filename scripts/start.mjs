// Builds the server and the host pages and serves them: the main job, on this machine, with its own data.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const name of ['example-host', 'example-server']) {
  const { status } = spawnSync('pnpm', ['--silent', '--filter', `@ai-cockpit/${name}`, 'run', 'build'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

const server = spawn(process.execPath, ['examples/server/dist/main.js'], {
  cwd: root,
  stdio: 'inherit',
  env: { DEMO: '1', HOST_PAGES: 'examples/host/dist', MAKE_ENCRYPTION_KEY: '1', CATCH_MAIL: '1', ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
