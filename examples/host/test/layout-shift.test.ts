import { describe, expect, it } from 'vitest';
import { type Load, loadsOf } from './loads.js';
import { painted, sumOf } from './shifting-page.js';
import { startedDemo } from './started-demo.js';

describe('while the API answers late', () => {
  const demo = startedDemo();

  it.each([1280, 360])('no product moves on its first load or a change of section, %i pixels wide', async (width) => {
    const loads: Load[] = [];
    for await (const load of loadsOf(demo.open, { width, height: 800 })) loads.push(load);
    expect(loads.map(({ product, part }) => `${product}: ${part}`)).toEqual([
      'ai-cockpit-one: first load',
      'ai-cockpit-one: Providers',
      'ai-cockpit-one: API keys',
      'aic-hub: first load',
      'aic-hub: API keys',
      'aic-hub: Provider tokens',
      'aip-console: first load',
      'duplocloud: first load',
      'environment-operations-center: first load',
    ]);
    expect(loads.filter(({ shifts }) => sumOf(shifts) > 0.02)).toEqual([]);
  });

  it('a skeleton has visible lines under forced colors, which take its backgrounds away', async () => {
    const page = await demo.open({ forcedColors: 'active' });
    await page.request.post('/ai-cockpit-one/demo/session', { data: { user: 'ana' } });
    // Never answered.
    await page.route('**/v1/policy*', () => {});
    await page.goto('/ai-cockpit-one/');
    const bars = page.locator('profile-tabs .skeleton > div').filter({ visible: true });
    await expect.poll(() => bars.count()).toBe(7);
    await painted(page);
    const colors = await bars.evaluateAll((bars) =>
      bars.map((bar) => [getComputedStyle(bar).borderTopColor, getComputedStyle(bar).borderTopWidth]),
    );
    const text = await page
      .locator('profile-tabs .container')
      .first()
      .evaluate((container) => getComputedStyle(container).color);
    expect(new Set(colors.flat())).toEqual(new Set([text, '1px']));
    await page.context().close();
  });
});
