import { visibleText } from '@ai-cockpit/sdk';

/** A page after the first one. */
interface TurnedPage {
  readonly cursor: string;
  /** How many rows precede it. */
  readonly before: number;
}

/** The rows that a person wants to see of a list: a value, never changed in place. */
export interface ListQuery<Sort extends string = string, Status extends string = string> {
  /** The search text. */
  readonly q: string;
  readonly status: Status | undefined;
  readonly sort: Sort;
  /** The pages turned to, the current one last; empty on the first page. A cursor is bound to the rest of the query. */
  readonly pages: readonly TurnedPage[];
}

/** The parameters of a request for one page. */
export interface ListRequest<Sort extends string, Status extends string> {
  readonly limit: number;
  readonly q?: string;
  readonly cursor?: string;
  readonly sort?: Sort;
  readonly status?: Status;
}

export const requestOf = <Sort extends string, Status extends string>(
  { q, status, sort }: ListQuery<Sort, Status>,
  cursor: string | null | undefined,
  limit: number,
): ListRequest<Sort, Status> => ({
  limit,
  sort,
  ...(q && { q }),
  ...(status && { status }),
  ...(cursor && { cursor }),
});

/** Whether a search or a filter applies: then no rows mean "no match". */
export const isNarrowed = ({ q, status }: ListQuery): boolean => q !== '' || status !== undefined;

/** The contract's limit, in characters. */
export const longestSearch = 100;

export const isTooLong = (q: string): boolean => visibleText(q).length > longestSearch;
