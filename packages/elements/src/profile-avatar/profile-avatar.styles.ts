import { css } from 'lit';

export const styles = css`
  :host {
    --_avatar: 80px;
  }
  [part='form'] {
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: calc(3 * var(--_space)) calc(5 * var(--_space));
  }
  .control {
    display: grid;
    gap: calc(2 * var(--_space));
  }
  .problem {
    grid-column: 1 / -1;
  }
  .preview > .avatar {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .skeleton {
    --_control: var(--_avatar);
    inline-size: var(--_avatar);
  }
  .skeleton > div {
    border-radius: 50%;
  }
  button[part='save'] {
    min-inline-size: 88px;
  }
  /* The one that is there now, beside the one that would take its place. */
  .theirs {
    --_avatar: 48px;
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    margin-block-start: var(--_space);
  }
`;
