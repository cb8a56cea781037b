import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Profile } from '@ai-cockpit/sdk/contract';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { createLogger } from '../src/adapters/pino-logger.js';
import { type RunningServer, startServer } from '../src/server.js';
import { createDatabase, databases, encryptionKey } from './harness.js';
import { outcome, read } from './request.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const section = (heading: string): string => readme.split(`### ${heading}\n`)[1]?.split(/^##/m)[0] ?? '';
const onSessions = section('What a session must hold');
const algorithms = [...(/\*\*Algorithms\*\*: (.*?)\./s.exec(onSessions)?.[1] ?? '').matchAll(/`(\w+)`/g)].flatMap(
  ([, name]) => name ?? [],
);
const claimsOf = (needed: 'yes' | 'no'): string[] =>
  [...onSessions.matchAll(/^\| `(\w+)` +\| [^|]+ \| (yes|no) /gm)].flatMap(([, name = '', isNeeded]) =>
    isNeeded === needed ? name : [],
  );
const statements = [...section('Organizations and their members').matchAll(/```sql\n(.*?)```/gs)].flatMap(
  ([, block = '']) => block.trim().split('\n'),
);

const issuerName = 'https://id.example';
const now = () => Math.floor(Date.now() / 1000);
const valid = () => ({ iss: issuerName, aud: 'cockpit', sub: 'u-1', exp: now() + 300 });

describe.each(databases)('sessions of a host’s own issuer, as the README has them, on %s', (database) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'cockpit-sessions-'));
  const keys = new Map<string, CryptoKey>();
  const lines: string[] = [];
  let issuer: Server;
  let server: RunningServer;
  let databaseUrl: string | undefined;

  beforeAll(async () => {
    const published = await Promise.all(
      algorithms.map(async (alg) => {
        const { privateKey, publicKey } = await generateKeyPair(alg);
        keys.set(alg, privateKey);
        return { ...(await exportJWK(publicKey)), kid: alg, alg };
      }),
    );
    issuer = createServer((_, response) => response.end(JSON.stringify({ keys: published }))).listen(0, '127.0.0.1');
    await once(issuer, 'listening');
    databaseUrl = database === 'postgres' ? await createDatabase() : undefined;
    const config = readConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      ENCRYPTION_KEYS: encryptionKey,
      // Listening on a port.
      JWKS_URL: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`,
      JWT_ISSUER: issuerName,
      JWT_AUDIENCE: 'cockpit',
      SESSION_COOKIE: 'session',
      POLICY: 'ai-cockpit-one',
    });
    server = await startServer(config, createLogger('debug', { write: (line) => void lines.push(line) }));
  });
  afterAll(async () => {
    await server.close();
    issuer.close();
    rmSync(dataDir, { recursive: true });
  });

  const sign = (
    claims: object,
    header: JWTHeaderParameters = { alg: 'ES256', kid: 'ES256' },
    key = keys.get(header.alg),
  ) => {
    if (!key) throw new Error(`No key for ${header.alg}`);
    return new SignJWT({ ...claims }).setProtectedHeader(header).sign(key);
  };
  const get = (path: string, headers: Record<string, string>) => fetch(`${server.origin}/v1${path}`, { headers });
  const profileBy = async (token: string | Promise<string>) =>
    get('/profile', { Authorization: `Bearer ${await token}` });
  const answer = async (claims: object) => outcome(await profileBy(sign(claims)));

  it('each listed algorithm → accepted', async () => {
    expect(algorithms).toHaveLength(11);
    for (const alg of algorithms)
      expect(`${alg} ${await outcome(await profileBy(sign(valid(), { alg, kid: alg })))}`).toBe(`${alg} 200`);
    expect(await outcome(await get('/profile', { Cookie: `session=${await sign(valid())}` }))).toBe('200');
  });

  it('a shared secret, or no signature → 401', async () => {
    const secret = await new SignJWT(valid()).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
    expect(await outcome(await profileBy(secret))).toBe('401 unauthenticated');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(await outcome(await profileBy(`${part({ alg: 'none' })}.${part(valid())}.`))).toBe('401 unauthenticated');
  });

  it('the required claims of the table, and no others, are required', async () => {
    expect(claimsOf('yes')).toEqual(['iss', 'aud', 'sub', 'exp']);
    for (const name of claimsOf('yes'))
      expect(`${name} ${await answer({ ...valid(), [name]: undefined })}`).toBe(`${name} 401 unauthenticated`);
    expect(await answer(valid())).toBe('200');
  });

  it.each<[what: string, claims: object, outcome: string]>([
    ['another issuer', { iss: `${issuerName}/` }, '401 unauthenticated'],
    ['another audience', { aud: 'Cockpit' }, '401 unauthenticated'],
    ['one audience of several', { aud: ['other', 'cockpit'] }, '200'],
    ['several other audiences', { aud: ['other'] }, '401 unauthenticated'],
    ['an empty subject', { sub: '' }, '401 unauthenticated'],
    ['a subject of 200 characters', { sub: 'u'.repeat(200) }, '200'],
    ['a subject of 201 characters', { sub: 'u'.repeat(201) }, '401 unauthenticated'],
    ['a subject that is a number', { sub: 5 }, '401 unauthenticated'],
    ['a subject with a line break', { sub: 'u\n1' }, '401 unauthenticated'],
    ['a subject that overrides direction', { sub: 'u\u202e1' }, '401 unauthenticated'],
    ['an end as text', { exp: '2030-01-01' }, '401 unauthenticated'],
    ['an end within the tolerance', { exp: now() - 20 }, '200'],
    ['an end before the tolerance', { exp: now() - 40 }, '401 session_expired'],
    ['a beginning within the tolerance', { nbf: now() + 20 }, '200'],
    ['a beginning after the tolerance', { nbf: now() + 120 }, '401 unauthenticated'],
    ['names that are numbers', { sub: 'u-names', given_name: 5, email: ['a@b.example'] }, '200'],
    ['names that are too long', { sub: 'u-long', given_name: 'a'.repeat(101) }, '200'],
    ['claims that nobody knows', { anything: { nested: ['x'] } }, '200'],
  ])('with %s → the answer of the table', async (_, claims, expected) => {
    expect(await answer({ ...valid(), ...claims })).toBe(expected);
  });

  it('four claims → a new profile; later changes of them do not replace edits', async () => {
    const named = { given_name: 'Jo', family_name: 'Doe', preferred_username: 'jo', email: 'jo@example.com' };
    expect(claimsOf('no')).toEqual(expect.arrayContaining(Object.keys(named)));
    const profile = async (claims: object) =>
      read<Profile>(await profileBy(sign({ ...valid(), sub: 'u-named', ...claims })));
    const first = { loginName: 'jo', firstName: 'Jo', lastName: 'Doe', email: 'jo@example.com' };
    expect(await profile(named)).toMatchObject(first);
    expect(await profile({ ...named, given_name: 'Joanna' })).toMatchObject({ firstName: 'Jo' });
    await profile({ sub: 'u-unnamed', given_name: 'a'.repeat(101) });
    expect(lines.join('')).toMatch(/"claim":"given_name".*a claim of a session cannot be used and is left out/);
  });

  it('claims of roles and organizations → ignored', async () => {
    const role = 'administrator';
    const claims = { role, roles: [role], groups: [role], organizations: [{ id: 'acme', role }], permissions: [role] };
    const profile = await read<Profile>(await profileBy(sign({ ...valid(), sub: 'u-claims', ...claims })));
    expect(profile).toMatchObject({ role: null, organizations: [] });
  });

  it('12 KiB → accepted; more than 16 KiB of headers → 431', async () => {
    const long = (length: number) => sign({ ...valid(), anything: 'x'.repeat(length) });
    expect(await outcome(await profileBy(long(8_500)))).toBe('200');
    expect((await profileBy(long(13_000))).status).toBe(431);
  });

  /** As the host does: on a connection of its own, to the tables that the started server has made. */
  const runStatements = async (sql: readonly string[]): Promise<void> => {
    if (databaseUrl === undefined) {
      const file = new DatabaseSync(join(dataDir, 'cockpit.sqlite'));
      for (const statement of sql) file.exec(statement);
      file.close();
      return;
    }
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await client.query(['begin', 'set local search_path = cockpit', ...sql, 'commit'].join(';\n'));
    } finally {
      await client.end();
    }
  };

  it('the two documented rows → a membership from the next request', async () => {
    expect(statements).toHaveLength(2);
    const profile = async () => read<Profile>(await profileBy(sign(valid())));
    expect(await profile()).toMatchObject({ organizations: [] });
    await expect(runStatements(statements.toReversed())).rejects.toThrow(/foreign key/i);
    await runStatements(statements);
    const acme = { id: 'acme', name: 'Acme Inc.', role: 'administrator' };
    expect(await profile()).toMatchObject({ role: 'administrator', organizations: [acme] });

    // A lower position comes first; the role is one of four; a deleted organization takes its rows along.
    const [organization = '', membership = ''] = statements;
    const globex = (sql: string) => sql.replace("'acme'", "'globex'").replace("'Acme Inc.'", "'Globex'");
    const before = globex(membership).replace('administrator', 'viewer').replace(', 1)', ', 0)');
    await runStatements([globex(organization), before]);
    expect(await profile()).toMatchObject({
      role: 'viewer',
      organizations: [{ id: 'globex', name: 'Globex', role: 'viewer' }, acme],
    });
    await expect(runStatements([membership.replace("'u-1', 'administrator'", "'u-2', 'admin'")])).rejects.toThrow(
      /check constraint/i,
    );
    await runStatements(["delete from organization where id = 'globex'"]);
    expect(await profile()).toMatchObject({ role: 'administrator', organizations: [acme] });
    await runStatements([`update person set removed_at = ${Date.now()} where id = 'u-1'`]);
    expect(await outcome(await profileBy(sign(valid())))).toMatch(/^40[13]/);
  });
});
