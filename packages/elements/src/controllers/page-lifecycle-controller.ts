import type { LitElement, ReactiveController } from 'lit';

export interface PageLifecycleOptions {
  /** Called at `pagehide`. The browser may keep the page for Back: clear what must not be seen then. */
  readonly onHide?: () => void;
  /** Called when the back-forward cache restores the page, perhaps for another person. */
  readonly onRestore?: () => void;
}

/**
 * Calls an element when its page is left, and when the back-forward cache restores it. Neither disconnects the
 * element.
 */
export class PageLifecycleController implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: PageLifecycleOptions;
  #window: Window | null = null;

  constructor(host: LitElement, options: PageLifecycleOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listen(this.#host.ownerDocument.defaultView);
  }

  hostUpdate(): void {
    // The element may have been moved to another document.
    if (this.#host.isConnected) this.hostConnected();
  }

  hostDisconnected(): void {
    this.#listen(null);
  }

  #listen(to: Window | null): void {
    if (to === this.#window) return;
    this.#window?.removeEventListener('pagehide', this.#handleHide);
    this.#window?.removeEventListener('pageshow', this.#handleShow);
    this.#window = to;
    to?.addEventListener('pagehide', this.#handleHide);
    to?.addEventListener('pageshow', this.#handleShow);
  }

  readonly #handleHide = (): void => this.#options.onHide?.();

  readonly #handleShow = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) this.#options.onRestore?.();
  };
}
