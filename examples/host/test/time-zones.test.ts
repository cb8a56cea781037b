import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startedDemo } from './started-demo.js';
import { dateInDays } from './systems/page.js';

const day = 86_400_000;

/** Sets the clock of the person's computer wrong, in the page: what the server says is true all the same. */
const setClock = async (page: Page, skew: number): Promise<void> => {
  await page.addInitScript((skew) => {
    const RealDate = Date;
    globalThis.Date = new Proxy(RealDate, {
      construct: (target, values: unknown[], newTarget) =>
        Reflect.construct(target, values.length === 0 ? [RealDate.now() + skew] : values, newTarget) as object,
      get: (target, name) => (name === 'now' ? () => RealDate.now() + skew : (Reflect.get(target, name) as unknown)),
    });
  }, skew);
};

const shownDate = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));

describe('a date, chosen far from Greenwich, on a computer whose clock may be wrong', () => {
  const demo = startedDemo({}, 'duplocloud');

  it.each([
    { timezoneId: 'Pacific/Honolulu', offset: 600, skew: 0 },
    { timezoneId: 'Pacific/Kiritimati', offset: -840, skew: 0 },
    { timezoneId: 'Asia/Kolkata', offset: -330, skew: 0 },
    { timezoneId: 'Pacific/Honolulu', offset: 600, skew: 400 * day },
    { timezoneId: 'Pacific/Kiritimati', offset: -840, skew: -400 * day },
  ])('is judged as the server counts days, and shown as chosen: $timezoneId, $skew ms', async (place) => {
    const { timezoneId, offset, skew } = place;
    const name = `Through tomorrow in ${timezoneId}, ${skew}`;
    const page = await demo.open({ timezoneId });
    await setClock(page, skew);
    await demo.signIn(page, /Bruno/);
    expect(await page.evaluate(() => new Date().getTimezoneOffset())).toBe(offset);
    expect(Math.abs((await page.evaluate(() => Date.now())) - Date.now() - skew)).toBeLessThan(day);

    await page.getByRole('button', { name: 'Create API token' }).first().click();
    const dialog = page.getByRole('dialog', { name: /token/i });
    await dialog.getByLabel('Name').fill(name);
    const date = dialog.getByLabel('Expiration date');
    const submit = dialog.getByRole('button', { name: 'Create API token' });
    await date.fill(dateInDays(0));
    await submit.click();
    // The day may have changed in UTC since the date was filled in.
    const first = await dialog.getByText(/Choose .+ or a later date \(UTC\)\./).innerText();
    expect([0, 1].map((days) => `Choose ${shownDate(dateInDays(days))} or a later date (UTC).`)).toContain(first);

    const tomorrow = dateInDays(1);
    await date.fill(tomorrow);
    await submit.click();
    await dialog.getByRole('textbox', { name: 'API token' }).waitFor();
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog.getByText('Copied').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();

    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
    await row.locator('[data-label="Expires"]').getByText(shownDate(tomorrow)).waitFor();
    await row.getByText('Active').waitFor();
    const created = await row.locator('[data-label="Created"]').innerText();
    expect(created).toMatch(/just now|minutes? ago/);
  });
});
