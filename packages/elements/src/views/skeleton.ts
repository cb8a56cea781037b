import { html } from 'lit';
import type { Localizer } from '../locales/localizer.js';
import { problemView } from './problem.js';

/** The outline of a form of so many fields or a table of so many rows, while it is read. */
export const skeletonView = (of: 'form' | 'table', count: number, localizer: Localizer) => html`
  <div class="skeleton ${of}" aria-busy="true">
    <span class="visually-hidden">${localizer.text('loading')}</span>
    ${Array.from({ length: count }, () => html`<div></div>`)}
  </div>
`;

/** What stands in the place of something until it is there: its outline, or why it could not be read. */
export const unreadView = (
  of: 'form' | 'table',
  count: number,
  { error, refresh }: { readonly error: unknown; readonly refresh: () => unknown },
  localizer: Localizer,
) => (error ? problemView({ error, localizer, retry: refresh }) : skeletonView(of, count, localizer));
