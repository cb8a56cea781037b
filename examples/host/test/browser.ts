import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../../scripts/browsers.mjs';

export const launch = ({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium() ?? 'chromium',
    args: [...chromiumArguments, ...args],
    ...options,
  });

/** Turns the back-forward cache on, as in people's browsers; Playwright turns it off. */
export const keepingPages: LaunchOptions = { ignoreDefaultArgs: ['--disable-back-forward-cache'] };

/**
 * Everything that a page complained about: violations of its Content Security Policy, exceptions, console errors. Not
 * the browser's own notes of answers that were refusals, such as the 401 by which a page learns that nobody is signed in.
 */
export const complaintsOf = (page: Page, types: readonly string[] = ['error']): string[] => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isNote = message.text().startsWith('Failed to load resource');
    if (types.includes(message.type()) && !isNote) complaints.push(message.text());
  });
  return complaints;
};

/** The accessible name of the focused node: its label, else its text. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const label =
      element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels?.[0] : null;
    return (element?.getAttribute('aria-label') ?? label?.textContent ?? element?.textContent ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  });

/** Goes on with Tab until something of that name has the focus. */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  const seen: string[] = [];
  // Round and round, as it may come only when the server has answered.
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const present = await focused(page);
    if (present.startsWith(name)) return;
    seen.push(present);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to “${name}”, but to: ${[...new Set(seen)].join(' · ')}`);
};
