import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { heapHolds } from './heap.js';
import { startedDemo } from './started-demo.js';

describe('53 a dismissed secret', { timeout: 300_000 }, () => {
  const demo = startedDemo();

  it.each([
    'copied and closed',
    'copied as a curl command and closed',
    'said to be stored',
    'left by going elsewhere in the page',
  ])('is in the page’s heap while it is shown, and not after it was %s', async (way) => {
    const page = await demo.open();
    await demo.signIn(page, /Ana/);
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create API key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Description').fill(way);
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    const value = dialog.getByRole('textbox', { name: 'API key' });
    const key = await value.inputValue();
    // The positive control: what we look for can be found.
    expect(await heapHolds(page, key)).toBe(true);

    if (way.startsWith('copied')) {
      const name = way.includes('curl') ? 'Copy as curl' : 'Copy';
      await dialog.getByRole('button', { name, exact: true }).click();
      await dialog.getByText('Copied').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).click();
    } else if (way === 'said to be stored') {
      await page.keyboard.press('Escape');
      await dialog.getByRole('button', { name: 'Close anyway' }).click();
    } else {
      await page.evaluate(() => document.querySelector('profile-tabs')?.remove());
    }
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => heapHolds(page, key)).toBe(false);
    await page.context().close();
  });

  it('is not in the heap after a provider token was saved', async () => {
    const page = await demo.open();
    await demo.signIn(page, /Ana/);
    await page.getByRole('tab', { name: 'Providers' }).click();
    await page.getByRole('button', { name: 'Add token' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Provider').selectOption('jira');
    await dialog.getByLabel('Site').fill('acme.atlassian.net');
    await dialog.getByLabel('E-mail').fill('agent@acme.example');
    await dialog.getByRole('textbox', { name: /^Name/ }).fill('Jira');
    const token = `ATATT3${'a-token-of-some-length-'.repeat(3)}`;
    await dialog.getByLabel('API token').pressSequentially(token);
    await dialog.getByRole('button', { name: 'Add token' }).click();
    await page.getByRole('rowheader', { name: /Jira/ }).first().waitFor();
    await expect.poll(() => heapHolds(page, token)).toBe(false);
    await page.context().close();
  });

  it.each([
    ['there is no network', (route: Route) => route.abort(), 'The server could not be reached.'],
    ['the server fails', (route: Route) => route.fulfill({ status: 500 }), 'Something went wrong.'],
    [
      'the answer is a page',
      (route: Route) => route.fulfill({ body: '<h1>Sign in</h1>' }),
      'The server sent an unexpected response.',
    ],
  ])(
    'is not in the heap after a provider token could not be saved, as %s, and was discarded',
    async (_, fail, words) => {
      const page = await demo.open();
      await demo.signIn(page, /Ana/);
      await page.getByRole('tab', { name: 'Providers' }).click();
      await page.getByRole('button', { name: 'Add token' }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Provider').selectOption('jira');
      await dialog.getByLabel('Site').fill('acme.atlassian.net');
      await dialog.getByLabel('E-mail').fill('agent@acme.example');
      await dialog.getByRole('textbox', { name: /^Name/ }).fill('Jira that fails');
      const token = `ATATT3${'a-token-that-came-to-nothing-'.repeat(3)}`;
      await dialog.getByLabel('API token').pressSequentially(token);
      await page.route(/provider-tokens$/, (route) =>
        route.request().method() === 'POST' ? fail(route) : route.continue(),
      );
      await dialog.getByRole('button', { name: 'Add token' }).click();
      await dialog.getByText(words).waitFor();
      // Nothing typed is lost before the person says so.
      await expect.poll(() => dialog.getByLabel('API token').inputValue()).toBe(token);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => heapHolds(page, token)).toBe(false);
      await page.context().close();
    },
  );

  it('is not in the heap after an automatic retry for a lost answer', async () => {
    const page = await demo.open();
    await demo.signIn(page, /Ana/);
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create API key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Description').fill('Answered late');
    let isLost = true;
    await page.route(/api-keys$/, async (route) => {
      if (route.request().method() !== 'POST' || !isLost) return route.continue();
      isLost = false;
      await route.fetch();
      return route.abort();
    });
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    const key = await dialog.getByRole('textbox', { name: 'API key' }).inputValue();
    expect(await heapHolds(page, key)).toBe(true);
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog.getByText('Copied').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => heapHolds(page, key)).toBe(false);
    await page.context().close();
  });
});

describe('53 the value of the single key, shown in its panel', { timeout: 300_000 }, () => {
  const demo = startedDemo({}, 'environment-operations-center');
  const people: Record<string, RegExp> = {
    'copied and closed': /Ana/,
    'said to be stored': /Bruno/,
    'left by going elsewhere in the page': /Carla/,
    'deleted while on show': /Dora/,
  };

  it.each(['copied and closed', 'said to be stored', 'left by going elsewhere in the page', 'deleted while on show'])(
    'is in the page’s heap while it is shown, and not after it was %s',
    async (way) => {
      const page = await demo.open();
      // One each: whoever has one can make no other.
      await demo.signIn(page, people[way] ?? /Ana/);
      await page.getByRole('button', { name: 'Generate API token' }).click();
      const panel = page.getByRole('group', { name: 'Your API token' });
      const value = panel.locator('textarea');
      await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
      const key = await value.inputValue();
      expect(await heapHolds(page, key)).toBe(true);

      if (way === 'copied and closed') {
        await page.getByRole('button', { name: 'Copy', exact: true }).click();
        await page.getByText('Copied').waitFor();
        await page.getByRole('button', { name: 'Done' }).click();
      } else if (way === 'said to be stored') {
        await page.getByRole('button', { name: 'Done' }).click();
        await page.getByRole('button', { name: 'Finish anyway' }).click();
      } else if (way === 'deleted while on show') {
        await page.getByRole('button', { name: 'Delete API token' }).click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Delete API token' }).click();
        await page.getByText('The API token has been deleted.').waitFor();
      } else {
        await page.evaluate(() => document.querySelector('profile-tabs')?.remove());
      }
      await value.waitFor({ state: 'detached' });
      await expect.poll(() => heapHolds(page, key)).toBe(false);
      await page.context().close();
    },
  );
});
