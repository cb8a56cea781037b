import { execFileSync } from 'node:child_process';

/**
 * Builds the static Storybook into `dist/`, once for all tests, and not as for a test. The manifest is there already:
 * written here, it would change below the tests that run beside these.
 */
export const setup = (): void => {
  execFileSync('pnpm', ['run', 'static:build'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, NODE_ENV: 'production' },
  });
};
