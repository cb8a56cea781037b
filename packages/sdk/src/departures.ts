import { warnDeveloper } from './developer-warnings.js';

/** Milliseconds between two departures, after which they are counted anew. */
const longestGap = 60_000;

/** Departures in one page: more than people cause by signing in. */
const mostInPage = 8;
/** Pages of one tab, one after another, with a departure. */
const mostPages = 4;

/** The page that a departure was counted for last, by the time it was opened; when; how many pages. */
type Count = readonly [page: number, at: number, pages: number];

/** Counts this page, and returns how many pages of this tab had a departure, one after another. */
const countPage = (name: string): number => {
  try {
    // Written below, and by nobody else.
    const [page, at, pages] = JSON.parse(sessionStorage.getItem(name) ?? '[0,0,0]') as Count;
    const now = Date.now();
    const { timeOrigin } = performance;
    const count = now - at > longestGap ? 1 : page === timeOrigin ? pages : pages + 1;
    sessionStorage.setItem(name, JSON.stringify([timeOrigin, now, count] satisfies Count));
    return count;
  } catch {
    // Outside a browser, or in a frame that may store nothing.
    return 0;
  }
};

/**
 * Counts how often the person of a session turns out to be another one. A backend that contradicts itself sends each
 * person away at once, for ever: a page that reads again or reloads each time would do so for ever, too.
 */
export class Departures {
  readonly #baseUrl: string;
  #last = 0;
  #count = 0;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** Whether another person can have signed in as often as that; else the console says so. */
  areCredible(): boolean {
    const now = performance.now();
    this.#count = now - this.#last > longestGap ? 1 : this.#count + 1;
    this.#last = now;
    const pages = countPage(`ai-cockpit departures ${this.#baseUrl}`);
    if (this.#count <= mostInPage && pages <= mostPages) return true;
    warnDeveloper(
      `The answers of ${this.#baseUrl} name one person after another as the one who is signed in. ` +
        'The "user" event is not dispatched any more, as a page may reload each time. Compare ' +
        'the id of getProfile, the userId of getPolicy and the X-User-Id of every answer.',
    );
    return false;
  }
}
