import { html, nothing } from 'lit';
import type { ListId, Localizer } from '../locales/localizer.js';

/** The state of a list with pages. */
export interface Pages {
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  previous(): void;
  next(): void;
}

/** The buttons between pages of what has this label; nothing where there is but one. */
export const pagesView = (list: string, pages: Pages, localizer: Localizer<ListId>) =>
  pages.hasPrevious || pages.hasNext
    ? html`<nav class="pages" part="pages" aria-label=${localizer.text('pages', { list })}>
        <button type="button" aria-disabled=${!pages.hasPrevious} @click=${() => pages.hasPrevious && pages.previous()}>
          ${localizer.text('previous')}
        </button>
        <button type="button" aria-disabled=${!pages.hasNext} @click=${() => pages.hasNext && pages.next()}>
          ${localizer.text('next')}
        </button>
      </nav>`
    : nothing;
