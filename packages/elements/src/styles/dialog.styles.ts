import { css } from 'lit';

/**
 * Native dialogs. They begin at the same height whatever they hold, so that a message in one moves nothing above it;
 * where there is little room, a sheet from the bottom, as high as the screen where it holds a form.
 */
export const dialogStyles = css`
  dialog {
    inline-size: min(520px, calc(100vw - 32px));
    max-block-size: calc(100dvh - var(--_dialog-start) - 24px);
    margin: var(--_dialog-start) auto auto;
    padding: 0;
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-overlay);
    background: var(--_surface-raised);
    color: var(--_text);
    box-shadow: 0 16px 48px oklch(0 0 0 / 0.22);
    overscroll-behavior: contain;
    /* Title and actions stay while the rest scrolls: what has the focus is not below them. */
    scroll-padding-block: calc(16 * var(--_space)) calc(20 * var(--_space));
    --_dialog-start: clamp(24px, 8dvh, 96px);
    --_dialog-actions: sticky;
    /* Room for the error of a field. */
    --_empty-note: block;
    --_dialog-surface: var(--_surface-raised);
  }
  dialog::backdrop {
    background: oklch(0.15 0.01 265 / 0.5);
  }
  dialog[open] {
    animation: rise 160ms;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  dialog h2,
  .dialog-actions {
    position: sticky;
    z-index: 1;
    background: var(--_surface-raised);
  }
  dialog h2 {
    inset-block-start: 0;
    padding: calc(5 * var(--_space)) calc(6 * var(--_space)) 0;
  }
  .dialog-actions {
    inset-block-end: 0;
  }
  /* What is cut off by them fades out. */
  dialog h2::after,
  .dialog-actions::before {
    content: '';
    position: absolute;
    inset-inline: 0;
    block-size: calc(4 * var(--_space));
    background: linear-gradient(var(--_surface-raised), transparent);
    pointer-events: none;
  }
  dialog h2::after {
    inset-block-start: 100%;
  }
  .dialog-actions::before {
    inset-block-end: calc(100% + 1px);
    rotate: 180deg;
  }
  .dialog-body {
    display: grid;
    /* No wider for one long word. */
    grid-template-columns: minmax(0, 1fr);
    gap: calc(4 * var(--_space));
    padding: calc(4 * var(--_space)) calc(6 * var(--_space));
  }
  .about {
    display: grid;
    grid-template-columns: fit-content(40%) minmax(0, 1fr);
    gap: var(--_space) calc(4 * var(--_space));
    margin: 0;
  }
  .about dt {
    color: var(--_text-muted);
  }
  .about dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .dialog-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: calc(2 * var(--_space));
    padding: calc(4 * var(--_space)) calc(6 * var(--_space));
    border-block-start: 1px solid var(--_border);
  }
  dialog form {
    max-inline-size: none;
    gap: 0;
  }
  /* Little height, as at 400 % zoom: title and actions are lower, so that there is room between them. */
  @media (max-height: 400px) {
    dialog {
      --_dialog-start: 0px;
      max-block-size: 100dvh;
      scroll-padding-block: calc(9 * var(--_space)) calc(13 * var(--_space));
    }
    dialog h2 {
      padding: calc(1.5 * var(--_space)) calc(4 * var(--_space)) 0;
      font-size: 14px;
    }
    .dialog-body {
      padding: calc(2 * var(--_space)) calc(4 * var(--_space));
    }
    .dialog-actions {
      padding: calc(1.5 * var(--_space)) calc(4 * var(--_space));
    }
  }
  /* On paper, it begins at the top, over what it stands before, and is as long as it has to be. */
  @media print {
    /* Over what is printed of the page behind. */
    dialog[part][open] {
      background: white !important;
      print-color-adjust: exact;
    }
    dialog::backdrop {
      background: none;
    }
    dialog h2,
    .dialog-actions {
      position: static;
    }
    dialog {
      position: absolute;
      inset-block: 0 auto;
      margin-block: 0;
    }
  }
  /* A modal dialog stands in the viewport, not in the element: the one place where the viewport is what to ask. */
  @media (max-width: 479px) {
    dialog {
      inline-size: 100%;
      max-inline-size: 100%;
      margin-block-end: 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
    .dialog-actions button {
      flex: 1 1 auto;
    }
    .question p {
      flex-basis: 100%;
    }
  }
  /*
   * The actions stand at the end of a sheet, where a message between them and the fields moves neither. A question has no
   * fields: its sheet is as high as its text, and a message in it moves only that.
   */
  @media screen and (max-width: 479px) {
    dialog[open]:not([role='alertdialog']) {
      --_dialog-start: clamp(0px, 100dvh - 400px, 24px);
      display: flex;
      flex-direction: column;
      block-size: 100dvh;
      max-block-size: calc(100dvh - var(--_dialog-start));
    }
    dialog[role='alertdialog'] {
      margin-block-start: auto;
    }
    dialog > :not(h2, .dialog-actions) {
      display: grid;
      flex: 1 0 auto;
    }
    dialog form {
      grid-template-rows: 1fr auto;
    }
    .dialog-body:not(:last-child) {
      align-content: start;
    }
  }
`;
