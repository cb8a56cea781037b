import { isUserChanged } from './refusal.js';
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
type UserListener = (event: Event) => void;
type SessionListener = (event: Event) => void;

/**
 * Dispatches a `ChangeEvent` after each successful write, and an event of type `user` once the session is found to be
 * another person's: whatever was read before was for the former one, and is to be dropped. An event of type `session`
 * tells that a call has succeeded after one was refused for want of a session: somebody has signed in again.
 */
export interface ChangeTarget extends EventTarget {
  addEventListener(type: 'change', listener: ChangeListener, options?: AddEventListenerOptions | boolean): void;
  addEventListener(type: 'user', listener: UserListener, options?: AddEventListenerOptions | boolean): void;
  addEventListener(type: 'session', listener: SessionListener, options?: AddEventListenerOptions | boolean): void;
  addEventListener(...parameters: Parameters<EventTarget['addEventListener']>): void;
  removeEventListener(type: 'change', listener: ChangeListener, options?: EventListenerOptions | boolean): void;
  removeEventListener(type: 'user', listener: UserListener, options?: EventListenerOptions | boolean): void;
  removeEventListener(type: 'session', listener: SessionListener, options?: EventListenerOptions | boolean): void;
  removeEventListener(...parameters: Parameters<EventTarget['removeEventListener']>): void;
}

/** Knows who is signed in, and carries what was written to whoever listens: here, and in that person's other tabs. */
export class Changes {
  // The narrower signatures hold, as nothing but these events is dispatched here.
  readonly target = new EventTarget() as ChangeTarget;
  readonly #baseUrl: string;
  readonly #askWho: () => Promise<unknown>;
  #userId: string | undefined;
  /** How many people this client has seen leave. */
  #left = 0;
  /** Of the person's own clients, and of everybody's. */
  #own: BroadcastChannel | undefined;
  #all: BroadcastChannel | undefined;
  #closed = false;
  /** Whether a call was refused for want of a session, and none has succeeded since. */
  #isSessionEnded = false;

  /** @param askWho Reads again who is signed in, by way of `identify`. */
  constructor(baseUrl: string, askWho: () => Promise<unknown>) {
    this.#baseUrl = baseUrl;
    this.#askWho = askWho;
  }

  /** The person of the session, once an answer has told it. */
  get userId(): string | undefined {
    return this.#userId;
  }

  /**
   * Asks what says who is signed in: that counts unless they have left meanwhile. Where it was asked for the former
   * person, it is asked once more, for whoever has come.
   */
  async identify<T>(ask: () => Promise<T>, whose: (answer: T) => string, isFirst = true): Promise<T> {
    const left = this.#left;
    try {
      const answer = await ask();
      const userId = whose(answer);
      if (left === this.#left && userId !== this.#userId) this.#follow(userId);
      return answer;
    } catch (error) {
      if (isFirst && isUserChanged(error)) return this.identify(ask, whose, false);
      throw error;
    }
  }

  /**
   * Begins a call, for whoever is known to be signed in.
   *
   * @returns what is given whose an answer says it is, and tells whether that is the person of the call: somebody else
   * has signed in where it is not.
   */
  beginCall(): (userId: string) => boolean {
    const askedFor = this.#userId;
    const left = this.#left;
    return (userId) => {
      const expected = askedFor ?? this.#userId;
      // No person was known when the call began, and none has left since: the first answer tells who is signed in.
      if (expected === undefined && left === this.#left) this.#follow(userId);
      else if (userId !== expected) {
        this.leave(expected);
        return false;
      }
      return true;
    };
  }

  /** The session turns out not to be this person's, or not any more. */
  leave(userId: string | undefined): void {
    if (userId === undefined || userId !== this.#userId) return;
    this.#userId = undefined;
    this.#own?.close();
    this.#own = undefined;
    this.#left += 1;
    this.target.dispatchEvent(new Event('user'));
  }

  endSession(): void {
    this.#isSessionEnded = true;
  }

  /** A call has succeeded. */
  resumeSession(): void {
    if (!this.#isSessionEnded) return;
    this.#isSessionEnded = false;
    this.target.dispatchEvent(new Event('session'));
  }

  /** @param userId Whom the write was made for, as far as was known: once they have left, it concerns nobody here. */
  tell(write: Write, userId: string | undefined): void {
    if (userId !== undefined && userId !== this.#userId) return;
    this.#dispatch(write, false);
    this.#own?.postMessage(write);
  }

  close(): void {
    this.#closed = true;
    this.#own?.close();
    this.#all?.close();
    this.#own = this.#all = undefined;
  }

  /** Until the person is known, nothing goes to other clients or comes from them: it could be somebody else's. */
  #follow(userId: string): void {
    this.leave(this.#userId);
    this.#userId = userId;
    if (this.#closed) return;
    this.#own = this.#open<Write>(` ${userId}`, (write) => this.#dispatch(write, true));
    this.#all ??= this.#open<string>('', (present) => {
      // A sign-in by cookie holds for all tabs, one by token does not: only the server knows.
      if (this.#userId !== undefined && present !== this.#userId) this.#askWho().catch(() => undefined);
    });
    this.#all?.postMessage(userId);
  }

  #open<T>(name: string, hear: (message: T) => void): BroadcastChannel | undefined {
    try {
      // A relative base URL is another server's on another page.
      const channel = new BroadcastChannel(`ai-cockpit ${new Request(this.#baseUrl).url.replace(/\/+$/, '')}${name}`);
      channel.onmessage = ({ data }: MessageEvent<T>) => hear(data);
      // Node's own: without it, an open channel keeps the process alive.
      (channel as { unref?: () => void }).unref?.();
      return channel;
    } catch {
      // The platform has none, or refuses one to a frame that may store nothing: then there are only our own changes.
      return undefined;
    }
  }

  #dispatch(write: Write, remote: boolean) {
    this.target.dispatchEvent(new ChangeEvent(write, remote));
  }
}
