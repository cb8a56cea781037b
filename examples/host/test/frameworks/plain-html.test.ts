import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf } from '../browser.js';
import { startedDemo } from '../started-demo.js';
import { freePort } from '../started-server.js';
import { startedApp } from './app.js';
import { servePages } from './page-server.js';
import { itForgets, useIt } from './use-it.js';

const example = fileURLToPath(new URL('../../../plain-html', import.meta.url));
const hash = (algorithm: string, content: string | Buffer) =>
  `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;

/** The `integrity` values by which a page names the files on a CDN: a browser runs no other content. */
const pinned = (dist: string, cdn: string): string => {
  const languages = readdirSync(join(dist, 'locales')).filter((name) => name.endsWith('.js'));
  const files = ['cdn.js', ...languages.map((name) => `locales/${name}`)];
  const integrity: Record<string, string> = Object.fromEntries(
    files.map((file) => [`${cdn}/${file}`, hash('sha384', readFileSync(join(dist, file)))]),
  );
  const importMap = JSON.stringify({ integrity });
  const script = `<script type="module" src="${cdn}/cdn.js" integrity="${integrity[`${cdn}/cdn.js`]}" crossorigin="anonymous"></script>`;
  return readFileSync(join(example, 'src/index.html'), 'utf8')
    .replace("script-src 'self'", `script-src 'self' ${cdn} '${hash('sha256', importMap)}'`)
    .replace('<!-- First', `<script type="importmap">${importMap}</script>\n    <!-- First`)
    .replace(/<!-- From a CDN[^]*?<\/script>/, script);
};

describe('plain HTML, from another origin', async () => {
  const app = await startedApp({
    name: 'plain-html',
    title: 'Plain HTML, from a CDN',
    framework: '@ai-cockpit/elements',
    copy: { 'plain-html/src': 'pages', 'host/test/frameworks/fixtures/cdn': '.' },
    entry: 'pages/page.js',
    pages: 'pages',
  });
  const ports = { page: await freePort(), cdn: await freePort() };
  const cdn = `http://127.0.0.1:${ports.cdn}`;
  const baseURL = `http://127.0.0.1:${ports.page}`;
  let servers: Server[] = [];

  beforeAll(async () => {
    const dist = join(app.folder, 'node_modules/@ai-cockpit/elements/dist');
    const pages = join(app.folder, 'pages');
    const html = pinned(dist, cdn);
    writeFileSync(join(pages, 'index.html'), html);
    writeFileSync(join(pages, 'pt-BR.html'), html.replace('lang="en"', 'lang="pt-BR"'));
    const heard = join(pages, 'heard.js');
    writeFileSync(heard, readFileSync(heard, 'utf8').replace(/'@ai-cockpit\/[^']*'/, `'${cdn}/cdn.js'`));
    servers = await Promise.all([
      servePages({ port: ports.page, folder: pages, api: app.demo.server.origin }),
      servePages({ port: ports.cdn, folder: dist, headers: { 'Access-Control-Allow-Origin': '*' } }),
    ]);
  });
  afterAll(() => servers.forEach((server) => server.close()));

  const open = () => app.demo.open({ baseURL });

  it('signs in, saves a name and creates keys with its own handler, also after mounting again', async () => {
    app.result.firstLoad = await useIt(await open(), 'plain HTML');
    app.result.works = true;
  });

  itForgets(open);

  it.each(['cdn.js', 'locales/pt-BR.js'])('refuses a %s that does not match its integrity hash', async (file) => {
    const page = await open();
    await page.route(`**/${file}`, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${await answer.text()}\nglobalThis.isChanged = true;` });
    });
    const complaints = complaintsOf(page);
    await page.goto('/pt-BR.html');
    await expect.poll(() => complaints.join()).toMatch(/integrity/);
    expect(await page.evaluate(() => 'isChanged' in globalThis)).toBe(false);
  });
});

describe('the example in plain HTML', () => {
  const demo = startedDemo({ HOST_PAGES: join(example, 'dist') });

  beforeAll(() => {
    execFileSync(process.execPath, ['build.mjs'], { cwd: example });
  });

  it('refuses a file that does not match its integrity hash', async () => {
    const page = await demo.open();
    await page.route('**/cdn.js', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${await answer.text()}\nglobalThis.changed = true;` });
    });
    const complaints = complaintsOf(page);
    await page.goto('/');
    await expect.poll(() => complaints.join()).toMatch(/integrity/);
    expect(await page.evaluate(() => customElements.get('profile-tabs') === undefined)).toBe(true);
  });
});
