import { ProblemError } from '../domain/problem-error.js';
import type { ConcurrencyLimiter, OutsideSlot, Slot } from '../ports/concurrency-limiter.js';

export interface ConcurrencyLimits {
  /** Requests worked on at the same time, of all callers. */
  running: number;
  /** Requests of all callers, those that wait included. */
  inProgress: number;
  runningPerCaller: number;
  inProgressPerCaller: number;
  /** Requests in progress of one address that are not yet assigned to a caller. */
  unidentifiedPerSource: number;
  /** Milliseconds that a request waits for a turn: where a database is slow, each one before it takes long. */
  longestWait: number;
}

/** Seconds: what waits is done long before. */
const retryAfter = 1;

/** The requests of one caller. */
class Lane {
  readonly caller: string;
  readonly waiting: (() => void)[] = [];
  running = 0;
  inProgress = 0;

  constructor(caller: string) {
    this.caller = caller;
  }
}

/**
 * Callers take turns, one request each, however many requests one of them sends. So a burst delays its sender, and others
 * by little more than the requests that are worked on at that moment.
 */
export class RoundRobinLimiter implements ConcurrencyLimiter {
  readonly #limits: ConcurrencyLimits;
  readonly #lanes = new Map<string, Lane>();
  /** How many requests of an address are not yet assigned to a caller. */
  readonly #unidentified = new Map<string, number>();
  /** Lanes with a request that may start as soon as fewer requests run; the next one first. */
  readonly #ready = new Set<Lane>();
  #running = 0;
  #inProgress = 0;

  constructor(limits: ConcurrencyLimits) {
    this.#limits = limits;
  }

  async acquire(caller: string, source: string): Promise<Slot> {
    if (this.#inProgress >= this.#limits.inProgress) throw new ProblemError('unavailable', [], retryAfter);
    const unidentified = this.#unidentified.get(source) ?? 0;
    if (unidentified >= this.#limits.unidentifiedPerSource) throw new ProblemError('rate_limited', [], retryAfter);
    const credential = this.#enter(caller);
    this.#unidentified.set(source, unidentified + 1);
    this.#inProgress++;

    let current = credential;
    let isRunning = false;
    const entered = [credential];
    let isIdentified = false;
    const leaveSource = (): void => {
      if (isIdentified) return;
      isIdentified = true;
      this.#leaveSource(source);
    };
    const start = async (first = false): Promise<void> => {
      await this.#start(current, first);
      isRunning = true;
    };
    const stop = (): void => {
      if (isRunning) this.#stop(current);
      isRunning = false;
    };
    const assignTo = async (identified: string): Promise<void> => {
      const lane = this.#enter(identified);
      entered.push(lane);
      leaveSource();
      stop();
      current = lane;
      await start();
    };
    const outside: OutsideSlot = async (work) => {
      stop();
      try {
        return await work();
      } finally {
        await start(true);
      }
    };
    const release = (): void => {
      this.#inProgress--;
      leaveSource();
      stop();
      for (const lane of entered) this.#exit(lane);
    };
    try {
      await start();
    } catch (error) {
      release();
      throw error;
    }
    return { assignTo, outside, release };
  }

  #enter(caller: string): Lane {
    const lane = this.#lanes.get(caller) ?? new Lane(caller);
    if (lane.inProgress >= this.#limits.inProgressPerCaller) throw new ProblemError('rate_limited', [], retryAfter);
    this.#lanes.set(caller, lane);
    lane.inProgress++;
    return lane;
  }

  #exit(lane: Lane): void {
    lane.inProgress--;
    if (lane.inProgress === 0) this.#lanes.delete(lane.caller);
  }

  #leaveSource(source: string): void {
    const rest = (this.#unidentified.get(source) ?? 0) - 1;
    if (rest > 0) this.#unidentified.set(source, rest);
    else this.#unidentified.delete(source);
  }

  /** @param first Before other requests of the caller: this one has been worked on. */
  async #start(lane: Lane, first = false): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        lane.waiting.splice(lane.waiting.indexOf(begin), 1);
        reject(new ProblemError('unavailable', [], retryAfter));
      }, this.#limits.longestWait);
      if (first) lane.waiting.unshift(begin);
      else lane.waiting.push(begin);
      this.#ready.add(lane);
      this.#startNext();
    });
  }

  #stop(lane: Lane): void {
    lane.running--;
    this.#running--;
    if (lane.waiting.length) this.#ready.add(lane);
    // Not at once: with SQLite, requests that start each other would leave no time to take in those of other callers.
    setImmediate(() => this.#startNext());
  }

  #startNext(): void {
    const { running, runningPerCaller } = this.#limits;
    // A lane that is added again comes last, and is visited again.
    for (const lane of this.#ready) {
      if (this.#running >= running) return;
      this.#ready.delete(lane);
      if (lane.running >= runningPerCaller) continue;
      const start = lane.waiting.shift();
      if (!start) continue;
      lane.running++;
      this.#running++;
      if (lane.waiting.length) this.#ready.add(lane);
      start();
    }
  }
}
