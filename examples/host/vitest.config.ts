import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['cockpit-source'] },
  ssr: { resolve: { conditions: ['cockpit-source'] } },
  test: {
    globalSetup: 'test/build.ts',
    include: ['test/**/*.test.ts'],
    // These have a command of their own: pnpm test:frameworks.
    exclude: ['test/frameworks/**'],
    // Each far more than anything takes, so that a busy machine fails no test. A check of types
    // takes about 22 s beside the other suites.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    // Each file has a server and a browser of its own.
    maxWorkers: 2,
  },
});
