import { css } from 'lit';
import { tokenStyles } from './tokens.styles.js';

/** The ground of every element: tokens, type, focus, and what hides and waits. */
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
    .ground {
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
    .ground.veiled,
    /* Browsers show modal dialogs whatever is around them. */
    .ground.veiled dialog {
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
      gap: calc(5 * var(--_space));
      max-inline-size: 640px;
    }
    .skeleton.table {
      max-inline-size: none;
      gap: calc(2 * var(--_space));
    }
    .skeleton > div {
      block-size: var(--_control);
      border-radius: var(--_radius);
      background: var(--_surface-sunken);
    }
    @keyframes appear {
      to {
        opacity: 1;
      }
    }
    /* On paper, everything is dark on white, nothing is cut, and what can only be pressed is left out. */
    @media print {
      .ground {
        color-scheme: light;
        background: white;
        color: black;
      }
      .ground :not([type='checkbox'], [type='radio']) {
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
