import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { complaintsOf } from './browser.js';
import { startedDemo } from './started-demo.js';

/** Where it is required, its label says so too. */
const field = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) });

const showTab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();

const createKey = async (page: Page, description: string): Promise<void> => {
  await page.getByRole('button', { name: 'Create API key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Description').fill(description);
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
};

/** The text of a page, with the values of its fields. */
const contents = async (page: Page): Promise<string> => {
  const boxes = await page.getByRole('textbox').all();
  const values = await Promise.all(boxes.map((box) => box.inputValue()));
  return [await page.locator('body').innerText(), ...values].join(' ');
};

describe('two tabs of one browser', () => {
  const demo = startedDemo();

  const twoTabs = async (prepare: (tab: Page) => Promise<unknown> = () => Promise.resolve()) => {
    const one = await demo.open();
    const other = await one.context().newPage();
    await prepare(other);
    await demo.signIn(one, /Ana/);
    await other.goto(one.url());
    await other.getByRole('tab', { name: 'Profile' }).waitFor();
    return { one, other, complaints: [complaintsOf(one), complaintsOf(other)] };
  };
  const signOutAndInAs = async (page: Page, name: RegExp): Promise<void> => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name }).click();
    await page.getByRole('tab', { name: 'Profile' }).waitFor();
  };

  it('a write in one tab is shown in the other', async () => {
    const { one, other, complaints } = await twoTabs();
    await field(one, 'Last name').fill('Souza Lima');
    await one.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => field(other, 'Last name').inputValue()).toBe('Souza Lima');
    await showTab(one, 'API keys');
    await showTab(other, 'API keys');
    await createKey(one, 'From one tab');
    await other.getByRole('rowheader', { name: 'From one tab' }).waitFor();
    await createKey(other, 'From the other');
    await one.getByRole('rowheader', { name: 'From the other' }).waitFor();
    expect(complaints.flat()).toEqual([]);
    await one.context().close();
  });

  it('another person signs in in one tab: both tabs show that person', async () => {
    const { one, other, complaints } = await twoTabs();
    const asked: string[] = [];
    other.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.accept();
    });
    await field(other, 'First name').fill('Typed by Ana');
    await showTab(other, 'Providers');
    await other.getByRole('button', { name: 'Add token' }).first().click();
    await other.getByRole('dialog').getByLabel('Provider').selectOption('jira');
    await other.getByRole('dialog').getByLabel('API token').fill('Typed by Ana');
    await signOutAndInAs(one, /Bruno/);
    await other.getByText('Bruno Lima').waitFor();
    await showTab(other, 'Profile');
    await expect.poll(() => field(other, 'First name').inputValue()).toBe('Bruno');
    for (const tab of ['Profile', 'Providers', 'API keys']) {
      await showTab(other, tab);
      expect(await contents(other)).not.toMatch(/Ana|Souza/);
    }
    // Dropped as not theirs, rather than asked about.
    expect(asked).toEqual([]);
    expect(complaints.flat()).toEqual([]);
    await one.context().close();
  });

  it('without messages between the tabs: nothing is written for the wrong person', async () => {
    const { one, other } = await twoTabs((tab) =>
      tab.addInitScript(() => Reflect.deleteProperty(globalThis, 'BroadcastChannel')),
    );
    const writes: string[] = [];
    other.on('response', (response) => {
      const method = response.request().method();
      if (method !== 'GET') writes.push(`${method} ${response.status()}`);
    });
    await field(other, 'First name').fill('Typed by Ana');
    await signOutAndInAs(one, /Bruno/);
    await expect.poll(() => field(other, 'First name').inputValue()).toBe('Typed by Ana');
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByText('Bruno Lima').waitFor();
    await expect.poll(() => field(other, 'First name').inputValue()).toBe('Bruno');
    expect(writes).toEqual(['PATCH 409']);
    expect(await contents(other)).not.toMatch(/Ana|Souza/);
    await one.reload();
    await expect.poll(() => field(one, 'First name').inputValue()).toBe('Bruno');
    await one.context().close();
  });

  it('another person signs in after the session expired: both tabs show that person', async () => {
    const { one, other, complaints } = await twoTabs();
    await field(one, 'First name').fill('Typed by Ana');
    await one.context().clearCookies();
    await one.getByRole('button', { name: 'Save' }).click();
    await one.getByRole('button', { name: /Dora/ }).click();
    for (const tab of [one, other]) {
      await tab.getByText('Dora Keller').waitFor();
      await expect.poll(() => field(tab, 'First name').inputValue()).toBe('Dora');
      expect(await contents(tab)).not.toMatch(/Ana|Souza/);
    }
    expect(complaints.flat()).toEqual([]);
    await one.context().close();
  });

  it('keep what was typed in either where the same person signs in again', async () => {
    const { one, other } = await twoTabs();
    await field(other, 'First name').fill('Typed by Ana');
    await signOutAndInAs(one, /Ana/);
    await expect.poll(() => field(other, 'First name').inputValue()).toBe('Typed by Ana');
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByText('Saved', { exact: true }).waitFor();
    await expect.poll(() => field(one, 'First name').inputValue()).toBe('Typed by Ana');
    await one.context().close();
  });
});
