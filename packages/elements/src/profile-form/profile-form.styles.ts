import { css } from 'lit';

export const styles = css`
  :host {
    --_avatar: 64px;
  }
  [part='heading'] {
    margin-block: calc(2 * var(--_space)) calc(4 * var(--_space));
  }
  /* As wide as either label, so that the button keeps its width while busy. */
  [part='save'] {
    min-inline-size: 88px;
  }
  .facts {
    display: grid;
    gap: calc(4 * var(--_space));
  }
  .facts > div {
    display: grid;
    grid-template-columns: 144px 1fr;
    align-items: baseline;
    gap: 0 calc(4 * var(--_space));
  }
  .facts dt {
    color: var(--_text-muted);
  }
  .facts dd {
    grid-column: 2;
  }
  [part='value'] {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: calc(2 * var(--_space)) calc(4 * var(--_space));
    font-weight: 500;
  }
  .skeleton.heading {
    gap: calc(2 * var(--_space));
    margin-block-end: calc(4 * var(--_space));
  }
  .skeleton.heading > div {
    inline-size: 30%;
    block-size: 23px;
  }
  .skeleton.facts > div {
    block-size: 38px;
    background: none;
  }
  .skeleton.facts > ::before,
  .skeleton.facts > ::after {
    content: '';
    inline-size: 60%;
  }
  @container (inline-size < 400px) {
    .facts > div {
      display: block;
    }
    .skeleton.facts > div {
      block-size: 60px;
    }
    .skeleton.facts > ::before,
    .skeleton.facts > ::after {
      display: block;
      margin-block-end: calc(2 * var(--_space));
    }
  }
`;
