import { css } from 'lit';

export const styles = css`
  :host {
    /* As wide as its button: it stands in toolbars. */
    display: inline-block;
  }
  .container {
    container-type: normal;
  }
  button[part='button'] {
    inline-size: 100%;
  }
  .skeleton {
    min-inline-size: 144px;
  }
  .owner {
    overflow-wrap: anywhere;
  }
`;
