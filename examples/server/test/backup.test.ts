import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createCockpit } from '@ai-cockpit/sdk';
import { createIntegration, type Secret } from '@ai-cockpit/sdk/integration';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from './harness.js';
import { type Issuer, startIssuer } from './own-issuer.js';
import { policyPath, sqlBlocks } from './production/example.js';
import { canary } from './security/exchange.js';
import { buildServer, type HostProcess, startHostProcess } from './server-process.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const [, section = ''] = /### Backup and restore\n(.*?)\n### /s.exec(readme) ?? [];
/** As the README has them: SQLite's backup, PostgreSQL's, SQLite's restoring, PostgreSQL's. */
const commands = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
const programs = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`;

/** PostgreSQL's own programs are on most machines that have one; the server of the tests may have come without. */
const kinds = [
  { kind: 'SQLite', backup: commands[0], restore: commands[2], isPostgres: false },
  ...(programs.split(':').some((place) => existsSync(join(place, 'pg_dump')))
    ? [{ kind: 'PostgreSQL', backup: commands[1], restore: commands[3], isPostgres: true }]
    : []),
];

describe.each(kinds)('a backup of $kind made while the server writes', ({ backup, restore, isPostgres }) => {
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-backup-'));
  const dataDir = join(folder, 'data');
  let built: Awaited<ReturnType<typeof buildServer>>;
  let issuer: Issuer;
  let env: Record<string, string>;
  let databaseUrl: string;
  beforeAll(async () => {
    for (const name of [dataDir, join(folder, 'backup')]) mkdirSync(name);
    built = await buildServer();
    issuer = await startIssuer();
    databaseUrl = isPostgres ? await createDatabase() : '';
    env = {
      ...{ PORT: '0', DATA_DIR: dataDir, DATABASE_URL: databaseUrl, POLICY: policyPath, LOG_LEVEL: 'warn' },
      ...{ JWKS_URL: issuer.jwksUrl, JWT_ISSUER: 'https://id.example', JWT_AUDIENCE: 'cockpit' },
      ENCRYPTION_KEYS: `first:${'A'.repeat(43)}=`,
      API_KEY_PEPPERS: `first:${'p'.repeat(32)}`,
    };
  });
  afterAll(async () => {
    await issuer.close();
    await built.remove();
    rmSync(folder, { recursive: true });
  });

  /** In a shell, as an operator would. */
  const shell = async (command = ''): Promise<void> => {
    const names = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, BACKUP: join(folder, 'backup') };
    const child = spawn('sh', ['-e', '-c', command], {
      env: { PATH: programs, ...names },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    // The first argument of that event.
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code, said).toBe(0);
  };
  const runSql = async (text = ''): Promise<void> => {
    if (isPostgres) {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query(text);
      await client.end();
      return;
    }
    const database = new DatabaseSync(join(dataDir, 'cockpit.sqlite'));
    database.exec(text.replaceAll('cockpit.', ''));
    database.close();
  };
  const baseUrlOf = ({ origin }: HostProcess): string => `${origin}/v1`;
  const cockpitOf = (server: HostProcess) =>
    createCockpit({
      baseUrl: baseUrlOf(server),
      getAccessToken: () => issuer.sign({ iss: 'https://id.example', aud: 'cockpit', sub: 'user-1' }),
    });
  const integrationOf = (server: HostProcess, apiKey: Secret) =>
    createIntegration({ baseUrl: baseUrlOf(server), apiKey, retry: { limit: 0 } });
  const lease = (server: HostProcess, apiKey: Secret) =>
    integrationOf(server, apiKey).leaseCredential({ provider: 'jira', code: 'backup', purpose: 'A test' });

  it('restores each acknowledged write; without the encryption key, tokens are lost; without the pepper, keys', async () => {
    const first = await startHostProcess(built.file, env);
    await runSql(sqlBlocks()[1]);
    const cockpit = cockpitOf(first);
    const token = canary('backup');
    const values = { site: 'acme.atlassian.net', email: 'bot@acme.example', token };
    await cockpit.providerTokens.create({ provider: 'jira', name: 'Jira', code: 'backup', values });
    const create = async (name: string): Promise<Secret> => {
      const { secret, apiKey } = await cockpit.apiKeys.create({ name, expiresInDays: 30 });
      if (!secret) throw new Error(`${apiKey.name} came without its secret`);
      return secret;
    };
    const kept = await create('Before the backup');
    let isOver = false;
    let writes = 0;
    const write = async () => {
      for (let turn = 0; !isOver; turn += 1) {
        const added = await cockpit.providerTokens.create({ provider: 'jira', name: `Later ${turn}`, values });
        await cockpit.providerTokens.delete(added.id, { version: added.version });
        writes += 1;
      }
    };
    const writer = write();
    await expect.poll(() => writes, { timeout: 30_000 }).toBeGreaterThan(2);
    await shell(backup);
    const during = writes;
    await expect.poll(() => writes, { timeout: 30_000 }).toBeGreaterThan(during);
    isOver = true;
    await writer;
    const later = await create('After the backup');
    expect(await first.terminate()).toMatchObject({ code: 0 });

    // The database is lost, or what is in it is wrong.
    await runSql('delete from cockpit.api_key; delete from cockpit.provider_token; delete from cockpit.membership');
    await shell(restore);
    const second = await startHostProcess(built.file, env);
    expect((await integrationOf(second, kept).whoAmI()).owner).toMatchObject({ id: 'user-1' });
    const { headers } = await lease(second, kept);
    const basic = headers['Authorization']?.reveal().replace('Basic ', '') ?? '';
    expect(Buffer.from(basic, 'base64').toString()).toBe(`bot@acme.example:${token}`);
    await expect(integrationOf(second, later).whoAmI()).rejects.toMatchObject({ status: 401 });
    await cockpitOf(second).apiKeys.create({ name: 'After the restoring', expiresInDays: 30 });
    expect(await second.terminate()).toMatchObject({ code: 0 });

    const withoutKey = await startHostProcess(built.file, { ...env, ENCRYPTION_KEYS: `other:${'B'.repeat(43)}=` });
    expect((await integrationOf(withoutKey, kept).whoAmI()).owner).toMatchObject({ id: 'user-1' });
    await expect(lease(withoutKey, kept)).rejects.toMatchObject({ status: 500 });
    expect((await withoutKey.terminate()).output).toContain('EnvelopeError');

    const withoutPepper = await startHostProcess(built.file, { ...env, API_KEY_PEPPERS: `first:${'q'.repeat(32)}` });
    await expect(integrationOf(withoutPepper, kept).whoAmI()).rejects.toMatchObject({ status: 401 });
    expect((await cockpitOf(withoutPepper).profile.get()).id).toBe('user-1');
    await withoutPepper.terminate();
  }, 180_000);
});
