import type { Locator, Page } from 'playwright-core';

declare global {
  /** Returns how long each task took, in milliseconds, that blocked the page for 50 ms or more since the last call. */
  var takeLongTasks: () => number[];
}

/** Memory use after garbage collection. */
export interface Held {
  heapKilobytes: number;
  nodes: number;
  listeners: number;
}

/** A list of API keys on a page, as a person goes through it, and what that costs. */
export class LongList {
  readonly #page: Page;
  readonly #list: Locator;
  /** The requests for a page of it. */
  readonly requests: URL[] = [];

  constructor(page: Page) {
    this.#page = page;
    this.#list = page.locator('api-key-list');
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname.endsWith('/api-keys') && request.method() === 'GET') this.requests.push(url);
    });
  }

  /** To be called before the page is opened. */
  async watchTasks(): Promise<void> {
    await this.#page.addInitScript(() => {
      const durations: number[] = [];
      const note = (entries: PerformanceEntryList) => {
        for (const { duration } of entries) durations.push(Math.round(duration));
      };
      const observer = new PerformanceObserver((seen) => note(seen.getEntries()));
      observer.observe({ type: 'longtask', buffered: true });
      globalThis.takeLongTasks = () => {
        note(observer.takeRecords());
        return durations.splice(0);
      };
    });
  }

  /** The long tasks since the last call. Each has ended: this is a task of its own. */
  longTasks(): Promise<number[]> {
    return this.#page.evaluate(() => globalThis.takeLongTasks());
  }

  async held(): Promise<Held> {
    // The browser keeps a note of each of the last 250 requests.
    await this.#page.evaluate(() => performance.clearResourceTimings());
    const debuggee = await this.#page.context().newCDPSession(this.#page);
    for (let round = 0; round < 4; round += 1) {
      await debuggee.send('HeapProfiler.collectGarbage');
      // Finalizers run in a later task than the collection.
      await this.#page.evaluate(
        () => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 100 })),
      );
    }
    const { usedSize } = await debuggee.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await debuggee.send('Memory.getDOMCounters');
    await debuggee.detach();
    return { heapKilobytes: Math.round(usedSize / 1024), nodes, listeners: jsEventListeners };
  }

  rows(): Promise<string[]> {
    return this.#list.locator('tbody th').allTextContents();
  }

  /** Does something, and waits until the page of rows that it asks for stands there. */
  async #afterAnswer(act: () => Promise<unknown>): Promise<void> {
    const answer = this.#page.waitForResponse((response) => /\/api-keys\?/.test(response.url()));
    await act();
    await answer;
    // Within the page, as little as can be: a test's own tools would keep it busier than the list does.
    await this.#list.evaluate(async ({ shadowRoot }) => {
      while (!shadowRoot?.querySelector('[part="frame"][aria-busy="false"], [part="empty"]'))
        await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  }

  /** Presses a button within the page: what a test's own tools do there would count as the list's work. */
  #press(selector: string, at: number): Promise<void> {
    return this.#list.evaluate(
      (list, { selector, at }) => [...(list.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])].at(at)?.click(),
      { selector, at },
    );
  }

  show(pageSize: number): Promise<void> {
    return this.#afterAnswer(() =>
      this.#list.evaluate((list, pageSize) => Object.assign(list, { pageSize }), pageSize),
    );
  }

  next(): Promise<void> {
    return this.#afterAnswer(() => this.#press('[part="pages"] button', 1));
  }

  previous(): Promise<void> {
    return this.#afterAnswer(() => this.#press('[part="pages"] button', 0));
  }

  sort(column: number): Promise<void> {
    return this.#afterAnswer(() => this.#press('[part="sort"]', column));
  }

  search(words: string): Promise<void> {
    return this.#afterAnswer(() => this.#list.locator('[part="search"]').fill(words));
  }
}
