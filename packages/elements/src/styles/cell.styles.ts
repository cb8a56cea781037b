import { css } from 'lit';

/** Badges and notes beside the value of a key's cell. */
export const cellStyles = css`
  .expiry {
    display: inline-flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(2 * var(--_space));
  }
  .used-from {
    display: block;
    color: var(--_text-muted);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
`;
