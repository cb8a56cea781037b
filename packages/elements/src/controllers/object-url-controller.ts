import type { LitElement, ReactiveController } from 'lit';

/** An address for bytes that the page has, as long as they are shown. */
export class ObjectUrlController implements ReactiveController {
  #shown: Blob | undefined;
  #url: string | undefined;

  constructor(host: LitElement) {
    host.addController(this);
  }

  /** The address of these bytes; that of those before is given back. */
  of(bytes: Blob | undefined): string | undefined {
    if (bytes !== this.#shown) {
      this.hostDisconnected();
      this.#shown = bytes;
      this.#url = bytes && URL.createObjectURL(bytes);
    }
    return this.#url;
  }

  hostDisconnected(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#shown = undefined;
    this.#url = undefined;
  }
}
