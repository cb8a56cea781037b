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
    expect(await page.getByRole('alert').innerText()).toMatch(/^AI Cockpit One could not be reached/);
    await checkPage(page, 'a page that could not be loaded');
    await page.unroute('**/v1/profile');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: /Ana/ }).click();
    await page.getByLabel('First name').waitFor();
  });
});
