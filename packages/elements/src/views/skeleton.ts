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

/** The shape of what is being read: fields, facts, rows of a table, the same below a toolbar, or one block. */
export type Shape = 'form' | 'facts' | 'table' | 'table list' | 'block';

/** So many of its parts, for the eye only. */
export const shapesView = (count: number) => Array.from({ length: count }, () => html`<div aria-hidden="true"></div>`);

/** The outline of what is being read. */
export const skeletonView = (
  shape: Shape,
  count: number,
  localizer: Localizer,
  { slow }: Pick<Reading, 'slow'>,
) => html`
  <div class="skeleton ${shape}" aria-busy="true">
    <span class="visually-hidden">${localizer.text('loading')}</span>
    ${slowView(slow, localizer)} ${shapesView(count)}
  </div>
`;

/** The placeholder of content that is not yet read: a skeleton, or the error. */
export const loadingOrErrorView = (shape: Shape, count: number, reading: Reading, localizer: Localizer) =>
  reading.error ? refreshStatusView(reading, localizer) : skeletonView(shape, count, localizer, reading);

/** The status of a refresh, above the last content: that it takes long, or its error. */
export const refreshStatusView = ({ error, slow, refresh }: Reading, localizer: Localizer) =>
  error ? problemView({ error, localizer, retry: refresh }) : slowView(slow, localizer);
