import pg from 'pg';
import { expect, it } from 'vitest';
import { startServer } from './harness.js';
import { outcome, request } from './request.js';

it('PostgreSQL: all tables are in the schema of the product, none in public', async () => {
  const server = await startServer({ database: 'postgres' });
  expect(await outcome(await request(server, '/profile', { as: 'ana' }))).toBe('200');
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ schemaname: string }>(
    `select distinct schemaname from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  expect(rows.map(({ schemaname }) => schemaname)).toEqual(['cockpit_test']);
  await client.end();
  await server.close();
});
