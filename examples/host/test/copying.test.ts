import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aipConsole } from '@ai-cockpit/sdk/presets';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { heapHolds } from './heap.js';
import { startedDemo } from './started-demo.js';

/** A name that stands for this machine, and that no browser takes for it: what comes from there without TLS is not secure. */
const intranet = 'intranet.example';

/** Returns the text that Paste inserts. */
const pasted = async (page: Page): Promise<string> => {
  await page.evaluate(() => {
    const field = document.createElement('textarea');
    field.id = 'paste';
    document.body.append(field);
  });
  await page.locator('#paste').focus();
  await page.keyboard.press('ControlOrMeta+V');
  return page.locator('#paste').inputValue();
};

describe('copying a secret', () => {
  const system = 'aip-console';
  const demo = startedDemo({}, system, { args: [`--host-resolver-rules=MAP ${intranet} 127.0.0.1`] });

  it('a page without TLS, and so without a clipboard API: copied', async () => {
    const page = await demo.open();
    await page.goto(`${demo.server.origin.replace(/\/\/[^:]+/, `//${intranet}`)}/${system}/`);
    await page.getByRole('dialog').getByRole('button', { name: /Ana/ }).click();
    expect(await page.evaluate(() => isSecureContext || 'clipboard' in navigator)).toBe(false);
    await page.getByRole('button', { name: 'Generate' }).click();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText('Copied').waitFor();
    const key = await page.locator('secret-reveal textarea').inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.locator('secret-reveal').waitFor({ state: 'detached' });
    expect(await pasted(page)).toBe(key);
    await page.context().close();
  });

  it('a frame without permission to write to the clipboard: copied', async () => {
    const page = await demo.open();
    const { origin } = demo.server;
    await demo.signIn(page, /Bruno/);
    await page.context().clearPermissions();
    await page.route(`${origin}/frames/`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe src="/${system}/" allow="clipboard-write 'none'" width="900" height="900"></iframe>`,
      }),
    );
    await page.route(`${origin}/${system}/`, async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      delete headers['x-frame-options'];
      headers['content-security-policy'] = (headers['content-security-policy'] ?? '').replace(
        /frame-ancestors [^;]+/,
        "frame-ancestors 'self'",
      );
      await route.fulfill({ response, headers });
    });
    await page.goto(`${origin}/frames/`);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: 'Generate' }).click();
    await frame.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    // The positive control: the clipboard API is there, and refuses.
    const refusal = page
      .frames()[1]
      ?.evaluate(() => navigator.clipboard.writeText('x').then(String, ({ name }) => name as string));
    expect(await refusal).toBe('NotAllowedError');
    await frame.getByRole('button', { name: 'Copy', exact: true }).click();
    await frame.getByText('Copied').waitFor();
    const key = await frame.locator('secret-reveal textarea').inputValue();
    expect(await pasted(page)).toBe(key);
    await page.context().close();
  });

  it('a clipboard that never answers: copied, and no reference to the value stays after closing', async () => {
    const page = await demo.open();
    await page.addInitScript(() => {
      const pending = new Promise(() => undefined);
      Object.assign(window, { pending });
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => pending } });
    });
    await demo.signIn(page, /Carla/);
    await page.getByRole('button', { name: 'Generate' }).click();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText('Copied').waitFor();
    const key = await page.locator('secret-reveal textarea').inputValue();
    expect(await heapHolds(page, key)).toBe(true);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.locator('secret-reveal').waitFor({ state: 'detached' });
    await expect.poll(() => heapHolds(page, key)).toBe(false);
    expect(await pasted(page)).toBe(key);
    await page.context().close();
  });
});

describe('a key copied as a curl command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ai-cockpit-'));
  const policy = join(folder, 'shell-desk.json');
  // All of that may stand in the name of a header, and a shell expands it between double quotes.
  const header = 'X-$HOME-`id`-!!';
  writeFileSync(policy, JSON.stringify({ ...aipConsole, apiKeys: { ...aipConsole.apiKeys, header } }));
  const demo = startedDemo({ POLICY: policy }, 'shell-desk');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('with any header name: curl gets it unchanged, and its request is answered', async () => {
    const page = await demo.open();
    await demo.signIn(page, /Ana/);
    await page.getByRole('button', { name: 'Generate API key' }).click();
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('Copied').waitFor();
    const key = await page.locator('secret-reveal textarea').inputValue();
    const command = await pasted(page);
    const passed = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${command}`], { encoding: 'utf8' });
    const address = `${demo.api}/integration/whoami`;
    expect(passed.trimEnd().split('\n')).toEqual(['-H', `${header}: ${key}`, address]);
    expect((await fetch(address, { headers: { [header]: key } })).status).toBe(200);
    await page.context().close();
  });
});
