import { defineConfig } from 'vitest/config';

/** Run by `pnpm test:frameworks`, which packs the packages and builds the server. */
export default defineConfig({
  resolve: { conditions: ['cockpit-source'] },
  ssr: { resolve: { conditions: ['cockpit-source'] } },
  test: {
    include: ['test/frameworks/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 600_000,
    // Far more than anything takes, so that a busy machine fails no test.
    expect: { poll: { timeout: 60_000 } },
    // Each file installs and builds an app, and has a server and a browser of its own.
    maxWorkers: 2,
  },
});
