import type { LitElement, ReactiveController } from 'lit';

/** An address for bytes that the page has, as long as they are shown. */
export class ObjectUrlController implements ReactiveController {
  readonly #host: LitElement;
  #shown: Blob | undefined;
  #url: string | undefined;
  /** Whether the update that is under way shows it. */
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
      this.#url = shown && URL.createObjectURL(shown);
    }
    return this.#url;
  }

  hostUpdate(): void {
    this.#isShown = false;
  }

  hostUpdated(): void {
    // Nothing of a person's is left to be had by its address, once it is not on the page any more.
    if (!this.#isShown) this.hostDisconnected();
  }

  hostDisconnected(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#shown = undefined;
    this.#url = undefined;
  }
}
