import { type ConnectedInterface, nowOf } from '../connection/connected.js';

/** Milliseconds: a timer cannot wait longer. */
const longestWait = 2 ** 31 - 1;
/** Milliseconds: the server's clock is only known to a second and the time that an answer takes. */
const leeway = 2000;

/** Calls back at the instant from which data is stale by the server's clock alone, for example an expiration date. */
export class StaleTimer {
  readonly #host: ConnectedInterface;
  readonly #onStale: () => void;
  #staleAt: string | null | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ConnectedInterface, onStale: () => void) {
    this.#host = host;
    this.#onStale = onStale;
  }

  /** Waits for that instant, in ISO 8601, instead of the previous one; without an instant, for none. */
  set(staleAt: string | null | undefined): void {
    if (staleAt === this.#staleAt) return;
    this.#staleAt = staleAt;
    clearTimeout(this.#timer);
    const wait = staleAt ? Date.parse(staleAt) - nowOf(this.#host) + leeway : 0;
    if (wait > 0 && wait < longestWait) this.#timer = setTimeout(this.#onStale, wait);
  }
}
