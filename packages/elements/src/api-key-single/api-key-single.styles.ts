import { css } from 'lit';

export const styles = css`
  :host {
    max-inline-size: 640px;
  }
  .panel {
    display: grid;
    gap: calc(4 * var(--_space));
    margin-block-end: calc(5 * var(--_space));
  }
  .value {
    display: flex;
    gap: calc(2 * var(--_space));
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: calc(3 * var(--_space)) calc(8 * var(--_space));
  }
  .facts dt {
    color: var(--_text-muted);
    font-size: 12px;
  }
`;
