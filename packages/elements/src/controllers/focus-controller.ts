import type { LitElement, ReactiveController } from 'lit';
import { focusedIn } from './focus.js';

/** Selectors of the nodes that take the focus over, in this order: the search or heading of a list, else a control. */
const successors = ['[part~="search"]', 'h2, [part~="title"]', 'input, select, textarea, button, summary, a[href]'];

/**
 * Keeps the focus in an element where an update replaces what had it, as "Try again" is by what was read. Otherwise it
 * is lost to the page, and a keyboard begins there again. Dialogs give it back by themselves.
 */
export class FocusController implements ReactiveController {
  readonly #host: LitElement;
  /** The focus before the update, unless it was in a dialog. */
  #focused: HTMLElement | undefined;
  /** Whether what had the focus has gone, and nothing could take it over so far. */
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
    // By then, whatever else moves the focus has done so.
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
