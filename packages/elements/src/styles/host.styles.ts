import { css } from 'lit';
import { tokenStyles } from './tokens.styles.js';

/** Shared by every element: tokens, type, focus, and what hides and waits. */
export const hostStyles = [
  tokenStyles,
  css`
    :host {
      display: block;
    }
    :host([hidden]) {
      display: none !important;
    }
    /* Of what a page hands down: its font, its light or dark, and what it hides or switches off. */
    .container {
      all: initial;
      display: block;
      container-type: inline-size;
      color: var(--_text);
      color-scheme: inherit;
      font-family: var(--_font);
      font-size: var(--_size);
      line-height: 1.45;
      pointer-events: inherit;
      visibility: inherit;
      -webkit-font-smoothing: inherit;
      -webkit-text-size-adjust: inherit;
    }
    /* Until it is known whether it is still for whoever looks at it. */
    .container.veiled,
    /* Browsers show modal dialogs whatever is around them. */
    .container.veiled dialog {
      visibility: hidden;
    }
    *,
    ::before,
    ::after {
      box-sizing: border-box;
    }
    h2,
    h3,
    p,
    dl,
    dd,
    ul {
      margin: 0;
      padding: 0;
      /* A name may be one long word. */
      overflow-wrap: anywhere;
    }
    h2 {
      font-size: 16px;
      font-weight: 600;
    }
    /* In WebKit, the focus is visible in a part of a date, and not on the field. */
    :is(:focus-visible, [type='date']:focus) {
      outline: 2px solid var(--_accent);
      outline-offset: 2px;
    }
    .visually-hidden {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .muted {
      color: var(--_text-muted);
    }
    .mono {
      font-family: var(--_mono);
      font-size: 13px;
      overflow-wrap: anywhere;
    }
    /* A key reads from left to right in every language. */
    :is(span, code).mono {
      direction: ltr;
      unicode-bidi: isolate;
    }
    svg {
      flex: none;
    }
    /* Nothing for 300 ms, then the outline of what is coming. */
    .skeleton {
      opacity: 0;
      animation: appear 160ms 300ms forwards;
      display: grid;
      gap: calc(4 * var(--_space));
      max-inline-size: 640px;
    }
    /* A part of the text's colour, which is seen on every background; forced colors draw the borders instead. */
    .skeleton > div,
    .skeleton > ::before,
    .skeleton > ::after {
      block-size: var(--_control);
      border: 1px solid transparent;
      border-radius: var(--_radius);
      background: color-mix(in srgb, currentcolor 15%, transparent);
    }
    .skeleton > ::before,
    .skeleton > ::after {
      inline-size: 30%;
      block-size: 12px;
    }
    /* A label above its control. */
    .form > div {
      margin-block-start: calc(6 * var(--_space));
    }
    .form > ::before {
      content: '';
      display: block;
      margin-block-start: calc(-5.5 * var(--_space));
    }
    /* A row, or a card where rows are cards. */
    .skeleton.table {
      max-inline-size: none;
      gap: 0;
    }
    .table > div {
      display: flex;
      align-items: center;
      justify-content: space-between;
      block-size: 57px;
      margin-block-end: -1px;
      padding-inline: calc(3 * var(--_space));
      border-color: var(--_border);
      border-radius: 0;
      background: none;
    }
    .table > ::before,
    .table > ::after {
      content: '';
    }
    @container (width < 640px) {
      .table > div {
        flex-direction: column;
        justify-content: space-evenly;
        align-items: start;
        block-size: 144px;
      }
    }
    /* A title, and buttons. */
    .list > div:first-of-type {
      flex-direction: row;
      align-items: center;
      justify-content: space-between;
      block-size: var(--_control);
      margin-block-end: calc(3 * var(--_space));
      padding: 0;
      border-color: transparent;
    }
    @keyframes appear {
      to {
        opacity: 1;
      }
    }
    /* On paper, everything is dark on white, nothing is cut, and what can only be pressed is left out. */
    @media print {
      .container {
        color-scheme: light;
        background: white;
        color: black;
      }
      .container :not([type='checkbox'], [type='radio']) {
        max-block-size: none !important;
        overflow: visible !important;
        background-color: transparent !important;
        color: black !important;
        mask: none !important;
        box-shadow: none !important;
      }
      [type='checkbox'],
      [type='radio'] {
        print-color-adjust: exact;
      }
      button:not([part='toggle'], [aria-selected='true'], th *),
      [popover],
      [type='search'],
      .bar .external,
      .skeleton {
        display: none !important;
      }
      tr,
      .field {
        break-inside: avoid;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      *,
      ::before,
      ::after {
        animation-duration: 0s !important;
        transition-duration: 0s !important;
      }
    }
  `,
];
