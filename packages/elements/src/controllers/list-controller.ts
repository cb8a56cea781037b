import { ApiError, type ChangeEvent, type Page, visibleText, warnDeveloper } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import { type ConnectedInterface, nowOf } from '../connection/connected.js';
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
  readonly pageSize: () => number;
  readonly sort: Sort;
  readonly refreshOn: (change: ChangeEvent) => boolean;
  /** Read again whenever one of these differs. */
  readonly dependencies?: () => readonly unknown[];
}

/** Members of every listed item. */
interface Row {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly expiresAt?: string | null | undefined;
}

const searchDelay = 250;

/** Whether there is more to search for than the contract allows: such a search is not sent. */
/** The contract's limit. */
export const longestSearch = 100;

export const isTooLong = (q: string): boolean => visibleText(q).length > longestSearch;

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
  /** The cursors of the pages before and of this one; the first page has none. */
  #cursors: readonly string[] = [];
  #sent = '';
  #dependencies: readonly unknown[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, { list, pageSize, sort, refreshOn, dependencies }: ListOptions<T, Sort, Status>) {
    this.#host = host;
    this.sort = sort;
    this.read = new ReadController<Page<T>>(host, {
      dependencies: () => {
        const present = dependencies?.() ?? [];
        if (present.some((it, at) => !Object.is(it, this.#dependencies[at]))) {
          // Another list, which begins at its first page: a cursor is bound to its own, and a row is done nothing to here.
          this.#cursors = [];
          this.read.value = undefined;
        }
        this.#dependencies = present;
        return [this.#sent, this.status, this.sort, this.#cursors.at(-1), pageSize(), ...present];
      },
      read: async (context) => {
        const cursor = this.#cursors.at(-1);
        const q = this.#sent;
        const { status } = this;
        const readFrom = (cursor: string | null | undefined) =>
          list(context, {
            // Text from a template; null once the attribute is removed; NaN where it is no number.
            limit: Number(pageSize()) || 25,
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
          this.answered = q;
          this.answeredStatus = status;
          // Its Next would lead around in a circle, and is not offered.
          if (page.nextCursor && this.#cursors.includes(page.nextCursor))
            warnDeveloper(
              `<${host.localName}> got the same nextCursor twice: each page needs another, the last one null`,
            );
          if (!page.data.some(({ id }) => this.rows.some((row) => row.id === id))) this.page += 1;
        }
        return page;
      },
      saysFailures: true,
      refreshOn,
      // A row is another one once it has expired.
      trueUntil: ({ data }) => {
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

  get hasPrevious(): boolean {
    return this.#cursors.length > 0;
  }

  get hasNext(): boolean {
    const cursor = this.read.value?.nextCursor;
    // A repeated cursor would loop for ever.
    return Boolean(cursor && !this.#cursors.includes(cursor));
  }

  /** Whether what is shown is narrowed by a search or a status: then an empty list means "no match". */
  get isSearching(): boolean {
    return this.answered !== '' || this.answeredStatus !== undefined;
  }

  hostUpdated(): void {
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
    clearTimeout(this.#timer);
    if (looksLikeKey(q)) return this.#removeKey();
    this.q = q;
    this.hasRemovedKey = false;
    if (!isTooLong(q)) this.#timer = setTimeout(() => this.#restart(visibleText(q)), searchDelay);
    this.#host.requestUpdate();
  };

  /** Shows only rows of this status, or of any. */
  narrow(status: Status | undefined): void {
    this.status = status;
    this.#restart(this.#sent);
  }

  /** Ends the search, and shows rows of any status. */
  readonly clear = (): void => {
    this.q = '';
    this.hasRemovedKey = false;
    this.status = undefined;
    this.#restart('');
  };

  /** Sorts by a field, or the other way round where it already is. */
  sortBy(ascending: Sort, descending: Sort): void {
    this.sort = this.sort === ascending ? descending : ascending;
    this.#restart(this.#sent);
  }

  next(): void {
    const cursor = this.read.value?.nextCursor;
    if (cursor) this.#cursors = [...this.#cursors, cursor];
    this.#host.requestUpdate();
  }

  previous(): void {
    this.#cursors = this.#cursors.slice(0, -1);
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
    this.#cursors = [];
    this.#host.requestUpdate();
  }
}
