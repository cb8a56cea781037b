import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { complaintsOf, keepingPages } from './browser.js';
import { heapHolds } from './heap.js';
import { startedDemo } from './started-demo.js';
import { everythingIn } from './systems/page.js';

/** Leaves the page as a link does, and says yes where the browser asks. */
const follow = async (page: Page, address: string): Promise<void> => {
  await page.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => sessionStorage.setItem('wasKept', String(persisted))),
  );
  await page.goto(address);
};

const goBack = async (page: Page): Promise<void> => {
  await page.goBack({ waitUntil: 'commit' });
  // The positive control: what is missing is not missing because the page was loaded anew.
  await page.waitForFunction(() => sessionStorage.getItem('wasKept') === 'true');
};

const signOut = (page: Page, system: string) => page.request.delete(`/${system}/demo/session`);
const signInAs = (page: Page, system: string, user: string) =>
  page.request.post(`/${system}/demo/session`, { data: { user } });

describe('75 a page left with a secret on it, restored by Back', () => {
  const system = 'aip-console';
  const demo = startedDemo({}, system, keepingPages);
  const elsewhere = `/${system}/documentation/`;

  const generate = async (page: Page): Promise<string> => {
    await page.getByRole('button', { name: 'Generate' }).click();
    await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    return page.locator('secret-reveal textarea').inputValue();
  };

  it('after a sign-out: shows neither the copied key nor the former person', async () => {
    const page = await demo.open();
    const complaints = complaintsOf(page);
    await demo.signIn(page, /Ana/);
    const key = await generate(page);
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText('Copied').waitFor();
    expect(await everythingIn(page)).toContain(key);
    await follow(page, elsewhere);
    await signOut(page, system);
    await goBack(page);
    await page.getByRole('dialog').getByRole('button', { name: /Ana/ }).waitFor();
    await expect.poll(() => page.getByRole('main').count()).toBe(0);
    expect(await everythingIn(page)).not.toContain(key);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('for the same person: the new key is neither on the page nor in the heap, and the page says so', async () => {
    const page = await demo.open();
    page.on('dialog', (dialog) => void dialog.accept());
    await demo.signIn(page, /Bruno/);
    const key = await generate(page);
    expect(await heapHolds(page, key)).toBe(true);
    await follow(page, elsewhere);
    await goBack(page);
    await page.getByText('its value cannot be shown again').waitFor();
    expect(await everythingIn(page)).not.toContain(key);
    await expect.poll(() => heapHolds(page, key)).toBe(false);
    await page.context().close();
  });

  it('for another person: shows that person’s page, without a question about the typed text', async () => {
    const page = await demo.open();
    const questions: string[] = [];
    await demo.signIn(page, /Carla/);
    const key = await generate(page);
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText('Copied').waitFor();
    await follow(page, elsewhere);
    await signInAs(page, system, 'dora');
    page.on('dialog', (dialog) => {
      questions.push(dialog.message());
      void dialog.accept();
    });
    await goBack(page);
    await page.getByText('Dora').first().waitFor();
    const everything = await everythingIn(page);
    expect(everything).not.toContain(key);
    expect(everything).not.toContain('Carla');
    expect(questions).toEqual([]);
    await page.context().close();
  });
});

describe('75 a page left with a typed secret, restored by Back', () => {
  const system = 'ai-cockpit-one';
  const demo = startedDemo({}, system, keepingPages);

  it('keeps typed text, and no secret on the page or in the heap', async () => {
    const page = await demo.open();
    page.on('dialog', (dialog) => void dialog.accept());
    await demo.signIn(page, /Ana/);
    await page.getByRole('tab', { name: 'Providers' }).click();
    await page.getByRole('button', { name: 'Add token' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Provider').selectOption('jira');
    await dialog.getByLabel('Site').fill('acme.atlassian.net');
    const token = `ATATT3${'a-token-of-some-length-'.repeat(3)}`;
    await dialog.getByLabel('API token').pressSequentially(token);
    await follow(page, '/');
    await goBack(page);
    await dialog.getByText('were cleared when you left this page').waitFor();
    await expect.poll(() => dialog.getByLabel('API token').inputValue()).toBe('');
    await expect.poll(() => dialog.getByLabel('Site').inputValue()).toBe('acme.atlassian.net');
    await expect.poll(() => heapHolds(page, token)).toBe(false);
    await page.context().close();
  });

  it('a key created while the page was left: not shown, and returned to the repeated request', async () => {
    const page = await demo.open();
    page.on('dialog', (dialog) => void dialog.accept());
    await demo.signIn(page, /Ana/);
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create API key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Description').fill('Answered late');
    const made = Promise.withResolvers<string>();
    await page.route(
      /api-keys$/,
      async (route) => {
        const answer = await route.fetch();
        made.resolve(((await answer.json()) as { secret: string }).secret);
        // Its answer never arrives.
      },
      { times: 1 },
    );
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    const key = await made.promise;
    await follow(page, '/');
    await goBack(page);
    await dialog.getByText('You left this page before the server answered.').waitFor();
    expect(await everythingIn(page)).not.toContain(key);
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    await dialog.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    await expect.poll(() => dialog.getByRole('textbox', { name: 'API key' }).inputValue()).toBe(key);
    await page.context().close();
  });
});
