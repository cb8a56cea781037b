import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { signIn } from '../hosts/pages.js';
import { startedDemo } from '../started-demo.js';
import { type ReactVersion, renderedPages } from './rendered-pages.js';

/** Every exception of a page, and what it prints as a warning or an error; not the browser's notes of answers. */
const warningsOf = (page: Page): string[] => {
  const warnings: string[] = [];
  page.on('pageerror', (error) => warnings.push(String(error)));
  page.on('console', (message) => {
    const isNote = message.text().startsWith('Failed to load resource');
    if (['warning', 'error'].includes(message.type()) && !isNote) warnings.push(message.text());
  });
  return warnings;
};

const createKey = async (page: Page, description: string): Promise<string> => {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Description').fill(description);
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  const key = await dialog.getByRole('textbox', { name: 'API key' }).inputValue();
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  return key;
};

describe.each<ReactVersion>([18, 19])('components for React %i, rendered by a server', (version) => {
  const rendered = renderedPages(version);
  const demo = startedDemo({ HOST_PAGES: rendered.folder });

  it('render tags with attributes only, and print nothing on the server', () => {
    expect(rendered.printed).toBe('');
    expect(rendered.contents['keys']).toContain('<cockpit-client class="keys" id="keys" data-testid="keys"');
    expect(rendered.contents['keys']).toContain('<api-key-create></api-key-create>');
    expect(rendered.contents['keys']).not.toMatch(/base-?url|page-?size|owner|suppress/i);
  });

  it('hydrate without a warning, set properties and hear events, also when mounted again', async () => {
    const page = await demo.open();
    const warnings = warningsOf(page);
    await signIn(page, 'ana');
    await page.goto('/keys/');

    await page.getByText('Above the keys').waitFor();
    expect(await page.locator('api-key-list').evaluate((list) => 'pageSize' in list && list.pageSize)).toBe(1);
    await expect.poll(() => page.locator('body').getAttribute('data-list')).toBe('api-key-list');
    await expect.poll(() => page.getByTestId('keys').getAttribute('class')).toBe('keys');
    expect(await page.locator('#keys').evaluate((element) => (element as HTMLElement).title)).toBe('Keys');

    await page.locator('#keys > api-key-create').getByRole('button').click();
    const first = await createKey(page, `Before, in React ${version}`);
    await page.getByText(new RegExp(`^1 created, the last of them .*${first.slice(-4)}$`)).waitFor();

    await page.getByRole('button', { name: 'Unmount' }).click();
    await page.locator('#keys').waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('body').getAttribute('data-list')).toBe('cleaned up');
    await page.getByRole('button', { name: 'Mount' }).click();
    await page.getByText('Above the keys').waitFor();
    await page.getByRole('button', { name: 'Open by the ref' }).click();
    const second = await createKey(page, `After, in React ${version}`);
    // One listener and one key: each event is heard once.
    await page.getByText(new RegExp(`^2 created, the last of them .*${second.slice(-4)}$`)).waitFor();
    await page.getByRole('rowheader', { name: `After, in React ${version}` }).waitFor();
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(1);
    expect(warnings).toEqual([]);
  });

  it('a render with another getAccessToken: typed text stays, and the latest function is called', async () => {
    const page = await demo.open();
    const warnings = warningsOf(page);
    await page.goto('/token/');
    await page.getByRole('button', { name: 'Token of Ana' }).click();
    await page.getByLabel('Last name').fill('Typed by Ana');
    await page.getByRole('button', { name: 'Render again' }).click();
    await page.getByText('Rendered 1 times').waitFor();
    await expect.poll(() => page.getByLabel('Last name').inputValue()).toBe('Typed by Ana');

    // Another person's token: their next request tells, and what the first has typed is dropped.
    await page.getByRole('button', { name: 'Token of Bruno' }).click();
    await page.getByText('Signed in: bruno').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Bruno');
    await expect.poll(() => page.getByLabel('Last name').inputValue()).not.toBe('Typed by Ana');
    expect(warnings).toEqual([]);
  });
});
