import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startedDemo } from './started-demo.js';

interface Stop {
  name: string;
  /** Inside the modal dialog, where one is open. */
  inDialog: boolean;
  hasRing: boolean;
  /** Nothing lies over its middle, and it is within the window. */
  inSight: boolean;
}

/** The focused element and its focus ring; `null` if the page itself has the focus. */
const presentStop = (page: Page): Promise<Stop | null> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const { left, top, width, height } = element.getBoundingClientRect();
    let hit = document.elementFromPoint(left + width / 2, top + height / 2);
    while (hit?.shadowRoot?.elementFromPoint(left + width / 2, top + height / 2)) {
      const inner: Element | null = hit.shadowRoot.elementFromPoint(left + width / 2, top + height / 2);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const parentOf = (node: Node): Node | null => node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
    let dialog: Node | null = element;
    while (dialog && !(dialog instanceof HTMLDialogElement)) dialog = parentOf(dialog);
    const label = (element as HTMLInputElement).labels?.[0] ?? null;
    return {
      name: (element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent)
        .replace(/\s+/g, ' ')
        .trim(),
      inDialog: dialog !== null,
      hasRing: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      inSight: hit !== null && (hit === element || element.contains(hit) || hit.contains(element)),
    };
  });

/** Goes on with Tab, or back with Shift+Tab, until the page's end or so many stops; gives each. */
const stopsOf = async (page: Page, key: 'Tab' | 'Shift+Tab' = 'Tab', count = Infinity): Promise<Stop[]> => {
  const stops: Stop[] = [];
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press(key);
    const stop = await presentStop(page);
    if (!stop) return stops;
    const before = stops.at(-1);
    // The parts of one control, such as day, month and calendar of a date, show the ring one after another.
    if (before?.name === stop.name) before.hasRing ||= stop.hasRing;
    else stops.push(stop);
    if (stops.length === count) return stops;
  }
  throw new Error(`The focus does not come to an end: ${stops.map(({ name }) => name).join(' · ')}`);
};

const unseen = (stops: Stop[]) => stops.filter(({ hasRing, inSight }) => !hasRing || !inSight);
const names = (stops: Stop[]) => stops.map(({ name }) => name);
const focusedName = async (page: Page) => (await presentStop(page))?.name;

describe.each([
  { width: 1280, height: 800 },
  { width: 320, height: 640 },
])('the focus at $width px', (viewport) => {
  const demo = startedDemo();

  it('is visible at each stop of each section, in reading order, forwards and backwards', async () => {
    const page = await demo.open({ viewport, reducedMotion: 'reduce' });
    await demo.signIn(page, /Ana/);
    await page.getByLabel('First name').waitFor();
    for (const [section, lastDrawn] of [
      ['Profile', page.getByLabel('First name')],
      ['Providers', page.getByRole('button', { name: 'Add token' }).first()],
      ['API keys', page.getByRole('button', { name: 'Create API key' }).first()],
    ] as const) {
      await page.getByRole('tab', { name: section }).click();
      // A control that is drawn after the walk has begun is reached on the way back only.
      await lastDrawn.waitFor();
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press('Control+Home');
      await page.locator('body').click({ position: { x: 1, y: 1 } });
      const there = await stopsOf(page);
      expect({ section, unseen: unseen(there) }).toEqual({ section, unseen: [] });
      expect(names(there)).toContain(section);
      const back = await stopsOf(page, 'Shift+Tab', there.length);
      expect({ section, unseen: unseen(back) }).toEqual({ section, unseen: [] });
      expect(names(back).toReversed()).toEqual(names(there));
    }
    await page.context().close();
  });

  it('is visible on a long page below a sticky header', async () => {
    const page = await demo.open({ viewport: { ...viewport, height: 400 }, reducedMotion: 'reduce' });
    await page.goto('/aip-console/#notifications');
    await page.getByRole('dialog').getByRole('button', { name: /Ana/ }).click();
    await page.getByRole('switch').waitFor();
    await page.getByRole('button', { name: 'Generate API key' }).waitFor();
    await page.getByRole('link', { name: 'All products' }).focus();
    const back = await stopsOf(page, 'Shift+Tab');
    expect(names(back)).toEqual(expect.arrayContaining(['Save', 'Notifications', 'Generate API key', 'Jobs']));
    expect(unseen(back)).toEqual([]);
    await page.context().close();
  });

  it('goes into a dialog, stays in it, and returns to what opened it', async () => {
    const page = await demo.open({ viewport, reducedMotion: 'reduce' });
    await demo.signIn(page, /Ana/);
    for (const [section, opener] of [
      ['Providers', 'Add token'],
      ['API keys', 'Create API key'],
    ] as const) {
      await page.getByRole('tab', { name: section }).click();
      await page.getByRole('button', { name: opener }).first().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await expect.poll(async () => (await presentStop(page))?.inDialog).toBe(true);
      const stops = await stopsOf(page);
      expect({ opener, outside: stops.filter(({ inDialog }) => !inDialog) }).toEqual({ opener, outside: [] });
      expect({ opener, unseen: unseen(stops) }).toEqual({ opener, unseen: [] });
      // From the browser's own controls, where the last step led, back in.
      await page.keyboard.press('Tab');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expect.poll(() => focusedName(page)).toBe(opener);
    }
    await page.context().close();
  });

  it('moves from a row’s menu to its dialog and back, and from a deleted row to the next one', async () => {
    const page = await demo.open({ viewport, reducedMotion: 'reduce' });
    await demo.signIn(page, /Ana/);
    await page.getByRole('tab', { name: 'API keys' }).click();
    for (const description of ['First', 'Second']) {
      await page.getByRole('button', { name: 'Create API key' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Description').fill(description);
      await dialog.getByRole('button', { name: 'Create API key' }).click();
      await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('rowheader', { name: description }).waitFor();
    }
    const menu = page.getByRole('button', { name: 'Actions for First' });
    await menu.focus();
    const openDialog = async () => {
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Delete' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
    };
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Delete' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toBe('Actions for First');

    await openDialog();
    await expect.poll(() => focusedName(page)).toBe('Cancel');
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await expect.poll(() => focusedName(page)).toBe('Actions for First');

    await openDialog();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete API key' }).press('Enter');
    await page.getByRole('rowheader', { name: 'First' }).waitFor({ state: 'detached' });
    await expect.poll(() => presentStop(page)).toMatchObject({ inDialog: false, hasRing: true, inSight: true });
    await page.context().close();
  });
});

describe('announcements', () => {
  const demo = startedDemo();

  it('saved, added, copied, deleted, no match and failed: in a live region', async () => {
    const page = await demo.open();
    await demo.signIn(page, /Bruno/);
    const said = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).first().waitFor();
    await page.getByLabel('First name').fill('Brunello');
    await page.getByRole('button', { name: 'Save' }).click();
    await said('Saved');

    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create API key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Description').fill('To be told of');
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await said('Copied');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('searchbox').fill('there is none like this');
    await said(/no/i);
    await page.getByRole('searchbox').fill('');

    await page.route('**/v1/**', (route) => route.abort());
    await page.getByRole('tab', { name: 'Profile' }).click();
    await page.getByLabel('First name').fill('Bruno');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'The server could not be reached.' }).waitFor();
    await page.context().close();
  });
});
