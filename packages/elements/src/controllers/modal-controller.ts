import { warnDeveloper } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import { onKey } from '../views/keyboard.js';
import { focusedIn } from './focus.js';

export interface ModalOptions {
  /** Called on Escape and on the dialog's Cancel button. Return false to keep the dialog open, for example to ask first. */
  dismiss?: () => boolean;
  /** Called when the dialog is closed. */
  closed?: () => void;
}

let modals = 0;

/** jsdom has no modal dialogs: there, a dialog is opened without being modal. */
const hasModals = ({ showModal }: { readonly showModal?: unknown }): boolean => showModal !== undefined;

const isShown = (dialog: HTMLDialogElement): boolean => (hasModals(dialog) ? dialog.matches(':modal') : dialog.open);

const show = (dialog: HTMLDialogElement): void => {
  // A dialog that was moved with its element is still open, but no longer modal.
  dialog.open = !hasModals(dialog);
  if (!dialog.open) return dialog.showModal();
  warnDeveloper('There is no showModal here, as in jsdom: dialogs open, but the page behind them stays active.');
};

/**
 * A native modal dialog. Escape is handled here: browsers close a dialog on the second or third Escape even where
 * `cancel` was prevented. On closing, the focus returns to where it was.
 */
export class ModalController implements ReactiveController {
  /** The id of the `<dialog>`; an element may have several. */
  readonly id = `dialog-${++modals}`;
  isOpen = false;
  readonly #host: LitElement;
  readonly #options: ModalOptions;
  #returnTo: HTMLElement | undefined;

  constructor(host: LitElement, options: ModalOptions = {}) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
    // Safari does not focus a clicked button, so the focus could not return to it.
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
    if (!this.isOpen || !dialog?.isConnected || isShown(dialog)) return;
    show(dialog);
  }

  get #dialog(): HTMLDialogElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLDialogElement>(`#${this.id}`);
  }

  open(): void {
    if (this.isOpen) return;
    this.#returnTo = focusedIn(this.#host);
    this.isOpen = true;
    this.#host.requestUpdate();
  }

  /** Closes without asking. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#dialog?.close?.();
    this.#options.closed?.();
    this.#host.requestUpdate();
    const returnTo = this.#returnTo;
    this.#returnTo = undefined;
    void this.#host.updateComplete.then(() => returnTo?.isConnected && returnTo.focus());
  }

  /** Closes unless the option `dismiss` returns false. */
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
    // The cancel event of a file chooser bubbles to the dialog.
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
  };
}
