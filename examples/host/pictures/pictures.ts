// Takes the picture of each product that `/` and README.md show, on a started server with data of its own.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launch } from '../test/browser.js';
import { freePort, StartedServer } from '../test/started-server.js';
import { type Ask, scenes } from './scenes.js';

const images = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const most = 150_000;

/** Signs the page's browser in, and gives what the scene needs to set itself up with. */
const signedIn = async (page: Page, system: string, user: string): Promise<Ask> => {
  const { request } = page.context();
  await request.post(`/${system}/demo/session`, { data: { user } });
  return async (path, data) => {
    const answer = await request.post(`/${system}/v1${path}`, {
      data,
      headers: { 'Idempotency-Key': crypto.randomUUID() },
    });
    if (!answer.ok()) throw new Error(`${system} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json() as Promise<unknown>;
  };
};

const dataDir = mkdtempSync(`${tmpdir()}/ai-cockpit-pictures-`);
const server = new StartedServer(await freePort(), dataDir);
await server.start();
const browser = await launch();
try {
  for (const [system, { user, setUp, show }] of Object.entries(scenes)) {
    const context = await browser.newContext({
      baseURL: server.origin,
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
      locale: 'en-US',
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const ask = await signedIn(page, system, user);
    await setUp?.(ask);
    await page.goto(`/${system}/`);
    await show(page);
    const path = `${images}${system}.png`;
    await page.screenshot({ path, animations: 'disabled' });
    const { size } = statSync(path);
    console.log(`${path} ${(size / 1000).toFixed(0)} kB`);
    if (size > most) throw new Error(`${path} has more than ${most / 1000} kB`);
    await context.close();
  }
} finally {
  await browser.close();
  await server.kill();
  rmSync(dataDir, { recursive: true, force: true });
}
