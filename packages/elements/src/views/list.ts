import { html, nothing } from 'lit';
import type { ListController, ListedItem } from '../controllers/list-controller.js';
import type { ListStatusController } from '../controllers/list-status-controller.js';
import type { ListId, Localizer } from '../locales/localizer.js';
import { listStatusView } from './list-status.js';
import { pagesView } from './pages.js';
import { noMatchView, type Searchable, searchView } from './search.js';
import { refreshStatusView, skeletonView } from './skeleton.js';
import { type TableView, tableView } from './table.js';

/** A list of any rows. */
export type AnyList = ListController<ListedItem, string, string>;

/** The columns, rows and actions of a table; the list gives the rest. */
export type ListTable<T> = Pick<TableView<T>, 'columns' | 'rows' | 'idOf' | 'sortLabel' | 'selection' | 'actions'>;

/** One list with its texts, and its table. */
export interface ListSection<T> {
  readonly list: AnyList;
  /** Names the table, its pages, and the list in announcements. */
  readonly label: string;
  /** Shown instead of the table, as where the person may not see the rows. */
  readonly instead?: unknown;
  readonly table: () => ListTable<T>;
  /** The number of rows of the outline while the list is read. */
  readonly outline?: number;
  /** Shown instead of a table without rows, where other sections have some. */
  readonly emptyText?: string;
  /** Repeats what failed; by default the reading of this list. */
  readonly retry?: (() => unknown) | undefined;
  /** Draws the heading and notes around the table. */
  readonly frame?: (table: unknown) => unknown;
}

export interface ListView<T> {
  readonly localizer: Localizer<ListId>;
  readonly status: ListStatusController;
  /** Drawn instead of the list, where the policy is being read or does not let the person see it. */
  readonly instead?: unknown;
  /** Above the search. */
  readonly intro?: unknown;
  /** Before the search: the title of the list. */
  readonly heading?: unknown;
  /** The label of the search; absent where the list is not searched. */
  readonly searchLabel?: string | undefined;
  readonly searchable: Searchable;
  /** After the search. */
  readonly tools?: unknown;
  /** The control that adds a row, also where the list is empty. */
  readonly add?: unknown;
  /** Shown and announced where there is nothing to list. */
  readonly emptyText: string;
  readonly noMatchText: () => string;
  readonly sections: readonly ListSection<T>[];
  readonly dialogs?: unknown;
}

/** Whether it is certain that the search or filter matches no row of any list. */
const isWithoutMatch = (lists: readonly AnyList[]): boolean => {
  const searched = lists.filter(({ isSearching }) => isSearching);
  return searched.length > 0 && searched.every(({ hasNoRows }) => hasNoRows);
};

const sectionView = <T>(
  { list, label, instead, table, outline = 4, emptyText, retry, frame = (content) => content }: ListSection<T>,
  { status, localizer }: Pick<ListView<T>, 'status' | 'localizer'>,
) => {
  const { read, renderKey, isSearching, hasNoRows } = list;
  // Another section has matches.
  if (isSearching && hasNoRows) return nothing;
  if (instead) return frame(instead);
  if (read.waiting) return frame(skeletonView('table', outline, localizer, read));
  const { error, slow, refresh, pending } = read;
  const problem = refreshStatusView({ error, slow, refresh: retry ?? refresh }, localizer);
  if (read.value === undefined) return frame(problem);
  const view = table();
  if (view.rows.length === 0)
    return frame(html`${problem}${emptyText ? html`<p class="none">${emptyText}</p>` : nothing}`);
  return frame(
    html`${problem}${tableView({ ...view, label, renderKey, freshIds: status.rowIds, isBusy: pending })}${pagesView(label, list, localizer)}`,
  );
};

const headView = <T>(
  { localizer, heading, searchable, sections, tools, add, emptyText }: ListView<T>,
  searchLabel: string,
  isEmpty: boolean,
) => html`<div class=${isEmpty ? 'empty' : 'toolbar'} part=${isEmpty ? 'empty' : 'toolbar'}>
  ${
    isEmpty
      ? html`<slot name="empty"><p>${emptyText}</p></slot>`
      : html`${heading}${searchView(
          searchLabel,
          searchable,
          sections.map(({ list }) => list),
          localizer,
        )}${tools}`
  }
  ${
    // In one place whatever else is drawn: its dialog stays open, and gives the focus back to it.
    add
  }
</div>`;

/**
 * A list: the search, the live region, and the table with its pages, or the outline, error, "no match" or empty state
 * instead. An element gives the columns and texts, and draws the controls and dialogs around the list.
 */
export const listView = <T>(view: ListView<T>) => {
  const { localizer, status, instead, intro, searchLabel, searchable, sections, dialogs } = view;
  const lists = sections.map(({ list }) => list);
  const isEmpty = searchLabel !== undefined && sections.every(({ list, instead }) => !instead && list.isEmpty);
  const noMatchText = isWithoutMatch(lists) ? view.noMatchText() : '';
  const clearLabel = localizer.text(
    lists.some(({ appliedQuery }) => appliedQuery.status) ? 'clearFilter' : 'clearSearch',
  );
  return html`
    ${instead ? nothing : html`<slot name="header"></slot>${intro}`}
    ${instead || searchLabel === undefined ? nothing : headView(view, searchLabel, isEmpty)}
    ${listStatusView(status, noMatchText, localizer)}
    ${
      instead ??
      (isEmpty
        ? nothing
        : noMatchText
          ? noMatchView(status.isOutcome ? noMatchText : '', clearLabel, searchable)
          : sections.map((section) => sectionView(section, view)))
    }
    ${dialogs}
    ${instead ? nothing : html`<slot name="footer"></slot>`}
  `;
};
