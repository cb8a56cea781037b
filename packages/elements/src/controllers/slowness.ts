import type { LitElement } from 'lit';

/** How long people wait without a word, in milliseconds. */
const patience = 5_000;

/** Notices that what is under way takes longer than people wait without a word. */
export class Slowness {
  isSlow = false;
  readonly #host: LitElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: LitElement) {
    this.#host = host;
  }

  start(): void {
    this.end();
    this.#timer = setTimeout(() => {
      this.isSlow = true;
      this.#host.requestUpdate();
    }, patience);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.isSlow = false;
  }
}
