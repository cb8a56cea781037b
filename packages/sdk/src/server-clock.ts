/** Milliseconds: how exact a `Date` header is. */
const resolution = 1000;

/** The answer came, or may have come, from a cache: its `Date` says when it was stored. */
const isCached = (headers: Headers): boolean => {
  const cacheControl = headers.get('cache-control') ?? '';
  return Number(headers.get('age')) > 0 || (/max-age=0*[1-9]/.test(cacheControl) && !cacheControl.includes('no-store'));
};

/** A server that has lost its clock sends a date such as 1970: then the computer's clock is the better one. */
const earliest = Date.UTC(2020, 0);
const latest = Date.UTC(2100, 0);

/** The time of a `Date` header in milliseconds; `NaN` if it is no date of HTTP, or an impossible one. */
export const serverTimeOf = (headers: Headers): number => {
  const text = headers.get('date') ?? '';
  // A browser also reads dates of other forms, some of them as local times.
  const date = text.endsWith(' GMT') ? Date.parse(text) : NaN;
  return date > earliest && date < latest ? date : NaN;
};

/**
 * The server's clock, by the `Date` headers of its answers. It runs on the page's monotonic time, so that a
 * computer's clock that is wrong, or is set while the page is open, does not matter. After the computer has slept, it
 * may be behind until the next answer.
 */
export class ServerClock {
  /** The server's time at the origin of `performance.now()`, once an answer had a `Date`. */
  #origin: number | undefined;

  /** Milliseconds since the epoch. Before the first `Date` header, by the computer's clock. */
  now(): number {
    return this.#origin === undefined ? Date.now() : this.#origin + performance.now();
  }

  /**
   * Adopts the `Date` header of an answer if the difference exceeds the header's precision and the time of the
   * exchange.
   *
   * @param sent When the request was sent, by `performance.now()`.
   */
  observe(headers: Headers, sent: number): void {
    const date = serverTimeOf(headers);
    if (Number.isNaN(date) || isCached(headers)) return;
    const received = performance.now();
    const origin = this.now() - received;
    const isPossible = origin >= date - received && origin <= date + resolution - sent;
    // Up to a second ahead rather than behind, so that an event of an hour ago is "1 hour ago".
    this.#origin = isPossible ? origin : date + resolution - received;
  }
}
