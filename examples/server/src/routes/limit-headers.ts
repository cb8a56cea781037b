import type { Allowance } from '../ports/rate-limiter.js';

/** As in the IETF's draft of RateLimit header fields. */
export const limitHeaders = ({
  allowed,
  limit,
  windowSeconds,
  remaining,
  resetSeconds,
}: Allowance): Record<string, string> => ({
  RateLimit: `"default";r=${remaining};t=${resetSeconds}`,
  'RateLimit-Policy': `"default";q=${limit};w=${windowSeconds}`,
  ...(!allowed && { 'Retry-After': String(Math.max(1, resetSeconds)) }),
});
