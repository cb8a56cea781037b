import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';
import { LongList } from '../test/long-list.js';
import { addManyKeys } from '../test/many-keys.js';
import { freePort, StartedServer } from '../test/started-server.js';
import { median } from './statistics.js';

const count = 10_000;
const turns = 100;

const signedIn = async (browser: Browser, origin: string) => {
  const context = await browser.newContext();
  const api = `${origin}/ai-cockpit-one`;
  await context.request.post(`${api}/demo/session`, { data: { user: 'ana' } });
  return { context, api };
};

/** A list of 10,000 API keys: what going through it costs the page that shows it. */
export const longList = async (browser: Browser): Promise<object[]> => {
  const folder = mkdtempSync(`${tmpdir()}/ai-cockpit-bench-`);
  const server = new StartedServer(await freePort(), folder);
  await server.start();
  try {
    const { context, api } = await signedIn(browser, server.origin);
    await context.request.post(`${api}/v1/organizations/acme/api-keys`, {
      headers: { 'Idempotency-Key': crypto.randomUUID(), Origin: server.origin },
      data: { description: 'The first of many' },
    });
    addManyKeys(folder, count - 1);
    const results: object[] = [];
    for (const pageSize of [25, 100]) {
      const page = await context.newPage();
      const list = new LongList(page);
      await list.watchTasks();
      await page.goto(`${api}/#api-keys`);
      await page.getByRole('row').nth(25).waitFor();
      if (pageSize !== 25) await list.show(pageSize);
      await list.longTasks();
      const step = async (what: string, times: number, act: (turn: number) => Promise<void>) => {
        const waits: number[] = [];
        for (let turn = 0; turn < times; turn += 1) {
          const started = performance.now();
          await act(turn);
          waits.push(performance.now() - started);
        }
        const tasks = await list.longTasks();
        const { heapKilobytes, nodes, listeners } = await list.held();
        results.push({
          'rows a page': pageSize,
          what: `${what} (${times})`,
          'median ms': Math.round(median(waits)),
          'tasks ≥ 50 ms': tasks.length,
          'longest ms': Math.max(0, ...tasks),
          'heap kB': heapKilobytes,
          'DOM nodes': nodes,
          listeners,
        });
      };
      const pages = Math.min(turns, count / pageSize) - 1;
      await step('first', 1, () => list.search('number'));
      await step('next page', pages, () => list.next());
      await step('previous page', pages, () => list.previous());
      await step('sort', 20, () => list.sort(0));
      const words = ['eploymen', 'osak', 'number 99', 'repor', 'number 9999'];
      await step('search', 20, (turn) => list.search(words[turn % words.length] ?? ''));
      await page.close();
    }
    await context.close();
    return results;
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
};
