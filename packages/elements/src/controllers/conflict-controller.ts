import { VersionStaleError } from '@ai-cockpit/sdk';
import type { ReactiveControllerHost } from 'lit';

/** One field of something that two people may have changed, each value as it is shown. */
export interface ComparedField {
  readonly path: string;
  readonly label: string;
  readonly before: string;
  readonly now: string;
  /** The value of this person's draft, if edited. */
  readonly mine?: string | undefined;
}

/** The part of a conflict that views read. */
export type Conflict = Pick<ConflictController<never>, 'isOpen' | 'changes' | 'disputed' | 'taken'>;

export interface ConflictOptions<T> {
  /** The fields of two versions, as they are shown: of the given one and the stored one. */
  readonly compare: (before: T) => readonly ComparedField[];
}

/**
 * Finds out whether another person changed the resource that this person edits, and in which fields. This person
 * chooses which version to keep; no request overwrites a version that they have not seen.
 */
export class ConflictController<T> {
  /** Whether this person chose the saved version, which the form now shows. */
  taken = false;
  readonly #host: ReactiveControllerHost;
  readonly #compare: ConflictOptions<T>['compare'];
  /** The version that this person's draft is based on. */
  #base: T | undefined;
  /** The version before the other person's change, until the conflict is settled. */
  #before: T | undefined;

  constructor(host: ReactiveControllerHost, { compare }: ConflictOptions<T>) {
    this.#host = host;
    this.#compare = compare;
  }

  /** Whether there is a conflict to settle. */
  get isOpen(): boolean {
    return this.#before !== undefined;
  }

  /** The fields that another person has changed. */
  get changes(): readonly ComparedField[] {
    return this.#before ? this.#changesSince(this.#before) : [];
  }

  /** The fields that both have changed, and not alike. */
  get disputed(): readonly string[] {
    return this.changes
      .filter(({ before, now, mine = before }) => mine !== before && mine !== now)
      .map(({ path }) => path);
  }

  /** The version that the edits are based on: the stored one at the first edit, or the one that the conflict shows. */
  from(stored: T, isFirst = false): T {
    this.taken = false;
    if (isFirst && !this.isOpen) this.#base = undefined;
    return (this.#base ??= stored);
  }

  /**
   * Sends the changes. If another person saved first, reads the stored version and opens the conflict. There is none
   * where `done` finds the changes in that version, because an answer was lost, nor where no shown field differs: then
   * the changes are sent again over that version.
   */
  async send<Answer>(
    base: T,
    send: (base: T) => Promise<Answer>,
    read: () => Promise<T>,
    done: (now: T) => Answer | undefined = () => undefined,
  ): Promise<Answer> {
    try {
      const answer = await send(base);
      this.settle();
      return answer;
    } catch (error) {
      if (!(error instanceof VersionStaleError)) throw error;
      const now = await read();
      const answer = done(now);
      if (answer !== undefined) {
        this.settle();
        return answer;
      }
      if (this.#changesSince(base).length === 0) {
        // Once: it may be changed all the time.
        const late = await send(now);
        this.settle();
        return late;
      }
      this.#base = now;
      this.#before = base;
      throw error;
    }
  }

  /** Closes the conflict. */
  settle(): void {
    this.taken = false;
    this.#base = undefined;
    this.#before = undefined;
    this.#host.requestUpdate();
  }

  /** Takes the saved version of the disputed fields. */
  take(): void {
    this.settle();
    this.taken = true;
  }

  #changesSince(before: T): readonly ComparedField[] {
    return this.#compare(before).filter(({ before, now }) => before !== now);
  }
}
