import { css } from 'lit';

/** A status, or a warning; a role, which is no state of anything. */
export const badgeStyles = css`
  .badge {
    display: inline-block;
    padding: 1px calc(2 * var(--_space));
    border: 1px solid var(--_border);
    border-radius: 999px;
    background: var(--_surface-sunken);
    color: var(--_text);
    font-size: 12px;
    font-weight: 500;
    white-space: nowrap;
  }
  /* Of a warning, some languages need more words than there is room for on a line. */
  .badge.warning {
    white-space: normal;
  }
  .badge:not(.role)::before {
    content: '';
    display: inline-block;
    inline-size: 6px;
    block-size: 6px;
    margin-inline-end: calc(1.5 * var(--_space));
    border-radius: 50%;
    vertical-align: 0.1em;
    background: currentcolor;
  }
  .badge.success::before {
    background: var(--_success);
  }
  .badge.warning::before {
    background: var(--_warning);
  }
  .badge.danger::before {
    background: var(--_danger);
  }
`;
