import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { nodeVersionFault } from '../src/node-version.js';
import { encryptionKey } from './harness.js';
import { buildServer } from './server-process.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const commands = [...readme.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = '']) => block.trim().split('\n'));
/** A clean shell: nothing is set but where programs are. */
const shell = { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin` };

describe('the commands of the README, from a clean shell', () => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-readme-'));
  beforeAll(async () => {
    built = await buildServer();
  });
  afterAll(async () => {
    await built.remove();
    rmSync(folder, { recursive: true });
  });

  it('build by an existing script, without a program that may be missing', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) {
      expect(command).not.toMatch(/^(?:\w+=\S+ )*pnpm\b/);
      const [, script] = /npm run ([\w:-]+)/.exec(command) ?? [];
      if (script) expect(Object.keys(scripts)).toContain(script);
    }
  });

  it('start the server', async () => {
    const command = commands.find((line) => line.includes('dist/main.js')) ?? '';
    expect(command).toMatch(/ node examples\/server\/dist\/main\.js$/);
    // The same server in a file of this test's own, at a free port, with data of its own.
    const own = command.replace('examples/server/dist/main.js', built.file);
    const child = spawn('sh', ['-c', `PORT=0 DATA_DIR=data exec env ${own}`], { cwd: folder, env: shell });
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (line.startsWith('Ready: ')) child.kill('SIGTERM');
      });
    await once(child, 'close');
    expect(lines.join('\n')).toMatch(/^Ready: http:\/\/127\.0\.0\.1:\d+$/m);
  });

  it('make the hash of a service token in the form that SERVICE_TOKENS accepts', () => {
    const [, printed = ''] = /hash: `(printf [^`]*)`/.exec(readme) ?? [];
    const command = printed.replaceAll('\\|', '|');
    const hash = execFileSync('sh', ['-c', command], { env: { ...shell, TOKEN: 'abc' }, encoding: 'utf8' });
    const { serviceTokens } = readConfig({ DEMO: '1', ENCRYPTION_KEYS: encryptionKey, SERVICE_TOKENS: `jobs:${hash}` });
    const [{ name, hash: bytes } = { name: '', hash: new Uint8Array() }] = serviceTokens;
    expect(name).toBe('jobs');
    // The well-known SHA-256 of "abc".
    expect(Buffer.from(bytes).toString('hex')).toMatch(/^ba7816bf8f01cfea/);
  });

  it('make an encryption key', () => {
    const [, printed = ''] = /To make one: `(openssl [^`]*)`/.exec(readme) ?? [];
    const made = execFileSync('sh', ['-c', printed], { env: shell, encoding: 'utf8' }).trim();
    expect(readConfig({ DEMO: '1', ENCRYPTION_KEYS: `first:${made}` }).encryptionKeys).toHaveLength(1);
  });

  it.each(['18.20.4', '20.20.2', '22.12.0'])('name the needed Node version on %s', (version) => {
    expect(nodeVersionFault(version)).toMatch(/needs Node 22\.13 or newer, and this is Node \d+\.\d+\.\d+\. .*npx/);
    // Else an older Node ends at the import, before it can say so.
    expect(readFileSync(built.file, 'utf8')).not.toMatch(/from ?["']node:sqlite["']/);
  });

  it.each(['22.13.0', '23.0.0', '24.21.0'])('stay silent on Node %s', (version) => {
    expect(nodeVersionFault(version)).toBeNull();
  });
});
