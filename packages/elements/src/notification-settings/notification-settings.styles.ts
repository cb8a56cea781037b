import { css } from 'lit';

export const styles = css`
  .notice {
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
  }
  .choice {
    display: flex;
    align-items: center;
    gap: calc(2.5 * var(--_space));
    min-block-size: 28px;
    overflow-wrap: anywhere;
  }
  .choice input {
    flex: none;
  }
  input[role='switch'] {
    appearance: none;
    position: relative;
    inline-size: 36px;
    min-block-size: 20px;
    block-size: 20px;
    border-radius: 10px;
    background: var(--_surface-sunken);
    cursor: pointer;
    transition: background-color 120ms;
  }
  input[role='switch']::before {
    content: '';
    position: absolute;
    inset-block-start: 3px;
    inset-inline-start: 3px;
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    background: var(--_text-muted);
    transition: inset-inline-start 120ms;
  }
  input[role='switch']:checked {
    border-color: transparent;
    background: var(--_accent);
  }
  input[role='switch']:checked::before {
    inset-inline-start: 19px;
    background: var(--_on-accent);
  }
  fieldset:disabled {
    color: var(--_text-muted);
  }
  /* As wide as either label, so that the button keeps its width while busy. */
  button[part='save'] {
    min-inline-size: 88px;
  }
  @media (forced-colors: active) {
    input[role='switch']::before {
      background: ButtonText;
    }
    input[role='switch']:checked {
      forced-color-adjust: none;
      background: Highlight;
    }
    input[role='switch']:checked::before {
      background: HighlightText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    input[role='switch'],
    input[role='switch']::before {
      transition: none;
    }
  }
`;
