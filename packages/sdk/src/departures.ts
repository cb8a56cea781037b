import { warnDeveloper } from './developer-warnings.js';

/** Milliseconds for which a departure is counted. */
const period = 60_000;

/** Departures in one page: more than people cause by signing in. */
const mostInPage = 8;
/** Pages of one tab with a departure, in which nobody has pressed anything. */
const mostPages = 4;

/** The recent pages of this tab in which somebody has left, by the time they were opened: epoch milliseconds. */
const pagesIn = (name: string): number[] => {
  try {
    const pages = JSON.parse(sessionStorage.getItem(name) ?? '[]') as number[];
    const now = Date.now();
    const recent = [...new Set([...pages.filter((then) => now - then < period), performance.timeOrigin])];
    // A person who has pressed something in this page may have signed in as somebody else in between.
    const kept = navigator.userActivation?.hasBeenActive ? [] : recent.slice(-mostPages - 1);
    sessionStorage.setItem(name, JSON.stringify(kept));
    return kept;
  } catch {
    // Outside a browser, or in a frame that may store nothing.
    return [];
  }
};

/**
 * Counts how often the person of a session turns out to be another one. A backend that contradicts itself sends each
 * person away at once, for ever: a page that reads again or reloads each time would do so for ever, too.
 */
export class Departures {
  readonly #baseUrl: string;
  #recent: readonly number[] = [];

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** Whether another person can have signed in as often as that; else the console says so. */
  areCredible(): boolean {
    const now = performance.now();
    this.#recent = [...this.#recent.filter((then) => now - then < period), now].slice(-mostInPage - 1);
    const name = `ai-cockpit departures ${this.#baseUrl}`;
    if (this.#recent.length <= mostInPage && pagesIn(name).length <= mostPages) return true;
    warnDeveloper(
      `The answers of ${this.#baseUrl} name one person after another as the one who is signed in. ` +
        'The "user" event is not dispatched any more, as a page may reload each time. Compare ' +
        'the id of getProfile, the userId of getPolicy and the X-User-Id of every answer.',
    );
    return false;
  }
}
