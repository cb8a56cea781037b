import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startedDemo } from './started-demo.js';

declare global {
  /** Of the page, through all shadow roots. */
  var everyElement: () => Element[];
}

const defineEveryElement = () => {
  const below = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? below(element.shadowRoot) : []),
    ]);
  globalThis.everyElement = () => below(document);
};

/** Leads through the page and all its dialogs. */
const inEveryPlace = async (page: Page, visit: (page: Page, place: string) => Promise<void>): Promise<void> => {
  await page.getByLabel('First name').waitFor();
  await visit(page, 'profile');
  await page.getByRole('tab', { name: 'Providers' }).click();
  await page.getByRole('button', { name: 'Add token' }).first().click();
  await page.getByRole('dialog').getByLabel('Provider').selectOption('servicenow');
  await visit(page, 'a new provider token');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('tab', { name: 'API keys' }).click();
  await page.getByRole('button', { name: 'Create API key' }).first().click();
  const dialog = page.getByRole('dialog');
  await visit(page, 'a new key');
  await dialog.getByLabel('Description').fill('Nightly report of all projects');
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  await dialog.getByRole('button', { name: 'Copy', exact: true }).waitFor();
  await visit(page, 'a key shown once');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('rowheader').waitFor();
  await visit(page, 'the list of keys');
  await page.getByRole('button', { name: /Actions for/ }).click();
  await visit(page, 'the menu of a row');
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await visit(page, 'deleting a key');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete API key' }).click();
  await page.getByRole('rowheader').waitFor({ state: 'detached' });
};

describe('preferences of people', () => {
  const demo = startedDemo();
  const open = async (options: BrowserContextOptions) => {
    const page = await demo.open(options);
    await page.addInitScript(defineEveryElement);
    await demo.signIn(page, /Ana/);
    return page;
  };

  it('reduced motion: nothing moves', async () => {
    const page = await open({ reducedMotion: 'reduce' });
    await inEveryPlace(page, async (page, place) => {
      const moving = await page.evaluate(() => {
        return everyElement()
          .flatMap((element) => element.getAnimations())
          .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 1)
          .map(
            (animation) => (animation as CSSTransition).transitionProperty ?? (animation as CSSAnimation).animationName,
          );
      });
      expect({ place, moving }).toEqual({ place, moving: [] });
    });
    await page.context().close();
  });

  it('a coarse pointer: everything to press is 44 px high, and text in fields 16 px; any other: at least 24', async () => {
    for (const { hasTouch, least } of [
      { hasTouch: true, least: 44 },
      { hasTouch: false, least: 24 },
    ]) {
      const page = await open({ hasTouch, isMobile: hasTouch, viewport: { width: 390, height: 800 } });
      await inEveryPlace(page, async (page, place) => {
        const small = await page.evaluate((least) => {
          const pressed = 'button, select, input, summary, [role="menuitem"], a.link';
          // Inside the elements: what the host has made is its own matter.
          return (
            everyElement()
              .filter((element) => element.getRootNode() instanceof ShadowRoot)
              .filter((element) => element.matches(pressed) && element.checkVisibility({ visibilityProperty: true }))
              // A labelled control can be pressed by its label too.
              .map((element) => ({ element, label: (element as HTMLInputElement).labels?.[0] }))
              .map(({ element, label }) => ({
                element,
                box: (element.matches('[type=radio], [type=checkbox]') && label
                  ? label
                  : element
                ).getBoundingClientRect(),
              }))
              .filter(({ box }) => box.width > 1 && (box.height < least - 0.5 || box.width < 24))
              .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width}×${box.height}`)
          );
        }, least);
        expect({ place, least, small }).toEqual({ place, least, small: [] });
        if (!hasTouch) return;
        // iOS enlarges the page at the focus of any that is smaller.
        const smallText = await page.evaluate(() =>
          everyElement()
            .filter((element) => element.matches('input, select, textarea'))
            .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 16)
            .map(({ outerHTML }) => outerHTML.slice(0, 80)),
        );
        expect({ place, smallText }).toEqual({ place, smallText: [] });
      });
      await page.context().close();
    }
  });

  it('400 % zoom: the title of the sign-in stays in view while its people scroll', async () => {
    const page = await demo.open({ viewport: { width: 320, height: 180 }, deviceScaleFactor: 4 });
    await page.goto('/ai-cockpit-one/');
    const dialog = page.getByRole('dialog');
    const title = dialog.getByRole('heading');
    await dialog.getByRole('button').last().focus();
    for (const part of [title, dialog.getByRole('button').last()]) {
      const box = await part.boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(180);
    }
    await page.context().close();
  });

  it('200 % zoom: nothing is cut off and nothing scrolls sideways', async () => {
    const page = await open({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    await inEveryPlace(page, async (page, place) => {
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect({ place, sideways }).toEqual({ place, sideways: false });
      const cut = await page.evaluate(() => {
        return (
          everyElement()
            .filter(
              (element) => element.matches('button, label, h1, h2, h3, p, th, td, dt, dd') && element.checkVisibility(),
            )
            .filter(
              (element) =>
                element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline',
            )
            // Names of columns that stand beside each value instead.
            .filter((element) => getComputedStyle(element).clipPath === 'none' && !element.closest('thead'))
            .map((element) => element.outerHTML.slice(0, 100))
        );
      });
      expect({ place, cut }).toEqual({ place, cut: [] });
    });
    await page.context().close();
  });

  it('forced colours: every control keeps an outline of its own', async () => {
    const page = await open({ forcedColors: 'active' });
    await inEveryPlace(page, async (page, place) => {
      const bare = await page.evaluate(() => {
        return everyElement()
          .filter((element) => element.matches('input:not([type=radio], [type=checkbox]), select, dialog'))
          .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 1)
          .filter((element) => Number.parseFloat(getComputedStyle(element).borderTopWidth) < 1)
          .map((element) => element.outerHTML.slice(0, 100));
      });
      expect({ place, bare }).toEqual({ place, bare: [] });
    });
    await page.context().close();
  });
});
