import type { Page, Route } from 'playwright-core';

/** One entry of https://wicg.github.io/layout-instability/: its value, and the nodes that moved. */
export interface Shift {
  value: number;
  moved: string[];
}

declare global {
  var layoutShifts: () => Shift[];
}

/** Runs in the page: collects every layout shift, those soon after a click among them. */
const collectShifts = () => {
  interface LayoutShift extends PerformanceEntry {
    value: number;
    sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
  }
  const describe = ({ node, previousRect, currentRect }: LayoutShift['sources'][number]) => {
    const element = node instanceof Element ? node : (node?.parentElement ?? null);
    const name = element ? `${element.localName}.${element.className || element.id}` : 'a removed node';
    const at = (rect: DOMRect) => `${rect.x},${rect.y} ${rect.width}×${rect.height}`;
    return `${name}: ${at(previousRect)} → ${at(currentRect)}`;
  };
  const shifts: Shift[] = [];
  const take = (entries: PerformanceEntryList) => {
    // TypeScript's DOM library has no type for these entries.
    for (const { value, sources } of entries as LayoutShift[]) shifts.push({ value, moved: sources.map(describe) });
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  /** Those since the last call. */
  globalThis.layoutShifts = () => {
    take(observer.takeRecords());
    return shifts.splice(0);
  };
};

/** Waits until the page has painted its present state, and has reported what moved. */
export const painted = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  });

/** Whether any element, through every shadow root, waits for an answer. */
const isBusy = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const hasBusy = (root: ParentNode): boolean =>
      [...root.querySelectorAll('*')].some(
        (element) => element.matches('[aria-busy="true"]') || (element.shadowRoot && hasBusy(element.shadowRoot)),
      );
    return hasBusy(document);
  });

export const sumOf = (shifts: readonly Shift[]): number => shifts.reduce((sum, { value }) => sum + value, 0);

/** Observes the layout shifts of a page whose API answers each request only once the page has painted its wait for it. */
export class ShiftingPage {
  readonly #page: Page;
  #held: (() => void)[] | undefined;
  #open = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  async start(): Promise<void> {
    await this.#page.addInitScript(collectShifts);
    await this.#page.route('**/v1/**', (route) => this.#answer(route));
  }

  async #answer(route: Route): Promise<void> {
    this.#open += 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#held) this.#held.push(resolve);
    else resolve();
    await promise;
    await painted(this.#page);
    await route.continue();
    this.#open -= 1;
  }

  /** Waits until nothing is loading, and gives what has moved since the last call. */
  async #settle(): Promise<Shift[]> {
    do await painted(this.#page);
    while (this.#open > 0 || (await isBusy(this.#page)));
    await painted(this.#page);
    return this.#page.evaluate(() => globalThis.layoutShifts());
  }

  /** The shifts of a page from its navigation until it is loaded. */
  async load(address: string): Promise<Shift[]> {
    await this.#page.goto(address);
    await this.#page.locator('profile-tabs').waitFor();
    return this.#settle();
  }

  /** The shifts after a change by the person, from when its loading state is painted until it is loaded. */
  async change(act: () => Promise<unknown>): Promise<Shift[]> {
    this.#held = [];
    await act();
    await painted(this.#page);
    await this.#page.evaluate(() => globalThis.layoutShifts());
    const held = this.#held;
    this.#held = undefined;
    for (const answer of held) answer();
    return this.#settle();
  }
}
