import { DatabaseSync } from 'node:sqlite';
import { CamelCasePlugin, type ColumnMetadata, Kysely, PostgresDialect, sql, WithSchemaPlugin } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { migrations } from '../src/store/migrations.js';
import { silentLogger } from '../src/ports/logger.js';
import { adapt } from '../src/store/node-sqlite.js';
import { RoutingSqliteDialect } from '../src/store/sqlite-dialect.js';
import { openPostgres } from '../src/store/postgres.js';
import { createDatabase, databases, startServer, system } from './harness.js';
import { acme, mintKey, send } from './security/exchange.js';

const emptyDatabase = async (database: (typeof databases)[number]): Promise<Kysely<unknown>> =>
  database === 'sqlite'
    ? new Kysely({
        plugins: [new CamelCasePlugin()],
        dialect: new RoutingSqliteDialect({ writer: adapt(new DatabaseSync(':memory:')) }),
      })
    : new Kysely({
        plugins: [new CamelCasePlugin(), new WithSchemaPlugin('public')],
        dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: await createDatabase(), max: 1 }) }),
      });

describe.each(databases)('migrations on %s', (database) => {
  it('each only adds: present rows stay, and a new column is nullable or has a default', async () => {
    const db = await emptyDatabase(database);
    const all = Object.entries(migrations(database));
    let before = new Map<string, ColumnMetadata>();
    for (const [name] of all) {
      const upTo = Object.fromEntries(all.filter(([other]) => other <= name));
      const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(upTo) } });
      const { error } = await migrator.migrateToLatest();
      expect(error, name).toBeUndefined();
      const tables = await db.introspection.getTables();
      const columns = tables.flatMap((table) =>
        table.columns.map((column) => [`${table.name}.${column.name}`, column] as const),
      );
      const after = new Map<string, ColumnMetadata>(columns);
      for (const [place, column] of before) expect(after.get(place), `${name}: ${place}`).toEqual(column);
      const oldTables = new Set([...before.keys()].map((place) => place.split('.')[0]));
      for (const [place, { isNullable, hasDefaultValue }] of after)
        if (!before.has(place) && oldTables.has(place.split('.')[0]))
          expect(isNullable || hasDefaultValue, `${name}: ${place}`).toBe(true);
      before = after;
    }
    expect(all.length).toBeGreaterThan(1);
    await db.destroy();
  });

  it('of a newer version → an older version starts, works, and says so', async () => {
    const older = await startServer({ database });
    const { secret } = await mintKey(older, 'ana', acme);
    const table = (name: string) => sql.table(database === 'postgres' ? `cockpit_${system}.${name}` : name);
    const { db } = older.store;
    await sql`alter table ${table('api_key')} add column newer text`.execute(db);
    await sql`create table ${table('newer')} (id integer)`.execute(db);
    await sql`insert into ${table('kysely_migration')} (name, timestamp) values ('9999_newer', '2030-01-01')`.execute(
      db,
    );

    const again = await startServer({ database, beside: older });
    expect((await send(again, '/integration/whoami', { key: secret })).outcome).toBe('200');
    const { secret: next } = await mintKey(again, 'ana', acme);
    expect((await send(older, '/integration/whoami', { key: next })).outcome).toBe('200');
    expect(again.logs()).toMatch(/9999_newer.*a newer version has migrated the database/);
    await again.close();
    await older.close();
  });
});

describe('migrations on postgres', () => {
  it('several processes start at once on an empty database → one migrates, the others wait', async () => {
    for (let round = 0; round < 5; round++) {
      const url = await createDatabase();
      const opened = await Promise.allSettled(
        Array.from({ length: 6 }, () => openPostgres(url, 'started_at_once', silentLogger)),
      );
      expect(opened.filter(({ status }) => status === 'rejected')).toEqual([]);
      const stores = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      for (const store of stores) await store.check();
      await Promise.all(stores.map((store) => store.close()));
    }
  });

  it('leave no lock behind', async () => {
    const url = await createDatabase();
    for (let start = 0; start < 3; start++) await (await openPostgres(url, 'started_again', silentLogger)).close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(
      "select * from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
    );
    await client.end();
    expect(rows).toEqual([]);
  });
});
