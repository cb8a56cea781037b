import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { CamelCasePlugin, Kysely, type SqliteDatabase } from 'kysely';
import { whileBusy } from './busy.js';
import { migrate } from './migrations.js';
import { ImmediateSqliteDialect } from './sqlite-dialect.js';
import { createStore, type Store } from './store.js';
import type { Tables } from './tables.js';

// Kysely hands over what the row types allow, plus booleans of its own and undefined; SQLite knows neither of these.
const bind = (value: unknown): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : value === undefined ? null : (value as SQLInputValue);

const open = async (path: string): Promise<SqliteDatabase> => {
  const database = new DatabaseSync(path);
  // Full sync: what has been answered survives a power cut. Secure delete: what has been deleted is overwritten.
  await whileBusy(() =>
    database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma foreign_keys = on;
      pragma secure_delete = on;
    `),
  );
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (values) => statement.all(...values.map(bind)),
        run: (values) => statement.run(...values.map(bind)),
        iterate: (values) => statement.iterate(...values.map(bind)),
      };
    },
  };
};

export const openNodeSqlite = async (path: string): Promise<Store> => {
  const dialect = new ImmediateSqliteDialect({ database: await open(path) });
  const db = new Kysely<Tables>({ plugins: [new CamelCasePlugin()], dialect });
  await migrate(db, 'sqlite');
  return createStore(db, 'sqlite');
};
