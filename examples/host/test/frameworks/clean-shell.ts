import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './documented-commands.js';

/** Names that a clone has not, as `.gitignore` leaves them out; and the history. */
const notCloned = new Set([
  ...['.git', 'node_modules', 'dist', 'packed', '.data', '.cache', 'coverage'],
  ...['custom-elements.json', 'types', '.next', '.svelte-kit', '.angular'],
]);

/** Settings by which this machine reaches the registry, as any shell on it has them. */
const isOfNetwork = (name: string): boolean =>
  /^(?:https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_(?:file|dir)|npm_config_(?:registry|cache))$/i.test(name);
const network: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => isOfNetwork(name)),
);

/** The address that a development server prints. */
export const localAddress = /Local:\s+(http:\S+?)\/?\s/;

/** Copies this repository as it is cloned. */
export const cloneTo = (folder: string): void =>
  cpSync(root, folder, {
    recursive: true,
    filter: (path) => !notCloned.has(basename(path)) || /\/test\/(?:react\/)?types$/.test(path),
  });

/** A shell on a machine that has Node and npm and not pnpm, and a folder that goes with it. */
export const cleanShell = () => {
  const folder = mkdtempSync(join(tmpdir(), 'ai-cockpit-shell-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(realpathSync(process.execPath), join(bin, 'node'));
  for (const name of ['npm', 'npx'])
    symlinkSync(execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(), join(bin, name));
  const { HOME = folder } = process.env;
  const shell = { PATH: `${bin}:/usr/bin:/bin`, HOME, ...network };

  const start = (command: string, cwd: string, env: Record<string, string>) => {
    // A process group of its own, which ends as a whole: `npm` starts others.
    const child = spawn('sh', ['-c', command], {
      cwd,
      env: { ...shell, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const listeners = new Set<() => void>();
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        for (const listener of listeners) listener();
      });
    const ended = once(child, 'close').then(([code]) => code as number | null);
    return { child, ended, output: () => output, listeners };
  };

  return {
    folder,
    /** Runs a command to its end, and gives what it printed. */
    run: async (command: string, cwd: string, env: Record<string, string> = {}): Promise<string> => {
      const { ended, output } = start(command, cwd, env);
      const code = await ended;
      if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output()}`);
      return output();
    },
    /** Runs a command that serves until it is ended, uses it once it has printed its address, and ends it. */
    serve: async (
      command: string,
      cwd: string,
      { env = {}, ready }: { env?: Record<string, string>; ready: RegExp },
      use: (origin: string) => Promise<void>,
    ): Promise<void> => {
      const { child, ended, output, listeners } = start(command, cwd, env);
      const found = new Promise<string>((resolve) => {
        listeners.add(() => {
          const [, origin] = ready.exec(output()) ?? [];
          if (origin !== undefined) resolve(origin);
        });
      });
      const failed = ended.then((code) => {
        throw new Error(`${command} ended with ${code}:\n${output()}`);
      });
      try {
        await use(await Promise.race([found, failed]));
      } finally {
        failed.catch(() => undefined);
        if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
        await ended;
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
