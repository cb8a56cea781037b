import { html, nothing } from 'lit';
import type { Localizer } from '../locales/localizer.js';
import { problemView } from './problem.js';

/** Something that is read, as far as its views ask. */
interface Reading {
  readonly error: unknown;
  readonly slow: boolean;
  readonly refresh: () => unknown;
}

/** Says that something under way takes long, once it does. */
export const slowView = (slow: boolean, localizer: Localizer) =>
  html`<p class="note" role="status">${slow ? localizer.text('slow') : nothing}</p>`;

/** The outline of a form of so many fields or a table of so many rows, while it is read. */
export const skeletonView = (
  of: 'form' | 'table',
  count: number,
  localizer: Localizer,
  { slow }: Pick<Reading, 'slow'>,
) => html`
  <div class="skeleton ${of}" aria-busy="true">
    <span class="visually-hidden">${localizer.text('loading')}</span>
    ${slowView(slow, localizer)}
    ${Array.from({ length: count }, () => html`<div></div>`)}
  </div>
`;

/** The placeholder of content that is not yet read: a skeleton, or the error. */
export const unreadView = (of: 'form' | 'table', count: number, reading: Reading, localizer: Localizer) =>
  reading.error ? rereadView(reading, localizer) : skeletonView(of, count, localizer, reading);

/** The status of a refresh, above the last content: that it takes long, or its error. */
export const rereadView = ({ error, slow, refresh }: Reading, localizer: Localizer) =>
  error ? problemView({ error, localizer, retry: refresh }) : slowView(slow, localizer);
