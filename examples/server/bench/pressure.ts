// How long one person's read and /readyz take while others press: a burst of writes, a held lock, clients that never
// read; beside the same on a quiet server, in one run, on both databases. The server and each load have a process or
// thread of their own, so that what is measured is the server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import pg from 'pg';
import { buildServer, type ServerProcess, startProcess } from '../test/server-process.js';
import { type Load, type LoadResult, runLoad } from './pressure-load.js';

/** Whose API keys are each person's own, any number of them. */
const system = 'duplocloud';
const databases = ['SQLite', 'PostgreSQL'] as const;
type Database = (typeof databases)[number];

interface Bench {
  database: Database;
  databaseUrl: string;
  dataDir: string;
  server: ServerProcess;
  baseUrl: string;
  reader: string;
  writer: string;
}

interface Sample {
  read: number[];
  readyz: number[];
  failed: number;
}

type Row = Record<string, string | number>;

const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

const rounded = (value: number): number => Number(value.toFixed(value < 10 ? 2 : 0));

/** Reads and asks for readiness, one after the other, until the load is done; at least, and at most, so often. */
const sample = async ({ baseUrl, reader }: Bench, isDone: () => boolean, least = 20, most = 400): Promise<Sample> => {
  const result: Sample = { read: [], readyz: [], failed: 0 };
  const time = async (url: string, headers: Record<string, string>, into: number[]): Promise<void> => {
    const started = performance.now();
    try {
      const answer = await fetch(url, { headers, signal: AbortSignal.timeout(60_000) });
      await answer.arrayBuffer();
      if (!answer.ok) result.failed++;
    } catch {
      result.failed++;
    }
    into.push(performance.now() - started);
  };
  for (let at = 0; at < most && (at < least || !isDone()); at++) {
    await time(`${baseUrl}/api-keys`, { Authorization: `Bearer ${reader}` }, result.read);
    await time(new URL('/readyz', baseUrl).href, {}, result.readyz);
  }
  return result;
};

const rowsOf = (title: string, { read, readyz, failed }: Sample, quiet: Sample): [string, Row][] =>
  (
    [
      ['read', read, quiet.read],
      ['/readyz', readyz, quiet.readyz],
    ] as const
  ).map(([what, values, baseline]) => [
    `${title}: ${what}`,
    {
      answers: values.length,
      failed,
      median: rounded(percentile(values, 0.5)),
      p99: rounded(percentile(values, 0.99)),
      longest: rounded(Math.max(...values)),
      'median ÷ quiet': rounded(percentile(values, 0.5) / percentile(baseline, 0.5)),
      'p99 ÷ quiet': rounded(percentile(values, 0.99) / percentile(baseline, 0.99)),
    },
  ]);

interface RunningLoad {
  result: Promise<LoadResult>;
  isDone: () => boolean;
  stop: () => Promise<void>;
}

/** In a thread of its own, which has begun. */
const startLoad = async (load: Load): Promise<RunningLoad> => {
  const worker = new Worker(new URL(import.meta.url), { workerData: load });
  await once(worker, 'message');
  let done = false;
  const result = once(worker, 'message').then(([counts]) => {
    done = true;
    return counts as LoadResult;
  });
  return {
    result,
    isDone: () => done,
    stop: async () => {
      await worker.terminate();
    },
  };
};

/** Megabytes, where the system says it. */
const memoryOf = ({ server }: Bench): string => {
  const path = `/proc/${server.pid}/status`;
  const [, kilobytes] = existsSync(path) ? (/VmRSS:\s*(\d+)/.exec(readFileSync(path, 'utf8')) ?? []) : [];
  return kilobytes === undefined ? 'unknown' : `${Math.round(Number(kilobytes) / 1024)} MB`;
};

const besideBurst = async (bench: Bench, quiet: Sample): Promise<[string, Row][]> => {
  const { baseUrl, writer } = bench;
  const load = await startLoad({ kind: 'burst', baseUrl, session: writer, count: 1500 });
  const sampled = await sample(bench, load.isDone, 20, 10_000);
  console.log(`${bench.database}, burst of 1,500 writes, by status:`, await load.result);
  await load.stop();
  return rowsOf('beside 1,500 writes', sampled, quiet);
};

/** What another process holds: SQLite's only write lock, or on PostgreSQL the row by which the writer's keys are locked. */
const holdLock = async ({ database, dataDir, databaseUrl }: Bench): Promise<() => Promise<void>> => {
  if (database === 'SQLite') {
    const other = new DatabaseSync(join(dataDir, `${system}.sqlite`));
    other.exec('begin immediate');
    return () => {
      other.exec('rollback');
      other.close();
      return Promise.resolve();
    };
  }
  const other = new pg.Client({ connectionString: databaseUrl });
  await other.connect();
  await other.query('begin');
  await other.query(`select * from cockpit_${system}.owner where kind = 'user' and id = 'eve' for update`);
  return async () => {
    await other.query('rollback');
    await other.end();
  };
};

const besideHeldLock = async (bench: Bench, quiet: Sample): Promise<[string, Row][]> => {
  const { baseUrl, writer } = bench;
  const release = await holdLock(bench);
  const load = await startLoad({ kind: 'burst', baseUrl, session: writer, count: 20 });
  const started = performance.now();
  const held = setTimeout(8000, undefined).then(release);
  const sampled = await sample(bench, () => performance.now() - started > 8000, 1);
  await held;
  console.log(`${bench.database}, 20 writes beside a lock held for 8 s, by status:`, await load.result);
  await load.stop();
  return rowsOf('beside a held lock', sampled, quiet);
};

const besideUnread = async (bench: Bench, quiet: Sample): Promise<[string, Row][]> => {
  const { baseUrl } = bench;
  const before = memoryOf(bench);
  const load = await startLoad({ kind: 'unread', baseUrl, clients: 300, requests: 40 });
  await load.result;
  const sampled = await sample(bench, () => false, 100, 100);
  const during = memoryOf(bench);
  await load.stop();
  await setTimeout(2000);
  console.log(`${bench.database}, memory of the server before, beside and after 300 clients that never read:`);
  console.log(`  ${before}, ${during}, ${memoryOf(bench)}`);
  return rowsOf('beside 300 clients that never read', sampled, quiet);
};

const measure = async (file: string, database: Database, databaseUrl: string): Promise<void> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'cockpit-pressure-'));
  const env = { DATA_DIR: dataDir, MAKE_ENCRYPTION_KEY: '1', DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' };
  const server = await startProcess(file, env);
  const { baseUrl, session } = server.of(system);
  const [reader, writer] = [await session('ana'), await session('eve')];
  const bench: Bench = { database, databaseUrl, dataDir, server, baseUrl, reader, writer };
  try {
    const first = await startLoad({ kind: 'burst', baseUrl, session: writer, count: 1 });
    await first.result;
    await first.stop();
    await sample(bench, () => false, 100, 100);
    const quiet = await sample(bench, () => false, 300, 300);
    const rows = [
      ...rowsOf('quiet', quiet, quiet),
      ...(await besideBurst(bench, quiet)),
      ...(await besideHeldLock(bench, quiet)),
      ...(await besideUnread(bench, quiet)),
    ];
    console.log(`\n${database}, milliseconds`);
    console.table(Object.fromEntries(rows));
  } finally {
    await server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

const main = async (): Promise<void> => {
  const { file, remove } = await buildServer();
  const postgres = spawn(process.execPath, ['test/postgres-server.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const [port] = (await once(createInterface(postgres.stdout), 'line')) as [string];
    await measure(file, 'SQLite', '');
    await measure(file, 'PostgreSQL', `postgres://postgres@127.0.0.1:${port}/postgres`);
  } finally {
    postgres.stdin.end();
    await remove();
  }
};

// Each load is a thread of this same file.
await (isMainThread ? main() : runLoad(workerData as Load));
