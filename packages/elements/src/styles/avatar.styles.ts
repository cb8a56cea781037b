import { css } from 'lit';

/** A person's picture, as large as `--_avatar` says. */
export const avatarStyles = css`
  .avatar {
    display: inline-grid;
    flex: none;
    place-items: center;
    inline-size: var(--_avatar);
    block-size: var(--_avatar);
    overflow: hidden;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent-text);
    font-size: calc(0.4 * var(--_avatar));
    font-weight: 600;
    line-height: 1;
    -webkit-user-select: none;
    user-select: none;
  }
  .avatar img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .avatar svg {
    inline-size: 55%;
    block-size: 55%;
  }
  @media (forced-colors: active) {
    .avatar {
      border: 1px solid;
    }
  }
`;
