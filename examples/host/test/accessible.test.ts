import { describe, expect, it } from 'vitest';
import { checkInEachCondition, checkPage } from './axe.js';
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
    const checkAt = width === 1280 && colorScheme === 'light' ? checkInEachCondition : checkPage;
    const seen = new Set<string>();
    const check = async (place: string) => {
      for (const layer of await checkAt(page, place)) seen.add(layer);
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
    await dialog.getByText('Enter name.').first().waitFor();
    await check('a provider token with errors');
    await dialog.getByLabel('Provider').selectOption('azure-devops');
    await dialog.getByLabel('Name required', { exact: true }).fill('Boards');
    await page.keyboard.press('Escape');
    await dialog.getByText('Discard changes?').waitFor();
    await check('asking whether to discard');
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await dialog.getByLabel('Azure DevOps organization').fill('acme');
    await dialog.getByRole('textbox', { name: /token/i }).fill('not-a-real-one');
    await dialog.getByRole('button', { name: 'Add token' }).click();
    await page.getByRole('rowheader').waitFor();
    await check('a list of provider tokens');
    await page.getByRole('button', { name: /Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog.getByRole('button', { name: 'Save' }).waitFor();
    await check('editing a provider token');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: /Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').waitFor();
    await check('deleting a provider token');
    await page.keyboard.press('Escape');

    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create API key' }).click();
    await dialog.waitFor();
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
    await page.getByRole('alertdialog').waitFor();
    await check('deleting a key');
    expect([...seen]).toEqual([
      'Sign in to AI Cockpit One',
      'Add a token',
      'Edit “Boards”',
      'Delete token',
      'Create API key',
      'API key created',
      'a menu',
      'Delete API key',
    ]);
  });
});
