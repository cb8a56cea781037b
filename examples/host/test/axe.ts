import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  nodes: { target: unknown; failureSummary: string }[];
}

declare global {
  /** Put there by the script of its name. */
  var axe: {
    run: (
      root: Document,
      options: { resultTypes: ['violations']; rules: Record<string, { enabled: boolean }> },
    ) => Promise<{ violations: Violation[] }>;
  };
}

/** The violations that axe finds in the whole page, shadow roots included. */
const violationsIn = async (page: Page, disabledRules: readonly string[]): Promise<string[]> => {
  // As the debugger, not as the page: its Content Security Policy lets no script in. Once for each document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (disabledRules) => {
    const rules = Object.fromEntries(disabledRules.map((id) => [id, { enabled: false }]));
    return (await globalThis.axe.run(document, { resultTypes: ['violations'], rules })).violations;
  }, disabledRules);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => JSON.stringify(target)).join(', ')}`);
};

const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** The titles of open dialogs, and “a menu” for each open menu, shadow roots included. */
const openLayersIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const layersIn = (root: ParentNode): string[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.matches(':modal, :popover-open') ? [element.querySelector('h1, h2')?.textContent ?? 'a menu'] : []),
        ...(element.shadowRoot ? layersIn(element.shadowRoot) : []),
      ]);
    return layersIn(document);
  });

/**
 * A page as it is now: accessible, as far as axe can tell, and no wider than its window. Returns its open dialogs
 * and menus.
 */
export const checkPage = async (
  page: Page,
  place: string,
  disabledRules: readonly string[] = [],
): Promise<string[]> => {
  expect({ place, violations: await violationsIn(page, disabledRules) }).toEqual({ place, violations: [] });
  expect({ place, sideways: await scrollsSideways(page) }).toEqual({ place, sideways: false });
  return openLayersIn(page);
};

interface Condition {
  readonly name: string;
  readonly set: (page: Page, isOn: boolean) => Promise<void>;
  /** Runs in the page. */
  readonly isOn: () => boolean;
  readonly disabledRules?: readonly string[];
}

const conditions: readonly Condition[] = [
  {
    name: 'from right to left',
    set: (page, isOn) =>
      page.evaluate((isOn) => {
        document.documentElement.dir = isOn ? 'rtl' : '';
      }, isOn),
    isOn: () => getComputedStyle(document.body).direction === 'rtl',
  },
  {
    name: 'in forced colours',
    set: (page, isOn) => page.emulateMedia({ forcedColors: isOn ? 'active' : 'none' }),
    isOn: () => matchMedia('(forced-colors: active)').matches,
    // The rule reads the text's colour from `-webkit-text-fill-color`. Chromium computes that without the forced colours,
    // but the background with them, so that the rule compares two colours that are never drawn together.
    disabledRules: ['color-contrast'],
  },
  {
    // At 200 % zoom, a window has half as many CSS pixels in each direction.
    name: 'at 200 % zoom',
    set: (page, isOn) => page.setViewportSize(isOn ? { width: 640, height: 400 } : { width: 1280, height: 800 }),
    isOn: () => matchMedia('(width <= 640px)').matches,
  },
];

/** A page of 1280 by 800 px as it is now, then in each condition, with the same dialog or menu open. */
export const checkInEachCondition = async (page: Page, place: string): Promise<string[]> => {
  const layers = await checkPage(page, place);
  for (const { name, set, isOn, disabledRules } of conditions) {
    const there = `${place}, ${name}`;
    await set(page, true);
    expect({ there, isOn: await page.evaluate(isOn) }).toEqual({ there, isOn: true });
    expect({ there, layers: await checkPage(page, there, disabledRules) }).toEqual({ there, layers });
    await set(page, false);
    expect({ there, isOn: await page.evaluate(isOn) }).toEqual({ there, isOn: false });
  }
  return layers;
};
