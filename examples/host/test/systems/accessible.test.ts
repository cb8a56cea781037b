import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { checkPage } from '../axe.js';
import { startedDemo } from '../started-demo.js';

type Check = (place: string) => Promise<void>;

/** What is to be seen of each product (AI Cockpit One: `../accessible.test.ts`), from its first day on. */
const walks: Record<string, (page: Page, check: Check) => Promise<void>> = {
  'aic-hub': async (page, check) => {
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    await check('profile');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('First name').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await check('a name with an error');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create API key' }).click();
    await dialog.getByLabel('Name').fill('Nightly report');
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    await dialog.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    await check('a key shown once');
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('rowheader').waitFor();
    await check('keys');
    await page.getByRole('tab', { name: 'Provider tokens' }).click();
    await page.getByRole('button', { name: 'Add token for Jira' }).click();
    await dialog.getByLabel('Site').waitFor();
    await check('a new provider token');
    await page.keyboard.press('Escape');
    await check('one row a provider');
  },

  duplocloud: async (page, check) => {
    await page.getByRole('rowheader').first().waitFor();
    await check('user info and tokens');
    await page.locator('profile-menu').getByRole('button').click();
    await page.getByRole('menuitem').first().waitFor();
    await check('the menu');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Create API token' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create API token' }).click();
    await check('a token with errors');
    await page.goto(`${page.url()}ai-admin/access-control/user-tokens/`);
    await page.getByRole('rowheader').first().waitFor();
    await check('everybody’s tokens');
    await page
      .getByRole('row')
      .filter({ hasText: 'Active' })
      .first()
      .getByRole('button', { name: /^Actions for/ })
      .click();
    await page.getByRole('menuitem', { name: 'Revoke' }).click();
    await check('revoking another’s token');
  },

  'environment-operations-center': async (page, check) => {
    await page.getByRole('button', { name: 'Generate API token' }).waitFor();
    await page.getByRole('textbox', { name: 'First name' }).waitFor();
    await check('account settings');
    await page.getByRole('textbox', { name: 'First name' }).fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    await check('not everything saved');
    await page.getByRole('textbox', { name: 'First name' }).fill('Ana');
    await page.getByRole('button', { name: 'Generate API token' }).click();
    await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    await check('a token shown once');
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Delete API token' }).click();
    await page.getByRole('alertdialog').waitFor();
    await check('deleting a token');
    await page.keyboard.press('Escape');
    await page.locator('profile-menu').getByRole('button').click();
    await check('the menu');
  },

  'aip-console': async (page, check) => {
    const generate = page.locator('api-key-single form').getByRole('button', { name: 'Generate API key' });
    await generate.waitFor();
    await check('no key');
    await generate.click();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await check('a key shown once');
    await page.getByRole('button', { name: 'Close' }).click();
    await generate.click();
    await page.getByRole('alertdialog').waitFor();
    await check('generating again');
    await page.keyboard.press('Escape');
    await page.getByRole('switch').click();
    await page.getByRole('textbox', { name: /E-mail/ }).fill('no address');
    await page.locator('notification-settings').getByRole('button', { name: 'Save' }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    await check('notifications with an error');
    const { origin } = new URL(page.url());
    for (const path of ['/aip-console/jobs/', '/aip-console/documentation/', '/mail']) {
      await page.goto(origin + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await check(path);
    }
  },
};

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
] as const)('at $width px, $colorScheme', ({ width, colorScheme }) => {
  describe.each(Object.entries(walks))('%s', (system, walk) => {
    const demo = startedDemo({}, system);

    it('is accessible and does not scroll sideways, wherever one goes', async () => {
      const page = await demo.open({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
      await demo.signIn(page, /Ana/);
      await walk(page, (place) => checkPage(page, place));
      await page.context().close();
    });
  });
});
