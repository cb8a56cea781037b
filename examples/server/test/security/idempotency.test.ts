import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, databases, encryptionKey, startServer, type TestServer } from '../harness.js';
import { buildServer, type ServerProcess, startProcess } from '../server-process.js';
import { acme, countRows, globex, ifMatch, type Minted, mint, mintKey, send, uuid, withApiKeys } from './exchange.js';

const minute = 60_000;

/** A text as it is, and in the forms that one might come across it in. */
const inEveryForm = (text: string): string[] => {
  const bytes = Buffer.from(text);
  const hash = createHash('sha256').update(text).digest();
  return [
    text,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    text.replaceAll('-', ''),
    hash.toString('hex'),
    hash.toString('base64').replace(/=+$/, ''),
    hash.toString('latin1'),
    Buffer.from(text.replaceAll('-', ''), 'hex').toString('latin1') || text,
  ];
};

describe.each(databases)('repeated minting on %s', (database) => {
  let server: TestServer;
  /** A second process, as far as the two can tell. */
  let beside: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
    beside = await startServer({ database, beside: server });
  });
  afterAll(async () => {
    await beside.close();
    await server.close();
  });

  const body = { description: 'Again', module: 'agents' };
  const sealedOf = async (on: TestServer, apiKeyId: string) => {
    const rows = await on.store.db.selectFrom('minting').selectAll().where('apiKeyId', '=', apiKeyId).execute();
    expect(rows).toHaveLength(1);
    return rows[0]?.sealed;
  };

  it('18 the same Idempotency-Key twice → one key, the same answer', async () => {
    const before = await countRows(server, 'apiKey');
    const key = uuid();
    const first = await mint(server, 'ana', acme, body, key);
    expect(first.outcome).toBe('201');
    expect(first.json.secret).toMatch(/^aico_/);
    for (const [on, json, repeated] of [
      [server, body, key],
      [beside, body, key],
      [server, { module: 'agents', description: 'Again' }, key],
      [server, { ...body, description: ' Again ' }, key.toUpperCase()],
    ] as const) {
      const again = await mint(on, 'ana', acme, json, repeated);
      expect(again.outcome).toBe('201');
      expect(again.json).toEqual(first.json);
      expect(again.headers.get('ETag')).toBe(first.headers.get('ETag'));
    }
    expect(await countRows(server, 'apiKey')).toBe(before + 1);
    const created = await server.store.db
      .selectFrom('activity')
      .select('id')
      .where('action', '=', 'api_key.created')
      .where('subjectId', '=', first.json.apiKey.id)
      .execute();
    expect(created).toHaveLength(1);
    expect((await send(beside, '/integration/whoami', { key: first.json.secret ?? '' })).outcome).toBe('200');
  });

  it('18 forty times at once over two processes → one key', async () => {
    const before = await countRows(server, 'apiKey');
    const key = uuid();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => mint(i % 2 ? beside : server, 'ana', acme, body, key)),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    for (const answer of answers) {
      if (answer.status === 201) expect(answer.json).toEqual(made[0]?.json);
      else {
        expect(answer.outcome).toBe('409 idempotency_in_flight');
        expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
      }
    }
    expect(await countRows(server, 'apiKey')).toBe(before + 1);
  });

  it('18 without an Idempotency-Key, or with none of version 4 → 400, no key', async () => {
    const before = await countRows(server, 'apiKey');
    for (const key of [
      '',
      'once',
      '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
      '00000000-0000-0000-0000-000000000000',
      uuid().replaceAll('-', ''),
      `{${uuid()}}`,
      `${uuid()}, ${uuid()}`,
    ])
      expect((await mint(server, 'ana', acme, body, key)).outcome, key).toBe('400 idempotency_key_required');
    const without = await send(server, `${acme}/api-keys`, { as: 'ana', json: body });
    expect(without.outcome).toBe('400 idempotency_key_required');
    expect(await countRows(server, 'apiKey')).toBe(before);
  });

  it('18 a refused request → its Idempotency-Key can be used again', async () => {
    const key = uuid();
    expect((await mint(server, 'ana', acme, { ...body, module: 'unknown' }, key)).outcome).toBe('422 invalid');
    expect((await mint(server, 'carla', acme, body, key)).outcome).toBe('403 forbidden');
    const made = await mint(server, 'ana', acme, body, key);
    expect(made.outcome).toBe('201');
    expect(made.json.secret).not.toBeNull();
  });

  it('19 again after 10 minutes → the same key, secret: null, and nothing left to open', async () => {
    const own = await startServer({ database });
    const key = uuid();
    const first = await mint(own, 'ana', acme, body, key);
    const { apiKey } = first.json;
    const sealed = await sealedOf(own, apiKey.id);
    expect(sealed?.length).toBeGreaterThan(40);

    own.advance(10 * minute - 5000);
    expect((await mint(own, 'ana', acme, body, key)).json).toEqual(first.json);
    own.advance(5000);
    for (const late of [0, 10 * minute, 23 * 60 * minute]) {
      own.advance(late);
      const again = await mint(own, 'ana', acme, body, key);
      expect(again.outcome).toBe('201');
      expect(again.json).toEqual({ apiKey, secret: null });
      await own.sweep();
      expect(await sealedOf(own, apiKey.id)).toBeNull();
    }
    expect(await own.dump()).not.toContain(
      Buffer.from(sealed ?? [])
        .toString('latin1')
        .slice(-40),
    );
    // A day later it is a request like any other.
    own.advance(60 * minute);
    await own.sweep();
    expect(await countRows(own, 'minting')).toBe(0);
    const fresh = await mint(own, 'ana', acme, body, key);
    expect(fresh.json.apiKey.id).not.toBe(apiKey.id);
    await own.close();
  });

  it('19 again after revoke or delete → no secret, at once', async () => {
    for (const end of ['revoke', 'delete']) {
      const key = uuid();
      const { apiKey } = (await mint(server, 'ana', acme, body, key)).json;
      const path = `${acme}/api-keys/${apiKey.id}`;
      if (end === 'revoke') await send(server, `${path}/revoke`, { as: 'ana', json: {} });
      else await send(server, path, { as: 'ana', method: 'DELETE', headers: ifMatch(1) });
      expect(await sealedOf(server, apiKey.id)).toBeNull();
      for (const on of [beside, server]) {
        const again = await mint(on, 'ana', acme, body, key);
        expect(again.outcome).toBe('201');
        expect(again.json).toMatchObject({ apiKey: { id: apiKey.id, status: 'revoked' }, secret: null });
      }
    }
  });

  it('19 again after the key was replaced → no secret, at once', async () => {
    const own = await startServer({ database, policy: withApiKeys({ limit: 1, atLimit: 'replace' }) });
    const key = uuid();
    const { apiKey } = (await mint(own, 'ana', acme, body, key)).json;
    await mintKey(own, 'ana', acme);
    expect(await sealedOf(own, apiKey.id)).toBeNull();
    const again = await mint(own, 'ana', acme, body, key);
    expect(again.json).toMatchObject({ apiKey: { id: apiKey.id, status: 'revoked' }, secret: null });
    await own.close();
  });

  it('19 again after the right to create keys was lost → no secret', async () => {
    const { directory } = server.store;
    await directory.setMembership('gina', 'acme', 'manager');
    const key = uuid();
    expect((await mint(server, 'gina', acme, body, key)).outcome).toBe('201');
    await directory.setMembership('gina', 'acme', 'member');
    expect((await mint(server, 'gina', acme, body, key)).outcome).toBe('403 forbidden');
    await directory.removeMembership('gina', 'acme');
    expect((await mint(server, 'gina', acme, body, key)).outcome).toBe('404 not_found');
    await directory.removePerson('gina', server.clock.now());
    expect((await mint(server, 'gina', acme, body, key)).outcome).toBe('401 unauthenticated');
  });

  it('19 a dump plus the access log yields no secret', async () => {
    const own = await startServer({ database });
    const keys = [uuid(), uuid(), uuid()];
    const made = [];
    for (const key of keys) made.push(await mint(own, 'ana', acme, body, key));
    await mint(own, 'ana', acme, body, keys[0]);
    await mint(own, 'ana', acme, { ...body, description: 'Mismatch' }, keys[1]);
    await own.settled();
    const found = `${own.logs()}${await own.dump()}`;
    for (const text of [...keys, ...made.map(({ json }) => json.secret ?? '')]) {
      const forms = inEveryForm(text);
      // The hash of an API key is what is stored of it.
      const telling = keys.includes(text) ? forms : forms.filter((form) => !form.includes(forms[6] ?? ''));
      for (const form of telling) expect(found.includes(form), form).toBe(false);
    }
    expect(found).not.toContain(made[0]?.json.secret?.slice(17, 47));

    // Even with the Idempotency-Key in hand, and all the rows, nothing opens without the server's own key.
    const [key = ''] = keys;
    const other = Buffer.alloc(32, 7).toString('base64');
    const thief = await startServer({ database, beside: own, env: { ENCRYPTION_KEYS: `test:${other}` } });
    const stolen = await mint(thief, 'ana', acme, body, key);
    expect(stolen.text).not.toContain(made[0]?.json.secret);
    expect(stolen.json.apiKey.id).not.toBe(made[0]?.json.apiKey.id);
    await thief.close();
    await own.close();
  });

  it('23 the same Idempotency-Key with another body, or elsewhere → 422', async () => {
    await server.store.directory.setMembership('bruno', 'globex', 'manager');
    const key = uuid();
    expect((await mint(server, 'bruno', acme, body, key)).outcome).toBe('201');
    const before = await countRows(server, 'apiKey');
    for (const json of [
      { ...body, description: 'Other' },
      { ...body, module: 'reports' },
      { ...body, expiresAt: '2099-01-01' },
      { description: body.description },
    ]) {
      for (const on of [server, beside])
        expect((await mint(on, 'bruno', acme, json, key)).outcome).toBe('422 idempotency_mismatch');
    }
    expect((await mint(server, 'bruno', globex, body, key)).outcome).toBe('422 idempotency_mismatch');
    expect(await countRows(server, 'apiKey')).toBe(before);
  });

  it('23 the same Idempotency-Key of another user → a key of its own', async () => {
    const key = uuid();
    const [anas, brunos] = [await mint(server, 'ana', acme, body, key), await mint(server, 'bruno', acme, body, key)];
    expect([anas.outcome, brunos.outcome]).toEqual(['201', '201']);
    expect(brunos.json.apiKey.id).not.toBe(anas.json.apiKey.id);
    expect(brunos.json.secret).not.toBe(anas.json.secret);
    const other = { ...body, description: 'Another body' };
    expect((await mint(server, 'bruno', acme, other, key)).outcome).toBe('422 idempotency_mismatch');
    const again: Minted = (await mint(server, 'ana', acme, body, key)).json;
    expect(again).toEqual(anas.json);
  });
});

describe.each(databases)('two server processes on one %s', (database) => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  let dataDir: string;
  let one: ServerProcess;
  let other: ServerProcess;
  beforeAll(async () => {
    built = await buildServer();
    dataDir = await mkdtemp(join(tmpdir(), 'cockpit-processes-'));
    const DATABASE_URL = database === 'postgres' ? await createDatabase() : '';
    const env = { DATA_DIR: dataDir, DATABASE_URL, ENCRYPTION_KEYS: encryptionKey };
    [one, other] = await Promise.all([startProcess(built.file, env), startProcess(built.file, env)]);
  });
  afterAll(async () => {
    await Promise.all([one.kill(), other.kill()]);
    await built.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('24 revoke on one, then use on the other → 401 on the first request', async () => {
    for (let round = 0; round < 8; round++) {
      const [here, there] = round % 2 ? [one, other] : [other, one];
      const { apiKey, secret } = await mintKey(here, 'ana', acme);
      const use = () => send(there, '/integration/whoami', { key: secret });
      // Used there before, more than once: were it remembered, it would be now.
      expect((await use()).outcome).toBe('200');
      expect((await use()).outcome).toBe('200');
      const path = `${acme}/api-keys/${apiKey.id}`;
      const ended =
        round < 4
          ? await send(here, `${path}/revoke`, { as: 'ana', json: {} })
          : await send(here, path, { as: 'ana', method: 'DELETE', headers: ifMatch(1) });
      expect(ended.status).toBe(round < 4 ? 200 : 204);
      expect((await use()).outcome).toBe('401 unauthenticated');
      expect((await send(here, '/integration/whoami', { key: secret })).outcome).toBe('401 unauthenticated');
    }
  });

  it('24 a credential deleted on one → the other refuses its lease', async () => {
    const { secret } = await mintKey(one, 'ana', acme, { description: 'Agents', module: 'agents' });
    const added = await send<{ id: string }>(one, `${acme}/provider-tokens`, {
      as: 'ana',
      json: {
        provider: 'jira',
        name: 'Shared',
        code: 'shared',
        values: { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'sesame' },
      },
    });
    const lease = () =>
      send(other, '/integration/credentials', {
        key: secret,
        json: { provider: 'jira', code: 'shared', purpose: 'Test' },
      });
    expect((await lease()).outcome).toBe('200');
    const path = `${acme}/provider-tokens/${added.json.id}`;
    expect((await send(one, path, { as: 'ana', method: 'DELETE', headers: ifMatch(1) })).outcome).toBe('204');
    expect((await lease()).outcome).toBe('404 not_found');
  });
});
