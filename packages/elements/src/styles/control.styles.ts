import { css } from 'lit';

/** Buttons, links and the inputs of forms. */
export const controlStyles = css`
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(2 * var(--_space));
    min-block-size: var(--_control);
    padding: 0 calc(3.5 * var(--_space));
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
    transition: background-color 120ms;
  }
  button:hover {
    background: var(--_surface-sunken);
  }
  button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.primary:hover {
    background: var(--_accent-hover);
  }
  button.danger {
    border-color: transparent;
    background: var(--_danger);
    color: var(--_on-danger);
  }
  button.danger:hover {
    background: color-mix(in oklab, var(--_danger) 88%, var(--_text));
  }
  button:disabled,
  button[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }
  a {
    color: var(--_accent-text);
    text-underline-offset: 2px;
  }
  .external svg {
    margin-inline-start: var(--_space);
    vertical-align: -3px;
  }
  /* It points forward. */
  a:dir(rtl) svg {
    scale: -1 1;
  }
  .field {
    display: grid;
    gap: var(--_space);
  }
  .field > label,
  legend {
    font-weight: 500;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: var(--_space);
    padding: 0;
  }
  .requirement {
    margin-inline-start: var(--_space);
    color: var(--_text-muted);
    font-weight: 400;
    font-size: 12px;
  }
  input,
  select,
  textarea {
    inline-size: 100%;
    min-block-size: var(--_control);
    padding: calc(1.5 * var(--_space)) calc(3 * var(--_space));
    border: 1px solid var(--_border-control);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  /* iOS enlarges the page when a field with smaller text gets the focus. */
  @media (pointer: coarse) {
    :host :is(input, select, textarea) {
      font-size: max(16px, 1em);
    }
  }
  textarea {
    resize: vertical;
  }
  input[type='radio'],
  input[type='checkbox'] {
    inline-size: 16px;
    min-block-size: 16px;
    block-size: 16px;
    padding: 0;
    accent-color: var(--_accent);
  }
  ::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }
  input:read-only:not([type='radio'], [type='checkbox'], [type='search']) {
    border-color: var(--_border);
    background: var(--_surface-sunken);
  }
  [aria-invalid='true'] {
    border-color: var(--_danger);
    outline-color: var(--_danger);
  }
  .note {
    min-block-size: 0;
    color: var(--_text-muted);
    font-size: 12px;
  }
  .note:empty {
    display: var(--_empty-note, none);
    min-block-size: 1lh;
  }
  .note.error {
    color: var(--_danger);
    font-weight: 500;
  }
  /* The icon of an error, on the line of its text. */
  :is(.error, .unsaved, [role='alert']:not(.problem)) > svg {
    margin-inline-end: var(--_space);
    vertical-align: -2px;
  }
  .note.error > svg {
    inline-size: 12px;
    block-size: 12px;
  }
  form {
    display: grid;
    gap: calc(4 * var(--_space));
    max-inline-size: 640px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space));
  }
  .saved {
    display: inline-flex;
    align-items: center;
    gap: calc(1.5 * var(--_space));
    color: var(--_success);
    font-weight: 500;
  }
  /* Stands in the place of the buttons. */
  .question {
    display: flex;
    flex: 1 1 100%;
    flex-wrap: wrap;
    align-items: center;
    justify-content: inherit;
    gap: calc(2 * var(--_space));
  }
  .question p {
    flex: 1 1 auto;
    font-weight: 500;
  }
  /* An error and advice. */
  .problem {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--_space) calc(2.5 * var(--_space));
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    border: 1px solid color-mix(in oklab, var(--_danger) 40%, var(--_surface));
    border-radius: var(--_radius);
    background: var(--_danger-soft);
  }
  .problem > * {
    grid-column: 2;
  }
  .problem > svg {
    grid-area: 1 / 1;
    margin-block-start: 2px;
    color: var(--_danger);
  }
  .problem.good {
    border-color: var(--_border);
    background: var(--_surface-sunken);
  }
  .problem.good > svg {
    color: var(--_success);
  }
  .problem strong {
    font-weight: 600;
  }
  .problem :is(strong, p, li) {
    overflow-wrap: anywhere;
  }
  .problem ul {
    margin: 0;
    padding-inline-start: 1.2em;
  }
  .problem button {
    justify-self: start;
    margin-block-start: var(--_space);
  }
  /* The changes of another person, field by field. */
  .changes {
    display: grid;
    gap: calc(2 * var(--_space));
    margin-block-start: var(--_space);
  }
  .changes dt {
    font-weight: 500;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: calc(3 * var(--_space));
    padding: calc(10 * var(--_space)) calc(4 * var(--_space));
    border: 1px dashed var(--_border);
    border-radius: var(--_radius-overlay);
    color: var(--_text-muted);
    text-align: center;
  }
  @media (forced-colors: active) {
    button.primary,
    button.danger {
      border-color: ButtonText;
    }
    /* Invalid without a colour. */
    [aria-invalid='true'] {
      border: 2px dashed;
    }
    fieldset:has(> .error:not(:empty)) {
      outline: 2px dashed;
      outline-offset: var(--_space);
    }
  }
`;
