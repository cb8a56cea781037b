import { describe, expect, it } from 'vitest';
import { complaintsOf } from '../browser.js';
import { itForgets, itWorks, typeInExpiredSession } from './use-it.js';
import { reactApp } from './vite-app.js';

describe('React 19', async () => {
  const app = await reactApp('react-19', 'React 19 (Vite)');
  itWorks(app);
  itForgets(app.open);

  it('session expired: continues after signing in again', async () => {
    const page = await app.open();
    await typeInExpiredSession(page, 'Not yet saved');
    await page.getByRole('button', { name: /Ana/ }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    expect(await page.getByLabel('Last name').inputValue()).toBe('Not yet saved');
  });

  it('session expired, then another person signs in: shows that person', async () => {
    const page = await app.open();
    const complaints = complaintsOf(page);
    await typeInExpiredSession(page, 'Typed by Ana');
    await page.getByRole('button', { name: /Dora/ }).click();
    await page.getByRole('heading', { name: 'Dora’s profile' }).waitFor();
    await expect.poll(() => page.getByLabel('Last name').inputValue()).toBe('Keller');
    expect(complaints).toEqual([]);
  });
});
