import { ApiError, NotFoundError, TimeoutError } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { FormController } from './form-controller.js';
import { ModalController } from './modal-controller.js';

export type BulkResult = 'pending' | 'done' | 'gone' | 'failed' | 'kept';

export interface BulkOptions<T> {
  /** Asked before each one; false leaves it as it is. */
  readonly allowed: (item: T) => boolean;
  readonly act: (item: T, signal: AbortSignal) => Promise<T>;
  readonly acted: (left: T) => void;
  /** The question is closed, and this was done to these. */
  readonly closed: (done: readonly T[]) => void;
}

const isOver = (result: BulkResult | undefined): boolean => result === 'done' || result === 'gone';

/** Whether the same would happen to all others: a session that has ended, a server that does not answer. */
const concernsAll = (error: unknown): boolean =>
  error instanceof TimeoutError || (error instanceof ApiError && error.status === 401);

/**
 * Rows that are selected, over several pages, and one question about all of them. Confirming acts on one after the other;
 * each has a result of its own, and confirming once more goes on with those that failed.
 */
export class BulkController<T extends { readonly id: string }> {
  readonly form: FormController;
  readonly modal: ModalController;
  /** The rows that the open question is about. */
  items: readonly T[] = [];
  readonly results = new Map<string, BulkResult>();
  readonly #selected = new Map<string, T>();
  readonly #host: LitElement;
  readonly #options: BulkOptions<T>;

  constructor(host: LitElement & ConnectedInterface, options: BulkOptions<T>) {
    this.#host = host;
    this.#options = options;
    this.form = new FormController(host);
    this.modal = new ModalController(host, {
      // Requests that are sent cannot be undone: their outcome still has to be shown.
      dismiss: () => !this.form.pending,
      closed: () => {
        const done = this.items.filter(({ id }) => this.results.get(id) === 'done');
        for (const [id, result] of this.results) if (isOver(result)) this.#selected.delete(id);
        this.items = [];
        this.results.clear();
        this.form.reset();
        // Only now: behind an open dialog, nothing is seen or spoken.
        if (done.length > 0) options.closed(done);
        void this.#focusList();
      },
    });
  }

  get size(): number {
    return this.#selected.size;
  }

  /** How many are left to act on. */
  get remaining(): number {
    return this.items.filter(({ id }) => !isOver(this.results.get(id))).length;
  }

  has({ id }: T): boolean {
    return this.#selected.has(id);
  }

  select(items: readonly T[], isSelected: boolean): void {
    for (const item of items)
      if (isSelected) this.#selected.set(item.id, item);
      else this.#selected.delete(item.id);
    this.#host.requestUpdate();
  }

  /** Selects nothing, as where another list is shown. */
  clear(): void {
    this.modal.close();
    this.#selected.clear();
    this.#host.requestUpdate();
  }

  readonly ask = (): void => {
    this.items = [...this.#selected.values()];
    this.modal.open();
  };

  readonly handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    await this.form.submit(event.currentTarget as HTMLFormElement, (signal) => this.#actOnAll(signal));
    await this.#host.updateComplete;
    // The button that confirms has gone once all is done.
    if (this.modal.isOpen && this.remaining === 0) this.#find(`#${this.modal.id} [part="cancel"]`)?.focus();
  };

  async #actOnAll(signal: AbortSignal): Promise<void> {
    const failures: unknown[] = [];
    for (const item of this.items) {
      if (signal.aborted) return;
      if (isOver(this.results.get(item.id))) continue;
      this.#setResult(item, 'pending');
      try {
        this.#setResult(item, await this.#actOn(item, signal));
      } catch (error) {
        this.#setResult(item, 'failed');
        failures.push(error);
        if (concernsAll(error)) break;
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  async #actOn(item: T, signal: AbortSignal): Promise<BulkResult> {
    const { allowed, act, acted } = this.#options;
    if (!allowed(item)) return 'kept';
    try {
      acted(await act(item, signal));
      return 'done';
    } catch (error) {
      if (error instanceof NotFoundError) return 'gone';
      throw error;
    }
  }

  #setResult({ id }: T, result: BulkResult): void {
    this.results.set(id, result);
    this.#host.requestUpdate();
  }

  /** The button that opened the question goes once nothing is selected. */
  async #focusList(): Promise<void> {
    await this.#host.updateComplete;
    if (this.size === 0) this.#find('[part="search"]')?.focus();
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector(selector);
  }
}
