import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CamelCasePlugin, Kysely, type LogEvent, PostgresDialect, sql, WithSchemaPlugin } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { migrations } from '../src/store/migrations.js';
import { adapt } from '../src/store/node-sqlite.js';
import { RoutingSqliteDialect } from '../src/store/sqlite-dialect.js';
import { createDatabase, databases } from './harness.js';

const folder = new URL('../src/store/migrations/', import.meta.url);
const files = readdirSync(folder);

it('migrations: each is a file of its name, and there is no other file', () => {
  const names = Object.keys(migrations('sqlite'));
  expect(files.toSorted()).toEqual(names.map((name) => `${name.replaceAll('_', '-')}.ts`));
  expect(names.toSorted()).toEqual(names);
});

it.each(files)('migration %s: imports nothing but the query builder, so that no later change reaches it', (file) => {
  const code = readFileSync(new URL(file, folder), 'utf8');
  const imported = [...code.matchAll(/\bfrom\s+'([^']*)'|\bimport\s*\(?\s*'([^']*)'/g)].map(
    (match) => match[1] ?? match[2],
  );
  expect(imported).toEqual(['kysely']);
});

const open = async (database: (typeof databases)[number], log: (event: LogEvent) => void): Promise<Kysely<unknown>> =>
  database === 'sqlite'
    ? new Kysely({
        log,
        plugins: [new CamelCasePlugin()],
        dialect: new RoutingSqliteDialect({ writer: adapt(new DatabaseSync(':memory:')) }),
      })
    : new Kysely({
        log,
        plugins: [new CamelCasePlugin(), new WithSchemaPlugin('public')],
        dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: await createDatabase(), max: 1 }) }),
      });

/** People whose names are put in order by a migration. */
const people: readonly [id: string, loginName: string, firstName: string, lastName: string, email: string][] = [
  ['accents', 'ngela', 'Ângela', 'Žižka', 'a@example.com'],
  ['blank', 'login', '\u00a0', '\u200b', 'b@example.com'],
  ['email', ' ', '', '', 'C@Example.com'],
  ['id', '', '\u2800', '', ''],
  ['emoji', 'e', '👩\u200d🚀', 'x\u200bY', 'e@example.com'],
];

describe.each(databases)('migrations on %s', (database) => {
  // A new migration adds to the file, by `-u`. A line that changes there would be another past for databases to come.
  it('the statements equal the recorded ones', async () => {
    const statements: string[] = [];
    const db = await open(database, ({ query }) => {
      const values = query.parameters.length > 0 ? ` -- ${JSON.stringify(query.parameters)}` : '';
      statements.push(`${query.sql};${values}`);
    });
    for (const [name, migration] of Object.entries(migrations(database))) {
      statements.push(`${statements.length > 0 ? '\n' : ''}-- ${name}`);
      await migration.up(db);
      if (name !== '0001_first') continue;
      for (const [id, loginName, firstName, lastName, email] of people) {
        await sql`insert into ${sql.table('person')} (id, login_name, first_name, last_name, email, created_at, version)
          values (${id}, ${loginName}, ${firstName}, ${lastName}, ${email}, 0, 1)`.execute(db);
        statements.pop();
      }
    }
    await db.destroy();
    await expect(`${statements.join('\n')}\n`).toMatchFileSnapshot(`./migrations/${database}.sql`);
  });
});
