/** Does work that waits for the network, such as for the rest of a body, without keeping a slot from other requests. */
export type OutsideSlot = <T>(work: () => Promise<T>) => Promise<T>;

/** The right of one request to be worked on. */
export interface Slot {
  /** Counts the request as this caller's from now on, once it is known who sent it. Waits for that caller's turn. */
  assignTo(caller: string): Promise<void>;
  outside: OutsideSlot;
  /** The request is answered. */
  release(): void;
}

/** Bounds how many requests are in progress, of each caller and of all. */
export interface ConcurrencyLimiter {
  /**
   * Waits for this caller's turn. Throws a `ProblemError` at once where too many requests wait already.
   *
   * @param caller The credential, or the address where there is none: the sender is not authenticated yet.
   * @param source The address, or the /64 network of an IPv6 address. It is limited too until `assignTo`, as a sender can
   *   make up any number of credentials.
   */
  acquire(caller: string, source: string): Promise<Slot>;
}

/** For a server that only its own page can reach. */
export const noConcurrencyLimit: ConcurrencyLimiter = {
  acquire: () =>
    Promise.resolve({ assignTo: () => Promise.resolve(), outside: (work) => work(), release: () => undefined }),
};
