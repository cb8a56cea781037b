import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { ascendingIcon, descendingIcon } from '../icons/icons.js';

import { selectAllView, type Selection, selectRowView } from './select.js';

/** The order of the rows by a column, and the way to change it. */
export interface ColumnSort {
  readonly direction: 'none' | 'ascending' | 'descending';
  readonly toggle: () => void;
}

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => unknown;
  /** Present where the list can be sorted by this column. */
  readonly sort?: ColumnSort | undefined;
}

/** Text in a cell was mostly written by a person, so it keeps its own direction. */
const cellContent = (contents: unknown) => (typeof contents === 'string' ? html`<bdi>${contents}</bdi>` : contents);

export interface TableView<T> {
  readonly label: string;
  /** The first one names the row. */
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  /** Another number where none of the rows drawn before stays. */
  readonly renderKey: number;
  readonly idOf: (row: T) => string;
  /** Rows of the last action, marked for a moment. */
  readonly freshIds: readonly string[];
  /** The rows are being read again. */
  readonly isBusy: boolean;
  /** Precedes the columns to sort by, where the rows are cards. */
  readonly sortLabel?: string;
  /** Present where rows can be selected by check boxes. */
  readonly selection?: Selection<T> | undefined;
  /** The actions of a row; absent where the person may only read. */
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

/** A table of rows; in a narrow element, the rows are cards of labels and values. */
export const tableView = <T>({
  label,
  columns,
  rows,
  renderKey,
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
          // A row that stays keeps its open menu. For each row that goes, `repeat` leaves a comment node behind
          // (https://github.com/lit/lit/issues/5298), so another page is drawn from nothing.
          keyed(
            renderKey,
            repeat(
              rows,
              idOf,
              (
                row,
              ) => html`<tr part="row" id="row-${idOf(row)}" class=${freshIds.includes(idOf(row)) ? 'fresh' : ''} @animationend=${handleMarked}>
            ${selection ? selectRowView(row, selection) : nothing}
            <th scope="row">${cellContent(first?.cell(row))}</th>
            ${others.map(({ title, cell }) => html`<td data-label=${title}>${cellContent(cell(row))}</td>`)}
            ${actions ? html`<td class="row-actions">${actions(row)}</td>` : nothing}
          </tr>`,
            ),
          )
        }
      </tbody>
    </table>
  </div>`;
};
