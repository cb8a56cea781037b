import { css } from 'lit';

export const styles = css`
  /* As high as a dialog that is a sheet, with the actions at its end. */
  .container {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  form {
    grid-template-rows: 1fr auto;
  }
  .body {
    display: grid;
    align-content: start;
    gap: calc(4 * var(--_space));
  }
  .fields {
    display: contents;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(6 * var(--_space));
  }
  .facts > div {
    display: flex;
    gap: calc(2 * var(--_space));
  }
  .facts dt {
    color: var(--_text-muted);
  }
  .facts dd {
    font-weight: 500;
  }
  .guide {
    display: grid;
    gap: var(--_space);
    justify-items: start;
    padding: calc(3 * var(--_space));
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
    font-size: 13px;
  }
  fieldset {
    display: grid;
    gap: calc(2 * var(--_space));
  }
  .option {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: start;
    gap: 0 calc(2 * var(--_space));
    min-block-size: 24px;
  }
  .option input {
    margin-block-start: 2px;
  }
  .option label {
    min-block-size: 24px;
  }
  .option .note {
    grid-column: 2;
  }
  @media (pointer: coarse) {
    .option {
      align-items: center;
    }
    .option label {
      align-content: center;
      min-block-size: var(--_control);
    }
  }
  .warn {
    display: flex;
    gap: calc(1.5 * var(--_space));
    color: var(--_warning);
    font-weight: 500;
  }
  .secret {
    display: flex;
    gap: calc(2 * var(--_space));
  }
  /* As wide as either label, so that nothing moves. */
  .secret button {
    flex: none;
    min-inline-size: 72px;
  }
  /* A printer keeps what it prints. */
  @media print {
    [data-secret][type='text'] {
      visibility: hidden;
    }
  }
  [name='code'] {
    font-family: var(--_mono);
    font-size: 13px;
  }
  .note {
    overflow-wrap: anywhere;
  }
  .note button {
    min-block-size: 24px;
    padding-block: 0;
    font-size: inherit;
  }
  .actions {
    justify-content: flex-end;
  }
  .actions .saved {
    margin-inline-end: auto;
  }
  @container (width < 440px) {
    .actions button {
      flex: 1 1 auto;
    }
    .question p {
      flex-basis: 100%;
    }
  }
  /* As wide as either label, so that the button keeps its width while busy. */
  [part='save'] {
    min-inline-size: 104px;
  }
`;
