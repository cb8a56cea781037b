import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The host pages, the server and the agent as `npm start` and `npm run agent` build them. */
export default (): void => {
  for (const name of ['host', 'server', 'agent']) {
    const cwd = fileURLToPath(new URL(`../../${name}`, import.meta.url));
    execFileSync('pnpm', ['--silent', 'run', 'build'], { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  }
};
