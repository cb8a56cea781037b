import { css } from 'lit';

/** A provider's mark: its letters or icon on its colour. */
export const providerMarkStyles = css`
  .mark {
    display: inline-grid;
    flex: none;
    place-items: center;
    vertical-align: middle;
    color: var(--_text-muted);
    font-size: 10px;
    font-weight: 600;
    line-height: 1;
  }
  /* Generated: the letters are no text to find or to copy. */
  .mark::after {
    content: attr(data-letters);
  }
  .mark > svg,
  .mark::after {
    grid-area: 1 / 1;
  }
  /* In the chooser, before the name of the chosen provider. */
  .marked {
    display: grid;
    align-items: center;
  }
  .marked > * {
    grid-area: 1 / 1;
  }
  .marked > .mark {
    z-index: 1;
    justify-self: start;
    margin-inline-start: calc(2 * var(--_space));
    pointer-events: none;
  }
  .marked > .mark + select {
    padding-inline-start: calc(9 * var(--_space));
  }
  /* Where options can hold drawings. */
  @supports (appearance: base-select) {
    select:has(.mark),
    ::picker(select) {
      appearance: base-select;
    }
    ::picker(select) {
      padding: var(--_space);
      border: 1px solid var(--_border);
      border-radius: var(--_radius);
      background: var(--_surface-raised);
      color: inherit;
    }
    select:has(.mark) option {
      padding: var(--_space) calc(2 * var(--_space));
      border-radius: var(--_radius);
    }
    select:has(.mark) option:focus-visible {
      outline-offset: -2px;
    }
  }
  /* Dark on dark, its edge is still seen. */
  .mark rect {
    stroke: var(--_border);
  }
  .mark rect:not([fill]) {
    fill: var(--_surface-sunken);
  }
  .mark path {
    fill: currentColor;
  }
  .mark.light {
    color: white;
  }
  .mark.dark {
    color: black;
  }
  .mark svg {
    forced-color-adjust: none;
  }
  @media (forced-colors: active) {
    .mark {
      forced-color-adjust: none;
    }
  }
`;
