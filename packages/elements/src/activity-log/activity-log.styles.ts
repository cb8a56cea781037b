import { css } from 'lit';
import { cardStyles } from '../styles/table.styles.js';

export const styles = css`
  :host {
    max-inline-size: 960px;
  }
  .toolbar h2 {
    margin-inline-end: auto;
  }
  .frame[aria-busy='true'] tbody {
    opacity: 0.6;
    transition: opacity 160ms 300ms;
  }
  tbody th {
    font-weight: 500;
  }
  .more {
    display: block;
    font-size: 12px;
    font-weight: 400;
  }
  @container (width >= 720px) {
    tbody th {
      inline-size: 46%;
    }
  }
  @container (width < 720px) {
    ${cardStyles}
    .toolbar h2 {
      flex: 1 1 100%;
    }
  }
`;
