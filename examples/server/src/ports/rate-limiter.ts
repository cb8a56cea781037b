/** What is left of an allowance. */
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
