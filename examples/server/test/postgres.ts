import type { TestProject } from 'vitest/node';
import { startPostgresServer } from './own-postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the server's maintenance database. */
    postgresUrl: string;
  }
}

/** One PostgreSQL for the whole run. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgresServer();
  project.provide('postgresUrl', url);
  return stop;
}
