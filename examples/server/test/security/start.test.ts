import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encryptionKey } from '../harness.js';
import { buildServer, runToEnd, startProcess } from '../server-process.js';

describe('a server without an issuer', () => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  let folder: string;
  beforeAll(async () => {
    built = await buildServer();
    folder = await mkdtemp(join(tmpdir(), 'cockpit-start-'));
  });
  afterAll(async () => {
    await built.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const settings = { PORT: '0', ENCRYPTION_KEYS: encryptionKey };

  it.each<[what: string, env: Record<string, string>, setting: string]>([
    ['nothing beside', {}, 'JWKS_URL'],
    ['NODE_ENV=development', { NODE_ENV: 'development' }, 'JWKS_URL'],
    ['DEMO=0', { DEMO: '0' }, 'JWKS_URL'],
    ['an empty DEMO', { DEMO: '' }, 'JWKS_URL'],
    ['a DEMO that is neither 0 nor 1', { DEMO: 'yes' }, 'DEMO'],
    ['settings of the demo', { MAKE_ENCRYPTION_KEY: '1', CATCH_MAIL: '1' }, 'JWKS_URL'],
    ['a policy', { POLICY: 'ai-cockpit-one' }, 'JWKS_URL'],
    ['an issuer whose keys are nowhere', { JWT_ISSUER: 'https://id.example', JWT_AUDIENCE: 'cockpit' }, 'JWKS_URL'],
    ['the address of keys misspelled', { JWKS_URI: 'https://id.example/jwks' }, 'JWKS_URI is not a setting'],
    ['DEMO=1 and an issuer too', { DEMO: '1', JWKS_URL: 'https://id.example/jwks' }, 'DEMO'],
    ['DEMO=1 and an issuer without keys', { DEMO: '1', JWT_ISSUER: 'https://id.example' }, 'DEMO'],
    ['DEMO=1 and an audience without keys', { DEMO: '1', JWT_AUDIENCE: 'cockpit' }, 'DEMO'],
    ['DEMO=1 and NODE_ENV=production', { DEMO: '1', NODE_ENV: 'production' }, 'DEMO'],
    ['DEMO=1 on every IPv4 address', { DEMO: '1', HOST: '0.0.0.0' }, 'HOST'],
    ['DEMO=1 on every address', { DEMO: '1', HOST: '::' }, 'HOST'],
    ['DEMO=1 on every address as an IPv4 one in IPv6', { DEMO: '1', HOST: '::ffff:0.0.0.0' }, 'HOST'],
    ['DEMO=1 on an address of the network', { DEMO: '1', HOST: '192.0.2.7' }, 'HOST'],
    ['DEMO=1 on a name', { DEMO: '1', HOST: 'cockpit.example' }, 'HOST'],
  ])('77 with %s refuses to start, and names what is missing', async (_, env, setting) => {
    const dataDir = join(folder, 'none');
    const { code, output } = await runToEnd(built.file, { ...settings, DATA_DIR: dataDir, ...env });
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`^${setting}`, 'm'));
    expect(output).not.toContain('Ready:');
    expect(output).not.toMatch(/\bat .*:\d+:\d+/);
    expect(existsSync(dataDir)).toBe(false);
  });

  it.each<[what: string, env: Record<string, string>]>([
    ['DEMO=1', { DEMO: '1' }],
    ['DEMO=1 on a loopback address', { DEMO: '1', HOST: '127.0.0.2' }],
    ['DEMO=1 and DEMO_PUBLIC=1 on every address', { DEMO: '1', HOST: '0.0.0.0', DEMO_PUBLIC: '1' }],
  ])('77 with %s serves the demo', async (_, env) => {
    const server = await startProcess(built.file, { ...settings, ...env, DATA_DIR: join(folder, 'demo') });
    const headers = { Authorization: `Bearer ${await server.session('ana')}` };
    expect((await fetch(`${server.baseUrl}/profile`, { headers })).status).toBe(200);
    await server.kill();
  });
});
