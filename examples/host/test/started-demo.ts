import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launch } from './browser.js';
import { freePort, StartedServer } from './started-server.js';

/** A started server with data of its own and a browser, for the tests of one file. */
export const startedDemo = (environment: NodeJS.ProcessEnv = {}) => {
  const dataDir = mkdtempSync(`${tmpdir()}/ai-cockpit-`);
  let server: StartedServer;
  let browser: Browser;

  beforeAll(async () => {
    server = new StartedServer(await freePort(), dataDir, environment);
    await server.start();
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  return {
    get server() {
      return server;
    },
    get dataDir() {
      return dataDir;
    },
    get api() {
      return `${server.origin}/ai-cockpit-one/v1`;
    },
    /** A browser of its own for one person. */
    open: async ({ baseURL = server.origin, ...options }: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({ locale: 'en-US', baseURL, ...options });
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseURL });
      return context.newPage();
    },
    signIn: async (page: Page, name: RegExp): Promise<void> => {
      await page.goto(`${server.origin}/ai-cockpit-one/`);
      await page.getByRole('button', { name }).click();
      await page.getByRole('tab', { name: 'Profile' }).waitFor();
    },
    /** A bearer token of a demo person, as a program would get one. */
    accessToken: async (user: string): Promise<string> => {
      const answer = await fetch(`${server.origin}/ai-cockpit-one/demo/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ user }),
      });
      return ((await answer.json()) as { accessToken: string }).accessToken;
    },
  };
};
