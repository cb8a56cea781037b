import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ReverseProxy, startReverseProxy } from '../../server/test/reverse-proxy.js';
import { complaintsOf, launch } from './browser.js';
import { freePort, StartedServer } from './started-server.js';

const prefix = '/tools/cockpit';

/** Addresses that only a browser follows; `public-path.test.ts` of the server has the others. */
describe.each([
  ['takes the prefix off', true],
  ['keeps the prefix', false],
])('the demo below /tools/cockpit, behind a proxy that %s', (_, strips) => {
  const dataDir = mkdtempSync(`${tmpdir()}/ai-cockpit-`);
  let proxy: ReverseProxy;
  let server: StartedServer;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  /** Answers that came from elsewhere than below the prefix, or had nothing there. */
  let astray: string[];
  beforeAll(async () => {
    proxy = await startReverseProxy({ prefix, strips });
    server = new StartedServer(await freePort(), dataDir, { PUBLIC_URL: proxy.origin + prefix });
    await server.start();
    proxy.forwardTo(server.origin);
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await proxy.close();
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const context = await browser.newContext({ locale: 'en-US' });
    astray = [];
    context.on('response', (response) => {
      const { origin, pathname, protocol } = new URL(response.url());
      const isBelow = origin === proxy.origin && pathname.startsWith(`${prefix}/`);
      if (protocol.startsWith('http') && (!isBelow || response.status() === 404)) astray.push(response.url());
    });
    page = await context.newPage();
    complaints = complaintsOf(page);
  });
  afterEach(async () => {
    await page.context().close();
    expect(astray).toEqual([]);
    expect(complaints).toEqual([]);
  });

  const open = (path: string) => page.goto(proxy.origin + prefix + path);
  const pathOf = (shown: Page): string => {
    const { pathname, hash } = new URL(shown.url());
    return pathname + hash;
  };
  const signInAs = (name: RegExp) => page.getByRole('dialog').getByRole('button', { name }).click();

  it('links, redirects and the session stay below the prefix', async () => {
    await open('/');
    await page.getByRole('link', { name: 'AI Cockpit One' }).click();
    await signInAs(/Ana/);
    await page.getByLabel('First name').fill('Anabel');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('Anabel Souza').first().waitFor();

    const cookies = await page.context().cookies(`${proxy.origin}${prefix}/ai-cockpit-one/`);
    expect(cookies.map(({ path }) => path)).toEqual([`${prefix}/ai-cockpit-one`]);
    expect(await page.context().cookies(`${proxy.origin}${prefix}/aic-hub/`)).toEqual([]);

    await open('/ai-cockpit-one/terms');
    expect(pathOf(page)).toBe(`${prefix}/ai-cockpit-one/terms/`);
    await page.getByRole('link', { name: 'Back to your profile' }).click();
    await page.getByLabel('First name').waitFor();
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Anabel');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await page.context().cookies()).toEqual([]);
    await signInAs(/Ana/);
    await page.getByRole('link', { name: 'All products' }).click();
    await page.getByRole('link', { name: 'AIC Hub' }).waitFor();
    expect(pathOf(page)).toBe(`${prefix}/`);
  });

  it('a program in the page calls the server that the OpenAPI document names, with the session’s cookie', async () => {
    await open('/aic-hub/');
    await signInAs(/Ana/);
    await page.getByRole('main').waitFor();
    const status = await page.evaluate(async (path) => {
      const document = (await (await fetch(path)).json()) as { servers: { url: string }[] };
      return (await fetch(`${document.servers[0]?.url}/profile`)).status;
    }, `${prefix}/aic-hub/v1/openapi.json`);
    expect(status).toBe(200);
  });

  it('a saved avatar is drawn from its address', async () => {
    const buffer = await sharp({ create: { width: 40, height: 40, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    await open('/environment-operations-center/');
    await signInAs(/Ana/);
    await page
      .locator('profile-avatar input[type="file"]')
      .setInputFiles({ name: 'ana.png', mimeType: 'image/png', buffer });
    await page.getByRole('img', { name: 'Preview of the new avatar' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.locator('profile-menu img').waitFor();
    const answer = page.waitForResponse((response) => response.url().includes('/v1/profile/avatar'));
    await open('/environment-operations-center/');
    expect((await answer).status()).toBe(200);
    await page.getByRole('img', { name: 'Avatar of Ana Souza' }).waitFor();
  });

  it('a mail and its link to unsubscribe lead to the profile page', async () => {
    await open('/aip-console/');
    await signInAs(/Bruno/);
    await page.getByRole('main').waitFor();
    const status = await page.evaluate(async (path) => {
      const { version } = (await (await fetch(path)).json()) as { version: number };
      const headers = { 'Content-Type': 'application/json', 'If-Match': `"${version}"` };
      return (await fetch(path, { method: 'PATCH', headers, body: '{"enabled":true}' })).status;
    }, `${prefix}/aip-console/v1/notification-settings`);
    expect(status).toBe(200);
    const title = 'Nightly import';
    const published = await fetch(`${proxy.origin}${prefix}/aip-console/demo/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'job.completed', title, subject: 'user:bruno' }),
    });
    expect(published.status).toBe(202);
    const link = page.getByRole('link', { name: new RegExp(title) });
    await expect.poll(async () => (await open('/mail')) && (await link.count())).toBe(1);
    await link.click();
    const unsubscribe = page.frameLocator('iframe').getByRole('link', { name: 'Unsubscribe' });
    const [opened] = await Promise.all([page.waitForEvent('popup'), unsubscribe.click()]);
    await opened.getByRole('switch', { name: 'I want to receive e-mail notifications' }).waitFor();
    expect(pathOf(opened)).toBe(`${prefix}/aip-console/#notifications`);
  });
});
