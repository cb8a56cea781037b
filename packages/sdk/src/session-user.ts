import { openChannel } from './broadcast-channel.js';
import type { ChangeBus } from './change-bus.js';
import type { ChangeTarget } from './change-target.js';
import { isUserChanged } from './error-answer.js';
import { ContractError } from './errors.js';

/** So many answers for unexpected people within so many milliseconds are no sign-ins, which people do by hand. */
const mostSurprises = 5;
const surprisePeriod = 5000;

/** Knows who is signed in: from the answers of the server, and from the other clients of the same API. */
export class SessionUser {
  readonly #baseUrl: string;
  readonly #target: ChangeTarget;
  readonly #bus: ChangeBus;
  readonly #readUser: () => Promise<unknown>;
  #id: string | undefined;
  /** Counts the people who have signed out while this client was there. */
  #userGeneration = 0;
  /** When the last answers named another person than the known one, without a refusal before, in milliseconds. */
  #surpriseTimes: readonly number[] = [];
  /** Announces the person's id to all clients of the API. */
  #channel: BroadcastChannel | undefined;
  #isClosed = false;
  /** Whether a call was refused because the session had expired, and none has succeeded since. */
  #isExpired = false;

  /**
   * @param target Receives the events of type `user` and `session`.
   * @param bus Connected to the other clients of the person who is signed in.
   * @param readUser Reads again who is signed in, by way of `identify`.
   */
  constructor(baseUrl: string, target: ChangeTarget, bus: ChangeBus, readUser: () => Promise<unknown>) {
    this.#baseUrl = baseUrl;
    this.#target = target;
    this.#bus = bus;
    this.#readUser = readUser;
  }

  /** The person of the session, once an answer has named them. */
  get id(): string | undefined {
    return this.#id;
  }

  /**
   * Reads who is signed in, and keeps the id unless the person has signed out meanwhile. If the request was still made
   * for the former person, it is made once more, for the new one.
   *
   * @throws A `ContractError` where the answers name one person after the other without an end: the server names
   * another person in its answers than in their `X-User-Id`, and each answer would start all reads again.
   */
  async identify<T>(read: () => Promise<T>, idOf: (answer: T) => string, isFirst = true): Promise<T> {
    const generation = this.#userGeneration;
    try {
      const answer = await read();
      const userId = idOf(answer);
      if (generation === this.#userGeneration && userId !== this.#id) {
        if (this.#id !== undefined) this.#noteSurprise();
        this.#setUser(userId);
      }
      return answer;
    } catch (error) {
      if (isFirst && isUserChanged(error)) return this.identify(read, idOf, false);
      throw error;
    }
  }

  /**
   * Begins a call, for the person who is known to be signed in.
   *
   * @returns A function that takes the person whom an answer names and returns whether the call was made for them. If
   * not, somebody else has signed in.
   */
  beginCall(): (userId: string) => boolean {
    const callUserId = this.#id;
    const generation = this.#userGeneration;
    return (userId) => {
      const expected = callUserId ?? this.#id;
      // No person was known when the call began, and none has signed out since: the first answer names the person.
      if (expected === undefined && generation === this.#userGeneration) this.#setUser(userId);
      else if (userId !== expected) {
        this.clearUser(expected);
        return false;
      }
      return true;
    };
  }

  /** Forgets this person: the session is not theirs, or no longer. Does nothing if another is signed in by now. */
  clearUser(userId: string | undefined): void {
    if (userId === undefined || userId !== this.#id) return;
    this.#id = undefined;
    this.#userGeneration += 1;
    this.#bus.connect(undefined);
    this.#target.dispatchEvent(new Event('user'));
  }

  /** Notes that a call was refused because the session has expired. */
  endSession(): void {
    this.#isExpired = true;
  }

  /** Notes that a call has succeeded. */
  resumeSession(): void {
    if (!this.#isExpired) return;
    this.#isExpired = false;
    this.#target.dispatchEvent(new Event('session'));
  }

  /** Stops exchanging messages with other clients. */
  close(): void {
    this.#isClosed = true;
    this.#bus.connect(undefined);
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** Throws instead where too many came: a new person would start all reads again, and each would name another. */
  #noteSurprise(): void {
    const now = performance.now();
    const first = this.#surpriseTimes.at(-mostSurprises);
    if (first !== undefined && now - first < surprisePeriod)
      throw new ContractError('getPolicy', 'userId', 'the id of getProfile and the X-User-Id of every answer');
    this.#surpriseTimes = [...this.#surpriseTimes, now].slice(-mostSurprises);
  }

  #setUser(userId: string): void {
    this.clearUser(this.#id);
    this.#id = userId;
    if (this.#isClosed) return;
    this.#bus.connect(userId);
    this.#channel ??= openChannel<string>(this.#baseUrl, '', (otherId) => {
      // A sign-in by cookie holds for all tabs, one by token does not: only the server knows.
      if (this.#id !== undefined && otherId !== this.#id) this.#readUser().catch(() => undefined);
    });
    this.#channel?.postMessage(userId);
  }
}
