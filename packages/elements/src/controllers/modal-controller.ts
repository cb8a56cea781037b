import type { LitElement, ReactiveController } from 'lit';
import { onKey } from '../views/keyboard.js';

export interface ModalOptions {
  /** Escape, or the dialog's own Cancel: return false to stay open (and, say, ask first). */
  dismiss?: () => boolean;
  /** The dialog is closed and its contents may go. */
  closed?: () => void;
}

let modals = 0;

/**
 * A native modal dialog. Escape is handled by us alone: browsers close a dialog on the second or third Escape even
 * where `cancel` was prevented. Focus goes back to where it was.
 */
export class ModalController implements ReactiveController {
  /** The dialog's, among several of one element. */
  readonly id = `dialog-${++modals}`;
  isOpen = false;
  readonly #host: LitElement;
  readonly #options: ModalOptions;
  #returnTo: HTMLElement | null = null;

  constructor(host: LitElement, options: ModalOptions = {}) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
    // Safari gives a button that is clicked no focus, and so none would come back to it.
    host.addEventListener('click', this.#handleClick, { capture: true });
  }

  readonly #handleClick = (event: Event): void => {
    const [pressed] = event.composedPath();
    if (pressed instanceof Element && !this.isOpen) pressed.closest('button')?.focus();
  };

  hostDisconnected(): void {
    if (this.isOpen) this.close();
  }

  hostUpdated(): void {
    const dialog = this.#dialog;
    if (!this.isOpen || !dialog?.isConnected || dialog.matches(':modal')) return;
    // Put elsewhere together with its element, it is open still, but modal no more.
    dialog.open = false;
    dialog.showModal();
  }

  get #dialog(): HTMLDialogElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLDialogElement>(`#${this.id}`);
  }

  open(): void {
    if (this.isOpen) return;
    const root = this.#host.shadowRoot;
    this.#returnTo = root?.activeElement instanceof HTMLElement ? root.activeElement : null;
    this.isOpen = true;
    this.#host.requestUpdate();
  }

  /** Closes without asking. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#dialog?.close();
    this.#options.closed?.();
    this.#host.requestUpdate();
    const returnTo = this.#returnTo;
    this.#returnTo = null;
    void this.#host.updateComplete.then(() => returnTo?.isConnected && returnTo.focus());
  }

  /** Closes unless `dismiss` says to stay. */
  dismiss = (): void => {
    if (this.#options.dismiss?.() !== false) this.close();
  };

  readonly handleKeydown = onKey((event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.dismiss();
  });

  readonly handleCancel = (event: Event): void => {
    // Also reached by the file chooser's own cancel, which bubbles.
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
  };
}
