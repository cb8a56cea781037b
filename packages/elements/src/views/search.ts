import { visibleText } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { isTooLong, longestSearch } from '../controllers/list-controller.js';
import type { ListId, Localizer } from '../locales/localizer.js';
import { tooLongText } from './field.js';
import { mostCounted, type Range } from './pages.js';

/** The state of a list with a search field. */
export interface Searched {
  readonly hasRemovedKey: boolean;
  readonly isSearching: boolean;
  readonly hasNext: boolean;
  readonly range: Range;
}

export interface SearchView {
  /** The current search text. */
  readonly q: string;
  readonly search: (q: string) => void;
  /** Where. */
  readonly lists: readonly Searched[];
  readonly localizer: Localizer<ListId>;
}

/** How many rows a search has found; empty for none, `undefined` without a search. */
export const foundText = (lists: readonly Searched[], localizer: Localizer<ListId>): string | undefined => {
  const ranges = lists.filter(({ isSearching }) => isSearching).map(({ range, hasNext }) => ({ ...range, hasNext }));
  if (ranges.length === 0) return undefined;
  const count = ranges.reduce((sum, { total, last }) => sum + (total === null ? mostCounted : (total ?? last)), 0);
  if (count === 0) return '';
  return ranges.some(({ total, hasNext }) => total === null || (total === undefined && hasNext))
    ? localizer.text('foundMore', { count: count.toLocaleString(localizer.locale) })
    : localizer.counted('found', count);
};

export const searchView = (label: string, { q, search, lists, localizer }: SearchView) => {
  const hasRemovedKey = () => lists.some((list) => list.hasRemovedKey);
  const error = hasRemovedKey()
    ? localizer.text('removedKey')
    : isTooLong(q) && tooLongText(visibleText(q).length, longestSearch, localizer);
  return html`<input
  class="search"
  part="search"
  type="search"
  autocomplete="off"
  spellcheck="false"
  enterkeyhint="search"
  aria-label=${label}
  aria-invalid=${Boolean(error)}
  placeholder=${localizer.text('search')}
  .value=${q}
  @input=${({ target }: InputEvent) => {
    const field = target as HTMLInputElement;
    search(field.value);
    if (hasRemovedKey()) field.value = '';
  }}
/><span class=${error ? 'note error' : 'visually-hidden'} role="status"
    >${error || nothing}</span
  >`;
};

/** Nothing was found: says so, unless the list's live region does, and offers the whole list. */
export const noMatchView = (
  text: string,
  { search, localizer }: Pick<SearchView, 'search' | 'localizer'>,
  clear = localizer.text('clearSearch'),
) => html`<div
  class="empty"
  part="empty"
>
  ${text ? html`<p>${text}</p>` : nothing}
  <button
    type="button"
    @click=${({ currentTarget }: Event) => {
      const root = (currentTarget as HTMLElement).getRootNode() as ShadowRoot;
      search('');
      root.querySelector<HTMLElement>('[part="search"]')?.focus();
    }}
  >
    ${clear}
  </button>
</div>`;
