import type { Random } from '../ports/random.js';

/**
 * How long to wait before the next attempt: twice as long each time, up to `longest`, and of that a random part of no
 * less than half, so that not all who wait come back at once.
 *
 * @param attempts How many have failed, from 1.
 * @returns milliseconds
 */
export const backoff = (random: Random, attempts: number, first: number, longest: number): number => {
  const whole = Math.min(longest, first * 2 ** Math.min(attempts - 1, 30));
  const [byte = 0] = random.bytes(1);
  return Math.round(whole * (0.5 + byte / 510));
};
