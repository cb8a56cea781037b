import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { keepingPages } from '../browser.js';
import { startedDemo } from '../started-demo.js';
import { freePort } from '../started-server.js';
import { cleanShell, localAddress } from './clean-shell.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const examples = `${root}examples`;
const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));

export interface AppDescription {
  /** The name on the command line. */
  name: string;
  /** The name in the table of docs/frameworks.md. */
  title: string;
  /** The package whose version the table names. */
  framework: string;
  /** Folders and files below `examples/`, and where a copy of each stands in the app. */
  copy: Readonly<Record<string, string>>;
  /** Other versions of packages than in the copied `package.json`, and packages that the workspace has at its top. */
  versions?: Readonly<Record<string, string>>;
  /** The module that imports the test's own listener, and where that module stands. */
  entry?: string;
  /** The folder that the reference server serves; where it is absent, `start` serves the app. */
  pages?: string;
  /** Arguments for Node, run in the app's folder. */
  start?: (port: string) => readonly string[];
  /** Arguments for `npm run dev`, which its README has. */
  develop?: (port: string) => readonly string[];
  /** The fixture with wrong names, where its copy stands, and the command that checks the types of both. */
  types?: { fixture: string; file: string; check: readonly string[]; label: string };
}

export interface Result {
  title: string;
  version: string;
  works: boolean;
  /** The names that the framework's types check; a dash for none. */
  types: string;
  /** Bytes of JavaScript, each file gzipped, that the browser received until the profile was drawn. */
  firstLoad: number;
  seconds: number;
}

const quiet = {
  NODE_ENV: 'production',
  CI: 'true',
  NO_COLOR: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
  PARCEL_DISABLE_ANALYTICS: '1',
};

/** A child of a test run must not take itself for one. */
const testRun = new Set(['VITEST', 'VITEST_MODE', 'TEST', 'NODE_OPTIONS', 'FORCE_COLOR']);
/** `npm exec`, which may have started this run, hands its own options on: `npx` would take them for its. */
const isOfNpmExec = (name: string): boolean => /^npm_(?:config_(?:package|call)|lifecycle_|package_)/i.test(name);
const own = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !testRun.has(name) && !isOfNpmExec(name)),
);

export const run = async (command: string, words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) => {
  const shell = process.platform === 'win32';
  try {
    const { stdout } = await promisify(execFile)(command, words, {
      cwd,
      env: { ...own, ...quiet, ...env },
      maxBuffer: 64 * 2 ** 20,
      shell,
    });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${words.join(' ')}:\n${stripVTControlCharacters(`${stdout}${stderr}`)}`, {
      cause: error,
    });
  }
};

/** The packed packages in the place of what stands for them in the repository. */
export const installedFrom = (range: string, name: string): string => {
  if (!name.startsWith('@ai-cockpit/')) return range;
  return `file:${root}packed/${name.slice(1).replace('/', '-')}-0.1.0.tgz`;
};

const isReady = async (origin: string): Promise<boolean> => {
  try {
    await fetch(origin);
    return true;
  } catch {
    return false;
  }
};

/** An app in a folder of its own, outside the workspace, with the packed packages, built, and served with the API. */
export const startedApp = async (description: AppDescription) => {
  const { name, title, framework, copy, versions = {}, entry, pages, start, develop, types } = description;
  const folder = mkdtempSync(`${tmpdir()}/ai-cockpit-${name}-`);
  const port = await freePort();
  // The server takes no folder that is not there; the build fills it.
  if (pages) mkdirSync(join(folder, pages), { recursive: true });
  const environment = pages ? { HOST_PAGES: join(folder, pages) } : { ALLOWED_ORIGINS: `http://127.0.0.1:${port}` };
  const demo = startedDemo(environment, undefined, keepingPages);
  const result: Result = { title, version: '', works: false, types: '–', firstLoad: 0, seconds: 0 };
  const started = performance.now();
  let server: ChildProcess | undefined;

  const install = async () => {
    for (const [from, to] of Object.entries(copy))
      cpSync(join(examples, from), join(folder, to), {
        recursive: true,
        filter: (path) =>
          !['node_modules', 'dist', 'build', '.next', '.svelte-kit', '.angular'].includes(basename(path)),
      });
    const path = join(folder, 'package.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string>>;
    for (const group of ['dependencies', 'devDependencies']) {
      const ranges = { ...(group === 'devDependencies' && versions), ...manifest[group] };
      manifest[group] = Object.fromEntries(
        Object.entries(ranges).map(([name, range]) => [name, installedFrom(versions[name] ?? range, name)]),
      );
    }
    for (const name of Object.keys(manifest.dependencies ?? {})) delete manifest.devDependencies?.[name];
    writeFileSync(path, JSON.stringify(manifest));
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    await run('npm', ['install', '--include=dev', ...options], folder);
    const installed = readFileSync(join(folder, 'node_modules', framework, 'package.json'), 'utf8');
    result.version = (JSON.parse(installed) as { version: string }).version;
  };

  const addListener = () => {
    if (!entry) return;
    const isScript = entry.endsWith('.js');
    cpSync(join(fixtures, 'heard.js'), join(folder, dirname(entry), isScript ? 'heard.js' : 'heard.ts'));
    appendFileSync(join(folder, entry), `\nimport './heard${isScript ? '.js' : ''}';\n`);
  };

  /** Some frameworks read them when they build, others when they serve. */
  const addresses = () => ({ AI_COCKPIT_SERVER: demo.server.origin, ORIGIN: app.origin });

  const serve = async () => {
    if (!start) return;
    const words = start(String(port));
    const env = { ...own, ...quiet, ...addresses(), HOST: '127.0.0.1', PORT: String(port) };
    server = spawn(process.execPath, words, { cwd: folder, env, stdio: 'inherit' });
    while (server.exitCode === null && !(await isReady(app.origin))) await new Promise(setImmediate);
    if (server.exitCode !== null) throw new Error(`The server of ${title} has ended.`);
  };

  const app = {
    ...description,
    demo,
    folder,
    result,
    get origin(): string {
      return start ? `http://127.0.0.1:${port}` : demo.server.origin;
    },
    open: (): Promise<Page> => demo.open({ baseURL: app.origin }),
    /** The page and its scripts, as the command of the README serves them while one develops. */
    develop: async (): Promise<string> => {
      if (!develop) throw new Error(`${title} has no command for developing.`);
      const command = ['npm run dev --', ...develop(String(await freePort()))].join(' ');
      const shell = cleanShell();
      let served = '';
      try {
        await shell.serve(command, folder, { env: addresses(), ready: localAddress }, async (origin) => {
          const page = await fetch(origin);
          served = `${page.status} ${await page.text()}`;
          for (const [, path = ''] of served.matchAll(/(?:<script[^>]* src=|import\()"(\/?[^":]+)"/g)) {
            const script = await fetch(new URL(path, `${origin}/`));
            served += `\n${script.status} ${path}`;
          }
        });
      } finally {
        shell.remove();
      }
      return served;
    },
    /** Lines of the fixture with wrong names: those that are wrong, and those that its types refuse. */
    checkTypes: async (): Promise<{ wrong: number[]; refused: number[] }> => {
      if (!types) throw new Error(`${title} has no types to check.`);
      const source = readFileSync(join(fixtures, 'wrong-names', types.fixture), 'utf8');
      const wrong = source.split('\n').flatMap((line, index) => (line.includes('wrong:') ? [index + 2] : []));
      const path = join(folder, types.file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, source);
      const [command = '', ...words] = types.check;
      const said = await run(command, words, folder).catch((error: unknown) => String(error));
      // Else the app itself could not be built any more.
      rmSync(path);
      const place = new RegExp(`${basename(types.file).replace('.', '\\.')}"?[:( ]+(\\d+)`, 'g');
      const refused = [...said.matchAll(place)].map(([, line]) => Number(line));
      return { wrong, refused: [...new Set(refused)].sort((a, b) => a - b) };
    },
  };

  beforeAll(async () => {
    await install();
    addListener();
    await run('npm', ['run', '--silent', 'build'], folder, addresses());
    await serve();
  });
  afterAll(async () => {
    if (server && server.exitCode === null) {
      const gone = once(server, 'exit');
      server.kill();
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
    result.seconds = (performance.now() - started) / 1000;
    const results = `${root}.cache/frameworks`;
    mkdirSync(results, { recursive: true });
    writeFileSync(`${results}/${name}.json`, JSON.stringify(result));
  });
  return app;
};

export type StartedApp = Awaited<ReturnType<typeof startedApp>>;
