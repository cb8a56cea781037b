import type { LitElement, ReactiveController } from 'lit';

/** Keeps what would be lost: the browser asks before the page is left, the element before it drops it itself. */
export class LeaveGuardController implements ReactiveController {
  /** Whether the element shows its question, which then has the focus. */
  asking = false;
  readonly #host: LitElement;
  readonly #wouldLose: () => boolean;
  #listening = false;
  #asked = false;

  constructor(host: LitElement, wouldLose: () => boolean) {
    this.#host = host;
    this.#wouldLose = wouldLose;
    host.addController(this);
  }

  /** Whether nothing would be lost; otherwise the person is asked. */
  mayLeave(): boolean {
    this.#ask(this.#wouldLose());
    return !this.asking;
  }

  /** The question is answered, or there is nothing to ask about any more. */
  settle(): void {
    this.#ask(false);
  }

  hostUpdated(): void {
    // An update may come after the element has gone.
    this.#listen(this.#host.isConnected && this.#wouldLose());
    if (this.asking && !this.#asked) this.#host.renderRoot.querySelector<HTMLElement>('#question + button')?.focus();
    this.#asked = this.asking;
  }

  hostDisconnected(): void {
    this.#listen(false);
  }

  #ask(asking: boolean): void {
    this.asking = asking;
    this.#host.requestUpdate();
  }

  // Only while needed: a page with such a listener is kept out of the back-forward cache.
  #listen(needed: boolean): void {
    if (needed === this.#listening) return;
    this.#listening = needed;
    if (needed) window.addEventListener('beforeunload', this.#handleBeforeUnload);
    else window.removeEventListener('beforeunload', this.#handleBeforeUnload);
  }

  readonly #handleBeforeUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
}
