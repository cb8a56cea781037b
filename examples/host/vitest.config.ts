import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['cockpit-source'] },
  ssr: { resolve: { conditions: ['cockpit-source'] } },
  test: {
    globalSetup: 'test/build.ts',
    include: ['test/**/*.test.ts'],
    // These have a command of their own: pnpm test:frameworks.
    exclude: ['test/frameworks/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Far more than anything takes, so that a busy machine fails no test.
    expect: { poll: { timeout: 15_000 } },
    // Each file has a server and a browser of its own.
    maxWorkers: 2,
  },
});
