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
  var axe: { run: (root: Document) => Promise<{ violations: Violation[] }> };
}

/** What axe finds in the whole page, shadow roots included. */
const violationsIn = async (page: Page): Promise<string[]> => {
  // As the debugger, not as the page: its Content Security Policy lets no script in.
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    return (await globalThis.axe.run(document)).violations;
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => JSON.stringify(target)).join(', ')}`);
};

const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

/** A page as it is now: accessible, as far as axe can tell, and no wider than its window. */
export const checkPage = async (page: Page, place: string): Promise<void> => {
  expect({ place, violations: await violationsIn(page) }).toEqual({ place, violations: [] });
  expect({ place, sideways: await scrollsSideways(page) }).toEqual({ place, sideways: false });
};
