import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { ascendingIcon, descendingIcon } from '../icons/icons.js';

import { selectAllView, type Selection, selectRowView } from './select.js';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => unknown;
  /** Where the list can be sorted by it. */
  readonly sort?: { readonly direction: 'none' | 'ascending' | 'descending'; readonly toggle: () => void } | undefined;
}

/** A text in a cell is most often somebody's own, and keeps its direction. */
const cellView = (contents: unknown) => (typeof contents === 'string' ? html`<bdi>${contents}</bdi>` : contents);

export interface TableView<T> {
  readonly label: string;
  /** The first one names the row. */
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  /** Another one where none of the rows drawn before stays. */
  readonly page: number;
  readonly idOf: (row: T) => string;
  /** The row just made, marked for a moment. */
  readonly freshIds: readonly string[];
  /** Its rows are being read again. */
  readonly isBusy: boolean;
  /** Stands before the columns to sort by, where the rows are cards. */
  readonly sortLabel?: string;
  /** Boxes before the rows, where these can be selected. */
  readonly selection?: Selection<T> | undefined;
  /** The actions of a row; absent where the person may only look. */
  readonly actions?: ((row: T) => unknown) | undefined;
}

const icons = { none: nothing, ascending: ascendingIcon, descending: descendingIcon };

const headingView = ({ title, sort }: Column<never>) =>
  sort
    ? html`<th scope="col" aria-sort=${sort.direction}>
        <button type="button" part="sort" @click=${sort.toggle}>${title}${icons[sort.direction]}</button>
      </th>`
    : html`<th scope="col">${title}</th>`;

const handleMarked = ({ currentTarget }: Event): void => (currentTarget as Element).classList.remove('fresh');

/** A list's rows, which are cards of label and value where there is little room. */
export const tableView = <T>({
  label,
  columns,
  rows,
  page,
  idOf,
  freshIds,
  isBusy,
  sortLabel,
  selection,
  actions,
}: TableView<T>) => {
  const [first, ...others] = columns;
  return html`<div class="frame" part="frame" aria-busy=${isBusy}>
    <table part="table" class=${actions ? 'with-actions' : ''} aria-label=${label}>
      <thead>
        <tr data-label=${ifDefined(sortLabel)}>
          ${selection ? selectAllView(rows, selection) : nothing}${columns.map(headingView)}${actions ? html`<td></td>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${
          // A row that stays keeps the menu that is open in it, as while a search is answered. Of each that goes, `repeat`
          // leaves a comment behind (https://github.com/lit/lit/issues/5298): another page is drawn from nothing.
          keyed(
            page,
            repeat(
              rows,
              idOf,
              (
                row,
              ) => html`<tr part="row" id="row-${idOf(row)}" class=${freshIds.includes(idOf(row)) ? 'fresh' : ''} @animationend=${handleMarked}>
            ${selection ? selectRowView(row, selection) : nothing}
            <th scope="row">${cellView(first?.cell(row))}</th>
            ${others.map(({ title, cell }) => html`<td data-label=${title}>${cellView(cell(row))}</td>`)}
            ${actions ? html`<td class="row-actions">${actions(row)}</td>` : nothing}
          </tr>`,
            ),
          )
        }
      </tbody>
    </table>
  </div>`;
};
