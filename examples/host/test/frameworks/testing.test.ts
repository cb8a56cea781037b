import type { Server } from 'node:http';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '../../../../scripts/browsers.mjs';
import { startedDemo } from '../started-demo.js';
import { freePort } from '../started-server.js';
import { installedFrom, run } from './app.js';
import { servePages } from './page-server.js';

const guide = fileURLToPath(new URL('../../../../docs/testing.md', import.meta.url));

/** Errors of `fetch` are of Node's realm, not of the one in which Jest runs a test. */
const unreachable = (url: string) => `
import { createCockpit, NetworkError } from '@ai-cockpit/sdk';

test('a refused connection is a NetworkError', async () => {
  const { profile } = createCockpit({ baseUrl: '${url}/v1', getAccessToken: () => 'token', retry: { limit: 0 } });
  const error = await profile.get().catch((error) => error);
  expect(error).toBeInstanceOf(NetworkError);
});
`;

describe('the guide to testing', () => {
  const folder = mkdtempSync(`${tmpdir()}/ai-cockpit-testing-`);
  const demo = startedDemo();
  let pages: Server;

  beforeAll(async () => {
    for (const [, name = '', code = ''] of readFileSync(guide, 'utf8').matchAll(/^```js\n\/\/ (\S+)\n(.*?)^```$/gms))
      writeFileSync(`${folder}/${name}`, code);
    writeFileSync(`${folder}/unreachable.test.js`, unreachable(`http://127.0.0.1:${await freePort()}`));
    const manifest = {
      private: true,
      type: 'module',
      dependencies: Object.fromEntries(
        ['@ai-cockpit/elements', '@ai-cockpit/sdk'].map((name) => [name, installedFrom('', name)]),
      ),
      devDependencies: {
        '@playwright/test': '1.65.1',
        'happy-dom': '21.0.4',
        jest: '30.5.2',
        'jest-environment-jsdom': '30.5.2',
        jsdom: '31.0.1',
        vitest: '5.1.2',
      },
    };
    writeFileSync(`${folder}/package.json`, JSON.stringify(manifest));
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    await run('npm', ['install', '--include=dev', ...options], folder);

    cpSync(`${folder}/node_modules/@ai-cockpit/elements/dist`, `${folder}/public/elements`, { recursive: true });
    writeFileSync(
      `${folder}/public/index.html`,
      `<!doctype html><html lang="en"><title>Keys</title><script type="module" src="/elements/cdn.js"></script>
      <api-key-create base-url="/ai-cockpit-one/v1"></api-key-create></html>`,
    );
    const port = await freePort();
    const launchOptions = { executablePath: findChromium() ?? 'chromium', args: chromiumArguments };
    const use = { baseURL: `http://127.0.0.1:${port}`, locale: 'en-US', launchOptions };
    writeFileSync(
      `${folder}/playwright.config.js`,
      `export default ${JSON.stringify({ use, testMatch: '**/*.spec.js' })};`,
    );
    pages = await servePages({ port, folder: `${folder}/public`, api: demo.server.origin });
  });
  afterAll(() => {
    pages.close();
    rmSync(folder, { recursive: true, force: true });
  });

  // A failing test, an unhandled rejection included, is a failing command, whose output is the reason.
  const environment = { NODE_ENV: 'test' };

  it.each(['jsdom', 'happy-dom'])('runs in Vitest with %s', async (name) => {
    const output = await run('npx', ['vitest', 'run', '--environment', name], folder, environment);
    expect(output).toMatch(/Tests\s+2 passed/);
  });

  it('runs in Jest, where a refused connection is a NetworkError too', async () => {
    const options = { ...environment, NODE_OPTIONS: '--experimental-vm-modules' };
    const report = `${folder}/jest.json`;
    await run('npx', ['jest', '--json', `--outputFile=${report}`], folder, options);
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ numPassedTests: 2, numFailedTests: 0 });
  });

  it('runs in Playwright', async () => {
    const output = await run('npx', ['playwright', 'test', '--reporter=list'], folder, environment);
    expect(output).toMatch(/1 passed/);
  });
});
