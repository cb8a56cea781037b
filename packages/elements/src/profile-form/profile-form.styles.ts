import { css } from 'lit';

export const styles = css`
  /* As wide as either label, so that the button keeps its width while busy. */
  button[part='save'] {
    min-inline-size: 88px;
  }
`;
