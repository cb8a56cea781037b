import { html, svg, type SVGTemplateResult } from 'lit';

/** One drawn set: 16 px, 1.5 stroke, in the text's colour, hidden from assistive technology. */
const icon = (drawing: SVGTemplateResult) => html`<svg
  aria-hidden="true"
  width="16"
  height="16"
  viewBox="0 0 16 16"
  fill="none"
  stroke="currentColor"
  stroke-width="1.5"
  stroke-linecap="round"
  stroke-linejoin="round"
>
  ${drawing}
</svg>`;

export const plusIcon = icon(svg`<path d="M8 3v10M3 8h10" />`);
export const checkIcon = icon(svg`<path d="m3 8.5 3.5 3.5L13 5" />`);
export const alertIcon = icon(svg`<circle cx="8" cy="8" r="6" /><path d="M8 5v3.5M8 11v.01" />`);
export const copyIcon = icon(
  svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5" /><path d="M10.5 3.5a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1" />`,
);
export const moreIcon = icon(svg`<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.5" />`);
export const externalIcon = icon(svg`<path d="M9.5 3H13v3.5M13 3 7.5 8.5M11.5 9v3.5h-8v-8H7" />`);
export const chevronIcon = icon(svg`<path d="m4.5 6.5 3.5 3.5 3.5-3.5" />`);
export const ascendingIcon = icon(svg`<path d="M8 12.5v-9M4.5 7 8 3.5 11.5 7" />`);
export const descendingIcon = icon(svg`<path d="M8 3.5v9M4.5 9 8 12.5 11.5 9" />`);
