import { html, nothing } from 'lit';
import type { ListId, Localizer } from '../locales/localizer.js';

/** The numbers of the rows shown. */
export interface Range {
  /** The number of the first one, from 1. */
  readonly first: number;
  readonly last: number;
  /** The number of all rows; `null` for more than are counted, `undefined` where the server does not count. */
  readonly total: number | null | undefined;
}

/** The state of a list with pages. */
export interface Pages {
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly range: Range;
  /** @param table Scrolled into view once the page is shown. */
  previous(table?: Element | null): void;
  next(table?: Element | null): void;
}

/** How far lists are counted. */
export const mostCounted = 10_000;

/** "26–50 of 121". */
export const rangeText = ({ first, last, total }: Range, localizer: Localizer<ListId>): string => {
  const format = (count: number) => count.toLocaleString(localizer.locale);
  const numbers = { first: format(first), last: format(last) };
  if (total === undefined) return localizer.text('range', numbers);
  return total === null
    ? localizer.text('rangeOfMore', { ...numbers, total: format(mostCounted) })
    : localizer.text('rangeOf', { ...numbers, total: format(Math.max(total, last)) });
};

/** The range beside the heading, as the page buttons are below the rows. Screen readers have it there already. */
export const headRangeView = (pages: Pages, localizer: Localizer<ListId>) =>
  pages.hasPrevious || pages.hasNext
    ? html`${' '}<span class="head-range" aria-hidden="true">${rangeText(pages.range, localizer)}</span>`
    : nothing;

const tableBefore = ({ currentTarget }: Event) => (currentTarget as HTMLElement).parentElement?.previousElementSibling;

/** The range and the page buttons of a list; nothing where there is only one page. */
export const pagesView = (list: string, pages: Pages, localizer: Localizer<ListId>) =>
  pages.hasPrevious || pages.hasNext
    ? html`<nav class="pages" part="pages" aria-label=${localizer.text('pages', { list })}>
        <span class="muted" part="range">${rangeText(pages.range, localizer)}</span>
        <button
          type="button"
          aria-disabled=${!pages.hasPrevious}
          @click=${(event: Event) => pages.hasPrevious && pages.previous(tableBefore(event))}
        >
          ${localizer.text('previous')}
        </button>
        <button
          type="button"
          aria-disabled=${!pages.hasNext}
          @click=${(event: Event) => pages.hasNext && pages.next(tableBefore(event))}
        >
          ${localizer.text('next')}
        </button>
      </nav>`
    : nothing;
