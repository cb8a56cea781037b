import { ApiError, NotFoundError, TimeoutError } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { FormController } from './form-controller.js';
import { ModalController } from './modal-controller.js';

export type BulkResult = 'pending' | 'done' | 'gone' | 'failed' | 'kept';

export interface BulkOptions<T> {
  /** Called before each one; return false to keep it. */
  readonly allowed: (item: T) => boolean;
  readonly act: (item: T, signal: AbortSignal) => Promise<T>;
  /** Called after each one, with the item as the server has it now. */
  readonly acted: (item: T) => void;
  /** Called when the dialog has closed, with the items that were acted on. */
  readonly closed: (done: readonly T[]) => void;
  /** Focuses the list, as the button that opened the dialog goes when nothing is selected. */
  readonly focusList: () => void;
}

const isOver = (result: BulkResult | undefined): boolean => result === 'done' || result === 'gone';

/** Whether all further requests would fail too: the session has expired, or the server does not answer. */
const failsForAll = (error: unknown): boolean =>
  error instanceof TimeoutError || (error instanceof ApiError && error.status === 401);

/**
 * Rows selected on any page, and one confirmation dialog for all of them. Confirming acts on one row after the other, each
 * with its own result; confirming again retries those that failed.
 */
export class BulkController<T extends { readonly id: string }> {
  readonly form: FormController;
  readonly modal: ModalController;
  /** The rows in the open dialog. */
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
      // A pending request cannot be undone, so its outcome has to be shown.
      dismiss: () => !this.form.pending,
      closed: () => {
        const done = this.items.filter(({ id }) => this.results.get(id) === 'done');
        for (const [id, result] of this.results) if (isOver(result)) this.#selected.delete(id);
        this.items = [];
        this.results.clear();
        this.form.reset();
        // Behind an open dialog, the outcome could neither be seen nor heard.
        if (done.length > 0) options.closed(done);
        void host.updateComplete.then(() => this.size === 0 && options.focusList());
      },
    });
  }

  get size(): number {
    return this.#selected.size;
  }

  /** The number of rows still to act on. */
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

  /** Selects nothing, for example when another list is shown. */
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
    const form = event.currentTarget as HTMLFormElement;
    await this.form.submit(form, (signal) => this.#actOnAll(signal));
    await this.#host.updateComplete;
    // Without rows to act on, the button that confirmed has gone, and only the one that closes the dialog is left.
    if (this.modal.isOpen && this.remaining === 0) form.querySelector('button')?.focus();
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
        if (failsForAll(error)) break;
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
}
