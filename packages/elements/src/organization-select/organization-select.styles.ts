import { css } from 'lit';

export const styles = css`
  /* As wide as the name in it: a container of its own size could not be. */
  :host {
    display: inline-block;
    max-inline-size: 100%;
  }
  .container {
    container-type: normal;
  }
  .box {
    position: relative;
    display: inline-flex;
    align-items: center;
    max-inline-size: 100%;
  }
  .box > svg {
    position: absolute;
    inset-inline-end: calc(2.5 * var(--_space));
    pointer-events: none;
  }
  [role='combobox'] {
    anchor-name: --organization;
    field-sizing: content;
    inline-size: auto;
    min-inline-size: 120px;
    max-inline-size: min(280px, 100%);
    padding-inline-end: calc(8 * var(--_space));
    font-weight: 500;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  [role='combobox'][aria-expanded='true'] {
    cursor: text;
  }
  .name {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--_control);
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  [popover] {
    position: absolute;
    position-anchor: --organization;
    position-area: self-block-end span-self-inline-end;
    justify-self: anchor-center;
    position-try-fallbacks: flip-inline, flip-block;
    inset: auto;
    min-inline-size: max(220px, anchor-size(inline));
    max-inline-size: calc(100vw - 16px);
    max-block-size: min(360px, 60dvh);
    margin: var(--_space) 0;
    padding: var(--_space);
    overflow-y: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-overlay);
    background: var(--_surface-raised);
    color: inherit;
    box-shadow: 0 8px 24px oklch(0 0 0 / 0.16);
  }
  [role='option'] {
    display: grid;
    grid-template-columns: 1fr 16px;
    align-items: center;
    column-gap: calc(3 * var(--_space));
    padding: calc(1.5 * var(--_space)) calc(2.5 * var(--_space));
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  [role='option'] small {
    grid-row: 2;
    color: var(--_text-muted);
    font-size: 12px;
  }
  [role='option'] svg {
    grid-area: 1 / 2 / span 2 / auto;
    color: var(--_accent);
  }
  [role='option'].active {
    background: var(--_surface-sunken);
  }
  .no-match {
    padding: calc(2 * var(--_space)) calc(2.5 * var(--_space));
  }
  .failed {
    display: inline-flex;
    align-items: center;
    gap: calc(2 * var(--_space));
  }
  .skeleton > div {
    inline-size: 100px;
  }
  @media (forced-colors: active) {
    [role='option'].active {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
