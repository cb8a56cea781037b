import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const folder = fileURLToPath(new URL('.', import.meta.url));
const onDatabases = (): string[] =>
  globSync('test/**/*.test.ts', { cwd: folder }).filter((file) =>
    /\bdatabases\b|'postgres'|startPostgresServer/.test(readFileSync(folder + file, 'utf8')),
  );

export default defineConfig({
  resolve: { conditions: ['cockpit-source'] },
  ssr: { resolve: { conditions: ['cockpit-source'] } },
  test: {
    // POOLED=1: on PostgreSQL behind PgBouncer, what runs on a database.
    include: process.env.POOLED === '1' ? onDatabases() : ['{src,test}/**/*.test.ts'],
    globalSetup: ['test/postgres.ts'],
    // Far more than anything takes, so that a busy machine fails no test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Each file has stores of its own.
    maxWorkers: 2,
    // What they share is the code alone, which need not be loaded for each: a quarter of the time.
    isolate: false,
  },
});
