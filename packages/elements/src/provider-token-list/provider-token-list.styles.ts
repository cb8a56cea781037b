import { css } from 'lit';
import { cardStyles } from '../styles/table.styles.js';

export const styles = css`
  :host {
    max-inline-size: 960px;
  }
  section + section,
  .toolbar + section {
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
    gap: 2px;
    justify-items: start;
  }
  .title .provider,
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
  /* A focused control is not covered by the form's actions. */
  dialog {
    scroll-padding-block-end: calc(20 * var(--_space));
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
    background: var(--_surface-raised);
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
  }
  @container (width < 560px) {
    .toolbar [part='add'] {
      flex: 1 1 100%;
    }
  }
`;
