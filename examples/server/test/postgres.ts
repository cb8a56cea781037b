import type { TestProject } from 'vitest/node';
import { startPostgresServer } from './own-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the server's maintenance database. */
    postgresUrl: string;
    /** Whether PgBouncer stands before it, and the tests of SQLite are left to another run. */
    isPooled: boolean;
  }
}

/** One PostgreSQL for the whole run. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const isPooled = process.env.POOLED === '1';
  const { url, stop } = await startPostgresServer(isPooled);
  project.provide('isPooled', isPooled);
  project.provide('postgresUrl', url);
  return stop;
}
