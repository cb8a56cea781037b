import type { LitElement, ReactiveController } from 'lit';
import { focusedIn } from './focus.js';

/** Selectors of the nodes that take the focus over, in this order: the search or heading of a list, else a control. */
const successors = ['[type="search"]', 'h2', 'input, select, textarea, button, summary, a[href]'];

/**
 * Keeps the focus in an element where an update removes the focused node, as loaded content replaces "Try again".
 * Otherwise the focus moves to the page, and Tab starts from its beginning. Dialogs return the focus by themselves.
 */
export class FocusController implements ReactiveController {
  readonly #host: LitElement;
  /** The focus before the update, unless it was in a dialog. */
  #focused: HTMLElement | undefined;
  /** Whether the focused node was removed, and no other one could take the focus so far. */
  #isLost = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    const focused = focusedIn(this.#host);
    this.#focused = focused?.closest('dialog') ? undefined : focused;
  }

  hostUpdated(): void {
    this.#isLost ||= this.#focused?.isConnected === false;
    this.#focused = undefined;
    // By then, other code that moves the focus has done so.
    if (this.#isLost) void this.#host.updateComplete.then(() => this.#restore());
  }

  #restore(): void {
    const { activeElement, body } = this.#host.ownerDocument;
    if (activeElement && activeElement !== body) this.#isLost = false;
    if (!this.#isLost || !this.#host.isConnected) return;
    for (const selector of successors) {
      const heir = [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])].find(
        (element) => element.checkVisibility?.() ?? true,
      );
      if (!heir) continue;
      if (!heir.matches('input, select, textarea, button, summary, a')) heir.tabIndex = -1;
      heir.focus();
      this.#isLost = false;
      return;
    }
  }
}
