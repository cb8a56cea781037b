import { css } from 'lit';

/** The form of a new key, and what the key may do. */
export const keyFieldsStyles = css`
  [part='terms'] {
    display: flex;
    flex-wrap: wrap;
    gap: calc(3 * var(--_space)) calc(8 * var(--_space));
    margin: 0;
  }
  [part='terms'] dt {
    color: var(--_text-muted);
    font-size: 12px;
  }
  [part='terms'] dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-block-size: 28px;
    font-weight: 400;
  }
  .presets {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space));
    margin-block-start: calc(2 * var(--_space));
  }
  .presets button {
    padding-inline: calc(2.5 * var(--_space));
    font-size: 13px;
    font-weight: 400;
  }
  .presets [aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_surface-sunken);
  }
  @media (forced-colors: active) {
    .presets [aria-pressed='true'] {
      border-color: Highlight;
    }
  }
  /* As wide as either label, so that the button keeps its width while busy. */
  form button.primary {
    min-inline-size: 144px;
  }
`;
