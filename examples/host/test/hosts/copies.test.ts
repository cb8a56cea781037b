import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { complaintsOf } from '../browser.js';
import { signIn, startedHost } from './pages.js';

/** The Trusted Types setting of README.md for such hosts: each copy of Lit makes its policy. */
const allowDuplicates = (page: Page) =>
  page.route(/\/(another-lit|two-copies)\/$/, async (route) => {
    const response = await route.fetch();
    const policy = response.headers()['content-security-policy'] ?? '';
    const headers = { ...response.headers(), 'content-security-policy': `${policy} 'allow-duplicates'` };
    await route.fulfill({ response, headers });
  });

describe('Hosts with a second copy', () => {
  const demo = startedHost();

  it('of Lit in another version: their elements can contain ours', async () => {
    const page = await demo.open();
    const complaints = complaintsOf(page);
    await allowDuplicates(page);
    await signIn(page, 'bruno');
    await page.goto('/another-lit/');
    await page.getByLabel('First name').fill('Brunello');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Brunello was saved' }).waitFor();
    await page.getByText('A paragraph of the host’s').waitFor();
    expect(complaints).toEqual([]);
  });

  it('of our elements: the first definition of each tag stays, and the console says so', async () => {
    const page = await demo.open();
    const complaints = complaintsOf(page);
    const warnings: string[] = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await allowDuplicates(page);
    await signIn(page, 'bruno');
    await page.goto('/two-copies/');
    await page.getByLabel('Last name').fill('Baumann');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    // One copy's client serves the other copy's elements.
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByText('Acme has no API keys yet.').waitFor();
    expect(warnings).toEqual([
      '<cockpit-client> is already defined; @ai-cockpit/elements leaves it as it is.',
      '<profile-form> is already defined; @ai-cockpit/elements leaves it as it is.',
    ]);
    expect(complaints).toEqual([]);
  });
});
