import { ApiError, type ChangeEvent, type Page, visibleText, warnDeveloper } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import { type ConnectedInterface, nowOf } from '../connection/connected.js';
import type { Range } from '../views/pages.js';
import { looksLikeKey } from './key-check.js';
import { type ReadContext, ReadController } from './read-controller.js';

type Host = LitElement & ConnectedInterface;

export interface ListQuery<Sort extends string, Status extends string = never> {
  readonly limit: number;
  readonly q?: string;
  readonly cursor?: string;
  readonly sort?: Sort;
  readonly status?: Status;
}

export interface ListOptions<T, Sort extends string, Status extends string = never> {
  readonly list: (context: ReadContext, query: ListQuery<Sort, Status>) => PromiseLike<Page<T>>;
  /** By default as many rows as fit the width of the element. */
  readonly pageSize: () => number | undefined;
  readonly sort: Sort;
  readonly refreshOn: (change: ChangeEvent) => boolean;
  /** Read again whenever one of these differs. */
  readonly dependencies?: () => readonly unknown[];
  /** A search, another order or another page is asked for. */
  readonly acted?: () => void;
  /** Called before a page that was read is rendered. */
  readonly shown?: (news: ListNews | undefined) => void;
}

/** The reason for an announcement to screen readers: another page, or the results of another search. */
export type ListNews = 'page' | 'search';

/** Members of every listed item. */
interface Row {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly expiresAt?: string | null | undefined;
}

const searchDelay = 250;

/** Rows are cards below one another where an element is narrower, in pixels; of these, a page has fewer. */
const cardsWidth = 560;
const sizeFor = ({ clientWidth }: Element): number => ((clientWidth || innerWidth) < cardsWidth ? 10 : 25);

/** Whether there is more to search for than the contract allows: such a search is not sent. */
/** The contract's limit. */
export const longestSearch = 100;

export const isTooLong = (q: string): boolean => visibleText(q).length > longestSearch;

/** The line above a table with its title, or with the search where that is its own only. */
const headOf = (table: Element): Element | null =>
  // The root is always the shadow root of the element that lists.
  table.parentElement?.querySelector('h2') ?? (table.getRootNode() as ShadowRoot).querySelector('.toolbar');

/** Whether a server refused a search because its text is a key. */
const refusesKey = (error: unknown): boolean =>
  error instanceof ApiError &&
  (error.problem?.errors ?? []).some(({ path, code }) => path === 'q' && code === 'looks_like_secret');

/** A list that the server searches, sorts and cuts into pages; of these, the one shown is kept. */
export class ListController<T extends Row, Sort extends string, Status extends string = never>
  implements ReactiveController
{
  q = '';
  sort: Sort;
  /** Counts how often none of the rows shown stayed. */
  page = 0;
  /** Whether the last search text was a token or key. It was removed rather than sent, or once the server refused it. */
  hasRemovedKey = false;
  /** Narrows the list beside the search. */
  status: Status | undefined;
  /** The search that what is shown answers. */
  answered = '';
  /** The same for the status. */
  answeredStatus: Status | undefined;
  readonly read: ReadController<Page<T>>;
  readonly #host: Host;
  readonly #acted: () => void;
  readonly #shown: ListOptions<T, Sort, Status>['shown'];
  /** The pages that were turned to, this one last, and how many rows are before each; the first page has none. */
  #pages: readonly { readonly cursor: string; readonly before: number }[] = [];
  /** How many rows are before those that are shown. */
  #before = 0;
  /** The page size by width: the same on all pages, whichever way the device is turned. */
  #fittingSize = 25;
  /** The table whose page was turned, until the page is there. */
  #turned: Element | null | undefined;
  #news: ListNews | undefined;
  #hasAnswer = false;
  #sent = '';
  #dependencies: readonly unknown[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: Host,
    { list, pageSize, sort, refreshOn, dependencies, acted, shown }: ListOptions<T, Sort, Status>,
  ) {
    this.#host = host;
    this.sort = sort;
    this.#acted = acted ?? (() => {});
    this.#shown = shown;
    this.read = new ReadController<Page<T>>(host, {
      dependencies: () => {
        const present = dependencies?.() ?? [];
        if (present.some((it, at) => !Object.is(it, this.#dependencies[at]))) {
          // Another list, which begins at its first page: a cursor is bound to its own, and a row is done nothing to here.
          this.#pages = [];
          this.read.value = undefined;
        }
        this.#dependencies = present;
        return [this.#sent, this.status, this.sort, this.#pages.at(-1)?.cursor, pageSize(), ...present];
      },
      read: async (context) => {
        const { cursor, before = 0 } = this.#pages.at(-1) ?? {};
        const q = this.#sent;
        const { status } = this;
        if (!cursor) this.#fittingSize = sizeFor(host);
        const readFrom = (cursor: string | null | undefined) =>
          list(context, {
            // Text from a template; null once the attribute is removed; NaN where it is no number.
            limit: Number(pageSize()) || this.#fittingSize,
            sort: this.sort,
            ...(q && { q }),
            ...(status && { status }),
            ...(cursor && { cursor }),
          });
        let page = await readFrom(cursor).then(undefined, (error: unknown) => {
          if (refusesKey(error) && !context.signal.aborted) this.#removeKey();
          throw error;
        });
        // A search that has looked at many rows, and found none so far, goes on where the server left off.
        while ((q || status) && page.data.length === 0 && page.nextCursor && !context.signal.aborted)
          page = await readFrom(page.nextCursor);
        if (!context.signal.aborted) {
          const isSame = q === this.answered && status === this.answeredStatus;
          this.#news = this.#turned ? 'page' : isSame ? this.#news : 'search';
          this.#hasAnswer = true;
          this.#before = before;
          this.answered = q;
          this.answeredStatus = status;
          // Its Next would lead around in a circle, and is not offered.
          if (page.nextCursor && this.#hasTurnedTo(page.nextCursor))
            warnDeveloper(
              `<${host.localName}> got the same nextCursor twice: each page needs another, the last one null`,
            );
          if (!page.data.some(({ id }) => this.rows.some((row) => row.id === id))) this.page += 1;
        }
        return page;
      },
      rendersErrors: true,
      refreshOn,
      // A row is another one once it has expired.
      staleAt: ({ data }) => {
        const now = nowOf(host);
        return data.flatMap(({ expiresAt }) => (expiresAt && Date.parse(expiresAt) > now ? expiresAt : [])).sort()[0];
      },
      sourceChanged: () => {
        this.q = '';
        this.hasRemovedKey = false;
        this.answered = '';
        this.status = this.answeredStatus = undefined;
        this.#restart('');
      },
    });
    host.addController(this);
  }

  get rows(): readonly T[] {
    return this.read.value?.data ?? [];
  }

  get range(): Range {
    const { data, total } = this.read.value ?? { data: [] };
    return { first: this.#before + 1, last: this.#before + data.length, total };
  }

  get hasPrevious(): boolean {
    return this.#pages.length > 0;
  }

  get hasNext(): boolean {
    const cursor = this.read.value?.nextCursor;
    // A repeated cursor would loop for ever.
    return Boolean(cursor && !this.#hasTurnedTo(cursor));
  }

  /** Whether a search or a status filter applies: then an empty list means "no match". */
  get isSearching(): boolean {
    return this.answered !== '' || this.answeredStatus !== undefined;
  }

  /** Whether it is certain that nothing matches. */
  get isWithoutMatch(): boolean {
    const { value, error } = this.read;
    return this.isSearching && value?.data.length === 0 && !error;
  }

  hostUpdate(): void {
    if (!this.#hasAnswer || this.read.pending) return;
    this.#hasAnswer = false;
    this.#shown?.(this.#news);
    this.#news = undefined;
  }

  hostUpdated(): void {
    if (this.#turned && !this.read.pending) {
      const { previousElementSibling: problem } = this.#turned;
      (this.read.error ? problem : headOf(this.#turned))?.scrollIntoView({ block: 'nearest' });
      this.#turned = undefined;
    }
    // The last row of a last page was deleted; the page before it is asked for once.
    if (this.read.value?.data.length === 0 && this.hasPrevious && !this.read.pending) this.previous();
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
    this.#acted();
    clearTimeout(this.#timer);
    if (looksLikeKey(q)) return this.#removeKey();
    this.q = q;
    this.hasRemovedKey = false;
    if (!isTooLong(q)) this.#timer = setTimeout(() => this.#restart(visibleText(q)), searchDelay);
    this.#host.requestUpdate();
  };

  /** Shows only rows of this status, or of any. */
  narrow(status: Status | undefined): void {
    this.#acted();
    this.status = status;
    this.#restart(this.#sent);
  }

  /** Ends the search, and shows rows of any status. */
  readonly clear = (): void => {
    this.#acted();
    this.q = '';
    this.hasRemovedKey = false;
    this.status = undefined;
    this.#restart('');
  };

  /** Sorts by a field, or the other way round where it already is. */
  sortBy(ascending: Sort, descending: Sort): void {
    this.#acted();
    this.sort = this.sort === ascending ? descending : ascending;
    this.#restart(this.#sent);
  }

  next(table?: Element | null): void {
    const cursor = this.read.value?.nextCursor;
    if (cursor) this.#pages = [...this.#pages, { cursor, before: this.range.last }];
    this.#turn(table);
  }

  previous(table?: Element | null): void {
    this.#pages = this.#pages.slice(0, -1);
    this.#turn(table);
  }

  /** Reads the first page of what a search finds, in the order given: where a row is to be found. */
  find(q: string, sort: Sort): void {
    this.q = q;
    this.hasRemovedKey = false;
    this.status = undefined;
    this.sort = sort;
    this.#restart(q);
  }

  #hasTurnedTo(cursor: string): boolean {
    return this.#pages.some((page) => page.cursor === cursor);
  }

  #turn(table: Element | null | undefined): void {
    if (table) this.#acted();
    this.#turned = table;
    this.#host.requestUpdate();
  }

  #removeKey(): void {
    this.q = '';
    this.hasRemovedKey = true;
    this.#restart('');
  }

  #restart(q: string): void {
    clearTimeout(this.#timer);
    if (q === '' && this.#sent !== '') this.q = q;
    this.#sent = q;
    this.#pages = [];
    this.#turned = undefined;
    this.#host.requestUpdate();
  }
}
