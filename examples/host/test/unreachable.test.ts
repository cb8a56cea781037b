import { describe, expect, it } from 'vitest';
import { checkPage } from './axe.js';
import { startedDemo } from './started-demo.js';

describe('a host page', () => {
  const demo = startedDemo();

  it('says so where who is signed in cannot be read, and goes on at a press', async () => {
    const page = await demo.open({ viewport: { width: 360, height: 700 } });
    await page.route('**/v1/profile', (route) => route.abort());
    await page.goto('/ai-cockpit-one/');
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
    await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/^AI Cockpit One could not be reached/);
    await checkPage(page, 'a page that could not be loaded');
    await page.unroute('**/v1/profile');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: /Ana/ }).click();
    await page.getByLabel('First name').waitFor();
  });

  for (const [name, answer] of [
    ['does not fit the contract', { contentType: 'application/json', body: '{"id":7}' }],
    ['is a page of something else', { contentType: 'text/html', body: '<!doctype html><h1>It works!</h1>' }],
  ] as const) {
    it(`says that an answer is not understood where it ${name}, and the console says what is wrong`, async () => {
      const page = await demo.open();
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.route('**/v1/profile', (route) => route.fulfill(answer));
      await page.goto('/ai-cockpit-one/');
      await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
      await expect
        .poll(() => page.getByRole('alert').allInnerTexts())
        .toEqual([expect.stringMatching(/^AI Cockpit One sent an answer that this page does not understand/)]);
      expect(errors.join()).toContain('getProfile');
      await checkPage(page, 'a page with an answer that is not understood');
      await page.context().close();
    });
  }
});
