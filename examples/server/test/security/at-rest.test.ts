import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer } from '../harness.js';
import { buildServer, runToEnd } from '../server-process.js';
import { acme, addToken, canary, ifMatch, jira, mint, mintKey, send, uuid } from './exchange.js';
import { contentOf, filesBelow, formsOf } from './traces.js';

describe.each(databases)('at rest on %s', (database) => {
  it('41 the data directory, the logs and a dump hold no canary', async () => {
    const own = await startServer({ database });
    const canaries: Record<string, string> = {};
    for (const as of ['ana', 'bruno', 'carla', 'dora', 'eve']) {
      const session = await own.session(as);
      canaries[`session of ${as}`] = session.split('.')[2] ?? '';
      await send(own, '/profile', { bearer: session });
      await send(own, '/profile', { headers: { Cookie: `${own.sessionCookie}=${session}` } });
      await send(own, '/profile', { bearer: `${session}x` });
    }
    canaries['provider secret'] = canary('provider');
    const token = await addToken(own, 'ana', acme, jira('forty-one', canaries['provider secret']));
    canaries['replaced secret'] = canary('replaced');
    const patch = { as: 'ana', method: 'PATCH', headers: ifMatch(1) };
    const path = `${acme}/provider-tokens/${token.id}`;
    const replaced = await send(own, path, { ...patch, json: { values: { token: canaries['replaced secret'] } } });
    expect(replaced.outcome).toBe('200');
    canaries['refused secret'] = canary('refused');
    const refused = jira('forty-one', canaries['refused secret']);
    expect((await send(own, `${acme}/provider-tokens`, { as: 'ana', json: refused })).outcome).toBe('422 invalid');
    canaries['unreadable secret'] = canary('unreadable');
    await send(own, path, { ...patch, raw: `{"values":{"token":"${canaries['unreadable secret']}"` });

    for (const end of ['kept', 'revoked', 'deleted']) {
      const idempotencyKey = uuid();
      const { json } = await mint(own, 'ana', acme, undefined, idempotencyKey);
      await mint(own, 'ana', acme, undefined, idempotencyKey);
      canaries[`${end} key`] = json.secret ?? '';
      canaries[`${end} key’s secret part`] = json.secret?.slice(17, 47) ?? '';
      canaries[`${end} key’s Idempotency-Key`] = idempotencyKey;
      await send(own, '/integration/whoami', { key: json.secret ?? '' });
      await send(own, '/integration/credentials', {
        key: json.secret ?? '',
        json: { provider: 'jira', code: 'forty-one', purpose: 'A test' },
      });
      const keyPath = `${acme}/api-keys/${json.apiKey.id}`;
      if (end === 'revoked') await send(own, `${keyPath}/revoke`, { as: 'ana', json: {} });
      if (end === 'deleted') await send(own, keyPath, { as: 'ana', method: 'DELETE', headers: ifMatch(1) });
      await send(own, '/integration/whoami', { key: json.secret ?? '' });
    }
    // An error in the middle of the server's work is logged at length.
    const { secret } = await own.store.db.selectFrom('providerToken').select('secret').executeTakeFirstOrThrow();
    await own.store.db
      .updateTable('providerToken')
      .set({ secret: secret.slice(0, -1) })
      .execute();
    const json = { provider: 'jira', code: 'forty-one', purpose: 'A test', organizationId: 'acme' };
    expect((await send(own, '/integration/credentials', { as: 'ana', json })).outcome).toBe('500 internal');
    await own.settled();

    const places = new Map<string, Buffer>([
      ['the log', Buffer.from(own.logs(), 'latin1')],
      ['a dump', Buffer.from(await own.dump(), 'latin1')],
    ]);
    const folders = [own.dataDir];
    // PostgreSQL's own log of changes, which all databases of the run write to: too much for more than the text as it is.
    const logged: string[] = [];
    if (database === 'postgres') {
      const { rows } = await sql<{ data_directory: string }>`show data_directory`.execute(own.store.db);
      await sql`checkpoint`.execute(own.store.db);
      const { rows: found } = await sql<{ oid: number }>`
        select oid::int from pg_database where datname = current_database()
      `.execute(own.store.db);
      const directory = Object.values(rows[0] ?? {})[0] ?? '';
      folders.push(join(directory, 'base', String(found[0]?.oid)));
      logged.push(...filesBelow(join(directory, 'pg_wal')));
    }
    for (const file of folders.flatMap(filesBelow)) places.set(file, contentOf(file));
    const everything = Buffer.concat([...places.values()]);
    // A public value is found in both, so the search would find a secret too.
    for (const seen of ['/v1/profile', 'forty-one']) expect(everything.includes(seen), seen).toBe(true);
    const files = [...places].filter(([place]) => isAbsolute(place)).map(([, content]) => content);
    expect(Buffer.concat(files).includes('forty-one')).toBe(true);
    for (const file of logged) {
      const content = contentOf(file);
      for (const [what, text] of Object.entries(canaries)) expect(content.includes(text), what).toBe(false);
    }
    for (const [what, text] of Object.entries(canaries)) {
      expect(text.length, what).toBeGreaterThan(20);
      if (!formsOf(text).some((form) => everything.includes(form))) continue;
      const [where] = [...places].find(([, content]) => formsOf(text).some((form) => content.includes(form))) ?? ['?'];
      expect.fail(`${what} is in ${where}`);
    }
    await own.close();
  });

  it('42 a deleted token: the lease fails at once, the ciphertext is gone', async () => {
    const own = await startServer({ database });
    await addToken(own, 'ana', acme, jira('stays'));
    const token = await addToken(own, 'ana', acme, jira('goes'));
    const replaced = await addToken(own, 'ana', acme, jira('changes'));
    const { db } = own.store;
    const ciphertexts = async () =>
      (await db.selectFrom('providerToken').selectAll().execute()).map(({ id, secret }) => ({
        id,
        bytes: Buffer.from(secret).subarray(-24).toString('latin1'),
      }));
    const before = await ciphertexts();
    const { secret: key } = await mintKey(own, 'ana', acme);
    const leaseIt = () =>
      send(own, '/integration/credentials', { key, json: { provider: 'jira', code: 'goes', purpose: 'A test' } });
    expect((await leaseIt()).outcome).toBe('200');
    const path = `${acme}/provider-tokens`;
    const deleted = await send(own, `${path}/${token.id}`, { as: 'ana', method: 'DELETE', headers: ifMatch(1) });
    expect(deleted.outcome).toBe('204');
    expect((await leaseIt()).outcome).toBe('404 not_found');
    expect((await send(own, `${path}/${token.id}`, { as: 'ana' })).outcome).toBe('404 not_found');
    const patch = { as: 'ana', method: 'PATCH', headers: ifMatch(1), json: { values: { token: canary('new') } } };
    expect((await send(own, `${path}/${replaced.id}`, patch)).outcome).toBe('200');

    await own.sweep();
    const dump = await own.dump();
    const after = await ciphertexts();
    expect(after.map(({ id }) => id)).not.toContain(token.id);
    for (const { id, bytes } of before) {
      const stays = id !== token.id && id !== replaced.id;
      expect(dump.includes(bytes), stays ? 'what stays is seen' : 'what is gone is gone').toBe(stays);
    }
    await own.close();
  });
});

const right = Buffer.alloc(32, 7).toString('base64');

describe('without an encryption key', () => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  let folder: string;
  beforeAll(async () => {
    built = await buildServer();
    folder = await mkdtemp(join(tmpdir(), 'cockpit-refusals-'));
  });
  afterAll(async () => {
    await built.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one without an id', right],
    ['one that is too short', `k1:${right.slice(0, 40)}=`],
    ['one that is too long', `k1:${Buffer.alloc(33, 7).toString('base64')}`],
    ['one that is no base64', `k1:${'*'.repeat(43)}=`],
    ['a password', 'correct horse battery staple'],
    ['two of one id', `k1:${right},k1:${Buffer.alloc(32, 8).toString('base64')}`],
    ['a good one and nothing', `k1:${right},`],
  ])('39 %s → refuses to start, and names the setting without its value', async (_, keys) => {
    const dataDir = join(folder, String(Math.random()));
    const { code, output } = await runToEnd(built.file, {
      DEMO: '1',
      PORT: '0',
      DATA_DIR: dataDir,
      ...(keys !== undefined && { ENCRYPTION_KEYS: keys }),
    });
    expect(code).toBe(1);
    expect(output).toContain('ENCRYPTION_KEYS');
    expect(output).not.toContain('Ready:');
    expect(output).not.toMatch(/\bat .*:\d+:\d+/);
    for (const entry of (keys ?? '').split(',')) if (entry.length > 10) expect(output).not.toContain(entry.slice(-20));
    expect(existsSync(dataDir)).toBe(false);
  });

  it('39 data encrypted under a missing key → 5xx, a line in the log, and no new key over it', async () => {
    const server = await startServer({ database: 'sqlite' });
    const secret = canary('orphan');
    await addToken(server, 'ana', acme, jira('orphan', secret));
    for (const keys of [`other:${right}`, `test:${right}`]) {
      const beside = await startServer({ database: 'sqlite', beside: server, env: { ENCRYPTION_KEYS: keys } });
      const json = { provider: 'jira', code: 'orphan', purpose: 'A test', organizationId: 'acme' };
      const refused = await send(beside, '/integration/credentials', { as: 'ana', json });
      expect(refused.outcome).toBe('500 internal');
      expect((await send(beside, `${acme}/provider-tokens`, { as: 'ana', json: jira('more') })).outcome).toBe(
        '500 internal',
      );
      if (keys.startsWith('other')) {
        // The rest of the regular work goes on.
        await beside.sweep();
        await beside.sweep();
        expect(beside.logs().match(/"owners":1.*stored secrets cannot be read/g)).toHaveLength(1);
      }
      await beside.close();
    }
    const json = { provider: 'jira', code: 'orphan', purpose: 'A test', organizationId: 'acme' };
    expect((await send(server, '/integration/credentials', { as: 'ana', json })).outcome).toBe('200');
    await server.close();
  });
});
