import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../../../.cache/runtimes/', import.meta.url));
const installed = `${cache}node_modules/`;

/** The runtimes besides the current Node. They are large: only `pnpm test:runtimes` installs them. */
const packages = {
  bun: 'bun@1.4.5',
  deno: 'deno@2.9.6',
  workerd: 'workerd@1.20261117.1',
  node22: 'node22@npm:node@22.23.3',
  node24: 'node24@npm:node@24.21.0',
};
const isWhole = process.env.RUNTIMES === 'all';

const processes: ChildProcess[] = [];
const start = (command: string, args: readonly string[]) => {
  const child = spawn(command, args, { cwd: cache, stdio: ['ignore', 'pipe', 'ignore'] });
  processes.push(child);
  return child;
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || !address) throw new Error('There is no port.');
  return address.port;
};

let origin: string;
let refused: string;

beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  if (isWhole) {
    // Packages that are installed already are not loaded again.
    const names = Object.values(packages);
    execFileSync('npm', ['install', '--prefix', cache, '--no-audit', '--no-fund', ...names], { stdio: 'ignore' });
  }
  await build({
    entryPoints: [`${here}run.js`, `${here}worker.js`],
    outdir: cache,
    bundle: true,
    format: 'esm',
    conditions: ['cockpit-source'],
    outExtension: { '.js': '.mjs' },
  });
  const server = start(process.execPath, [`${here}fault-server.mjs`]);
  if (!server.stdout) throw new Error('The server says nothing.');
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const ports = JSON.parse(line) as { port: number; refused: number };
  origin = `http://127.0.0.1:${ports.port}`;
  refused = `http://127.0.0.1:${ports.refused}/v1`;
}, 300_000);

afterAll(() => {
  for (const child of processes) child.kill('SIGKILL');
});

const asProgram =
  (name: string, command: string, ...args: readonly string[]) =>
  async (): Promise<unknown> => {
    const child = start(command, [...args, `${cache}run.mjs`, origin, refused, name]);
    if (!child.stdout) throw new Error('The program says nothing.');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return JSON.parse(line);
  };

const asWorker = async (): Promise<unknown> => {
  const port = await freePort();
  writeFileSync(
    `${cache}workerd.capnp`,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.mjs")],
  compatibilityDate = "2026-11-01",
);
`,
  );
  start(`${installed}.bin/workerd`, ['serve', `${cache}workerd.capnp`]);
  const address = `http://127.0.0.1:${port}/?${new URLSearchParams({ origin, refused }).toString()}`;
  for (;;) {
    try {
      const response = await fetch(address);
      return await response.json();
    } catch (error) {
      // Not listening yet.
      if (!(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};

const runtimes: [string, () => Promise<unknown>][] = [
  [`Node ${process.versions.node}`, asProgram('node', process.execPath)],
  ...(isWhole
    ? ([
        ['Node 22', asProgram('node22', `${installed}node22/bin/node`)],
        ['Node 24', asProgram('node24', `${installed}node24/bin/node`)],
        ['Bun', asProgram('bun', `${installed}.bin/bun`, 'run')],
        ['Deno', asProgram('deno', `${installed}.bin/deno`, 'run', '--allow-all', '--no-config')],
        ['workerd', asWorker],
      ] satisfies [string, () => Promise<unknown>][])
    : []),
];

describe('connections', () => {
  it.each(runtimes)(
    'fail alike in %s as everywhere, and are tried again where that is safe',
    async (_, run) => {
      expect(await run()).toEqual({
        fine: 'Ana, asked once',
        'no-answer': 'NetworkError, asked again',
        'cut-headers': 'NetworkError, asked again',
        'cut-body': 'NetworkError, asked again',
        'cut-chunked': 'NetworkError, asked again',
        'no-http': 'NetworkError, asked again',
        'once-unavailable': 'Ana, asked again',
        'once-cut': 'Ana, asked again',
        unavailable: 'ServerError, asked once',
        redirect: 'ContractError, asked once',
        gzip: 'Ana, asked once',
        'broken-gzip': 'NetworkError, asked again',
        page: 'ContractError, asked once',
        refused: 'NetworkError',
        'no such host': 'NetworkError',
        'no TLS': 'NetworkError',
        'never, timeout': 'TimeoutError',
        'never, aborted': 'AbortError',
        'never-ending, timeout': 'TimeoutError',
        'never-ending, aborted': 'AbortError',
        'aborted before': 'AbortError',
        "a host's own error": 'HostError',
        'with a token': 'Ana',
        'a write, cut': 'NetworkError',
        'a write': 'Ana',
      });
    },
    60_000,
  );
});
