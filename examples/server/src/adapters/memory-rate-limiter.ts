import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Allowance, RateLimiter, RateLimiters } from '../ports/rate-limiter.js';

/** Counts in this process's memory: so many in each window of time, for each source. */
export const memoryRateLimiter = (limit: number, windowSeconds: number): RateLimiter => {
  const limiter = new RateLimiterMemory({ points: limit, duration: windowSeconds });
  const allowance = ({ remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean): Allowance => ({
    allowed,
    limit,
    windowSeconds,
    remaining: remainingPoints,
    resetSeconds: Math.ceil(msBeforeNext / 1000),
  });
  return {
    async take(source) {
      try {
        return allowance(await limiter.consume(source), true);
      } catch (reached) {
        if (reached instanceof RateLimiterRes) return allowance(reached, false);
        throw reached;
      }
    },
  };
};

/** Each process counts for itself. */
export const memoryRateLimiters: RateLimiters = {
  create: (_, limit, windowSeconds) => memoryRateLimiter(limit, windowSeconds),
  sweep: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
