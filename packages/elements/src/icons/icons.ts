import { html } from 'lit';

/** One drawn set: 16 px, 1.5 stroke, in the text's colour, hidden from assistive technology; no white space in it. */
const icon = (path: string) => html`<svg
  aria-hidden="true"
  width="16"
  height="16"
  viewBox="0 0 16 16"
  fill="none"
  stroke="currentColor"
  stroke-width="1.5"
  stroke-linecap="round"
  stroke-linejoin="round"
  ><path d=${path}
/></svg>`;

// Pure, so that an element carries only those that it shows.
export const plusIcon = /* @__PURE__ */ icon('M8 3v10M3 8h10');
export const checkIcon = /* @__PURE__ */ icon('m3 8.5 3.5 3.5L13 5');
export const alertIcon = /* @__PURE__ */ icon('M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8M8 5v3.5M8 11v.01');
export const copyIcon = /* @__PURE__ */ icon(
  'M7 5.5h5A1.5 1.5 0 0 1 13.5 7v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12V7A1.5 1.5 0 0 1 7 5.5M10.5 3.5a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1',
);
export const moreIcon = /* @__PURE__ */ icon(
  'M3 8a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M7.5 8a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M12 8a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0',
);
export const trashIcon = /* @__PURE__ */ icon('M2.5 4.5h11M6 4.5V3h4v1.5M4 4.5l.5 8.5h7l.5-8.5M6.75 7v3.5M9.25 7v3.5');
export const externalIcon = /* @__PURE__ */ icon('M9.5 3H13v3.5M13 3 7.5 8.5M11.5 9v3.5h-8v-8H7');
export const chevronIcon = /* @__PURE__ */ icon('m4.5 6.5 3.5 3.5 3.5-3.5');
export const ascendingIcon = /* @__PURE__ */ icon('M8 12.5v-9M4.5 7 8 3.5 11.5 7');
export const descendingIcon = /* @__PURE__ */ icon('M8 3.5v9M4.5 9 8 12.5 11.5 9');
export const personIcon = /* @__PURE__ */ icon(
  'M5.5 5.5a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M3 13.5c.5-2.5 2.5-4 5-4s4.5 1.5 5 4',
);
