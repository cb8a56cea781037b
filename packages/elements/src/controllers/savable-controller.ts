import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import type { FormGroup, Savable } from '../connection/saving.js';

interface SavableOptions {
  /** Whether anything was typed that is not saved. */
  readonly isDirty: () => boolean;
  /** @returns whether nothing is left to save */
  readonly save: () => Promise<boolean>;
}

/**
 * A form that is saved together with the page where that has one Save for all (`formGroup` is set then, and the form
 * draws no Save of its own), and by itself anywhere else.
 */
export class SavableController implements ReactiveController, Savable {
  readonly element: LitElement & ConnectedInterface;
  readonly #options: SavableOptions;
  #formGroup: FormGroup | undefined;

  constructor(host: LitElement & ConnectedInterface, options: SavableOptions) {
    this.element = host;
    this.#options = options;
    host.addController(this);
  }

  get formGroup(): FormGroup | undefined {
    return this.#formGroup;
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
    const { formGroup } = this.element.connection;
    if (formGroup === this.#formGroup) return;
    this.hostDisconnected();
    if (!this.element.isConnected) return;
    this.#formGroup = formGroup;
    formGroup?.add(this);
  }

  hostUpdated(): void {
    this.#formGroup?.changed();
  }

  hostDisconnected(): void {
    this.#formGroup?.remove(this);
    this.#formGroup = undefined;
  }
}
