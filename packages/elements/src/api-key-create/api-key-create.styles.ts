import { css } from 'lit';

export const styles = css`
  :host {
    /* As wide as its button: it stands in toolbars. */
    display: inline-block;
  }
  .ground {
    container-type: normal;
  }
  button[part='button'] {
    inline-size: 100%;
  }
  .skeleton {
    min-inline-size: 144px;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-block-size: 28px;
    font-weight: 400;
  }
  .owner {
    overflow-wrap: anywhere;
  }
  /* As wide as either label, so that the button keeps its width while busy. */
  button[part='submit'] {
    min-inline-size: 144px;
  }
`;
