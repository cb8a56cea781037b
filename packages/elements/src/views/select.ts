import { html, nothing } from 'lit';

/** The rows of a table that can be selected. */
export interface Selection<T> {
  /** The label of the box that selects every row on the page. */
  readonly allLabel: string;
  readonly labelOf: (row: T) => string;
  readonly canSelect: (row: T) => boolean;
  readonly has: (row: T) => boolean;
  readonly select: (rows: readonly T[], isSelected: boolean) => void;
}

const boxView = (label: string, isChecked: boolean, isPartial: boolean, select: (isSelected: boolean) => void) =>
  html`<label class="select-box"
    ><input
      type="checkbox"
      part="select"
      aria-label=${label}
      .checked=${isChecked}
      .indeterminate=${isPartial}
      @change=${({ target }: Event) => select((target as HTMLInputElement).checked)}
  /></label>`;

export const selectAllView = <T>(rows: readonly T[], selection: Selection<T>) => {
  const offered = rows.filter(selection.canSelect);
  const count = offered.filter(selection.has).length;
  const isAll = count > 0 && count === offered.length;
  return html`<td class="select">${
    offered.length > 0
      ? boxView(selection.allLabel, isAll, count > 0 && !isAll, (isSelected) => selection.select(offered, isSelected))
      : nothing
  }</td>`;
};

export const selectRowView = <T>(row: T, selection: Selection<T>) =>
  html`<td class="select">${
    selection.canSelect(row)
      ? boxView(selection.labelOf(row), selection.has(row), false, (isSelected) => selection.select([row], isSelected))
      : nothing
  }</td>`;
