import { describe, it } from 'vitest';
import { checkPage } from './axe.js';
import { startedDemo } from './started-demo.js';

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 360, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
] as const)('the host page at $width px, $colorScheme', ({ width, colorScheme }) => {
  const demo = startedDemo();

  it('is accessible and does not scroll sideways, in every section and dialog', async () => {
    const page = await demo.open({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
    const check = (place: string) => checkPage(page, place);
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
    await dialog.getByText('Enter name.').first().waitFor();
    await check('a provider token with errors');
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create API key' }).click();
    await check('a new key');
    await dialog
      .getByLabel('Description')
      .fill('A key with a description that is rather long for a narrow page '.repeat(2));
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    await dialog.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    await check('a key shown once');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await check('asking whether it is stored');
    await dialog.getByRole('button', { name: 'Close anyway' }).click();
    await page.getByRole('rowheader').waitFor();
    await check('a list of keys');
    await page.getByRole('button', { name: /Actions for/ }).click();
    await check('the menu of a row');
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await check('deleting a key');
  });
});
