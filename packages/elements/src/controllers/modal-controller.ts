import { warnDeveloper } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import { onKey } from '../views/keyboard.js';
import { focusedIn } from './focus.js';

export interface ModalOptions {
  /** Escape, or the dialog's own Cancel: return false to stay open (and, say, ask first). */
  dismiss?: () => boolean;
  /** The dialog is closed and its contents may go. */
  closed?: () => void;
}

let modals = 0;

/** Where there are no modal dialogs, as in jsdom, one that is merely open takes their place. */
const hasModals = ({ showModal }: { readonly showModal?: unknown }): boolean => showModal !== undefined;

const isShown = (dialog: HTMLDialogElement): boolean => (hasModals(dialog) ? dialog.matches(':modal') : dialog.open);

const show = (dialog: HTMLDialogElement): void => {
  // Put elsewhere together with its element, it is open still, but modal no more.
  dialog.open = !hasModals(dialog);
  if (!dialog.open) return dialog.showModal();
  warnDeveloper('There is no showModal here, as in jsdom: dialogs open, but the page behind them stays active.');
};

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
  #returnTo: HTMLElement | undefined;

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
