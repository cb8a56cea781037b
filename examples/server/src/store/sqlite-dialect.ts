import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
} from 'kysely';
import { newWaitingTime, type WaitingTime, whileBusy, WriteQueue } from './busy.js';

export interface SqliteConnections {
  /** For whatever writes: one transaction after another. */
  writer: SqliteDatabase;
  /**
   * For what only reads, and sees what is committed: no write delays it. Without it, as where the database is in memory,
   * reads wait for their turn at the writer.
   */
  reader?: SqliteDatabase;
  /** The remaining waiting time of the current request's writes. */
  waitingTime?: () => WaitingTime;
}

const run = <R>(database: SqliteDatabase, { sql, parameters }: CompiledQuery): QueryResult<R> => {
  const statement = database.prepare(sql);
  // Rows are of the type that the query was built for.
  if (statement.reader) return { rows: statement.all(parameters) as R[] };
  const { changes, lastInsertRowid } = statement.run(parameters);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
};

/** Sends each statement to the connection that it needs. */
class RoutingConnection implements DatabaseConnection {
  readonly #connections: SqliteConnections;
  readonly #queue: WriteQueue;
  #isInTransaction = false;

  constructor(connections: SqliteConnections, queue: WriteQueue) {
    this.#connections = connections;
    this.#queue = queue;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { writer, reader } = this.#connections;
    if (this.#isInTransaction) return run(writer, query);
    if (reader && SelectQueryNode.is(query.query)) return whileBusy(() => run<R>(reader, query));
    const time = this.#waitingTime();
    await this.#queue.enter(time);
    try {
      return await whileBusy(() => run<R>(writer, query), time);
    } finally {
      this.#queue.leave();
    }
  }

  /** A deferred `begin` starves, and wedges, under several processes: this one takes the write lock at once. */
  async begin(): Promise<void> {
    const time = this.#waitingTime();
    await this.#queue.enter(time);
    try {
      await whileBusy(() => run(this.#connections.writer, CompiledQuery.raw('begin immediate')), time);
      this.#isInTransaction = true;
    } catch (error) {
      this.#queue.leave();
      throw error;
    }
  }

  async commit(): Promise<void> {
    await whileBusy(() => run(this.#connections.writer, CompiledQuery.raw('commit')));
    this.#end();
  }

  /** Some errors, as that of a full disk, have undone the transaction before. */
  async rollback(): Promise<void> {
    try {
      await whileBusy(() => run(this.#connections.writer, CompiledQuery.raw('rollback')));
    } finally {
      this.#end();
    }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('No query of this store is streamed');
  }

  /** Does nothing where there is no transaction: one that could not begin is rolled back all the same. */
  #end(): void {
    if (!this.#isInTransaction) return;
    this.#isInTransaction = false;
    this.#queue.leave();
  }

  #waitingTime(): WaitingTime {
    return this.#connections.waitingTime?.() ?? newWaitingTime();
  }
}

class RoutingDriver implements Driver {
  readonly #connections: SqliteConnections;
  readonly #queue = new WriteQueue();

  constructor(connections: SqliteConnections) {
    this.#connections = connections;
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<RoutingConnection> {
    return Promise.resolve(new RoutingConnection(this.#connections, this.#queue));
  }

  beginTransaction(connection: RoutingConnection): Promise<void> {
    return connection.begin();
  }

  commitTransaction(connection: RoutingConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: RoutingConnection): Promise<void> {
    return connection.rollback();
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.#connections.reader?.close();
    this.#connections.writer.close();
    return Promise.resolve();
  }
}

class RoutingAdapter extends SqliteAdapter {
  /** Reads and writes go on beside each other; writes queue in the driver. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** SQLite can undo a `create table`, so migrations run in one transaction, whose write lock keeps others waiting. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** SQLite for several processes at once, whose reads wait for no write. */
export class RoutingSqliteDialect extends SqliteDialect {
  readonly #connections: SqliteConnections;

  constructor(connections: SqliteConnections) {
    super({ database: connections.writer });
    this.#connections = connections;
  }

  override createDriver(): RoutingDriver {
    return new RoutingDriver(this.#connections);
  }

  override createAdapter(): RoutingAdapter {
    return new RoutingAdapter();
  }
}
