import type { LitElement } from 'lit';
import { PageLifecycleController } from './page-lifecycle-controller.js';
import { setVeiled } from './veil.js';

/**
 * Knows for whom data was read. When the back-forward cache restores the page, another person may have signed in: the
 * data is hidden until the server has answered again.
 */
export class PersonGuard {
  readonly #host: LitElement;
  #userId: string | undefined;
  #isRestored = false;
  #isHidden = false;

  /** @param readAgain Ends in `confirm` or `reject`. */
  constructor(host: LitElement, hasData: () => boolean, readAgain: () => void) {
    this.#host = host;
    new PageLifecycleController(host, {
      onRestore: () => {
        this.#isRestored = true;
        this.#hide(hasData());
        readAgain();
      },
    });
  }

  /** Whether the page was restored, and no answer has come since. */
  get isRestored(): boolean {
    return this.#isRestored;
  }

  /** Whether the data was read for somebody else. */
  isOther(userId: string | undefined): boolean {
    return userId !== this.#userId;
  }

  /** The server has answered for this person: the data may be shown. */
  confirm(userId: string | undefined): void {
    this.#userId = userId;
    this.#isRestored = false;
    this.#hide(false);
  }

  /**
   * The server will not answer, or has refused to.
   *
   * @returns whether the data was hidden: it may be another person's, and has to be dropped
   */
  reject(): boolean {
    const wasHidden = this.#isHidden;
    this.#hide(false);
    return wasHidden;
  }

  #hide(isHidden: boolean): void {
    this.#isHidden = isHidden;
    setVeiled(this.#host, this, isHidden);
  }
}
