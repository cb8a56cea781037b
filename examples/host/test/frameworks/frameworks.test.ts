import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, keepingPages } from '../browser.js';
import { startedDemo } from '../started-demo.js';
import { build, folderOf, Preview } from './example.js';

/** What a person does in each of the examples, which all have the same sign-in and the same elements. */
const useIt = async (page: Page, name: string): Promise<void> => {
  const complaints = complaintsOf(page);
  await page.goto('/');
  await page.getByRole('button', { name: /Ana/ }).click();

  await page.getByLabel('First name').fill('Anabel');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();

  await page.getByRole('banner').getByRole('button', { name: 'Create API key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Description').fill(`Made in ${name}`);
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  const key = await dialog.getByRole('textbox', { name: 'API key' }).inputValue();
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.getByText('Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  await dialog.getByRole('button', { name: 'Close' }).click();

  // The page's own handler has heard of it, and knows the mask alone.
  await page.getByText(new RegExp(`has seen the new key .*${key.slice(-4)}`)).waitFor();
  await page.getByRole('tab', { name: 'API keys' }).click();
  await page.getByRole('rowheader', { name: `Made in ${name}` }).waitFor();
  expect(await page.content()).not.toContain(key);
  expect(complaints).toEqual([]);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: /Ana/ }).waitFor();
  expect(await page.getByRole('tab').count()).toBe(0);
};

/** Makes a key, leaves the page, signs out elsewhere, and comes back with Back. */
const signOutElsewhere = async (page: Page): Promise<void> => {
  await page.goto('/');
  await page.getByRole('button', { name: /Ana/ }).click();
  await page.getByRole('banner').getByRole('button', { name: 'Create API key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Description').fill('Left behind');
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.getByText('Copied').waitFor();
  const key = await dialog.getByRole('textbox', { name: 'API key' }).inputValue();
  await page.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => sessionStorage.setItem('wasKept', String(persisted))),
  );
  await page.goto('/ai-cockpit-one/demo/people');
  await page.request.delete('/ai-cockpit-one/demo/session');
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForFunction(() => sessionStorage.getItem('wasKept') === 'true');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  // Her name is among those of the sign-in.
  await expect.poll(() => page.getByText(/has seen the new key|Ana’s profile/).count()).toBe(0);
  expect(await page.getByRole('tab').count()).toBe(0);
  expect(await page.content()).not.toContain(key);
};

describe.each(['react', 'vue'])('the example for %s', (name) => {
  const demo = startedDemo({}, undefined, keepingPages);
  const preview = new Preview();

  beforeAll(async () => {
    build(name);
    await preview.start(name, demo.server.origin);
  });
  afterAll(() => preview.stop());

  it('signs in, saves a name, and makes a key that its own handler hears of', async () => {
    await useIt(await demo.open({ baseURL: preview.origin }), name);
  });

  it('75 shows nothing of a person who has signed out, when it comes back with Back', async () => {
    await signOutElsewhere(await demo.open({ baseURL: preview.origin }));
  });

  it('goes on where it was when the session has lapsed', async () => {
    const page = await demo.open({ baseURL: preview.origin });
    await page.goto('/');
    await page.getByRole('button', { name: /Ana/ }).click();
    await page.getByLabel('Last name').fill('Not yet saved');
    // Once the next request is refused, its session is as good as ended, whichever way it is sent.
    await page.route('**/v1/profile', (route) => route.fulfill({ status: 401 }), { times: 1 });
    await page.getByRole('button', { name: 'Save' }).click();
    if (name === 'react') await page.getByRole('button', { name: /Ana/ }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    expect(await page.getByLabel('Last name').inputValue()).toBe('Not yet saved');
  });
});

describe('the example for react', () => {
  const demo = startedDemo();
  const preview = new Preview();

  beforeAll(async () => {
    build('react');
    await preview.start('react', demo.server.origin);
  });
  afterAll(() => preview.stop());

  it('is the other person’s where, the session having lapsed, somebody else signs in', async () => {
    const page = await demo.open({ baseURL: preview.origin });
    const complaints = complaintsOf(page);
    await page.goto('/');
    await page.getByRole('button', { name: /Ana/ }).click();
    await page.getByLabel('Last name').fill('Typed by Ana');
    await page.route('**/v1/profile', (route) => route.fulfill({ status: 401 }), { times: 1 });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /Dora/ }).click();
    await page.getByRole('heading', { name: 'Dora’s profile' }).waitFor();
    await expect.poll(() => page.getByLabel('Last name').inputValue()).toBe('Keller');
    expect(complaints).toEqual([]);
  });
});

describe('the example in plain HTML', () => {
  const demo = startedDemo({ HOST_PAGES: `${folderOf('plain-html')}/dist` }, undefined, keepingPages);

  beforeAll(() => build('plain-html'));

  it('signs in, saves a name, and makes a key that its own handler hears of', async () => {
    await useIt(await demo.open(), 'plain HTML');
  });

  it('75 shows nothing of a person who has signed out, when it comes back with Back', async () => {
    await signOutElsewhere(await demo.open());
  });

  it('runs no file that is not the one its hash names', async () => {
    const page = await demo.open();
    await page.route('**/cdn.js', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${await answer.text()}\nglobalThis.changed = true;` });
    });
    const complaints = complaintsOf(page);
    await page.goto('/');
    await expect.poll(() => complaints.join()).toMatch(/integrity/);
    expect(await page.evaluate(() => customElements.get('profile-tabs') === undefined)).toBe(true);
  });
});
