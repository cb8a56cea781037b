import { html } from 'lit';
import type { Localizer } from '../locales/localizer.js';

const skeleton = (className: string, count: number, localizer: Localizer) => html`
  <div class="skeleton ${className}" aria-busy="true">
    <span class="visually-hidden">${localizer.text('loading')}</span>
    ${Array.from({ length: count }, () => html`<div></div>`)}
  </div>
`;

/** The outline of a form of so many fields, while it is read. */
export const formSkeletonView = (fields: number, localizer: Localizer) => skeleton('form', fields, localizer);

/** The outline of a table of so many rows, while it is read. */
export const tableSkeletonView = (rows: number, localizer: Localizer) => skeleton('table', rows, localizer);
