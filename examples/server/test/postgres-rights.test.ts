import pg from 'pg';
import { expect, it } from 'vitest';
import { startServer } from './harness.js';
import { outcome, request } from './request.js';

it('a PostgreSQL role that may use its schema and create none → the server works', async () => {
  const first = await startServer({ database: 'postgres' });
  const { databaseUrl = '' } = first;
  const role = `limited_${process.pid}`;
  const owner = new pg.Client({ connectionString: databaseUrl });
  await owner.connect();
  await owner.query(`create role ${role} login password 'limited'`);
  await owner.query(`grant usage on schema cockpit_test to ${role}`);
  await owner.query(`grant all on all tables in schema cockpit_test to ${role}`);

  const url = new URL(databaseUrl);
  url.username = role;
  url.password = 'limited';
  const second = await startServer({ database: 'postgres', beside: { ...first, databaseUrl: url.href } });
  expect(await outcome(await request(second, '/profile', { as: 'ana' }))).toBe('200');

  for (const server of [second, first]) await server.close();
  await owner.query(`drop owned by ${role}`);
  await owner.query(`drop role ${role}`);
  await owner.end();
});
