import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { systemClock } from '../src/ports/clock.js';
import { demoSigningKey } from '../src/demo/keys.js';
import { signDemoSession } from '../src/demo/sessions.js';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** The server as its package's build makes it, in a file of this process's own: others may be building too. */
export const buildServer = async (): Promise<{ file: string; remove: () => Promise<void> }> => {
  const file = `${folder}dist/under-test-${process.pid}.js`;
  const shell = process.platform === 'win32';
  await promisify(execFile)('pnpm', ['--silent', 'run', 'bundle', 'src/main.ts', `--outfile=${file}`], {
    cwd: folder,
    shell,
  });
  return { file, remove: () => rm(file, { force: true }) };
};

export interface Ended {
  code: number | null;
  output: string;
}

/** Starts the server with these settings and no others. */
const run = (
  file: string,
  env: Record<string, string>,
): { child: ChildProcess; ended: Promise<Ended>; output: () => string } => {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [file], { env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return { child, ended, output: () => output };
};

/** For settings that the server is to refuse: what it said, and how it ended. */
export const runToEnd = async (file: string, env: Record<string, string>): Promise<Ended> => {
  const { child, ended } = run(file, env);
  const impatient = setTimeout(() => child.kill('SIGKILL'), 50_000);
  return ended.finally(() => clearTimeout(impatient));
};

/** One of the systems of a server. */
interface ServedSystem {
  baseUrl: string;
  session: (userId: string) => Promise<string>;
}

/** A server in a process of its own. */
export interface HostProcess {
  origin: string;
  pid: number | undefined;
  /** All that it has written to its standard output and error. */
  logs: () => string;
  /** Gives it no chance to do anything more. */
  kill: () => Promise<void>;
  /** Tells it to end, as an operator does; how it did. One that has not ended after 20 s is killed, and has no code. */
  terminate: () => Promise<Ended>;
}

/** With these settings and no others. */
export const startHostProcess = async (file: string, env: Record<string, string>): Promise<HostProcess> => {
  const { child, ended, output } = run(file, env);
  const origin = await Promise.race([
    new Promise<string>((resolve) => {
      if (!child.stdout) return;
      createInterface(child.stdout).on('line', (line) => {
        const [, ready] = /^Ready: (\S+)$/.exec(line) ?? [];
        if (ready) resolve(ready);
      });
    }),
    ended.then(() => Promise.reject(new Error(`The server did not start: ${output()}`))),
  ]);
  return {
    origin,
    pid: child.pid,
    logs: output,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    terminate: async () => {
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 20_000);
      return ended.finally(() => clearTimeout(impatient));
    },
  };
};

/** A process that serves the demo; by itself, AI Cockpit One's API. */
export interface ServerProcess extends ServedSystem, HostProcess {
  of: (system: string) => ServedSystem;
}

export const startProcess = async (
  file: string,
  env: Record<string, string> & { DATA_DIR: string },
): Promise<ServerProcess> => {
  const host = await startHostProcess(file, { PORT: '0', DEMO: '1', ...env });
  const { origin } = host;
  const key = await demoSigningKey(env.DATA_DIR);
  const of = (system: string): ServedSystem => ({
    baseUrl: `${origin}/${system}/v1`,
    session: (userId) => signDemoSession(key, systemClock, system, userId),
  });
  return {
    ...of('ai-cockpit-one'),
    of,
    ...host,
  };
};
