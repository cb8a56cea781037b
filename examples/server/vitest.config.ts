import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['cockpit-source'] },
  ssr: { resolve: { conditions: ['cockpit-source'] } },
  test: {
    include: ['{src,test}/**/*.test.ts'],
    globalSetup: ['test/postgres.ts'],
    // Far more than anything takes, so that a busy machine fails no test.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Each file has stores of its own.
    maxWorkers: 2,
    // What they share is the code alone, which need not be loaded for each: a quarter of the time.
    isolate: false,
  },
});
