import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { checkInEachCondition, checkPage } from '../axe.js';
import { startedDemo } from '../started-demo.js';

type Check = (place: string) => Promise<void>;

/** The dialogs and menus of each product, in the order in which its walk first opens them. */
const dialogs: Record<string, readonly string[]> = {
  'aic-hub': [
    'Sign in to AIC Hub',
    'Create API key',
    'API key created',
    'Delete API key',
    'Add token for Jira',
    'Edit “Jira token”',
    'Delete token',
  ],
  duplocloud: [
    'Sign in to DuploCloud AI Suite',
    'a menu',
    'Create API token',
    'Token created',
    'Delete API token',
    'Revoke API token',
    'Revoke 4 API tokens',
  ],
  'environment-operations-center': [
    'Sign in to Environment Operations Center',
    'Delete API token',
    'Remove avatar',
    'a menu',
  ],
  'aip-console': ['Sign in to AIP Console', 'Generate API key', 'Delete API key'],
};

/** The states of each product (AI Cockpit One: `../accessible.test.ts`), without data and with data. */
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
    await check('a new key');
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    await dialog.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    await check('a key shown once');
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('rowheader').waitFor();
    await check('keys');
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').waitFor();
    await check('deleting a key');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Provider tokens' }).click();
    await page.getByRole('button', { name: 'Add token for Jira' }).click();
    await dialog.getByLabel('Site').fill('acme.atlassian.net');
    await check('a new provider token');
    await page.keyboard.press('Escape');
    await dialog.getByText('Discard changes?').waitFor();
    await check('asking whether to discard');
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await dialog.getByLabel('E-mail').fill('ana@acme.example');
    await dialog.getByLabel('API token').fill('not-a-real-one');
    await dialog.getByRole('button', { name: 'Add token' }).click();
    const actions = page.getByRole('button', { name: /^Actions for/ });
    await actions.waitFor();
    await check('one row a provider');
    await actions.click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog.getByRole('button', { name: 'Save' }).waitFor();
    await check('editing a provider token');
    await page.keyboard.press('Escape');
    await actions.click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').waitFor();
    await check('deleting a provider token');
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
    await page.getByRole('dialog').getByLabel('Name').fill('Nightly report');
    await page.keyboard.press('Escape');
    await page.getByText('Discard changes?').waitFor();
    await check('asking whether to discard');
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create API token' }).click();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await check('a token shown once');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Actions for Nightly report' }).click();
    await page.getByRole('menuitem', { name: 'Revoke' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke API token' }).click();
    await page
      .getByRole('row', { name: /Nightly report/ })
      .getByText('Revoked')
      .waitFor();
    await page.getByRole('button', { name: 'Actions for Nightly report' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').waitFor();
    await check('deleting a token');
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
    await page.getByRole('alertdialog').waitFor();
    await check('revoking another’s token');
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
    await page.getByRole('button', { name: /^Revoke \d+ API tokens?$/ }).click();
    await page.getByRole('alertdialog').waitFor();
    await check('revoking several tokens');
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
    const buffer = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const file = { name: 'me.png', mimeType: 'image/png', buffer };
    await page.locator('profile-avatar input[type="file"]').setInputFiles(file);
    await page.getByRole('img', { name: 'Preview of the new avatar' }).waitFor();
    await check('an avatar that is not saved');
    const settings = page.url();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL('**/environments/');
    await page.goto(settings);
    await page.getByRole('button', { name: 'Remove avatar' }).click();
    await page.getByRole('alertdialog').waitFor();
    await check('removing an avatar');
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
    await page.getByRole('button', { name: 'Done' }).click();
    await generate.click();
    await page.getByRole('alertdialog').waitFor();
    await check('generating again');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Delete API key' }).click();
    await page.getByRole('alertdialog').waitFor();
    await check('deleting a key');
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
      const checkAt = width === 1280 ? checkInEachCondition : checkPage;
      const seen = new Set<string>();
      const check = async (place: string) => {
        for (const layer of await checkAt(page, place)) seen.add(layer);
      };
      await page.goto(`${demo.server.origin}/${system}/`);
      const ana = page.getByRole('dialog').getByRole('button', { name: /Ana/ });
      await ana.waitFor();
      await check('sign-in');
      await ana.click();
      await page.getByRole('main').waitFor();
      await walk(page, check);
      expect([...seen]).toEqual(dialogs[system]);
      await page.context().close();
    });
  });
});
