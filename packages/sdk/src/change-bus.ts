import { openChannel } from './broadcast-channel.js';
import { ChangeEvent, type ChangeTarget, type Write } from './change-target.js';

/** Delivers each write to the listeners of this client, and to the other clients of the same person. */
export class ChangeBus {
  readonly target: ChangeTarget;
  readonly #baseUrl: string;
  #userId: string | undefined;
  #channel: BroadcastChannel | undefined;
  #isClosed = false;

  constructor(baseUrl: string, target: ChangeTarget) {
    this.#baseUrl = baseUrl;
    this.target = target;
  }

  /**
   * Exchanges writes with the other clients of this person. With `undefined`, none are exchanged: another client could
   * be somebody else's.
   */
  setUser(userId: string | undefined): void {
    this.#channel?.close();
    this.#userId = userId;
    this.#channel =
      userId === undefined || this.#isClosed
        ? undefined
        : openChannel<Write>(this.#baseUrl, ` ${userId}`, (write) => this.#dispatch(write, true));
  }

  /** @param userId The person of the call, if known. A write of a person who has signed out since is dropped. */
  publish(write: Write, userId: string | undefined): void {
    if (userId !== undefined && userId !== this.#userId) return;
    this.#dispatch(write, false);
    this.#channel?.postMessage(write);
  }

  close(): void {
    this.#isClosed = true;
    this.#channel?.close();
    this.#channel = undefined;
  }

  #dispatch(write: Write, remote: boolean) {
    this.target.dispatchEvent(new ChangeEvent(write, remote));
  }
}
