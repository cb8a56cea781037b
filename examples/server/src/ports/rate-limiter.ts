/** The remaining allowance of a limit. */
export interface Allowance {
  allowed: boolean;
  limit: number;
  windowSeconds: number;
  remaining: number;
  resetSeconds: number;
}

/** Counts what one source does within a window of time. */
export interface RateLimiter {
  take(source: string): Promise<Allowance>;
}

/** Makes limiters that count in the same place. */
export interface RateLimiters {
  /** @param name Tells its counts from those of another limiter, in every process. */
  create: (name: string, limit: number, windowSeconds: number) => RateLimiter;
  /** Housekeeping: forgets what has been counted in windows that are over. */
  sweep: () => Promise<void>;
  close: () => Promise<void>;
}
