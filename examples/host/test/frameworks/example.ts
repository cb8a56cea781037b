import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../started-server.js';

export const folderOf = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

/** As a developer builds it: with the types checked. */
export const build = (name: string): void => {
  const shell = process.platform === 'win32';
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync('pnpm', ['--silent', 'run', 'build'], { cwd: folderOf(name), env, stdio: 'inherit', shell });
};

/** A built example behind Vite's own server, which hands what is for the API on to the reference server. */
export class Preview {
  origin = '';
  #process: ChildProcess | undefined;

  async start(name: string, server: string): Promise<void> {
    const port = String(await freePort());
    this.origin = `http://127.0.0.1:${port}`;
    const vite = `${folderOf(name)}/node_modules/vite/bin/vite.js`;
    this.#process = spawn(process.execPath, [vite, 'preview', '--host', '127.0.0.1', '--port', port, '--strictPort'], {
      cwd: folderOf(name),
      env: { ...process.env, AI_COCKPIT_SERVER: server },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { stdout } = this.#process;
    if (stdout) await once(stdout, 'data');
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  }
}
