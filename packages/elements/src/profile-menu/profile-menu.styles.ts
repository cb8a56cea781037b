import { css } from 'lit';

export const styles = css`
  /* As wide as what is in it: it stands in the header of a page. */
  :host {
    --_avatar: calc(var(--_control) - 4px);
    display: inline-block;
    max-inline-size: 100%;
    vertical-align: middle;
  }
  .container {
    container-type: normal;
  }
  [part='button'] {
    max-inline-size: 100%;
    min-inline-size: var(--_control);
    padding: 1px;
    border-color: transparent;
    border-radius: calc(var(--_control) / 2);
    background: none;
  }
  [part='button']:hover {
    background: var(--_surface-sunken);
  }
  [part='button']:has(bdi) {
    padding-inline-end: calc(3 * var(--_space));
  }
  [part='button'] bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  /* In the place of the button, and as large. */
  .skeleton {
    inline-size: var(--_control);
    padding: 2px;
  }
  .skeleton > div {
    block-size: var(--_avatar);
    border-radius: 50%;
  }
  .menu {
    inline-size: max-content;
    min-inline-size: 200px;
    max-inline-size: min(320px, calc(100vw - 16px));
  }
  .person {
    display: grid;
    justify-items: start;
    padding: calc(2 * var(--_space)) calc(2.5 * var(--_space));
    overflow-wrap: anywhere;
  }
  .person strong {
    font-weight: 600;
  }
  .person .badge {
    margin-block-start: var(--_space);
  }
  .person small {
    color: var(--_text-muted);
    font-size: 12px;
  }
  .entries:has(> *:not(slot)),
  .entries[role] {
    padding-block-start: var(--_space);
    border-block-start: 1px solid var(--_border);
  }
  .menu a,
  ::slotted(:not([hidden])) {
    display: flex;
    align-items: center;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: var(--_control);
    padding: var(--_space) calc(2.5 * var(--_space));
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .menu :is(a:hover, a:focus-visible),
  ::slotted(:is(:hover, :focus-visible)) {
    background: var(--_surface-sunken);
  }
  .menu a:focus-visible,
  ::slotted(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
`;
