import type { LitElement, ReactiveController } from 'lit';
import type { ListId, Localizer } from '../locales/localizer.js';
import { foundText, type Searched } from '../views/search.js';
import { rangeText } from '../views/pages.js';
import type { ListController, ListNews } from './list-controller.js';

type List = Pick<ListController<never, never>, 'range'> & Searched & { readonly read: { readonly pending: boolean } };

export interface ListStatusOptions {
  readonly lists: () => readonly List[];
  readonly localizer: () => Localizer<ListId>;
  /** Says which list is shown, after a change of the organization or the person. */
  readonly title: () => string;
}

/** The row that the last action was about. */
export interface ToldRow {
  readonly id: string;
  /** Reads the list so that the row is on the page shown. */
  readonly find: () => void;
}

const isInView = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
};

/**
 * The outcome of the last action in a list, shown until the next action; and, for screen readers only, that another page,
 * the answer to a search or the list of another organization is there. All are in one live region that is always there:
 * some screen readers do not read a region that is inserted together with its text.
 */
export class ListStatusController implements ReactiveController {
  text = '';
  /** Whether the text is the outcome of an action, which is shown. */
  isOutcome = false;
  /** Whether "Show it" is offered, as the row of the last action is not in view. */
  canShow = false;
  readonly #host: LitElement;
  readonly #options: ListStatusOptions;
  #row: ToldRow | undefined;
  #rowIds: readonly string[] = [];
  #isFinding = false;
  #hasShown = false;
  #isOtherSource = false;

  constructor(host: LitElement, options: ListStatusOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** The rows that are marked. */
  get rowIds(): readonly string[] {
    return this.#rowIds;
  }

  /** Shows the outcome of an action and marks its rows. A deleted row has none to mark. */
  tell(text: string, row?: ToldRow, rowIds: readonly string[] = row ? [row.id] : []): void {
    this.text = text;
    this.isOutcome = true;
    this.#row = row;
    this.#rowIds = rowIds;
    this.#host.requestUpdate();
  }

  /** The next action begins. */
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

  /** The list is about to show what it has read. */
  readonly handleShown = (list: List, news: ListNews | undefined): void => {
    this.#hasShown = true;
    const { lists, localizer, title } = this.#options;
    const isComplete = lists().every(({ read }) => !read.pending);
    if (news === 'page') this.#announce(rangeText(list.range, localizer()));
    else if (isComplete && news === 'search') this.#announceFound(foundText(lists(), localizer()));
    else if (isComplete && this.#isOtherSource) {
      this.#isOtherSource = false;
      this.#announce(title());
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
    if (!this.#row || this.#options.lists().some(({ read }) => read.pending)) return;
    const row = this.#rowElement;
    if (this.#isFinding && row) this.#reveal(row);
    this.#isFinding = false;
    const canShow = !row || !isInView(row);
    if (canShow === this.canShow) return;
    this.canShow = canShow;
    this.#host.requestUpdate();
  }

  get #rowElement(): HTMLElement | null | undefined {
    return this.#row && this.#host.shadowRoot?.getElementById(`row-${this.#row.id}`);
  }

  #announce(text: string): void {
    this.text = text;
    this.isOutcome = this.canShow = false;
  }

  #announceFound(found: string | undefined): void {
    // A search that was cleared has no answer to tell of.
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
