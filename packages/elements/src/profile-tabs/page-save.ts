import type { LitElement } from 'lit';
import type { FormGroup, Savable } from '../connection/saving.js';

export interface PageSaveOptions {
  /** All is saved. */
  readonly saved: () => void;
  /** Brings a form into sight, before it gets the focus. */
  readonly reveal: (form: Element) => Promise<unknown>;
}

const inOrder = ({ element: first }: Savable, { element: second }: Savable) =>
  first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;

/** One Save for all forms of a page. Each says what is in its way; the first such has the focus then. */
export class PageSave implements FormGroup {
  pending = false;
  readonly #host: LitElement;
  readonly #options: PageSaveOptions;
  readonly #forms = new Set<Savable>();
  #outcome: 'saved' | 'unsaved' | undefined;
  /** Whether anything was dirty when the page was last told. */
  #wasDirty = false;

  constructor(host: LitElement, options: PageSaveOptions) {
    this.#host = host;
    this.#options = options;
    host.addEventListener('input', this.#handleInput);
  }

  /** The outcome, until the next edit. */
  get outcome(): 'saved' | 'unsaved' | undefined {
    return this.#outcome;
  }

  add(form: Savable): void {
    this.#forms.add(form);
  }

  remove(form: Savable): void {
    this.#forms.delete(form);
    this.changed();
  }

  get #isDirty(): boolean {
    return [...this.#forms].some((form) => form.isDirty);
  }

  changed(): void {
    const isDirty = this.#isDirty;
    if (isDirty === this.#wasDirty) return;
    this.#wasDirty = isDirty;
    // Settled in a form of its own accord, nothing is left unsaved; typed into, nothing is as it was saved.
    if (!this.pending) this.#say(undefined);
  }

  /** Hides the note about unsaved changes at the next edit, which may correct the error. */
  readonly #handleInput = (event: Event): void => {
    const path = event.composedPath();
    const isOfForm = [...this.#forms].some(({ element }) => path.includes(element));
    if (this.#outcome === 'unsaved' && isOfForm) this.#say(undefined);
  };

  async save(): Promise<void> {
    if (this.pending) return;
    this.pending = true;
    this.#say(undefined);
    const failed: Savable[] = [];
    // One after the other: forms may write to the same resource.
    for (const form of [...this.#forms].sort(inOrder)) if (!(await form.save())) failed.push(form);
    this.pending = false;
    this.#wasDirty = this.#isDirty;
    const [first] = failed;
    this.#say(first ? 'unsaved' : 'saved');
    await this.#host.updateComplete;
    if (first) {
      await this.#options.reveal(first.element);
      first.focus();
    } else this.#options.saved();
  }

  #say(outcome: 'saved' | 'unsaved' | undefined): void {
    this.#outcome = outcome;
    this.#host.requestUpdate();
  }
}
