import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Browser, BrowserContextOptions, LaunchOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launch } from './browser.js';
import { freePort, StartedServer } from './started-server.js';

/** A started server with data of its own and a browser, for the tests of one file, most of which are of one system. */
export const startedDemo = (
  environment: NodeJS.ProcessEnv = {},
  system = 'ai-cockpit-one',
  options: LaunchOptions = {},
) => {
  const dataDir = mkdtempSync(`${tmpdir()}/ai-cockpit-`);
  let server: StartedServer;
  let browser: Browser;

  beforeAll(async () => {
    server = new StartedServer(await freePort(), dataDir, environment);
    await server.start();
    browser = await launch(options);
  });
  afterAll(async () => {
    await browser.close();
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** A bearer token of a demo person, as a program would get one. */
  const accessToken = async (user: string): Promise<string> => {
    const answer = await fetch(`${server.origin}/${system}/demo/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user }),
    });
    return ((await answer.json()) as { accessToken: string }).accessToken;
  };

  return {
    get server() {
      return server;
    },
    get dataDir() {
      return dataDir;
    },
    get api() {
      return `${server.origin}/${system}/v1`;
    },
    /** A browser of its own for one person. */
    open: async ({ baseURL = server.origin, ...options }: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({ locale: 'en-US', baseURL, ...options });
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: baseURL });
      return context.newPage();
    },
    signIn: async (page: Page, name: RegExp): Promise<void> => {
      await page.goto(`${server.origin}/${system}/`);
      await page.getByRole('dialog').getByRole('button', { name }).click();
      await page.getByRole('main').waitFor();
    },
    accessToken,
    /** Asks the API as a person, or as nobody. */
    ask: async (
      user: string | null,
      method: string,
      path: string,
      { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
    ): Promise<Response> =>
      fetch(`${server.origin}/${system}/v1${path}`, {
        method,
        headers: {
          ...(user !== null && { authorization: `Bearer ${await accessToken(user)}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
};
