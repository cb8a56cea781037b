import type { CallOptions } from './call.js';
import type { Page } from './contract/endpoints/list.js';
import type { OperationId } from './contract/operations.js';
import { warnDeveloper } from './developer-warnings.js';
import { ContractError, misfitText } from './errors.js';

/** Options of a list, besides an operation's own `sort`. The signal holds for all pages, the timeout for each. */
export interface ListParams extends CallOptions {
  /** 1–100 on a page; the server's default is 25. */
  limit?: number | undefined;
  /** The `nextCursor` of a page with the same search and sort. */
  cursor?: string | undefined;
  q?: string | undefined;
}

/** A client cannot tell two rows with one id apart: an action on the second affects the first. */
const warnOfDuplicates = (operationId: OperationId, items: readonly unknown[]): void => {
  const ids = items.map((item) => (item as { id?: unknown }).id);
  if (new Set(ids).size < ids.length) warnDeveloper(misfitText(operationId, 'data.*.id', 'a different id in each'));
};

/** A list: `await` gives one page, `for await` every item of all pages. It sends no request before. */
export class List<T, P extends Page<T> = Page<T>> implements PromiseLike<P>, AsyncIterable<T> {
  readonly #operationId: OperationId;
  readonly #fetch: (cursor: string | undefined) => Promise<P>;
  readonly #cursor: string | undefined;
  #page: Promise<P> | undefined;

  constructor(operationId: OperationId, cursor: string | undefined, fetch: (cursor: string | undefined) => Promise<P>) {
    this.#operationId = operationId;
    this.#cursor = cursor;
    this.#fetch = async (cursor) => {
      const page = await fetch(cursor);
      warnOfDuplicates(operationId, page.data);
      return page;
    };
  }

  then<Result = P, Failure = never>(
    onPage?: ((page: P) => Result | PromiseLike<Result>) | null,
    onError?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    this.#page ??= this.#fetch(this.#cursor);
    return this.#page.then(onPage, onError);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    let cursor: string | null | undefined = this.#cursor;
    const seenCursors = new Set<string>();
    do {
      // A repeated cursor would make the loop endless.
      if (cursor !== undefined && seenCursors.has(cursor))
        throw new ContractError(this.#operationId, 'nextCursor', 'another cursor on each page');
      if (cursor !== undefined) seenCursors.add(cursor);
      const page: Page<T> = await this.#fetch(cursor);
      yield* page.data;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
}
