import { NotFoundError } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { type ComparedField, ConflictController } from './conflict-controller.js';
import { FormController } from './form-controller.js';
import { ModalController } from './modal-controller.js';

export interface RemovalOptions<T> {
  /** Asked before anything is done; false leaves all as it is. */
  readonly allowed: (item: T) => boolean;
  /** @returns the item as it was left, where it is still there */
  readonly remove: (item: T, signal: AbortSignal) => Promise<T | void>;
  /** @returns the item as it is now */
  readonly read: (item: T, signal: AbortSignal) => Promise<T>;
  /** Every field that is shown of it. */
  readonly compare: (before: T, now: T) => readonly ComparedField[];
  /** Whether there is still something to do with an item that was left: else its row has no menu any more. */
  readonly hasActions?: (left: T) => boolean;
  readonly removed: (outcome: Removed<T>) => void;
}

export interface Removed<T> {
  readonly item: T;
  /** The item as it was left, where it is still there. */
  readonly left?: T | undefined;
  /** Somebody else had removed it before. */
  readonly wasGone?: boolean;
}

/** A row, by its button, and its number among them, from 0; -1 where it has gone already. */
interface Place {
  readonly button: HTMLElement | undefined;
  readonly at: number;
}

/**
 * Asks before something in a list ends, and ends it. Where somebody else has changed it, it is read again and said what
 * changed, so that confirming once more ends what is there now; any other failure stays in the dialog too. When its row or
 * the row's menu has gone, what stands there now has the focus: mostly the row that follows. So it has where the row that
 * had the focus goes for another reason, as somebody else ended it, or a search finds it no more.
 */
export class RemovalController<T extends { readonly id: string }> implements ReactiveController {
  /** The item that the open question is about. */
  item: T | undefined;
  readonly form: FormController;
  readonly modal: ModalController;
  readonly conflict: ConflictController<T>;
  readonly #host: LitElement;
  readonly #options: RemovalOptions<T>;
  /** The row that is about to go, and where it stands. */
  #leaving: Place | undefined;
  /** The one that had the focus before the update that is under way. */
  #focused: Place | undefined;

  constructor(host: LitElement & ConnectedInterface, options: RemovalOptions<T>) {
    this.#host = host;
    this.#options = options;
    this.form = new FormController(host);
    this.conflict = new ConflictController(host, {
      compare: (before) => (this.item ? options.compare(before, this.item) : []),
    });
    this.modal = new ModalController(host, {
      // A pending request cannot be undone: its outcome still has to be shown.
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

  /** The button that opens the menu of a row: `menu-{id}`. */
  menuButton(id: string): HTMLElement | undefined {
    return this.#rowButtons.find((button) => button.getAttribute('popovertarget') === `menu-${id}`);
  }

  readonly handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { item } = this;
    if (!item) return;
    const { allowed, removed, hasActions } = this.#options;
    const place = this.#placeOf(this.menuButton(item.id));
    const outcome = await this.form.submit(
      event.currentTarget as HTMLFormElement,
      (signal) => this.#remove(item, signal),
      () => allowed(item),
    );
    if (!outcome) return;
    this.modal.close();
    const { left } = outcome;
    if (!left || hasActions?.(left) === false) this.#leaving = place;
    removed(outcome);
  };

  hostUpdate(): void {
    // Not `:focus-within`, which no cell is whose open menu has the focus.
    const [button] = this.#find('.row-actions:has(:focus) > [popovertarget]');
    this.#focused = button && this.#placeOf(button);
  }

  hostUpdated(): void {
    const gone = this.#leaving ?? this.#focused;
    if (!gone || gone.button?.isConnected) return;
    this.#leaving = undefined;
    const buttons = this.#rowButtons;
    const [other] = [...this.#find('[part="create"], [part="add"]'), ...this.#find('[part="search"]')];
    (buttons[gone.at] ?? buttons.at(-1) ?? other)?.focus();
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

  /** One a row: what opens its menu, or stands in the place of that. */
  get #rowButtons(): HTMLElement[] {
    return this.#find('.row-actions > button');
  }

  #placeOf(button: HTMLElement | undefined): Place {
    return { button, at: this.#rowButtons.findIndex((it) => it === button) };
  }
}
