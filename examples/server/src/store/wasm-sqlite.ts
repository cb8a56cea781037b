import sqlite3InitModule, { type Database, type SqlValue } from '@sqlite.org/sqlite-wasm';
import { CamelCasePlugin, Kysely, type SqliteDatabase } from 'kysely';
import { silentLogger } from '../ports/logger.js';
import { migrate } from './migrations.js';
import { RoutingSqliteDialect } from './sqlite-dialect.js';
import { createStore, type Store } from './store.js';
import type { Tables } from './tables.js';

// Kysely hands over what the row types allow, plus booleans of its own and undefined; SQLite knows neither of these.
const bind = (value: unknown): SqlValue =>
  typeof value === 'boolean' ? Number(value) : value === undefined ? null : (value as SqlValue);

/** Kysely runs a statement once, and prepares it anew for the next time. */
const adapt = (database: Database): SqliteDatabase => ({
  close: () => database.close(),
  prepare(sql) {
    const statement = database.prepare(sql);
    const bound = (values: readonly unknown[]) => (values.length > 0 ? statement.bind(values.map(bind)) : statement);
    function* rows(values: readonly unknown[]) {
      try {
        bound(values);
        while (statement.step()) yield statement.get({});
      } finally {
        statement.finalize();
      }
    }
    return {
      reader: statement.columnCount > 0,
      all: (values) => [...rows(values)],
      iterate: rows,
      run: (values) => {
        try {
          bound(values).step();
        } finally {
          statement.finalize();
        }
        return { changes: database.changes(), lastInsertRowid: 0 };
      },
    };
  },
});

let loading: ReturnType<typeof sqlite3InitModule> | undefined;
/** A database with all tables and nothing in them: to copy is quicker than to make. */
let empty: Uint8Array | undefined;

/** A database in a page's memory: the same SQL, and gone with the page. */
export const openWasmSqlite = async (): Promise<Store> => {
  // Loaded once: a page may have several databases.
  const { capi, oo1, wasm } = await (loading ??= sqlite3InitModule());
  const database = new oo1.DB(':memory:', 'c');
  if (empty) {
    const { SQLITE_DESERIALIZE_FREEONCLOSE, SQLITE_DESERIALIZE_RESIZEABLE } = capi;
    const { length } = empty;
    const flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
    const copy = wasm.allocFromTypedArray(empty);
    database.checkRc(capi.sqlite3_deserialize(database, 'main', copy, length, length, flags));
  }
  database.exec('pragma foreign_keys = on');
  const db = new Kysely<Tables>({
    plugins: [new CamelCasePlugin()],
    dialect: new RoutingSqliteDialect({ writer: adapt(database) }),
  });
  if (!empty) {
    await migrate(db, 'sqlite', silentLogger);
    empty = capi.sqlite3_js_db_export(database);
  }
  return createStore(db, { check: () => Promise.resolve(), close: () => db.destroy() });
};
