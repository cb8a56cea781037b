import { css } from 'lit';
import { cardStyles } from '../styles/table.styles.js';

export const styles = css`
  :host {
    max-inline-size: 960px;
  }
  section + section,
  .toolbar + [part='status-message'] + section {
    margin-block-start: calc(6 * var(--_space));
  }
  section > h2 {
    margin-block-end: calc(2 * var(--_space));
    font-size: 14px;
  }
  section > h2 + .note {
    margin-block: calc(-1 * var(--_space)) calc(2 * var(--_space));
  }
  .none {
    padding: calc(4 * var(--_space));
    border: 1px dashed var(--_border);
    border-radius: var(--_radius-overlay);
    color: var(--_text-muted);
  }
  .title {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px calc(2 * var(--_space));
    justify-items: start;
  }
  /* All but the mark stand below one another. */
  .title > * {
    grid-column: 2;
  }
  .title > .mark {
    grid-area: 1 / 1;
  }
  .title > .mark + bdi {
    align-self: center;
  }
  .title .description {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow-wrap: anywhere;
  }
  .title .provider,
  .title .description,
  .title .external,
  .broken {
    font-size: 12px;
    font-weight: 400;
  }
  /* The icon is not left alone on a line. */
  .title .external {
    text-wrap: balance;
  }
  .broken {
    display: flex;
    gap: calc(1.5 * var(--_space));
    color: var(--_danger);
  }
  td.row-actions {
    text-align: end;
  }
  /* The form's own parts take the place of a dialog's body and actions. */
  provider-token-form {
    margin-block-start: calc(4 * var(--_space));
  }
  provider-token-form::part(form) {
    max-inline-size: none;
    gap: 0;
  }
  provider-token-form::part(body) {
    padding: 0 calc(6 * var(--_space)) calc(5 * var(--_space));
  }
  provider-token-form::part(actions) {
    padding: calc(4 * var(--_space)) calc(6 * var(--_space));
    border-block-start: 1px solid var(--_border);
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    background: var(--_surface-raised);
  }
  provider-token-form::part(actions)::before {
    content: '';
    position: absolute;
    inset-inline: 0;
    inset-block-end: calc(100% + 1px);
    block-size: calc(4 * var(--_space));
    background: linear-gradient(transparent, var(--_surface-raised));
    pointer-events: none;
  }
  @media (max-height: 400px) {
    provider-token-form {
      margin-block-start: calc(2 * var(--_space));
    }
    provider-token-form::part(body) {
      padding: 0 calc(4 * var(--_space)) calc(2 * var(--_space));
    }
    provider-token-form::part(actions) {
      padding: calc(1.5 * var(--_space)) calc(4 * var(--_space));
    }
  }
  @container (width >= 640px) {
    /* The columns of both owners stand below one another. */
    table {
      table-layout: fixed;
    }
    thead th {
      inline-size: 15%;
    }
    thead th:first-child {
      inline-size: auto;
    }
    thead td {
      inline-size: 60px;
    }
    table:has([part='add']) thead td {
      inline-size: 140px;
    }
  }
  @container (width < 640px) {
    ${cardStyles}
    td.row-actions {
      align-self: start;
    }
    /* This button is wider than a row's menu. */
    tr:has([part='add']) {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    tr:has([part='add']) th {
      grid-column: 1;
      margin-inline-end: 0;
    }
  }
  @container (width < 560px) {
    .toolbar [part='add'] {
      flex: 1 1 100%;
    }
  }
`;
