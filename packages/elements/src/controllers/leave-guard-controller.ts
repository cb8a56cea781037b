import type { LitElement, ReactiveController } from 'lit';

/** Makes the browser ask before the page is left, while something would be lost. */
export class LeaveGuardController implements ReactiveController {
  readonly #host: LitElement;
  readonly #wouldLose: () => boolean;
  #listening = false;

  constructor(host: LitElement, wouldLose: () => boolean) {
    this.#host = host;
    this.#wouldLose = wouldLose;
    host.addController(this);
  }

  hostUpdated(): void {
    // An update may come after the element has gone.
    this.#listen(this.#host.isConnected && this.#wouldLose());
  }

  hostDisconnected(): void {
    this.#listen(false);
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
