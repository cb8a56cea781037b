import { css } from 'lit';

export const styles = css`
  .panel {
    display: grid;
    gap: calc(2 * var(--_space));
  }
  label {
    font-weight: 500;
  }
  .value {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: calc(2 * var(--_space));
  }
  textarea {
    flex: 1 1 240px;
    inline-size: auto;
    min-inline-size: 0;
    field-sizing: content;
    resize: none;
    background: var(--_surface-sunken);
    font-family: var(--_mono);
    font-size: 13px;
    line-height: 1.5;
    word-break: break-all;
  }
  .note.outcome {
    display: flex;
    gap: calc(1.5 * var(--_space));
  }
  .note.copied {
    color: var(--_success);
    font-weight: 500;
  }
  /* A printer keeps what it prints, as do PDFs, and others fetch it: a value goes there only by being copied. */
  @media print {
    textarea {
      display: none;
    }
    .value::before {
      content: '••••••••••••';
    }
  }
  .actions,
  .question {
    justify-content: flex-end;
    margin-block-start: calc(3 * var(--_space));
  }
`;
