import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import type { Savable, SavingPage } from '../connection/saving.js';

interface SavableOptions {
  /** Whether anything was typed that is not saved. */
  readonly isDirty: () => boolean;
  /** @returns whether nothing is left to save */
  readonly save: () => Promise<boolean>;
}

/**
 * A form that is saved together with the page where that has one Save for all (`page` is that page then, and the form
 * draws no Save of its own), and by itself anywhere else.
 */
export class SavableController implements ReactiveController, Savable {
  readonly element: LitElement & ConnectedInterface;
  readonly #options: SavableOptions;
  #page: SavingPage | undefined;

  constructor(host: LitElement & ConnectedInterface, options: SavableOptions) {
    this.element = host;
    this.#options = options;
    host.addController(this);
  }

  get page(): SavingPage | undefined {
    return this.#page;
  }

  get isDirty(): boolean {
    return this.#options.isDirty();
  }

  save(): Promise<boolean> {
    return this.#options.save();
  }

  focus(): void {
    const { renderRoot } = this.element;
    const first = renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]');
    (first ?? renderRoot.querySelector<HTMLElement>('[part="problem"]'))?.focus();
  }

  hostUpdate(): void {
    const { page } = this.element.connection;
    if (page === this.#page) return;
    this.hostDisconnected();
    if (!this.element.isConnected) return;
    this.#page = page;
    page?.add(this);
  }

  hostUpdated(): void {
    this.#page?.changed();
  }

  hostDisconnected(): void {
    this.#page?.remove(this);
    this.#page = undefined;
  }
}
