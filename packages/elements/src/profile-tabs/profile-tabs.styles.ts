import { css } from 'lit';

export const styles = css`
  :host {
    max-inline-size: 960px;
  }
  .bar {
    display: flex;
    align-items: stretch;
    gap: calc(5 * var(--_space));
    margin-block-end: calc(6 * var(--_space));
    border-block-end: 1px solid var(--_border);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tablist {
    display: flex;
    gap: calc(5 * var(--_space));
  }
  [role='tab'],
  .link {
    display: inline-flex;
    align-items: center;
    gap: calc(1.5 * var(--_space));
    /* Holds what is hidden in it, which else lies outside of what scrolls. */
    position: relative;
    flex: none;
    min-block-size: 44px;
    padding: 0 1px;
    border: 0;
    border-radius: 0;
    background: none;
    color: var(--_text-muted);
    font-weight: 500;
    text-decoration: none;
    white-space: nowrap;
    box-shadow: inset 0 0 0 transparent;
  }
  [role='tab']:hover,
  .link:hover {
    background: none;
    color: var(--_text);
  }
  [role='tab'][aria-selected='true'] {
    color: var(--_text);
    box-shadow: inset 0 -2px 0 var(--_accent);
  }
  /* The bar scrolls, and would cut an outline outside of it. */
  :is([role='tab'], .link):focus-visible {
    outline-offset: -3px;
    border-radius: 4px;
  }
  .link:first-of-type {
    margin-inline-start: auto;
  }
  @media (forced-colors: active) {
    [role='tab'][aria-selected='true'] {
      border-block-end: 3px solid Highlight;
    }
  }
`;
