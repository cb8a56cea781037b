import { css } from 'lit';
import { badgeStyles } from './badge.styles.js';
import { menuStyles } from './menu.styles.js';
import { timeStyles } from './time.styles.js';

/** Tables. */
export const tableStyles = [
  badgeStyles,
  menuStyles,
  timeStyles,
  css`
  .advice {
    max-inline-size: 72ch;
    margin-block-end: calc(4 * var(--_space));
    color: var(--_text-muted);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(2 * var(--_space));
    margin-block-end: calc(3 * var(--_space));
  }
  .toolbar .search {
    flex: 1 1 200px;
    max-inline-size: 320px;
  }
  .frame {
    border: 1px solid var(--_border);
    border-radius: var(--_radius-overlay);
    background: var(--_surface);
    /* A marked row keeps the corners round. */
    overflow: clip;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: calc(2.5 * var(--_space)) calc(3 * var(--_space));
    text-align: start;
    vertical-align: middle;
    overflow-wrap: anywhere;
  }
  thead th {
    color: var(--_text-muted);
    font-size: 12px;
    font-weight: 500;
    white-space: nowrap;
  }
  thead button {
    min-block-size: 24px;
    margin: calc(-1 * var(--_space)) calc(-2 * var(--_space));
    padding: var(--_space) calc(2 * var(--_space));
    border: 0;
    background: none;
    font-size: inherit;
    color: inherit;
  }
  @media (pointer: coarse) {
    thead button {
      min-block-size: var(--_control);
    }
  }
  tbody tr {
    border-block-start: 1px solid var(--_border);
  }
  tbody th {
    font-weight: 600;
  }
  td.row-actions {
    inline-size: 1px;
    padding-block: var(--_space);
  }
  td.select {
    inline-size: 1px;
    padding-block: 0;
    padding-inline-end: 0;
  }
  .select-box {
    display: flex;
    padding: calc(2 * var(--_space));
    margin-inline-start: calc(-2 * var(--_space));
  }
  [part='menu-button']:not(:hover) {
    background: none;
  }
  [part='menu-button'] {
    inline-size: var(--_control);
    padding: 0;
    border-color: transparent;
  }
  tr.fresh {
    animation: fresh 2.4s;
  }
  /* Marked without a motion, until the next change. */
  @media (prefers-reduced-motion: reduce) {
    tr.fresh {
      animation: none;
      background: var(--_accent-soft);
    }
  }
  @keyframes fresh {
    0%,
    60% {
      background: var(--_accent-soft);
    }
  }
  .toolbar,
  h2,
  .problem {
    scroll-margin-block: calc(3 * var(--_space));
  }
  .pages {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: calc(2 * var(--_space));
    margin-block-start: calc(3 * var(--_space));
  }
  [part='range'] {
    margin-inline-end: auto;
  }
  [part='range'],
  .head-range {
    font-variant-numeric: tabular-nums;
  }
  .head-range {
    color: var(--_text-muted);
    font-size: 12px;
    font-weight: 400;
  }
  /* The upper part of one box with the button below. */
  .no-match {
    padding: calc(10 * var(--_space)) calc(4 * var(--_space)) 0;
    border: 1px dashed var(--_border);
    border-block-end: 0;
    border-start-start-radius: var(--_radius-overlay);
    border-start-end-radius: var(--_radius-overlay);
    color: var(--_text-muted);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .no-match + .empty {
    padding-block-start: calc(3 * var(--_space));
    border-block-start: 0;
    border-start-start-radius: 0;
    border-start-end-radius: 0;
  }
  /* In view wherever in the list the action was taken. */
  .outcome {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space) calc(3 * var(--_space));
    margin-block-end: calc(3 * var(--_space));
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border: 1px solid var(--_border);
    border-inline-start: 3px solid var(--_success);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    overflow-wrap: anywhere;
  }
`,
];

/** Where the element is too narrow for its columns, rows become cards of label and value. */
export const cardStyles = css`
  .toolbar .search {
    max-inline-size: none;
  }
  table,
  thead,
  tbody {
    display: block;
  }
  /* The choices to sort by stand in the columns of the cards, below their label. */
  thead tr[data-label]:has([aria-sort])::before {
    content: attr(data-label);
    grid-area: 1 / 1 / auto / -1;
    align-self: center;
    color: var(--_text-muted);
    font-size: 12px;
  }
  thead tr:has(.select:not(:empty))::before {
    margin-inline-start: calc(8 * var(--_space));
  }
  thead button {
    margin-block: 0;
    white-space: normal;
    text-align: start;
  }
  thead tr:has([aria-sort]) {
    border-block-end: 1px solid var(--_border);
  }
  /* Paper is not sorted. */
  @media print {
    thead {
      display: none;
    }
  }
  /* The labels stand in the cards: of the headers, those to sort by stay, the others for assistive technology. */
  thead :is(th, td):not([aria-sort]) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  thead td.select:empty {
    display: none;
  }
  thead tr > td.select {
    position: static;
    grid-area: 1 / 1;
    justify-self: start;
    z-index: 1;
    inline-size: auto;
    block-size: auto;
    clip-path: none;
    padding: 0;
  }
  tbody td.select {
    grid-column: 1;
    grid-row: 1;
    justify-self: start;
    /* Above the heading of the card, which spans the row. */
    z-index: 1;
    inline-size: auto;
    padding: 0;
  }
  td.select:not(:empty) + th {
    padding-inline-start: calc(8 * var(--_space));
  }
  /* As many values beside one another as there is room for: two on a phone. */
  thead tr:has([aria-sort]),
  tbody tr {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(136px, 100%), 1fr));
    gap: var(--_space) calc(4 * var(--_space));
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
  }
  tbody tr:first-child {
    border-block-start: 0;
  }
  th,
  td {
    padding: 0;
  }
  tbody th {
    grid-column: 1 / -1;
    grid-row: 1;
    align-self: center;
  }
  .with-actions tbody th {
    margin-inline-end: calc(var(--_control) + var(--_space));
  }
  td[data-label]::before {
    content: attr(data-label);
    display: block;
    color: var(--_text-muted);
    font-size: 12px;
  }
  /* Of what there is nothing to say, no label either. */
  td:empty:not(.row-actions) {
    display: none;
  }
  td.row-actions {
    grid-column: -2 / -1;
    grid-row: 1;
    justify-self: end;
    inline-size: auto;
    padding: 0;
  }
`;
