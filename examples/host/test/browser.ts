import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../../scripts/browsers.mjs';

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium() ?? 'chromium', args: chromiumArguments });

/** Everything that a page complained about: violations of its Content Security Policy, errors, and console errors. */
export const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
};

export const mayUseClipboard = (context: BrowserContext, origin: string): Promise<void> =>
  context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
