import { describe, expect, it } from 'vitest';
import { startedDemo } from './started-demo.js';

/** Each visible text of the printed page, and its colour. */
const printed = () => {
  const texts: { text: string; color: string }[] = [];
  const walk = (root: ParentNode) => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) walk(element.shadowRoot);
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const text = own.map(({ textContent }) => textContent?.trim()).join('');
      const isSeen = element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden');
      if (!isSeen) continue;
      if (text) texts.push({ text, color: getComputedStyle(element).color });
      if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement)
        texts.push({ text: element.value, color: getComputedStyle(element).color });
    }
  };
  for (const element of document.querySelectorAll('profile-tabs')) if (element.shadowRoot) walk(element.shadowRoot);
  return texts;
};

describe('printed', () => {
  const demo = startedDemo();

  it('dark text for any theme, without buttons, and without secrets', async () => {
    const page = await demo.open({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await demo.signIn(page, /Ana/);
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create API key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Description').fill('Printed');
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    await dialog.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    const key = await dialog.getByRole('textbox', { name: 'API key' }).inputValue();
    expect((await page.evaluate(printed)).some(({ text }) => text === key)).toBe(true);

    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const withSecret = await page.evaluate(printed);
    expect(withSecret.some(({ text }) => text.includes(key))).toBe(false);
    expect(withSecret.map(({ text }) => text)).toContain('API key');

    await page.emulateMedia({ media: 'screen' });
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('rowheader', { name: 'Printed' }).waitFor();
    for (const tab of ['API keys', 'Providers', 'Profile']) {
      await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
      await page.getByRole('tab', { name: tab, exact: true }).click();
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const texts = await page.evaluate(printed);
      expect(texts.filter(({ color }) => color !== 'rgb(0, 0, 0)')).toEqual([]);
      const words = texts.map(({ text }) => text);
      // The title of the open tab; no other tab, and no button.
      expect(words).toContain(tab);
      for (const other of ['API keys', 'Providers', 'Profile', 'Save', 'Add token', 'Create API key'])
        if (other !== tab) expect(words).not.toContain(other);
    }
    await page.context().close();
  });
});

describe('printed from a dark page', () => {
  const demo = startedDemo({}, 'duplocloud');

  it('a table in cards has no sort headers, and a dialog covers the page', async () => {
    // The width of A4 between its margins.
    const page = await demo.open({
      colorScheme: 'dark',
      viewport: { width: 718, height: 900 },
      reducedMotion: 'reduce',
    });
    await demo.signIn(page, /Ana/);
    const headers = page.locator('thead').first();
    await headers.waitFor();
    await expect.poll(() => headers.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect.poll(() => headers.isVisible()).toBe(false);
    const cell = page.locator('td[data-label]').first();
    expect(await cell.evaluate((cell) => getComputedStyle(cell, '::before').content)).toBe(
      `"${await cell.getAttribute('data-label')}"`,
    );

    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Create API token' }).first().click();
    await page.getByRole('dialog').waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const paper = await page.getByRole('dialog').evaluate((dialog) => {
      const { backgroundColor, printColorAdjust } = getComputedStyle(dialog);
      return [backgroundColor, printColorAdjust, getComputedStyle(dialog, '::backdrop').backgroundColor];
    });
    expect(paper).toEqual(['rgb(255, 255, 255)', 'exact', 'rgba(0, 0, 0, 0)']);
    await page.context().close();
  });
});
