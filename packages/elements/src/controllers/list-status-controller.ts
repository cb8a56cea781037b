import type { LitElement, ReactiveController } from 'lit';
import type { ListId, Localizer } from '../locales/localizer.js';
import { foundText, type Searched } from '../views/search.js';
import { rangeText } from '../views/pages.js';
import type { ListNews, ListObserver } from './list-controller.js';

/** The lists that are shown, and their texts. */
export interface ShownLists {
  readonly localizer: Localizer<ListId>;
  readonly sections: readonly {
    readonly list: Searched & { readonly rows: readonly unknown[]; readonly read: { readonly pending: boolean } };
    readonly label: string;
  }[];
  readonly emptyText: string;
}

/** The row of the last action. */
export interface ActedRow {
  readonly id: string;
  /** Reads the list so that the row is on the page shown. */
  readonly find: () => void;
}

const isInView = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

/**
 * The outcome of the last action in a list, shown until the next action. Screen readers also hear that another page, the
 * answer to a search or the list of another organization is shown. All texts are in one live region that always exists:
 * some screen readers do not read a region that is inserted together with its text.
 */
export class ListStatusController implements ListObserver, ReactiveController {
  text = '';
  /** Whether the text is the outcome of an action, which is shown. */
  isOutcome = false;
  /** Whether "Show it" is offered, because the row of the last action is not in view. */
  canShow = false;
  readonly #host: LitElement;
  readonly #shown: () => ShownLists;
  #row: ActedRow | undefined;
  #rowIds: readonly string[] = [];
  #isFinding = false;
  #hasShown = false;
  #isOtherSource = false;

  constructor(host: LitElement, shown: () => ShownLists) {
    this.#host = host;
    this.#shown = shown;
    host.addController(this);
  }

  /** The rows that are marked. */
  get rowIds(): readonly string[] {
    return this.#rowIds;
  }

  /** Shows the outcome of an action and marks its rows. A deleted row has none to mark. */
  report(text: string, row?: ActedRow, rowIds: readonly string[] = row ? [row.id] : []): void {
    this.text = text;
    this.isOutcome = true;
    this.#row = row;
    this.#rowIds = rowIds;
    this.#host.requestUpdate();
  }

  /** Removes the outcome, as the next action begins. */
  readonly clear = (): void => {
    this.text = '';
    this.isOutcome = this.canShow = this.#isFinding = false;
    this.#row = undefined;
    this.#rowIds = [];
    this.#host.requestUpdate();
  };

  readonly handleSourceChanged = (): void => {
    this.clear();
    this.#isOtherSource = this.#hasShown;
  };

  /** Announces a page that is about to be rendered. */
  readonly handleShown = (list: Searched, news: ListNews | undefined): void => {
    this.#hasShown = true;
    const { sections, localizer } = this.#shown();
    const lists = sections.map(({ list }) => list);
    const isComplete = lists.every(({ read }) => !read.pending);
    if (news === 'page') this.#announce(rangeText(list.range, localizer));
    else if (isComplete && news === 'search') this.#announceFound(foundText(lists, localizer));
    else if (isComplete && this.#isOtherSource) {
      this.#isOtherSource = false;
      this.#announce(this.#title);
    }
  };

  /** Brings the row of the last action into view. */
  readonly show = (): void => {
    const row = this.#rowElement;
    if (row) return this.#reveal(row);
    this.#isFinding = true;
    this.#row?.find();
  };

  hostUpdated(): void {
    // Where a row is on the page is known after the update only; another one then offers "Show it".
    if (this.#row) void this.#host.updateComplete.then(() => this.#locateRow());
  }

  #locateRow(): void {
    if (!this.#row || this.#shown().sections.some(({ list }) => list.read.pending)) return;
    const row = this.#rowElement;
    if (this.#isFinding && row) this.#reveal(row);
    this.#isFinding = false;
    const canShow = !row || !isInView(row);
    if (canShow === this.canShow) return;
    this.canShow = canShow;
    this.#host.requestUpdate();
  }

  /** The lists with rows, and the range of rows of each. */
  get #title(): string {
    const { sections, emptyText, localizer } = this.#shown();
    const listed = sections
      .filter(({ list }) => list.rows.length > 0)
      .map(({ list, label }) => localizer.text('listed', { list: label, range: rangeText(list.range, localizer) }));
    return listed.join('\n') || emptyText;
  }

  get #rowElement(): HTMLElement | null | undefined {
    return this.#row && this.#host.shadowRoot?.getElementById(`row-${this.#row.id}`);
  }

  #announce(text: string): void {
    this.text = text;
    this.isOutcome = this.canShow = false;
  }

  #announceFound(found: string | undefined): void {
    // A search that was cleared has no matches to announce.
    if (found === undefined) this.text = this.isOutcome ? this.text : '';
    else this.#announce(found);
  }

  #reveal(row: HTMLElement): void {
    row.classList.add('fresh');
    row.scrollIntoView({ block: 'center' });
    const button = row.querySelector<HTMLElement>('.row-actions > button');
    if (!button) row.tabIndex = -1;
    (button ?? row).focus({ preventScroll: true });
  }
}
