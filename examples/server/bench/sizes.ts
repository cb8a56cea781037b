// What the README says of sizes: memory of one process, and bytes of the database for each row of a kind. Rows are made
// by the server, and copied with other ids until there are many: indexes count too.
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import pg from 'pg';
import { startIssuer } from '../test/own-issuer.js';
import { startPostgresServer } from '../test/own-postgres.js';
import { buildServer, startHostProcess } from '../test/server-process.js';

const copies = 20_000;
const writes = 2000;

/** A statement's rows; `?` stands for a parameter on either database. */
type Run = (statement: string, parameters?: SQLInputValue[]) => Promise<Record<string, SQLInputValue>[]>;

interface Database {
  run: Run;
  /** Before the names of tables. */
  schema: string;
  /** Of all that the database keeps. */
  bytes: () => Promise<number>;
  close: () => Promise<void>;
}

const openSqlite = (path: string): Database => {
  const database = new DatabaseSync(path);
  const run: Run = (statement, parameters = []) => Promise.resolve(database.prepare(statement).all(...parameters));
  return {
    run,
    schema: '',
    bytes: async () => {
      const [row = {}] = await run('select page_count * page_size as bytes from pragma_page_count, pragma_page_size');
      return Number(row.bytes);
    },
    close: () => Promise.resolve(database.close()),
  };
};

const openPostgres = async (url: string): Promise<Database> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const run: Run = async (statement, parameters = []) => {
    let at = 0;
    const { rows } = await client.query(
      statement.replaceAll('?', () => `$${++at}`),
      parameters,
    );
    // As the driver reads them.
    return rows as Record<string, SQLInputValue>[];
  };
  return {
    run,
    schema: 'cockpit.',
    bytes: async () => {
      const [row = {}] = await run('select pg_database_size(current_database()) as bytes');
      return Number(row.bytes);
    },
    close: () => client.end(),
  };
};

/** The columns of which no two rows have the same value. */
const unique: Readonly<Record<string, readonly string[]>> = {
  person: ['id'],
  api_key: ['id', 'hash'],
  provider_token: ['id', 'code'],
  activity: ['id'],
};

const bytesOfRow = async ({ run, schema, bytes }: Database, table: string): Promise<number> => {
  const [row] = await run(`select * from ${schema}${table} limit 1`);
  if (!row) throw new Error(`There is no ${table}`);
  const columns = Object.keys(row);
  const insert = `insert into ${schema}${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`;
  const before = await bytes();
  await run('begin');
  for (let copy = 0; copy < copies; copy += 1) {
    const values = columns.map((column) => {
      const value = row[column] ?? null;
      if (!unique[table]?.includes(column) || typeof value !== 'string') return value;
      return randomBytes(100).toString('base64url').slice(0, value.length);
    });
    await run(insert, values);
  }
  await run('commit');
  return Math.round(((await bytes()) - before) / copies);
};

const memoryOf = (pid: number | undefined, what: 'VmRSS' | 'VmHWM'): string => {
  const [, kilobytes] = new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return `${Math.round(Number(kilobytes) / 1024)} MB`;
};

const built = await buildServer();
const issuer = await startIssuer();
const postgres = await startPostgresServer(false);
const results: Record<string, Record<string, string | number>> = {};
for (const name of ['SQLite', 'PostgreSQL']) {
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-sizes-'));
  const databaseUrl = name === 'PostgreSQL' ? postgres.url : '';
  const session = { iss: 'https://id.example', aud: 'cockpit' };
  const server = await startHostProcess(built.file, {
    ...{ PORT: '0', DATA_DIR: folder, DATABASE_URL: databaseUrl, POLICY: 'ai-cockpit-one', LOG_LEVEL: 'warn' },
    ...{ JWKS_URL: issuer.jwksUrl, JWT_ISSUER: session.iss, JWT_AUDIENCE: session.aud },
    ENCRYPTION_KEYS: `first:${randomBytes(32).toString('base64')}`,
  });
  const atStart = memoryOf(server.pid, 'VmRSS');
  const database = databaseUrl ? await openPostgres(databaseUrl) : openSqlite(join(folder, 'cockpit.sqlite'));
  const { run, schema } = database;
  const user = randomUUID();
  await run(`insert into ${schema}organization (id, name) values ('acme', 'Acme')`);
  await run(
    `insert into ${schema}membership (organization_id, user_id, role, position) values ('acme', ?, 'administrator', 0)`,
    [user],
  );
  const claims = { given_name: 'Josephine', family_name: 'Hartmann', email: 'josephine.hartmann@example.com' };
  const bearer = await issuer.sign({ ...session, ...claims, sub: user, preferred_username: 'josephine.hartmann' });
  const post = async (path: string, json: object): Promise<void> => {
    const headers = {
      ...{ Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
      'Idempotency-Key': randomUUID(),
    };
    const url = `${server.origin}/v1/organizations/acme${path}`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(json) });
    if (answer.status !== 201) throw new Error(`${path} ${answer.status} ${await answer.text()}`);
  };
  const values = { site: 'example.atlassian.net', email: 'reports@example.com', token: `ATATT${'x'.repeat(187)}` };
  await post('/provider-tokens', { provider: 'jira', name: 'Jira for reports', code: 'jira-reports', values });
  let left = writes;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (left-- > 0) await post('/api-keys', { description: 'Nightly import of the forecasts' });
    }),
  );
  results[name] = {
    'memory at start': atStart,
    [`most, in ${writes} writes`]: memoryOf(server.pid, 'VmHWM'),
  };
  await server.terminate();
  for (const table of Object.keys(unique)) results[name][`bytes: ${table}`] = await bytesOfRow(database, table);
  await database.close();
  rmSync(folder, { recursive: true });
}
console.table(results);
await postgres.stop();
await issuer.close();
await built.remove();
