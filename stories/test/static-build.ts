import { execFileSync } from 'node:child_process';

/** Builds the static Storybook into `dist/`, once for all tests, and not as for a test. */
export const setup = (): void => {
  execFileSync('pnpm', ['run', 'static'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_ENV: 'production' },
  });
};
