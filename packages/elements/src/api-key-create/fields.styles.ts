import { css } from 'lit';

/** The form of a new key. */
export const fieldsStyles = css`
  .choice {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-block-size: 28px;
    font-weight: 400;
  }
  /* As wide as either label, so that the button keeps its width while busy. */
  form button.primary {
    min-inline-size: 144px;
  }
`;
