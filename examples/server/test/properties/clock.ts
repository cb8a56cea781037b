import type { Clock } from '../../src/ports/clock.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * A clock that tests move on, for a server under test. Each reading is a millisecond later than the one before, so that of
 * two things the older one is never in doubt.
 */
export class SequenceClock implements Clock {
  #time = Date.UTC(2026, 5, 15);

  now(): number {
    return this.#time++;
  }

  /** To ten o'clock of the next day: each sequence begins at the same time of day. */
  startDay(): void {
    this.#time = (Math.floor(this.#time / day) + 1) * day + 10 * 60 * minute;
  }

  wait(minutes: number): void {
    this.#time += minutes * minute;
  }
}
