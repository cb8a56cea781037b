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
   * Waits for this caller's turn. Throws a `Refusal` at once where too many requests wait already.
   *
   * @param caller What can be told of the sender before anything is checked: the credential, else the address.
   * @param source The address, or its network of IPv6: as anybody can make up credentials, it is bounded too until `assignTo`.
   */
  acquire(caller: string, source: string): Promise<Slot>;
}

/** For a server that only its own page can reach. */
export const noConcurrencyLimit: ConcurrencyLimiter = {
  acquire: () =>
    Promise.resolve({ assignTo: () => Promise.resolve(), outside: (work) => work(), release: () => undefined }),
};
