// How long the server takes to answer for a list of 10,000 keys, an organization's and everybody's that somebody
// administers, on both databases, over HTTP on this machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type ApiKey, allApiKeySorts, apiKeySorts, type HostPolicy, type Page } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, duplocloud } from '@ai-cockpit/sdk/presets';
import pg from 'pg';
import { readConfig } from '../src/config.js';
import { demoSigningKey } from '../src/demo/keys.js';
import { signDemoSession } from '../src/demo/sessions.js';
import { silentLogger } from '../src/ports/logger.js';
import { systemClock } from '../src/ports/clock.js';
import { startServer } from '../src/server.js';
import type { Store } from '../src/store/store.js';
import { addManyKeys } from '../test/many-keys.js';
import { addMembersWithKeys } from '../test/many-people.js';

const count = 10_000;
const rounds = 15;
const system = 'bench';

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

interface List {
  title: string;
  policy: HostPolicy;
  fill: (store: Store) => Promise<void>;
  path: string;
  sorts: readonly string[];
}

const lists: readonly List[] = [
  {
    title: 'of an organization',
    policy: aiCockpitOne,
    fill: (store) => addManyKeys(store, count, Date.now()),
    path: '/organizations/acme/api-keys',
    sorts: apiKeySorts,
  },
  {
    title: 'of 400 members',
    policy: duplocloud,
    fill: (store) => addMembersWithKeys(store, { people: 400, keys: count, now: Date.now() }),
    path: '/admin/api-keys',
    sorts: allApiKeySorts,
  },
];

const measure = async ({ policy, fill, path, sorts }: List, databaseUrl: string | undefined, folder: string) => {
  const dataDir = mkdtempSync(join(folder, 'data-'));
  const config = readConfig({
    DEMO: '1',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    MAKE_ENCRYPTION_KEY: '1',
  });
  const server = await startServer({ ...config, products: [{ name: system, policy }] }, silentLogger);
  const store = server.products[0]?.store;
  if (!store) throw new Error('The server serves nothing.');
  await fill(store);
  const token = await signDemoSession(await demoSigningKey(dataDir), systemClock, system, 'ana');
  const ask = async (query: string): Promise<Page<ApiKey>> => {
    const url = `${server.origin}/${system}/v1${path}?${query}`;
    const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${query}: ${answer.status}`);
    return (await answer.json()) as Page<ApiKey>;
  };
  const time = async (query: string): Promise<number> => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const started = performance.now();
      await ask(query);
      times.push(performance.now() - started);
    }
    return Number(median(times).toFixed(1));
  };
  /** The cursor of the page in the middle of the list. */
  const middle = async (sort: string): Promise<string> => {
    let cursor = '';
    for (let read = 0; read < count / 2; read += 100) {
      const page = await ask(`limit=100&sort=${sort}${cursor && `&cursor=${cursor}`}`);
      cursor = encodeURIComponent(page.nextCursor ?? '');
    }
    return cursor;
  };

  const results: Record<string, number> = {};
  for (const sort of sorts) {
    results[`first page, sort=${sort}`] = await time(`sort=${sort}`);
    results[`page in the middle, sort=${sort}`] = await time(`sort=${sort}&cursor=${await middle(sort)}`);
  }
  results['page of 100'] = await time('limit=100');
  results['search in the middle of a word, many found'] = await time('q=eploymen');
  results['search, one found'] = await time('q=number%209999');
  results['search, none found'] = await time('q=nothing%20like%20it');
  await server.close();
  return results;
};

const folder = mkdtempSync(join(tmpdir(), 'cockpit-bench-'));
const postgres = spawn(process.execPath, ['test/postgres-server.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] });
const [port] = (await once(createInterface(postgres.stdout), 'line')) as [string];
try {
  const url = `postgres://postgres@127.0.0.1:${port}`;
  for (const [at, list] of lists.entries()) {
    const onSqlite = await measure(list, undefined, folder);
    const client = new pg.Client({ connectionString: `${url}/postgres` });
    await client.connect();
    await client.query(`create database list_${at}`);
    await client.end();
    const onPostgres = await measure(list, `${url}/list_${at}`, folder);
    console.log(`\nMedian milliseconds of ${rounds} answers, ${count.toLocaleString('en')} keys ${list.title}`);
    console.table(
      Object.fromEntries(
        Object.entries(onSqlite).map(([what, sqlite]) => [what, { SQLite: sqlite, PostgreSQL: onPostgres[what] }]),
      ),
    );
  }
} finally {
  postgres.stdin.end();
  rmSync(folder, { recursive: true, force: true });
}
