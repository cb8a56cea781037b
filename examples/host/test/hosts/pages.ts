import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { startedDemo } from '../started-demo.js';

const source = fileURLToPath(new URL('pages', import.meta.url));

/** Each script is one bundle: two on a page are two copies of what they share. */
const buildInto = async (folder: string): Promise<void> => {
  const files = readdirSync(source);
  for (const name of files.filter((name) => name.endsWith('.html'))) {
    cpSync(`${source}/${name}`, `${folder}/${name.replace('.html', '/index.html')}`);
  }
  await build({
    entryPoints: files.filter((name) => name.endsWith('.ts')).map((name) => `${source}/${name}`),
    outdir: folder,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['cockpit-source'],
    tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    define: { 'process.env.NODE_ENV': '"production"' },
  });
};

/** A started server that serves the pages of this folder, for the tests of one file. */
export const startedHost = () => {
  const folder = mkdtempSync(`${tmpdir()}/ai-cockpit-pages-`);
  beforeAll(() => buildInto(folder));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return startedDemo({ HOST_PAGES: folder });
};

/** Signs the page's browser in as one of the demo's people. */
export const signIn = async (page: Page, user: string): Promise<void> => {
  await page.request.post('/ai-cockpit-one/demo/session', { data: { user } });
};
