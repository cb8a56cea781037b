import { css } from 'lit';
import { cardStyles } from '../styles/table.styles.js';

export const styles = css`
    :host {
      max-inline-size: 960px;
    }
    .toolbar h2 {
      margin-inline-end: auto;
      overflow-wrap: anywhere;
    }
    .bulk {
      display: grid;
      gap: calc(2 * var(--_space));
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .bulk li {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: var(--_space) calc(4 * var(--_space));
      overflow-wrap: anywhere;
    }
    .bulk .age {
      display: block;
    }
    .bulk .result {
      margin-inline-start: auto;
      font-weight: 500;
    }
    .bulk .error {
      color: var(--_danger);
    }
    .toolbar .filter {
      inline-size: auto;
    }
    .frame[aria-busy='true'] tbody {
      opacity: 0.6;
      transition: opacity 160ms 300ms;
    }
    @container (width >= 880px) {
      th,
      td {
        padding-inline: calc(2.5 * var(--_space));
        overflow-wrap: break-word;
      }
      tbody th {
        min-inline-size: 140px;
        overflow-wrap: anywhere;
      }
      .mono {
        white-space: nowrap;
      }
      /* Breaks between names, and only a word that is too long for a line within. */
      .person {
        display: block;
        min-inline-size: 72px;
        overflow-wrap: anywhere;
      }
    }
    @container (width < 880px) {
      ${cardStyles}
    }
    @container (width < 560px) {
      .toolbar h2,
      .toolbar .filter,
      .toolbar api-key-create {
        flex: 1 1 100%;
      }
    }
`;
