import { visibleText } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { isTooLong, longestSearch } from '../controllers/list-query.js';
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

/** One list, or several that are searched as one. */
export interface Searchable {
  readonly searchText: string;
  search(q: string): void;
  /** Ends the search, and shows all rows. */
  clear(): void;
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

export const searchView = (
  label: string,
  searchable: Searchable,
  lists: readonly Searched[],
  localizer: Localizer<ListId>,
) => {
  const { searchText } = searchable;
  const hasRemovedKey = () => lists.some((list) => list.hasRemovedKey);
  const error = hasRemovedKey()
    ? localizer.text('removedKey')
    : isTooLong(searchText) && tooLongText(visibleText(searchText).length, longestSearch, localizer);
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
  .value=${searchText}
  @input=${({ target }: InputEvent) => {
    const field = target as HTMLInputElement;
    searchable.search(field.value);
    if (hasRemovedKey()) field.value = '';
  }}
/><span class=${error ? 'note error' : 'visually-hidden'} role="status"
    >${error || nothing}</span
  >`;
};

/** Says that nothing matches, unless the live region of the list does, and offers the whole list. */
export const noMatchView = (text: string, clearLabel: string, { clear }: Pick<Searchable, 'clear'>) => html`<div
  class="empty"
  part="empty"
>
  ${text ? html`<p>${text}</p>` : nothing}
  <button
    type="button"
    @click=${({ currentTarget }: Event) => {
      const root = (currentTarget as HTMLElement).getRootNode() as ShadowRoot;
      clear();
      root.querySelector<HTMLElement>('.search')?.focus();
    }}
  >
    ${clearLabel}
  </button>
</div>`;
