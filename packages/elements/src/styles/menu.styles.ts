import { css } from 'lit';

/** Menus, which open below a button. */
export const menuStyles = css`
  .menu {
    position: absolute;
    position-area: self-block-end span-self-inline-start;
    /* Firefox leaves the area when it aligns the other way round what runs from right to left. */
    justify-self: anchor-center;
    position-try-fallbacks: flip-block;
    inset: auto;
    min-inline-size: 160px;
    margin: var(--_space) 0;
    padding: var(--_space);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-overlay);
    background: var(--_surface-raised);
    color: inherit;
    box-shadow: 0 8px 24px oklch(0 0 0 / 0.16);
  }
  .menu button {
    inline-size: 100%;
    justify-content: flex-start;
    border: 0;
    background: none;
    font-weight: 400;
  }
  .menu button:hover,
  .menu button:focus-visible {
    background: var(--_surface-sunken);
    outline-offset: -2px;
  }
  .menu button.destructive {
    color: var(--_danger);
  }
`;
