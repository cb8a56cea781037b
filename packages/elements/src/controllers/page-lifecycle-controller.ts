import type { LitElement, ReactiveController } from 'lit';

export interface PageLifecycleOptions {
  /** The page is left. The browser may keep it and show it again on Back: what must not be seen then goes now. */
  readonly onHide?: () => void;
  /** The browser shows the page again as it was left, and perhaps to somebody else. */
  readonly onRestore?: () => void;
}

/**
 * Tells an element when its page is left, and when the page comes back from the browser's back-forward cache. Neither
 * disconnects anything.
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
    // An element that was moved to another document is on another page now.
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
