import type { Write } from './transport.js';

/** Tells that a write has succeeded, here or in another tab of the same person. */
export class ChangeEvent extends Event {
  readonly operationId: string;
  /** The resource written to. */
  readonly id: string | null;
  /** The organization that owns it; `null` for a person's own. */
  readonly organizationId: string | null;
  /** Whether it was another client: a tab, or a second client in this one. */
  readonly remote: boolean;

  constructor({ operationId, id, organizationId }: Write, remote: boolean) {
    super('change');
    this.operationId = operationId;
    this.id = id;
    this.organizationId = organizationId;
    this.remote = remote;
  }
}

type ChangeListener = (event: ChangeEvent) => void;

/** Dispatches a `ChangeEvent` after each successful write. */
export interface ChangeTarget extends EventTarget {
  addEventListener(type: 'change', listener: ChangeListener, options?: AddEventListenerOptions | boolean): void;
  addEventListener(...parameters: Parameters<EventTarget['addEventListener']>): void;
  removeEventListener(type: 'change', listener: ChangeListener, options?: EventListenerOptions | boolean): void;
  removeEventListener(...parameters: Parameters<EventTarget['removeEventListener']>): void;
}

/** Carries what was written to whoever listens, and between the clients of one person of one server. */
export class Changes {
  // The narrower signatures hold, as nothing but change events is dispatched here.
  readonly target = new EventTarget() as ChangeTarget;
  readonly #baseUrl: string;
  #userId: string | undefined;
  #channel: BroadcastChannel | undefined;
  #closed = false;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** Until the person is known, nothing goes to other clients or comes from them: it could be somebody else's. */
  follow(userId: string): void {
    if (this.#closed || userId === this.#userId) return;
    this.#userId = userId;
    this.#channel?.close();
    this.#channel = undefined;
    try {
      this.#channel = new BroadcastChannel(`ai-cockpit ${this.#baseUrl} ${userId}`);
    } catch {
      // The platform has none, or refuses one to a frame that may store nothing: then there are only our own changes.
      return;
    }
    this.#channel.onmessage = ({ data }: MessageEvent<Write>) => this.#dispatch(data, true);
    // Node's own: without it, an open channel keeps the process alive.
    (this.#channel as { unref?: () => void }).unref?.();
  }

  tell(write: Write): void {
    this.#dispatch(write, false);
    this.#channel?.postMessage(write);
  }

  close(): void {
    this.#closed = true;
    this.#channel?.close();
    this.#channel = undefined;
  }

  #dispatch(write: Write, remote: boolean) {
    this.target.dispatchEvent(new ChangeEvent(write, remote));
  }
}
