import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf } from '../browser.js';
import { differences, type Looks, looksOf } from './looks.js';
import { signIn, startedHost } from './pages.js';

/** Global styles of host pages. */
const styles = {
  'unset everything': '* { all: unset !important } head, script { display: none !important }',
  'take everything back': '*, *::before, *::after { all: revert !important }',
  'begin everything anew':
    '* { all: initial !important } html, body { display: block !important } head { display: none !important }',
  'count from small letters': 'html { font-size: 8px }',
  'count from large letters': 'html { font-size: 30px } body { font-size: 2rem; line-height: 3 }',
  'size by contents': '*, *::before, *::after { box-sizing: content-box !important }',
  'hide what they open themselves': 'dialog, [popover], [role=dialog], [hidden] { display: none !important }',
  'style all controls': `button, input, select, textarea, table, td, th, dialog, a, label, p, h2, svg {
    all: unset !important; margin: 40px !important; padding: 40px !important; border: 9px solid red !important;
    background: yellow !important; color: lime !important; font: italic 40px fantasy !important;
    position: static !important; opacity: 0.2 !important; transform: rotate(3deg) !important }`,
  'write in their own way': `html { font-style: italic; font-variant: small-caps; font-weight: 900; letter-spacing: 6px;
    line-height: 4; text-align: center; text-indent: 50px; text-shadow: 2px 2px red; text-transform: uppercase;
    white-space: pre; word-break: break-all; word-spacing: 20px; writing-mode: vertical-rl; hyphens: auto; cursor: wait;
    list-style: square; border-collapse: separate; border-spacing: 9px; caption-side: bottom; empty-cells: hide;
    quotes: "x" "y"; tab-size: 40; text-underline-offset: 9px; text-wrap: balance; -webkit-text-stroke: 2px lime;
    -webkit-text-fill-color: red; color: lime; accent-color: red; caret-color: red; stroke: red; fill: red }
    body { writing-mode: horizontal-tb }`,
  'draw over all':
    ':root { filter: sepia(0.2) } body { transform: translateX(4px); perspective: 800px; contain: layout }',
  'move everything':
    '* { transition: all 3s !important; animation: none !important; scroll-behavior: smooth !important }',
} as const;

const css = (page: Page, text: string) =>
  page.route('**/host.css', (route) => route.fulfill({ contentType: 'text/css', body: text }));

describe('Hosts whose styles', () => {
  const demo = startedHost();
  let plain: Readonly<Record<string, Looks>>;

  /** The steps of a person, with the computed styles after each. */
  const use = async (text: string, description: string): Promise<Record<string, Looks>> => {
    const page = await demo.open({ viewport: { width: 1000, height: 900 }, reducedMotion: 'reduce' });
    const complaints = complaintsOf(page);
    const looksUntouched = async () => {
      // A control that opens under the pointer is hovered over, perhaps in one of the two pages only. In this corner,
      // nothing opens.
      await page.mouse.move(999, 899);
      return looksOf(page);
    };
    await css(page, text);
    await signIn(page, 'bruno');
    await page.goto('/styled/');
    await page.getByLabel('First name').waitFor();
    const looks: Record<string, Looks> = { profile: await looksUntouched() };
    await page.getByLabel('First name').fill('Bruno');
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByText('Acme has no API keys yet.').waitFor();
    await page.getByRole('button', { name: 'Create API key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Description').waitFor();
    looks.form = await looksUntouched();
    await dialog.getByLabel('Description').fill(description);
    await dialog.getByRole('button', { name: 'Create API key' }).click();
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog.getByText('Copied').waitFor();
    await page.locator('api-key-list [part="row"]').waitFor({ state: 'attached' });
    looks.secret = await looksUntouched();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('rowheader', { name: description }).waitFor();
    await page.getByRole('button', { name: `Actions for ${description}` }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    // A menu leaves the page in a task of its own, after it has closed.
    await page.locator('api-key-list [part="menu"]').waitFor({ state: 'detached' });
    await page.getByRole('alertdialog').waitFor();
    looks.question = await looksUntouched();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /Delete/ })
      .click();
    await page.getByRole('rowheader', { name: description }).waitFor({ state: 'detached' });
    await page.getByText('Acme has no API keys yet.').waitFor();
    looks.empty = await looksUntouched();
    expect(complaints).toEqual([]);
    await page.context().close();
    return looks;
  };

  beforeAll(async () => {
    plain = await use('', 'In a page without styles');
    for (const step of Object.values(plain)) expect(Object.keys(step).length).toBeGreaterThan(30);
  });

  it.each(Object.entries(styles))('%s', async (name, text) => {
    const looks = await use(text, `In a page that would ${name}`.slice(0, 60));
    for (const [step, before] of Object.entries(plain)) {
      expect({ step, changed: differences(before, looks[step] ?? {}) }).toEqual({ step, changed: [] });
    }
  });

  it('hide a part of the page also hide the elements in it', async () => {
    const page = await demo.open();
    await css(page, 'cockpit-client { visibility: hidden; pointer-events: none }');
    await signIn(page, 'bruno');
    await page.goto('/styled/');
    await page.getByLabel('First name').waitFor({ state: 'attached' });
    await expect.poll(() => page.getByLabel('First name').isVisible()).toBe(false);
  });
});
