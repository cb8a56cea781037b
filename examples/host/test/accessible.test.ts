import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startedDemo } from './started-demo.js';

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

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 360, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
] as const)('the host page at $width px, $colorScheme', ({ width, colorScheme }) => {
  const demo = startedDemo();

  it('is accessible and does not scroll sideways, in every section and dialog', async () => {
    const page = await demo.open({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
    const check = async (place: string) => {
      expect({ place, violations: await violationsIn(page) }).toEqual({ place, violations: [] });
      expect({ place, sideways: await scrollsSideways(page) }).toEqual({ place, sideways: false });
    };
    await page.goto(demo.server.origin);
    await check('the index');
    await page.goto(`${demo.server.origin}/ai-cockpit-one/`);
    await page.getByRole('button', { name: /Ana/ }).waitFor();
    await check('sign-in');
    await page.getByRole('button', { name: /Ana/ }).click();
    await page.getByLabel('First name').waitFor();
    await check('profile');

    await page.getByRole('tab', { name: 'Providers' }).click();
    await page.getByRole('button', { name: 'Add token' }).waitFor();
    await check('no provider tokens');
    await page.getByRole('button', { name: 'Add token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Provider').selectOption('servicenow');
    await check('a new provider token');
    await dialog.getByRole('button', { name: 'Add token' }).click();
    await dialog.getByText('Enter a value.').first().waitFor();
    await check('a provider token with errors');
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create API key' }).click();
    await check('a new key');
    await dialog
      .getByLabel('Description')
      .fill('A key with a description that is rather long for a narrow page '.repeat(2));
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    await dialog.getByRole('button', { name: 'Copy' }).waitFor();
    await check('a key shown once');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await check('asking whether it is stored');
    await dialog.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('rowheader').waitFor();
    await check('a list of keys');
    await page.getByRole('button', { name: /Actions for/ }).click();
    await check('the menu of a row');
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await check('deleting a key');
  });
});
