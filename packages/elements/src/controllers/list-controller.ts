import { ApiError, type ChangeEvent, type Page, visibleText, warnDeveloper } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import { type ConnectedInterface, nowOf } from '../connection/connected.js';
import type { Range } from '../views/pages.js';
import type { Searched } from '../views/search.js';
import type { ColumnSort } from '../views/table.js';
import { looksLikeKey } from './key-check.js';
import { isNarrowed, isTooLong, type ListQuery, type ListRequest, requestOf } from './list-query.js';
import { type ReadContext, ReadController } from './read-controller.js';

type Host = LitElement & ConnectedInterface;

export interface ListOptions<T, Sort extends string, Status extends string = never> {
  list(context: ReadContext, request: ListRequest<Sort, Status>): PromiseLike<Page<T>>;
  /** By default as many rows as fit the width of the element. */
  readonly pageSize: () => number | undefined;
  /** The order at first. */
  readonly sort: Sort;
  readonly refreshOn: (change: ChangeEvent) => boolean;
  /** Identify the list: where one differs, another list is read, from its first page and in its first order. */
  readonly dependencies?: () => readonly unknown[];
  /** Tells the person what became of the list. */
  readonly status: () => ListObserver;
}

/** The reason for an announcement to screen readers: another page, or the results of another search. */
export type ListNews = 'page' | 'search';

export interface ListObserver {
  /** The person searches, sorts, filters or turns the page. */
  clear(): void;
  handleSourceChanged(): void;
  /** Called before a page that was read is rendered. */
  handleShown(list: Searched, news: ListNews | undefined): void;
}

/** Members of every item in a list. */
export interface ListedItem {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly expiresAt?: string | null | undefined;
}

/** In milliseconds. */
const debounce = 250;

/** Where an element is narrower, in pixels, rows are cards below one another, and a page has fewer. */
const cardsWidth = 560;
const sizeFor = ({ clientWidth }: Element): number => ((clientWidth || innerWidth) < cardsWidth ? 10 : 25);

/** The line above a table with its title, or with the search where that is its own only. */
const headOf = (table: Element): Element | null =>
  // The root is always the shadow root of the element that lists.
  table.parentElement?.querySelector('h2') ?? (table.getRootNode() as ShadowRoot).querySelector('.toolbar');

const isSame = (before: readonly unknown[], now: readonly unknown[]): boolean =>
  before.length === now.length && before.every((it, at) => Object.is(it, now[at]));

/** Whether a server refused a search because its text is a key. */
const refusesKey = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.problem?.errors ?? []).some(({ path, code }) => path === 'q' && code === 'looks_like_secret');

/**
 * A list that the server searches, sorts and cuts into pages; the page shown is kept. Its query changes in `#submit` alone,
 * which never loses a search text that waits for a pause in typing.
 */
export class ListController<T extends ListedItem, Sort extends string, Status extends string = never>
  implements ReactiveController
{
  /** The text in the search box. */
  searchText = '';
  /** Whether the last search text was a token or key. It was removed rather than sent, or once the server refused it. */
  hasRemovedKey = false;
  /** Another number where none of the rows shown before stays. */
  renderKey = 0;
  /** The query that is read, or will be by the next update. */
  submittedQuery: ListQuery<Sort, Status>;
  /** The query that the rows shown answer. */
  appliedQuery: ListQuery<Sort, Status>;
  readonly read: ReadController<Page<T>>;
  readonly #host: Host;
  readonly #options: ListOptions<T, Sort, Status>;
  /** The page size by width: the same on all pages, whichever way the device is turned. */
  #fittingSize = 25;
  /** The table whose page was turned, until the page is there. */
  #turned: Element | null | undefined;
  #news: ListNews | undefined;
  /** Whether an answer came that is not rendered yet. */
  #hasAnswer = false;
  #identity: readonly unknown[] = [];
  #pageSize: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, options: ListOptions<T, Sort, Status>) {
    this.#host = host;
    this.#options = options;
    this.submittedQuery = this.appliedQuery = { q: '', status: undefined, sort: options.sort, pages: [] };
    // Before `read`, which then reads the query of this update.
    host.addController(this);
    this.read = new ReadController<Page<T>>(host, {
      dependencies: () => {
        const { q, status, sort, pages } = this.submittedQuery;
        return [q, status, sort, pages.at(-1)?.cursor, options.pageSize(), ...(options.dependencies?.() ?? [])];
      },
      read: (context) => this.#readPage(context),
      rendersErrors: true,
      refreshOn: options.refreshOn,
      // A row is another one once it has expired.
      staleAt: ({ data }) => {
        const now = nowOf(host);
        return data.flatMap(({ expiresAt }) => (expiresAt && Date.parse(expiresAt) > now ? expiresAt : [])).sort()[0];
      },
      sourceChanged: () => {
        this.#setText('');
        this.#submit({ status: undefined });
        this.appliedQuery = this.submittedQuery;
        options.status().handleSourceChanged();
      },
    });
  }

  get rows(): readonly T[] {
    return this.read.value?.data ?? [];
  }

  get range(): Range {
    const { data, total } = this.read.value ?? { data: [] };
    const { before = 0 } = this.appliedQuery.pages.at(-1) ?? {};
    return { first: before + 1, last: before + data.length, total };
  }

  get hasPrevious(): boolean {
    return this.submittedQuery.pages.length > 0;
  }

  get hasNext(): boolean {
    const cursor = this.read.value?.nextCursor;
    // A repeated cursor would loop for ever.
    return Boolean(cursor && !this.#hasTurnedTo(cursor));
  }

  /** Whether a search or a status filter applies: then an empty list means "no match". */
  get isSearching(): boolean {
    return isNarrowed(this.appliedQuery);
  }

  /** Whether it is certain that the query has no rows. */
  get hasNoRows(): boolean {
    const { value, error } = this.read;
    return value?.data.length === 0 && !error && this.appliedQuery.pages.length === 0;
  }

  /** Whether it is certain that there is nothing to list. */
  get isEmpty(): boolean {
    return this.hasNoRows && !this.isSearching;
  }

  hostUpdate(): void {
    const { dependencies, pageSize, sort, status } = this.#options;
    const identity = dependencies?.() ?? [];
    const size = pageSize();
    const { value, pending } = this.read;
    if (!isSame(this.#identity, identity)) {
      this.#submit({ sort });
      this.read.value = undefined;
    } else if (!Object.is(this.#pageSize, size)) {
      this.#submit(this.submittedQuery);
    } else if (value?.data.length === 0 && this.hasPrevious && !pending) {
      // The last row of a last page was deleted.
      this.previous();
    }
    this.#identity = identity;
    this.#pageSize = size;
    if (!this.#hasAnswer || pending) return;
    this.#hasAnswer = false;
    status().handleShown(this, this.#news);
    this.#news = undefined;
  }

  hostUpdated(): void {
    if (!this.#turned || this.read.pending) return;
    const { previousElementSibling: problem } = this.#turned;
    (this.read.error ? problem : headOf(this.#turned))?.scrollIntoView({ block: 'nearest' });
    this.#turned = undefined;
  }

  hostConnected(): void {
    // What was typed before the element was removed is still in the box.
    this.#submit(this.submittedQuery);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Shows a row as a write has just answered it, rather than the old one until the list is read again. */
  show(row: T): void {
    const { value } = this.read;
    if (!value?.data.some(({ id }) => id === row.id)) return;
    this.read.show({ ...value, data: value.data.map((it) => (it.id === row.id ? row : it)) });
  }

  /** Searches once typing pauses. */
  readonly search = (q: string): void => {
    this.#options.status().clear();
    clearTimeout(this.#timer);
    if (looksLikeKey(q)) return this.#removeKey();
    this.#setText(q);
    if (!isTooLong(q)) this.#timer = setTimeout(() => this.#submit(), debounce);
    this.#host.requestUpdate();
  };

  /** Shows only rows of this status, or of any. */
  filter(status: Status | undefined): void {
    this.#options.status().clear();
    this.#submit({ status });
  }

  /** Ends the search, and shows rows of any status. */
  readonly clear = (): void => {
    this.#options.status().clear();
    this.#setText('');
    this.#submit({ status: undefined });
  };

  /** The order of a column: pressing its heading sorts by the first, and pressing it again by the second. */
  columnSort(first: Sort, second: Sort): ColumnSort {
    const { sort } = this.submittedQuery;
    const isSorted = sort === first || sort === second;
    return {
      direction: isSorted ? (sort.startsWith('-') ? 'descending' : 'ascending') : 'none',
      toggle: () => {
        this.#options.status().clear();
        this.#submit({ sort: this.submittedQuery.sort === first ? second : first });
      },
    };
  }

  next(table?: Element | null): void {
    const cursor = this.read.value?.nextCursor;
    const { pages } = this.submittedQuery;
    this.#turn(cursor ? [...pages, { cursor, before: this.range.last }] : pages, table);
  }

  previous(table?: Element | null): void {
    this.#turn(this.submittedQuery.pages.slice(0, -1), table);
  }

  /** Reads the first page of a search, in this order, to bring a row into view. */
  find(q: string, sort: Sort): void {
    this.#setText(q);
    this.#submit({ status: undefined, sort });
  }

  async #readPage(context: ReadContext): Promise<Page<T>> {
    const query = this.submittedQuery;
    const { q, status, pages } = query;
    const cursor = pages.at(-1)?.cursor;
    if (!cursor) this.#fittingSize = sizeFor(this.#host);
    // Text from a template; null once the attribute is removed; NaN where it is no number.
    const limit = Number(this.#options.pageSize()) || this.#fittingSize;
    const readFrom = (cursor: string | null | undefined) =>
      this.#options.list(context, requestOf(query, cursor, limit));
    let page = await readFrom(cursor).then(undefined, (error: unknown) => {
      // Another text that was typed meanwhile stays.
      if (refusesKey(error) && !context.signal.aborted && this.searchText.includes(q)) this.#removeKey();
      throw error;
    });
    // A search that has looked at many rows, and found none so far, goes on where the server left off.
    while (isNarrowed(query) && page.data.length === 0 && page.nextCursor && !context.signal.aborted)
      page = await readFrom(page.nextCursor);
    if (!context.signal.aborted) {
      const { appliedQuery } = this;
      if (this.#turned) this.#news = 'page';
      else if (q !== appliedQuery.q || status !== appliedQuery.status) this.#news = 'search';
      this.#hasAnswer = true;
      this.appliedQuery = query;
      // Its Next would lead around in a circle, and is not offered.
      if (page.nextCursor && this.#hasTurnedTo(page.nextCursor))
        warnDeveloper(
          `<${this.#host.localName}> got the same nextCursor twice: each page needs another, the last one null`,
        );
      if (!page.data.some(({ id }) => this.rows.some((row) => row.id === id))) this.renderKey += 1;
    }
    return page;
  }

  #hasTurnedTo(cursor: string): boolean {
    return this.submittedQuery.pages.some((page) => page.cursor === cursor);
  }

  #turn(pages: ListQuery['pages'], table: Element | null | undefined): void {
    if (table) this.#options.status().clear();
    this.#submit({ pages });
    // Not where a search was pending: its first page is read instead.
    if (this.submittedQuery.pages === pages) this.#turned = table;
  }

  #setText(q: string): void {
    this.searchText = q;
    this.hasRemovedKey = false;
  }

  #removeKey(): void {
    this.searchText = '';
    this.hasRemovedKey = true;
    this.#submit();
  }

  /** Changes the query, and submits the text in the search box with it, whatever else changes. */
  #submit({ pages = [], ...changes }: Partial<ListQuery<Sort, Status>> = {}): void {
    clearTimeout(this.#timer);
    const { q: submitted } = this.submittedQuery;
    const q = isTooLong(this.searchText) ? submitted : visibleText(this.searchText);
    // A cursor is bound to the search that it was given for.
    this.submittedQuery = { ...this.submittedQuery, ...changes, q, pages: q === submitted ? pages : [] };
    this.#turned = undefined;
    this.#hasAnswer = false;
    this.#host.requestUpdate();
  }
}
