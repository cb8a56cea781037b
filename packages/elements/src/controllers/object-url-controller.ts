import type { LitElement, ReactiveController } from 'lit';

/** An address for bytes that the page has, as long as they are shown. */
export class ObjectUrlController implements ReactiveController {
  readonly #host: LitElement;
  #shown: Blob | undefined;
  #url: string | undefined;
  /** Whether the current update renders the URL. */
  #isShown = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** The address of these bytes; that of those before is given back. */
  of(bytes: Blob | undefined): string | undefined {
    this.#isShown = true;
    // An update may come after the element has gone.
    const shown = this.#host.isConnected ? bytes : undefined;
    if (shown !== this.#shown) {
      this.hostDisconnected();
      this.#shown = shown;
      this.#url = shown && URL.createObjectURL?.(shown);
    }
    return this.#url;
  }

  hostUpdate(): void {
    this.#isShown = false;
  }

  hostUpdated(): void {
    // A person's picture must not be readable by its URL after it was removed from the page.
    if (!this.#isShown) this.hostDisconnected();
  }

  hostDisconnected(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#shown = undefined;
    this.#url = undefined;
  }
}
