import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Logger } from '../ports/logger.js';
import type { Allowance, RateLimiter, RateLimiters } from '../ports/rate-limiter.js';
import { createPool } from '../store/postgres-pool.js';

/** Few and quick: a request waits for these before anything else. */
const counting = { max: 2, kept: 2, connect: 2000, query: 2000 };
/** For how long a limiter that could not be asked lets everything through without asking, in milliseconds. */
const pause = 1000;
const logEvery = 60_000;
const sweepAtOnce = 1000;

/** A query of the library without its name, which would make it a prepared statement: a pooler has no sessions. */
interface Statement {
  text: string;
  values: unknown[];
}

/** Says that limits do not hold, without a line for each request. */
class Outage {
  readonly #logger: Logger;
  #until = 0;
  #nextLine = 0;
  #passed = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get isOn(): boolean {
    return performance.now() < this.#until;
  }

  begin(error: unknown): void {
    this.#until = performance.now() + pause;
    if (performance.now() < this.#nextLine) return;
    this.#nextLine = performance.now() + logEvery;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    this.#logger.warn(
      { error: error instanceof Error ? error.name : 'unknown', code, passed: this.#passed },
      'limits could not be counted in the database: requests pass without them',
    );
    this.#passed = 0;
  }

  /** Requests that were let through since the last line. */
  count(requests: number): void {
    this.#passed += requests;
  }
}

/** Counts in the database, for all processes together. Of one source, one statement at a time is under way. */
class SharedRateLimiter implements RateLimiter {
  readonly #counter: RateLimiterPostgres;
  readonly #outage: Outage;
  readonly #limit: number;
  readonly #windowSeconds: number;
  /** Those of each source that came while it was being asked about. */
  readonly #waiting = new Map<string, ((allowance: Allowance) => void)[]>();

  constructor(counter: RateLimiterPostgres, outage: Outage, limit: number, windowSeconds: number) {
    this.#counter = counter;
    this.#outage = outage;
    this.#limit = limit;
    this.#windowSeconds = windowSeconds;
  }

  take(source: string): Promise<Allowance> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(source);
      if (waiting) waiting.push(resolve);
      else void this.#takeAll(source, resolve);
    });
  }

  async #takeAll(source: string, first: (allowance: Allowance) => void): Promise<void> {
    const waiting = [first];
    this.#waiting.set(source, waiting);
    while (waiting.length > 0) {
      const requests = waiting.splice(0);
      const consumed = await this.#consume(source, requests.length);
      for (const [at, resolve] of requests.entries()) resolve(this.#allowance(consumed, requests.length - 1 - at));
    }
    this.#waiting.delete(source);
  }

  /** `null` where nobody can tell. */
  async #consume(source: string, requests: number): Promise<RateLimiterRes | null> {
    if (!this.#outage.isOn)
      try {
        return await this.#counter.consume(source, requests);
      } catch (reached) {
        if (reached instanceof RateLimiterRes) return reached;
        this.#outage.begin(reached);
      }
    this.#outage.count(requests);
    return null;
  }

  /** @param later How many of the same statement came later. */
  #allowance(consumed: RateLimiterRes | null, later: number): Allowance {
    const limit = this.#limit;
    const windowSeconds = this.#windowSeconds;
    if (!consumed) return { allowed: true, limit, windowSeconds, remaining: limit, resetSeconds: windowSeconds };
    const { consumedPoints, msBeforeNext } = consumed;
    // Of a source that is known to have reached its limit, nothing is consumed.
    const count = consumedPoints === 0 ? Number.POSITIVE_INFINITY : consumedPoints - later;
    return {
      allowed: count <= limit,
      limit,
      windowSeconds,
      remaining: Math.max(0, limit - count),
      resetSeconds: Math.ceil(msBeforeNext / 1000),
    };
  }
}

/** On connections of their own, so that they neither wait for requests nor keep them waiting. */
export const postgresRateLimiters = (url: string, schema: string, logger: Logger): RateLimiters => {
  const pool = createPool(url, counting, logger);
  const outage = new Outage(logger);
  const storeClient = { query: ({ text, values }: Statement) => pool.query(text, values) };
  return {
    create: (name, limit, windowSeconds) => {
      const counter = new RateLimiterPostgres({
        storeClient,
        storeType: 'client',
        schemaName: schema,
        tableName: 'rate_limit',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points: limit,
        duration: windowSeconds,
        inMemoryBlockOnConsumed: limit,
      });
      return new SharedRateLimiter(counter, outage, limit, windowSeconds);
    },
    sweep: async () => {
      const table = `"${schema}".rate_limit`;
      const rows = `select key from ${table} where expire < $1 limit ${sweepAtOnce}`;
      await pool.query(`delete from ${table} where key in (${rows})`, [Date.now()]);
    },
    close: () => pool.end(),
  };
};
