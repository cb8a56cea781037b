import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { preview, type PreviewServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../../scripts/browsers.mjs';

const outDir = fileURLToPath(new URL('../dist', import.meta.url));

interface Entry {
  readonly id: string;
  readonly type: 'docs' | 'story';
  readonly title: string;
}

// As `storybook build` writes it.
const { entries } = JSON.parse(readFileSync(`${outDir}/index.json`, 'utf8')) as { entries: Record<string, Entry> };
const pages = Object.values(entries).filter(({ type }) => type === 'docs');

describe('The static Storybook', () => {
  let server: PreviewServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let base: string;
  let complaints: string[];

  beforeAll(async () => {
    server = await preview({
      configFile: false,
      appType: 'mpa',
      build: { outDir },
      preview: { host: '127.0.0.1', port: 0 },
    });
    base = server.resolvedUrls?.local[0] ?? '';
    browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
    // One for all pages, so that what they share is loaded once.
    context = await browser.newContext();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  beforeEach(async () => {
    complaints = [];
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(base)) complaints.push(request.url());
    });
  });
  afterEach(() => page.close());

  it('has a page for each element, and those about all of them', () => {
    expect(pages.map(({ title }) => title)).toEqual([
      'Getting started',
      'Theming',
      'Languages',
      'Policy',
      'Elements/activity-log',
      'Elements/api-key-create',
      'Elements/api-key-list',
      'Elements/api-key-single',
      'Elements/cockpit-client',
      'Elements/notification-settings',
      'Elements/organization-select',
      'Elements/profile-avatar',
      'Elements/profile-form',
      'Elements/profile-menu',
      'Elements/profile-tabs',
      'Elements/provider-token-form',
      'Elements/provider-token-list',
      'Elements/secret-reveal',
    ]);
  });

  it('opens, and asks nobody else for anything', async () => {
    await page.goto(base);
    await page.frameLocator('#storybook-preview-iframe').getByRole('heading', { name: 'Getting started' }).waitFor();
    expect(complaints).toEqual([]);
  });

  for (const { id, title } of pages) {
    it(`shows “${title}” without a complaint`, async () => {
      await page.goto(`${base}iframe.html?viewMode=docs&id=${id}`);
      const heading = page.locator('#storybook-docs h1').first();
      await heading.waitFor();
      const unready = page.locator('.sb-story:not(:has(.page))');
      await expect.poll(() => unready.count(), { timeout: 60_000 }).toBe(0);
      await page.waitForLoadState('networkidle');
      await expect.poll(() => page.locator('.sb-errordisplay:visible').count()).toBe(0);
      if (title.startsWith('Elements/')) {
        const tag = title.replace('Elements/', '');
        await expect.poll(() => heading.textContent()).toBe(`<${tag}>`);
        for (const part of ['In your page', `import '@ai-cockpit/elements`, `<${tag} `, 'Attributes', 'Every state']) {
          // Code is coloured by a module of its own.
          await expect.poll(() => page.locator('#storybook-docs').textContent(), { timeout: 60_000 }).toContain(part);
        }
      }
      expect(complaints).toEqual([]);
    });
  }
});
