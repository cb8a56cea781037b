import { describe, expect, it } from 'vitest';
import { startedDemo } from './started-demo.js';

describe('in forced colours', () => {
  const demo = startedDemo();

  it('an invalid field has a border of its own, and its error an icon in the colour of text', async () => {
    const page = await demo.open({ forcedColors: 'active', reducedMotion: 'reduce' });
    await demo.signIn(page, /Ana/);
    await page.getByRole('tab', { name: 'Providers' }).click();
    await page.getByRole('button', { name: 'Add token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Provider').selectOption('servicenow');
    await dialog.getByRole('button', { name: 'Add token' }).click();
    await dialog.getByText('Enter name.').waitFor();
    const border = (label: string) =>
      dialog.getByLabel(label, { exact: true }).evaluate((field) => {
        const { borderTopStyle, borderTopWidth } = getComputedStyle(field);
        return `${borderTopWidth} ${borderTopStyle}`;
      });
    expect(await border('Name required')).toBe('2px dashed');
    expect(await border('Code required')).toBe('1px solid');
    const icon = dialog.getByText('Enter name.').locator('svg');
    const stroke = await icon.evaluate((svg) => getComputedStyle(svg).stroke);
    const text = await page.evaluate(() => getComputedStyle(document.body).color);
    expect([await icon.isVisible(), stroke]).toEqual([true, text]);
    await page.context().close();
  });
});
