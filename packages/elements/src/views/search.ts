import { html } from 'lit';
import type { ListId, Localizer } from '../locales/localizer.js';

export interface SearchView {
  /** What is searched for now. */
  readonly q: string;
  readonly search: (q: string) => void;
  readonly localizer: Localizer<ListId>;
}

export const searchView = (label: string, { q, search, localizer }: SearchView) => html`<input
  class="search"
  part="search"
  type="search"
  maxlength="100"
  aria-label=${label}
  placeholder=${localizer.text('search')}
  .value=${q}
  @input=${({ target }: InputEvent) => search((target as HTMLInputElement).value)}
/>`;

/** Nothing was found: says so, and offers the whole list. */
export const noMatchView = (text: string, { search, localizer }: SearchView) => html`<div
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
    ${localizer.text('clearSearch')}
  </button>
</div>`;
