import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseSync, DatabaseSyncOptions, SQLInputValue } from 'node:sqlite';
import { CamelCasePlugin, Kysely, sql, type SqliteDatabase } from 'kysely';
import type { Logger } from '../ports/logger.js';
import { newWaitingTime, type WaitingTime, whileBusy } from './busy.js';
import { migrate } from './migrations.js';
import { RoutingSqliteDialect } from './sqlite-dialect.js';
import { createStore, type Store } from './store.js';
import type { Tables } from './tables.js';

// Kysely hands over what the row types allow, plus booleans of its own and undefined; SQLite knows neither of these.
const bind = (value: unknown): SQLInputValue =>
  typeof value === 'boolean' ? Number(value) : value === undefined ? null : (value as SQLInputValue);

/** An import of it would end a Node that lacks it, before the server can say which Node it needs. */
const openDatabase = (path: string, options: DatabaseSyncOptions): DatabaseSync =>
  new (process.getBuiltinModule('node:sqlite').DatabaseSync)(path, options);

/** For Kysely. */
export const adapt = (database: DatabaseSync): SqliteDatabase => ({
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
});

const openWriter = async (path: string): Promise<DatabaseSync> => {
  // SQLite itself never waits for another process: it would keep this whole one waiting.
  const database = openDatabase(path, { timeout: 0 });
  // Full sync: what has been answered survives a power cut. Secure delete: what has been deleted is overwritten.
  await whileBusy(() =>
    database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma foreign_keys = on;
      pragma secure_delete = on;
    `),
  );
  return database;
};

const requests = new AsyncLocalStorage<WaitingTime>();

/** The writes of one request share its waiting time, counted from its arrival. */
export const withWaitingTime = <T>(answer: () => T): T => requests.run(newWaitingTime(), answer);

export const openNodeSqlite = async (path: string, logger: Logger): Promise<Store> => {
  const writer = await openWriter(path);
  const reader = openDatabase(path, { readOnly: true, timeout: 0 });
  const db = new Kysely<Tables>({
    plugins: [new CamelCasePlugin()],
    dialect: new RoutingSqliteDialect({
      writer: adapt(writer),
      reader: adapt(reader),
      waitingTime: () => requests.getStore() ?? newWaitingTime(),
    }),
  });
  await migrate(db, 'sqlite', logger);
  return createStore(db, {
    check: async () => {
      await whileBusy(() => reader.prepare('select 1 from sqlite_schema limit 1').get());
    },
    compact: async () => {
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
    },
    close: () => db.destroy(),
  });
};
