import { html, nothing } from 'lit';
import type { ListId, Localizer } from '../locales/localizer.js';

/** The rows that are shown of a list, by their numbers. */
export interface Range {
  /** The number of the first one, from 1. */
  readonly first: number;
  readonly last: number;
  /** How many there are in all; `null` for more than are counted, `undefined` where they are not counted. */
  readonly total: number | null | undefined;
}

/** The state of a list with pages. */
export interface Pages {
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly range: Range;
  /** @param table Scrolled to once the page is there. */
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

/** The same at the heading, as the buttons are below the rows; not spoken again. */
export const headRangeView = (pages: Pages, localizer: Localizer<ListId>) =>
  pages.hasPrevious || pages.hasNext
    ? html`${' '}<span class="head-range" aria-hidden="true">${rangeText(pages.range, localizer)}</span>`
    : nothing;

const tableBefore = ({ currentTarget }: Event) => (currentTarget as HTMLElement).parentElement?.previousElementSibling;

/** Which rows are shown, and the buttons between pages of what has this label; nothing where there is but one. */
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
