import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase64 } from '../../src/values/bytes.js';
import { MasterKey } from '../../src/domain/keyring.js';
import { open, seal } from '../../src/domain/envelope.js';
import type { KeyWrapping } from '../../src/ports/key-wrapping.js';
import { systemRandom } from '../../src/ports/random.js';
import { databases, encryptionKey, startServer, type TestServer } from '../harness.js';
import { until } from '../notifications.js';
import { acme, addToken, globex, ifMatch, jira, mintKey, send, uuid } from './exchange.js';

const fresh = 'fresh:QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=';

/** The owner of a token, and whose session reaches it. */
const owners = [
  { as: 'ana', owner: acme, organizationId: 'acme' },
  { as: 'dora', owner: globex, organizationId: 'globex' },
  { as: 'bruno', owner: '', organizationId: undefined },
  { as: 'carla', owner: '', organizationId: undefined },
  { as: 'ana', owner: '', organizationId: undefined },
];

interface Written {
  as: string;
  organizationId: string | undefined;
  code: string;
  token: string;
}

const lease = async (server: TestServer, { as, organizationId, code }: Written) => {
  const json = { provider: 'jira', code, purpose: 'A test', ...(organizationId && { organizationId }) };
  return send<{ headers: Record<string, string> }>(server, '/integration/credentials', { as, json });
};

const expectReadable = async (server: TestServer, written: Written): Promise<void> => {
  const { outcome, json } = await lease(server, written);
  expect(outcome).toBe('200');
  const [, basic = ''] = /^Basic (.*)$/.exec(json.headers['Authorization'] ?? '') ?? [];
  expect(Buffer.from(basic, 'base64').toString()).toBe(`bot@acme.example:${written.token}`);
};

/** One after the other adds tokens, changes them and leases them, at any of these servers, and keeps what it was told. */
const writeAt = async (servers: TestServer[], rounds: number, all: Written[]): Promise<void> => {
  await Promise.all(
    owners.map(async ({ as, owner, organizationId }) => {
      for (let round = 0; round < rounds; round += 1) {
        const [server, other] = [servers[round % servers.length], servers[(round + 1) % servers.length]];
        if (!server || !other) throw new Error('No server is there to write at');
        const code = uuid();
        const first = jira(code);
        const added = await addToken(server, as, owner, first);
        const written: Written = { as, organizationId, code, token: first.values.token };
        await expectReadable(other, written);
        if (round % 2 === 0) {
          written.token = uuid();
          const change = { as, method: 'PATCH', headers: ifMatch(1), json: { values: { token: written.token } } };
          expect((await send(other, `${owner}/provider-tokens/${added.id}`, change)).outcome).toBe('200');
        }
        all.push(written);
      }
    }),
  );
};

describe.each(databases)('rolling keys on %s', (database) => {
  it('40 the encryption key is rolled under traffic: every row stays readable, and the old key is removable', async () => {
    const written: Written[] = [];
    const keys = (list: string) => ({ ENCRYPTION_KEYS: list });
    const onOld = await startServer({ database, env: keys(encryptionKey) });
    const beside = { database, beside: onOld };
    await writeAt([onOld], 2, written);

    const readsBoth = await startServer({ ...beside, env: keys(`${encryptionKey},${fresh}`) });
    await writeAt([onOld, readsBoth], 3, written);
    const writesNew = await startServer({ ...beside, env: keys(`${fresh},${encryptionKey}`) });
    await Promise.all([writeAt([readsBoth, writesNew], 4, written), writesNew.sweep(), readsBoth.sweep()]);
    await Promise.all([writeAt([writesNew], 4, written), writesNew.sweep(), writesNew.sweep()]);
    await writesNew.sweep();
    expect(writesNew.logs()).toContain('no stored secret needs this encryption key');

    const onNew = await startServer({ ...beside, env: keys(fresh) });
    await Promise.all([writeAt([writesNew, onNew], 3, written), writesNew.sweep(), onNew.sweep()]);
    for (const each of written) await expectReadable(onNew, each);
    expect(written).toHaveLength(owners.length * 16);
    for (const server of [onNew, writesNew, readsBoth, onOld]) await server.close();
  });

  it('a pepper is rolled under traffic: keys are hashed anew at their use, and the log says when the old one can go', async () => {
    const [old, current] = [`old:${'o'.repeat(32)}`, `new:${'n'.repeat(40)}`];
    const plain = await startServer({ database });
    const beside = { database, beside: plain };
    const mint = async (server: TestServer) => (await mintKey(server, 'ana', acme)).secret;
    const whoami = async (server: TestServer, key: string) =>
      (await send(server, '/integration/whoami', { key })).outcome;
    const without = [await mint(plain), await mint(plain)];
    const unnamed = await startServer({ ...beside, env: { API_KEY_PEPPER: 'u'.repeat(32) } });
    const withUnnamed = await mint(unnamed);
    const first = await startServer({ ...beside, env: { API_KEY_PEPPERS: old, API_KEY_PEPPER: 'u'.repeat(32) } });
    const withOld = [await mint(first), await mint(first)];
    const rolled = await startServer({
      ...beside,
      env: { API_KEY_PEPPERS: `${current},${old}`, API_KEY_PEPPER: 'u'.repeat(32) },
    });
    const all = [...without, withUnnamed, ...withOld];
    await rolled.sweep();
    expect(rolled.logs()).toMatch(/"pepper":"old","apiKeys":2.*still need this pepper/);
    expect(rolled.logs()).not.toContain('can be removed');

    // At once, and at a server of before: none is refused while it is hashed anew.
    const uses = await Promise.all([...all, ...all].map((key) => whoami(rolled, key)));
    expect(new Set(uses)).toEqual(new Set(['200']));
    await rolled.settled();
    const hashes = await plain.store.db.selectFrom('apiKey').select('hash').execute();
    for (const { hash } of hashes) expect(hash).toMatch(/^hmac\.new:/);
    await rolled.sweep();
    expect(rolled.logs()).toMatch(/"pepper":"old".*no usable API key needs this pepper: it can be removed/);
    expect(rolled.logs()).toMatch(/"pepper":"API_KEY_PEPPER".*can be removed/);

    const after = await startServer({ ...beside, env: { API_KEY_PEPPERS: current } });
    for (const key of all) expect(await whoami(after, key)).toBe('200');
    // Of a pepper that was removed too early, a key is refused as any wrong one, and the log says so.
    expect(await whoami(first, all[0] ?? '')).toBe('401 unauthenticated');
    await first.sweep();
    expect(first.logs()).toContain('API keys need a pepper that is not configured');
    for (const server of [after, rolled, first, unnamed, plain]) {
      for (const secret of [...all, 'o'.repeat(32), 'n'.repeat(40), 'u'.repeat(32)])
        expect(server.logs()).not.toContain(secret);
      await server.close();
    }
  });
});

describe.each(databases)('a key-management service on %s', (database) => {
  const masterKey = new MasterKey('kms', systemRandom.bytes(32));
  let isDown = false;
  let unanswered = 0;
  /** As a service does: the key stays there, what it wraps goes over HTTP. */
  const service = createServer((request, response) => {
    void (async () => {
      if (isDown) {
        unanswered += 1;
        return;
      }
      const chunks: Buffer[] = [];
      // A request's body comes in chunks of bytes.
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const [content = '', context = ''] = Buffer.concat(chunks).toString().split('\n');
      const [bytes, belongsTo] = [fromBase64(content), fromBase64(context)];
      const key = await masterKey.cipher('of the service');
      const answer =
        request.url === '/wrap' ? seal(systemRandom, key, 'kms', belongsTo, bytes) : open(key, belongsTo, bytes);
      response.end(Buffer.from(await answer).toString('base64'));
    })().catch(() => response.writeHead(400).end());
  });
  let ask: (path: string, bytes: Uint8Array, context: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>;
  beforeAll(async () => {
    service.listen(0, '127.0.0.1');
    await once(service, 'listening');
    // Listening on a port.
    const { port } = service.address() as AddressInfo;
    ask = async (path, ...parts) => {
      const body = parts.map((part) => Buffer.from(part).toString('base64')).join('\n');
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`The key-management service answered ${answer.status}`);
      return fromBase64(await answer.text());
    };
  });
  afterAll(() => {
    service.closeAllConnections();
    service.close();
  });
  const wrapping = (id: string): KeyWrapping => ({
    currentId: id,
    wrap: (dataKey, context) => ask('/wrap', dataKey, context),
    unwrap: (wrapped, _, context) => ask('/unwrap', wrapped, context),
  });

  it('wraps the data keys of owners: no key of this process opens them, and rolling is a new id', async () => {
    const local = await startServer({ database });
    const written: Written = { as: 'ana', organizationId: 'acme', code: 'kms', token: uuid() };
    const server = await startServer({ database, beside: local, keyWrapping: wrapping('one') });
    await addToken(server, 'ana', acme, jira('kms', written.token));
    await expectReadable(server, written);
    expect((await lease(local, written)).outcome).toBe('500 internal');
    const rolled = await startServer({ database, beside: local, keyWrapping: wrapping('two') });
    await rolled.sweep();
    await expectReadable(rolled, written);
    const { wrappedBy } = await local.store.db
      .selectFrom('owner')
      .select('wrappedBy')
      .where('id', '=', 'acme')
      .executeTakeFirstOrThrow();
    expect(wrappedBy).toBe('two');
    for (const each of [rolled, server, local]) await each.close();
  });

  it('that does not answer holds no transaction: others write meanwhile', async () => {
    const server = await startServer({ database, keyWrapping: wrapping('one') });
    const token = await addToken(server, 'ana', acme, jira('held'));
    isDown = true;
    // Each by somebody else: one caller has few requests in progress at a time.
    const controller = new AbortController();
    const waiting = ['', `/${token.id}`].map(async (path) =>
      fetch(`${server.baseUrl}${acme}/provider-tokens${path}`, {
        method: path ? 'PATCH' : 'POST',
        headers: {
          Authorization: `Bearer ${await server.session(path ? 'bruno' : 'ana')}`,
          'Content-Type': 'application/json',
          ...ifMatch(1),
        },
        body: JSON.stringify(path ? { name: 'Changed' } : jira('waiting')),
        signal: controller.signal,
      }).catch(() => null),
    );
    const leasing = lease(server, { as: 'carla', organizationId: 'acme', code: 'held', token: '' }).catch(() => null);
    await until(() => unanswered === 3, 'not all requests asked the service');
    for (let written = 0; written < 5; written += 1) await mintKey(server, 'ana', acme);
    isDown = false;
    controller.abort();
    service.closeAllConnections();
    await Promise.all([...waiting, leasing]);
    await server.close();
  });
});
