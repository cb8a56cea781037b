import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['cockpit-source'] },
  ssr: { resolve: { conditions: ['cockpit-source'] } },
  test: {
    include: ['{src,test}/**/*.test.ts'],
    globalSetup: ['test/postgres.ts'],
    // Each file has stores of its own.
    maxWorkers: 2,
  },
});
