/** The time, in epoch milliseconds: what the server's rules about time go by. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
