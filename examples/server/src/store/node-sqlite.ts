import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { CamelCasePlugin, Kysely, type SqliteDatabase } from 'kysely';
import { migrate } from './migrations.js';
import { ImmediateSqliteDialect } from './sqlite-dialect.js';
import { createStore, type Store } from './store.js';
import type { Tables } from './tables.js';

// Kysely hands over what the row types allow, plus booleans of its own and undefined; SQLite knows neither of these.
const bind = (value: unknown): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : value === undefined ? null : (value as SQLInputValue);

const open = (path: string): SqliteDatabase => {
  const database = new DatabaseSync(path);
  // The first of several processes to come changes the file's mode, while the others have to wait; later, waiting is
  // up to the dialect. Full sync: what has been answered survives a power cut. Secure delete: what has been deleted is
  // overwritten.
  database.exec(`
    pragma busy_timeout = 5000;
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma secure_delete = on;
    pragma busy_timeout = 0;
  `);
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
  const dialect = new ImmediateSqliteDialect({ database: open(path) });
  const db = new Kysely<Tables>({ plugins: [new CamelCasePlugin()], dialect });
  await migrate(db, 'sqlite');
  return createStore(db, 'sqlite');
};
