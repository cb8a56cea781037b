import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import type { Logger } from '../ports/logger.js';
import { cancelStatement } from './postgres-cancel.js';

const int8 = 20;
// Instants and counts, all below 2^53.
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
};

export interface PoolLimits {
  max: number;
  /** How many stay open without use: while requests of a burst come in, a new connection takes longer than its time limit. */
  kept: number;
  /** Milliseconds to wait for a connection, whether it has to be made or another caller has it. */
  connect: number;
  /** Milliseconds to wait for the answer to one statement; `null` for as long as the statement takes. */
  query: number | null;
}

/**
 * A pool behind which PgBouncer may stand: nothing is sent with the start of a connection that a pooler does not take,
 * and no statement has a name.
 */
export const createPool = (url: string, { max, kept, connect, query }: PoolLimits, logger: Logger): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    min: kept,
    connectionTimeoutMillis: connect,
    // Counted here, by the client: a database that has stopped counts nothing.
    ...(query !== null && { query_timeout: query }),
    keepAlive: true,
    types,
  });
  // A connection that breaks, as when the database restarts, is replaced by the pool; the caller that has it gets the
  // error from its next statement. Without these listeners the error of an idle connection would end the process.
  const logLoss = (error: Error) => logger.warn({ error: error.name }, 'a database connection was lost');
  pool.on('error', logLoss);
  pool.on('connect', (client) => client.on('error', logLoss));
  return pool;
};

/** Opens the connections that are kept, before they are needed. */
export const openKept = async (pool: pg.Pool, { kept }: PoolLimits): Promise<void> => {
  const connections = await Promise.allSettled(Array.from({ length: kept }, () => pool.connect()));
  for (const connection of connections) if (connection.status === 'fulfilled') connection.value.release();
};

/** Milliseconds, in PostgreSQL, for each transaction. */
export interface TransactionLimits {
  /** A write that waits longer for a lock is answered 503. */
  lock: number;
  statement: number;
  /** A process that stops within a transaction loses its locks after this time. */
  idle: number;
}

const beginWithin = ({ lock, statement, idle }: TransactionLimits): string =>
  [
    'begin',
    `set local lock_timeout = ${lock}`,
    `set local statement_timeout = ${statement}`,
    `set local idle_in_transaction_session_timeout = ${idle}`,
    'set local synchronous_commit = on',
  ].join('; ');

const isWrite = /^(?:insert|update|delete)\b/i;

const isReadTimeout = (error: unknown): boolean => error instanceof Error && error.message === 'Query read timeout';

/**
 * A connection that a caller has for a while. Settings hold for one transaction, so that they need no session: behind a
 * pooler the next transaction may run on another connection. A write on its own becomes a transaction for that reason.
 */
class TransactionalClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #begin: string;
  #isInTransaction = false;
  #isBroken = false;
  /** Settles when PostgreSQL has been told to give up the statement of this connection. */
  #cancelling: Promise<void> | null = null;

  constructor(client: pg.PoolClient, begin: string) {
    this.#client = client;
    this.#begin = begin;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query(cursor: never): never;
  async query<R>(sql: string, parameters: readonly unknown[] = []): Promise<PostgresQueryResult<R>> {
    if (sql === 'begin') {
      this.#isInTransaction = true;
      return this.#send(this.#begin, []);
    }
    if (sql === 'commit' || sql === 'rollback') {
      this.#isInTransaction = false;
      return this.#send(sql, []);
    }
    if (this.#isInTransaction) return this.#send(sql, parameters);
    if (!isWrite.test(sql)) return this.#read(sql, parameters);
    await this.#send(this.#begin, []);
    let result: PostgresQueryResult<R>;
    try {
      result = await this.#send<R>(sql, parameters);
    } catch (error) {
      await this.#send('rollback', []).catch(() => (this.#isBroken = true));
      throw error;
    }
    await this.#send('commit', []);
    return result;
  }

  release(destroy = false): void {
    const release = (): void => this.#client.release(destroy || this.#isBroken);
    // A pooler forgets a statement of a connection that is ended before.
    if (this.#cancelling) void this.#cancelling.then(release);
    else release();
  }

  /** On its own, without the time limits of a transaction. */
  async #read<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    try {
      return await this.#ask(sql, parameters);
    } catch (error) {
      if (isReadTimeout(error)) {
        this.#isBroken = true;
        this.#cancelling = cancelStatement(this.#client);
      }
      throw error;
    }
  }

  async #send<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    try {
      return await this.#ask(sql, parameters);
    } catch (error) {
      // The statement may still run: the connection is of no more use. Ended, it refuses the rollback at once.
      if (isReadTimeout(error)) {
        this.#isBroken = true;
        void this.#client.end();
      }
      throw error;
    }
  }

  async #ask<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    // Typed by the driver as a result of any command; Kysely reads those that it knows.
    return (await this.#client.query(sql, [...parameters])) as unknown as PostgresQueryResult<R>;
  }
}

/** A pool as Kysely expects it. */
export const transactionalPool = (pool: pg.Pool, limits: TransactionLimits): PostgresPool => {
  const begin = beginWithin(limits);
  return {
    connect: async () => new TransactionalClient(await pool.connect(), begin),
    end: () => pool.end(),
    options: pool.options,
  };
};
