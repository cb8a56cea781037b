import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { complaintsOf } from '../browser.js';
import type { StartedApp } from './app.js';

/** Collects the scripts that a page receives. */
const scriptsOf = (page: Page) => {
  const bodies = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script' && response.ok()) bodies.set(response.url(), response.body());
  });
  return {
    /** Each gzipped as a server would send it. */
    gzippedBytes: async (): Promise<number> =>
      (await Promise.all(bodies.values())).reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0),
  };
};

const createKey = async (page: Page, description: string): Promise<string> => {
  await page.getByRole('banner').getByRole('button', { name: 'Create API key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Description').fill(description);
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  const key = await dialog.getByRole('textbox', { name: 'API key' }).inputValue();
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  await dialog.getByRole('button', { name: 'Close' }).click();
  // The page's own listener was called; its event carries the mask only.
  await page.getByText(new RegExp(`has seen the new key .*${key.slice(-4)}`)).waitFor();
  return key;
};

/** The steps of a person in each example: all have the same sign-in and the same elements. */
export const useIt = async (page: Page, name: string): Promise<number> => {
  const complaints = complaintsOf(page, ['error', 'warning']);
  const scripts = scriptsOf(page);
  await page.goto('/');
  await page.getByRole('button', { name: /Ana/ }).click();
  await page.getByLabel('First name').fill('Anabel');
  const firstLoad = await scripts.gzippedBytes();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();

  const key = await createKey(page, `Made in ${name}`);
  expect(await page.evaluate(() => document.documentElement.dataset.heard)).toBe('ApiKeyCreatedEvent ');
  await page.getByRole('tab', { name: 'API keys' }).click();
  await page.getByRole('rowheader', { name: `Made in ${name}` }).waitFor();
  expect(await page.content()).not.toContain(key);

  // A language is a file of its own, which a bundler has to put where the page finds it.
  const speak = (locale: string) =>
    page.evaluate((locale) => Object.assign(document.querySelector('cockpit-client') ?? {}, { locale }), locale);
  await speak('pt-BR');
  await page.getByRole('tab', { name: 'Perfil' }).waitFor();
  await speak('en');
  await page.getByRole('tab', { name: 'Profile' }).waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: /Ana/ }).waitFor();
  expect(await page.getByRole('tab').count()).toBe(0);

  // The framework mounts the same elements again.
  await page.getByRole('button', { name: /Ana/ }).click();
  await page.getByRole('tab', { name: 'API keys' }).click();
  await page.getByRole('rowheader', { name: `Made in ${name}` }).waitFor();
  await createKey(page, `Made again in ${name}`);
  await page.getByRole('rowheader', { name: `Made again in ${name}` }).waitFor();
  await page.getByRole('tab', { name: 'Profile' }).click();
  expect(await page.getByLabel('First name').inputValue()).toBe('Anabel');
  expect(complaints).toEqual([]);
  return firstLoad;
};

/** Tests that every framework and bundler has to pass. */
export const itWorks = (app: StartedApp, open = app.open): void => {
  it('signs in, saves a name, makes keys that its own handler hears of, and does so again once mounted anew', async () => {
    app.result.firstLoad = await useIt(await open(), app.title);
    app.result.works = true;
  });

  const { types } = app;
  if (!types) return;
  it('has types that refuse each wrong name, and no right one', async () => {
    const { wrong, refused } = await app.checkTypes();
    expect(refused).toEqual(wrong);
    app.result.types = types.label;
  });
};

/** Answers the next request with 401, as after the end of the session. */
export const typeInExpiredSession = async (page: Page, lastName: string): Promise<void> => {
  await page.goto('/');
  await page.getByRole('button', { name: /Ana/ }).click();
  await page.getByLabel('Last name').fill(lastName);
  await page.route('**/v1/profile', (route) => route.fulfill({ status: 401 }), { times: 1 });
  await page.getByRole('button', { name: 'Save' }).click();
};

/** Makes a key, leaves the page, signs out elsewhere, and comes back with Back. */
const signOutElsewhere = async (page: Page): Promise<void> => {
  await page.goto('/');
  await page.getByRole('button', { name: /Ana/ }).click();
  const key = await createKey(page, 'Left behind');
  await page.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => sessionStorage.setItem('wasKept', String(persisted))),
  );
  await page.goto('/ai-cockpit-one/demo/people');
  await page.context().clearCookies();
  await page.goBack({ waitUntil: 'commit' });
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await expect.poll(() => page.getByText(/has seen the new key|Ana’s/).count()).toBe(0);
  expect(await page.getByRole('tab').count()).toBe(0);
  expect(await page.content()).not.toContain(key);
};

/** Tests a page on Back; `isKept` where its server lets the browser keep it in the back-forward cache. */
export const itForgets = (open: () => Promise<Page>, { isKept = true } = {}): void => {
  it('75 shows nothing of a person who has signed out, when it comes back with Back', async () => {
    const page = await open();
    await signOutElsewhere(page);
    expect(await page.evaluate(() => sessionStorage.getItem('wasKept'))).toBe(isKept ? 'true' : null);
  });
};
