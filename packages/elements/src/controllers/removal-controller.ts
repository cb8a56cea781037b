import { NotFoundError } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { type ComparedField, ConflictController } from './conflict-controller.js';
import { FormController } from './form-controller.js';
import { ModalController } from './modal-controller.js';

export interface RemovalOptions<T> {
  /** Called before the request; return false to keep the item. */
  readonly allowed: (item: T) => boolean;
  /** @returns the item as the server has it now, if it still exists */
  readonly remove: (item: T, signal: AbortSignal) => Promise<T | void>;
  /** @returns the current item */
  readonly read: (item: T, signal: AbortSignal) => Promise<T>;
  /** Compares every field that is shown. */
  readonly compare: (before: T, now: T) => readonly ComparedField[];
  /** Whether an item that still exists has further actions; otherwise its row loses its menu. */
  readonly hasActions?: (item: T) => boolean;
  readonly removed: (outcome: Removed<T>) => void;
  /** Focuses another control, where no row is left that could take the focus. */
  readonly focusFallback?: () => void;
}

export interface Removed<T> {
  readonly item: T;
  /** The item as the server has it now, if it still exists. */
  readonly left?: T | undefined;
  /** Another person had removed the item before. */
  readonly wasGone?: boolean;
}

/** A row: its button, and its index among the rows; -1 if the row has gone already. */
interface RowPosition {
  readonly button: HTMLElement | undefined;
  readonly index: number;
}

/**
 * Confirms and sends the removal of a row. If another person has changed the item, it is read again and the changes are
 * shown, so that confirming again removes the current version. Any other failure stays in the dialog too.
 *
 * When a row that had the focus goes, or its menu does, the row that takes its position has the focus: after a removal, and
 * also when another person removed the row or a search no longer matches it.
 */
export class RemovalController<T extends { readonly id: string }> implements ReactiveController {
  /** The item in the open dialog. */
  item: T | undefined;
  readonly form: FormController;
  readonly modal: ModalController;
  readonly conflict: ConflictController<T>;
  readonly #host: LitElement;
  readonly #options: RemovalOptions<T>;
  /** The row that was removed, until it is no longer rendered. */
  #removed: RowPosition | undefined;
  /** The row that had the focus before the current update. */
  #focused: RowPosition | undefined;

  constructor(host: LitElement & ConnectedInterface, options: RemovalOptions<T>) {
    this.#host = host;
    this.#options = options;
    this.form = new FormController(host);
    this.conflict = new ConflictController(host, {
      compare: (before) => (this.item ? options.compare(before, this.item) : []),
    });
    this.modal = new ModalController(host, {
      // A pending request cannot be undone, so its outcome has to be shown.
      dismiss: () => !this.form.pending,
      closed: () => {
        this.item = undefined;
        this.form.reset();
        this.conflict.settle();
      },
    });
    host.addController(this);
  }

  ask(item: T): void {
    this.item = item;
    this.modal.open();
  }

  /** The button that opens the menu with the id `menu-{id}`. */
  menuButton(id: string): HTMLElement | undefined {
    return this.#rowButtons.find((button) => button.getAttribute('popovertarget') === `menu-${id}`);
  }

  readonly handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { item } = this;
    if (!item) return;
    const { allowed, removed, hasActions } = this.#options;
    const position = this.#positionOf(this.menuButton(item.id));
    const outcome = await this.form.submit(
      event.currentTarget as HTMLFormElement,
      (signal) => this.#remove(item, signal),
      () => allowed(item),
    );
    if (!outcome) return;
    this.modal.close();
    const { left } = outcome;
    if (!left || hasActions?.(left) === false) this.#removed = position;
    removed(outcome);
  };

  hostUpdate(): void {
    // `:focus-within` does not match a cell whose open popover has the focus.
    const [button] = this.#find('.row-actions:has(:focus) > [popovertarget]');
    this.#focused = button && this.#positionOf(button);
  }

  hostUpdated(): void {
    const gone = this.#removed ?? this.#focused;
    if (!gone || gone.button?.isConnected) return;
    this.#removed = undefined;
    const buttons = this.#rowButtons;
    const successor = buttons[gone.index] ?? buttons.at(-1);
    if (successor) successor.focus();
    else this.#options.focusFallback?.();
  }

  async #remove(item: T, signal: AbortSignal): Promise<Removed<T>> {
    const { remove, read } = this.#options;
    try {
      const left = await this.conflict.send(
        item,
        (item) => remove(item, signal),
        async () => (this.item = await read(item, signal)),
      );
      return { item, left: left ?? undefined };
    } catch (error) {
      if (error instanceof NotFoundError) return { item, wasGone: true };
      throw error;
    }
  }

  #find(selector: string): HTMLElement[] {
    return [...this.#host.renderRoot.querySelectorAll<HTMLElement>(selector)];
  }

  /** The button of each row: it opens the menu, or is the only action. */
  get #rowButtons(): HTMLElement[] {
    return this.#find('.row-actions > button');
  }

  #positionOf(button: HTMLElement | undefined): RowPosition {
    return { button, index: this.#rowButtons.findIndex((it) => it === button) };
  }
}
