import type { BrowserContextOptions, Page } from 'playwright-core';
import { type Shift, ShiftingPage } from './shifting-page.js';

/** The person who signs in to each product. */
const people = {
  'ai-cockpit-one': 'ana',
  'aic-hub': 'carla',
  'aip-console': 'carla',
  duplocloud: 'bruno',
  'environment-operations-center': 'dora',
} as const;

export interface Load {
  product: string;
  /** `first load`, or the title of a section that is shown for the first time. */
  part: string;
  shifts: Shift[];
}

/** The layout shifts of each product: of its first load, then of each other section. */
export async function* loadsOf(
  open: (options: BrowserContextOptions) => Promise<Page>,
  viewport: { width: number; height: number },
): AsyncGenerator<Load> {
  for (const [product, user] of Object.entries(people)) {
    const page = await open({ viewport });
    await page.request.post(`/${product}/demo/session`, { data: { user } });
    const observed = new ShiftingPage(page);
    await observed.start();
    yield { product, part: 'first load', shifts: await observed.load(`/${product}/`) };
    const others = page.locator('[role=tab][aria-selected=false], [part=toggle][aria-expanded=false]');
    for (const text of await others.allTextContents()) {
      const part = text.trim();
      const title = page.getByRole('tab', { name: part }).or(page.getByRole('button', { name: part }));
      yield { product, part, shifts: await observed.change(() => title.first().click()) };
    }
    await page.context().close();
  }
}
