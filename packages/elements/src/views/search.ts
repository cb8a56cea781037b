import { visibleText } from '@ai-cockpit/sdk';
import { html } from 'lit';
import { isTooLong, longestSearch } from '../controllers/list-controller.js';
import type { ListId, Localizer } from '../locales/localizer.js';
import { tooLongText } from './field.js';

/** The state of a list with a search field. */
interface Searched {
  readonly hasRemovedKey: boolean;
  readonly isSearching: boolean;
  readonly rows: readonly unknown[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

export interface SearchView {
  /** The current search text. */
  readonly q: string;
  readonly search: (q: string) => void;
  /** Where. */
  readonly lists: readonly Searched[];
  readonly localizer: Localizer<ListId>;
}

/** Announces the number of results; no results are also shown. */
const foundText = ({ lists, localizer }: SearchView): string => {
  const count = lists.reduce((sum, { isSearching, rows }) => sum + (isSearching ? rows.length : 0), 0);
  // On a later page it is old news.
  if (count === 0 || lists.some(({ hasPrevious }) => hasPrevious)) return '';
  return lists.some(({ hasNext }) => hasNext)
    ? localizer.text('foundMore', { count })
    : localizer.counted('found', count);
};

export const searchView = (label: string, view: SearchView) => {
  const { q, search, lists, localizer } = view;
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
    >${error || foundText(view)}</span
  >`;
};

/** Nothing was found: says so, and offers the whole list. */
export const noMatchView = (
  text: string,
  { search, localizer }: Pick<SearchView, 'search' | 'localizer'>,
  clear = localizer.text('clearSearch'),
) => html`<div
  class="empty"
  part="empty"
  role="status"
>
  <p>${text}</p>
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
