import { openChannel } from './broadcast-channel.js';
import { ChangeEvent, type ChangeTarget, type Write } from './change-target.js';

/** Delivers each write to the listeners of this client, and to the other clients of the same person. */
export class ChangeBus {
  readonly #baseUrl: string;
  readonly #target: ChangeTarget;
  #channel: BroadcastChannel | undefined;

  constructor(baseUrl: string, target: ChangeTarget) {
    this.#baseUrl = baseUrl;
    this.#target = target;
  }

  /**
   * Exchanges writes with the other clients of this person. With `undefined`, none are exchanged: another client could
   * be somebody else's.
   */
  connect(userId: string | undefined): void {
    this.#channel?.close();
    this.#channel =
      userId === undefined
        ? undefined
        : openChannel<Write>(this.#baseUrl, ` ${userId}`, (write) => this.#dispatch(write, true));
  }

  publish(write: Write): void {
    this.#dispatch(write, false);
    this.#channel?.postMessage(write);
  }

  #dispatch(write: Write, remote: boolean) {
    this.#target.dispatchEvent(new ChangeEvent(write, remote));
  }
}
