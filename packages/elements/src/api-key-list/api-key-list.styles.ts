import { css } from 'lit';

export const styles = css`
  :host {
    max-inline-size: 960px;
  }
  .toolbar h2 {
    margin-inline-end: auto;
    overflow-wrap: anywhere;
  }
  .read-only {
    margin-block-end: calc(3 * var(--_space));
  }
  .expiry {
    display: inline-flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(2 * var(--_space));
  }
  .frame[aria-busy='true'] {
    opacity: 0.6;
  }
`;
