import { css } from 'lit';

export const styles = css`
  /* As high as a dialog that is a sheet, with Close at its end. */
  :host,
  .container {
    display: grid;
  }
  .panel {
    display: flex;
    flex-direction: column;
    gap: calc(2 * var(--_space));
  }
  label {
    font-weight: 500;
  }
  .value,
  .curl {
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
  code {
    flex: 1 1 240px;
    min-inline-size: 0;
    font-family: var(--_mono);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  /* There before there is something to say: Copy and Close stay in their places. */
  .note.outcome {
    display: flex;
    align-items: center;
    min-block-size: calc(5 * var(--_space));
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
    /* In a dialog, they stay while the rest scrolls. */
    position: var(--_dialog-actions, static);
    inset-block-end: 0;
    align-content: flex-end;
    align-items: flex-end;
    justify-content: flex-end;
    /* Room for the question. */
    flex: 1 0 auto;
    min-block-size: calc(12 * var(--_space) + var(--_control));
    background: var(--_dialog-surface, none);
  }
  /* What is cut off by them fades out. */
  :is(.actions, .question)::before {
    content: '';
    position: absolute;
    inset-inline: 0;
    inset-block-end: 100%;
    block-size: calc(4 * var(--_space));
    background: linear-gradient(transparent, var(--_dialog-surface, transparent));
    pointer-events: none;
  }
  .question p {
    flex-basis: 100%;
  }
  /* Little height, as at 400 % zoom: the first line of the value, Copy and Close are in view together. */
  @media (max-height: 400px) {
    .value {
      flex-wrap: nowrap;
    }
    textarea {
      flex-basis: 0;
    }
    .actions,
    .question {
      min-block-size: 0;
      padding-block: var(--_space);
    }
  }
`;
