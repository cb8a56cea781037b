import { VersionStaleError } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';

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
  /** Every field that is shown of it. */
  readonly compare: (before: T) => readonly ComparedField[];
}

/**
 * Finds out that somebody else has changed what this person is changing, and what; what to do about it is theirs to
 * choose. Nothing is sent over a version that they have not seen.
 */
export class ConflictController<T> implements ReactiveController {
  /** Whether this person chose the saved version, which the form now shows. */
  taken = false;
  readonly #host: LitElement;
  readonly #compare: ConflictOptions<T>['compare'];
  /** The version that this person's draft is based on. */
  #base: T | undefined;
  /** The version before the other person's change, until the conflict is settled. */
  #before: T | undefined;
  #shown: T | undefined;

  constructor(host: LitElement, { compare }: ConflictOptions<T>) {
    this.#host = host;
    this.#compare = compare;
    host.addController(this);
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

  /** What the changes are made from: what was there when the first was made, or what they have been shown since. */
  from(present: T): T {
    this.taken = false;
    return (this.#base ??= present);
  }

  /**
   * Sends the changes; where somebody else was first, reads what is there now. Unless `done` finds that what was to be
   * done is done already, as it is where an answer was lost, that opens the conflict; where nothing that is shown has
   * changed, there is none, and the changes are sent over what is there now.
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

  /** Nothing to choose any more. */
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
    void this.#host.updateComplete.then(() => this.#focus('[part="save"]'));
  }

  hostUpdated(): void {
    const isNew = this.#before !== undefined && this.#before !== this.#shown;
    this.#shown = this.#before;
    // Away from the button, which now does something else: who presses it twice has not read that.
    if (isNew) this.#focus('[part="problem"]:has([part="changes"])');
  }

  #changesSince(before: T): readonly ComparedField[] {
    return this.#compare(before).filter(({ before, now }) => before !== now);
  }

  #focus(selector: string): void {
    this.#host.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }
}
