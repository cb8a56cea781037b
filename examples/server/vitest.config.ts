import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['cockpit-source'] },
  ssr: { resolve: { conditions: ['cockpit-source'] } },
  test: { include: ['{src,test}/**/*.test.ts'], globalSetup: ['test/postgres.ts'] },
});
