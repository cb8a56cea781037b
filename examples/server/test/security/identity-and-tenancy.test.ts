import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import {
  acme,
  addToken,
  anonymous,
  countRows,
  type Exchange,
  globex,
  ifMatch,
  jira,
  mint,
  mintKey,
  type Sent,
  send,
  uuid,
  withApiKeys,
} from './exchange.js';

const listed = 'https://app.example';
const foreign = 'https://evil.example';

describe.each(databases)('identity and tenancy on %s', (database) => {
  let server: TestServer;
  /** Where keys belong to people, not to organizations. */
  let personal: TestServer;
  beforeAll(async () => {
    const env = { ALLOWED_ORIGINS: listed };
    [server, personal] = await Promise.all([
      startServer({ database, env }),
      startServer({ database, policy: withApiKeys({ owner: 'user' }) }),
    ]);
  });
  afterAll(() => Promise.all([server.close(), personal.close()]));

  it('1 a key made without a session, a userId in the body → 401, no row', async () => {
    const before = await countRows(server, 'apiKey');
    const json = { description: 'Mine', userId: 'ana' };
    const withoutSession: Record<string, string>[] = [
      {},
      { 'X-User-Id': 'ana' },
      { Cookie: 'userId=ana' },
      { Authorization: 'Basic YW5hOg==' },
    ];
    for (const owner of ['', acme]) {
      for (const headers of withoutSession) {
        const answer = await send(server, `${owner}/api-keys`, {
          json,
          headers: { 'Idempotency-Key': uuid(), ...headers },
        });
        expect(answer.outcome).toBe('401 unauthenticated');
      }
    }
    expect(await countRows(server, 'apiKey')).toBe(before);
    expect(await countRows(server, 'minting')).toBe(0);
  });

  it("2 somebody else's id in the body of a session → 422, nothing made or changed", async () => {
    const tokens = await countRows(server, 'providerToken');
    const keys = await countRows(server, 'apiKey');
    for (const claim of [{ userId: 'bruno' }, { ownerId: 'bruno' }, { owner: { kind: 'user', id: 'bruno' } }]) {
      const [name] = Object.keys(claim);
      const token = await send(server, '/provider-tokens', { as: 'ana', json: { ...jira('two'), ...claim } });
      expect(token.outcome).toBe('422 invalid');
      expect(token.faults).toEqual([`${name}:unknown`]);
      const key = await mint(server, 'ana', acme, { description: 'Two', ...claim });
      expect(key.outcome).toBe('422 invalid');
      expect(key.faults).toEqual([`${name}:unknown`]);
    }
    const { json: bruno } = await send<{ version: number }>(server, '/profile', { as: 'bruno' });
    const { json: ana } = await send<{ version: number }>(server, '/profile', { as: 'ana' });
    for (const claim of [{ id: 'bruno' }, { userId: 'bruno' }]) {
      const renamed = await send(server, '/profile', {
        as: 'ana',
        method: 'PATCH',
        headers: ifMatch(ana.version),
        json: { firstName: 'Mallory', ...claim },
      });
      expect(renamed.outcome).toBe('422 invalid');
    }
    expect((await send(server, '/profile', { as: 'bruno' })).json).toEqual(bruno);
    expect((await send(server, '/profile', { as: 'ana' })).json).toEqual(ana);
    expect(await countRows(server, 'providerToken')).toBe(tokens);
    expect(await countRows(server, 'apiKey')).toBe(keys);
  });

  it("3 reads, changes, deletes of another's key or token → 404, same body as an unknown id", async () => {
    const attempts = (id: string): [string, Sent][] => [
      [`provider-tokens/${id}`, {}],
      [`provider-tokens/${id}`, { method: 'PATCH', headers: ifMatch(1), json: { name: 'Stolen' } }],
      [`provider-tokens/${id}`, { method: 'DELETE', headers: ifMatch(1) }],
      [`api-keys/${id}`, {}],
      [`api-keys/${id}`, { method: 'DELETE', headers: ifMatch(1) }],
      [`api-keys/${id}/revoke`, { json: { reason: 'Because' } }],
    ];
    const unknown = (id: string): string => id.replace(/[A-Za-z0-9]/g, (c) => (c === 'x' ? 'y' : 'x'));
    const comeToNothing = async (on: TestServer, as: string, owner: string, id: string) => {
      const foreignOnes = attempts(id);
      for (const [index, [path, sent]] of attempts(unknown(id)).entries()) {
        const [foreignPath, foreignSent] = foreignOnes[index] ?? [path, sent];
        const theirs = await send(on, `${owner}/${foreignPath}`, { ...foreignSent, as });
        const nobodys = await send(on, `${owner}/${path}`, { ...sent, as });
        expect(theirs.outcome, foreignPath).toBe('404 not_found');
        expect(anonymous(theirs)).toEqual(anonymous(nobodys));
        expect([...theirs.headers.keys()]).toEqual([...nobodys.headers.keys()]);
      }
    };

    // Of another person; of an organization, asked for as a person's; of another organization; of one not belonged to.
    const bruno = await addToken(personal, 'bruno', '', jira('three'));
    const brunosKey = await mintKey(personal, 'bruno', '');
    const organizations = await addToken(server, 'ana', acme, jira('three'));
    const organizationsKey = await mintKey(server, 'ana', acme);
    for (const id of [bruno.id, brunosKey.apiKey.id]) await comeToNothing(personal, 'ana', '', id);
    for (const id of [organizations.id, organizationsKey.apiKey.id]) {
      await comeToNothing(server, 'dora', globex, id);
      await comeToNothing(server, 'dora', acme, id);
      await comeToNothing(server, 'ana', globex, id);
    }
    const asMine = await send(server, `/provider-tokens/${organizations.id}`, { as: 'ana' });
    expect(asMine.outcome).toBe('404 not_found');

    expect((await send(personal, `/provider-tokens/${bruno.id}`, { as: 'bruno' })).json).toEqual(bruno);
    expect((await send(server, `${acme}/provider-tokens/${organizations.id}`, { as: 'ana' })).json).toEqual(
      organizations,
    );
    for (const [on, { apiKey, secret }] of [
      [personal, brunosKey],
      [server, organizationsKey],
    ] as const) {
      expect((await send(on, '/integration/whoami', { key: secret })).outcome).toBe('200');
      expect((await on.store.apiKeys.findPresented(apiKey.id))?.version).toBe(1);
    }
  });

  it("4 an organization's keys: as a non-member 404, as a member create 403, as a viewer list 403", async () => {
    const outsider = await send(server, `${acme}/api-keys`, { as: 'dora' });
    const nowhere = await send(server, '/organizations/unknown/api-keys', { as: 'dora' });
    expect(outsider.outcome).toBe('404 not_found');
    expect(anonymous(outsider)).toEqual(anonymous(nowhere));
    const before = await countRows(server, 'apiKey');
    expect((await mint(server, 'dora', acme)).outcome).toBe('404 not_found');
    expect((await send(server, `${acme}/api-keys`, { as: 'carla' })).outcome).toBe('200');
    expect((await mint(server, 'carla', acme)).outcome).toBe('403 forbidden');
    expect((await mint(server, 'ana', globex)).outcome).toBe('403 forbidden');
    expect((await send(server, `${acme}/api-keys`, { as: 'eve' })).outcome).toBe('403 forbidden');
    expect((await mint(server, 'eve', acme)).outcome).toBe('403 forbidden');
    expect(await countRows(server, 'apiKey')).toBe(before);
  });

  it('4 a person removed from an organization, or altogether → refused at the next request', async () => {
    const { directory } = personal.store;
    await directory.setMembership('frank', 'acme', 'manager');
    expect((await send(personal, `${acme}/provider-tokens`, { as: 'frank' })).outcome).toBe('200');
    const { secret } = await mintKey(personal, 'frank', '');
    await directory.setMembership('frank', 'acme', 'member');
    const demoted = await send(personal, `${acme}/provider-tokens`, { as: 'frank', json: jira('four') });
    expect(demoted.outcome).toBe('403 forbidden');
    await directory.removeMembership('frank', 'acme');
    expect((await send(personal, `${acme}/provider-tokens`, { as: 'frank' })).outcome).toBe('404 not_found');
    expect((await send(personal, '/integration/whoami', { key: secret })).outcome).toBe('200');
    await directory.removePerson('frank', personal.clock.now());
    expect((await send(personal, '/profile', { as: 'frank' })).outcome).toBe('401 unauthenticated');
    expect((await send(personal, '/integration/whoami', { key: secret })).outcome).toBe('401 unauthenticated');
  });

  it('5 CORS: an origin not listed gets no permission; a listed one reads ETag and Retry-After', async () => {
    const preflight = (Origin: string) =>
      fetch(`${server.baseUrl}/profile`, {
        method: 'OPTIONS',
        headers: {
          Origin,
          'Access-Control-Request-Method': 'PATCH',
          'Access-Control-Request-Headers': 'authorization,content-type,if-match',
        },
      });
    for (const Origin of [foreign, 'null', `${listed}.evil.example`, 'http://app.example', `${listed}:8443`]) {
      const refused = await preflight(Origin);
      expect(refused.headers.get('Access-Control-Allow-Origin'), Origin).toBeNull();
      const read = await send(server, '/profile', { as: 'ana', headers: { Origin } });
      expect(read.headers.get('Access-Control-Allow-Origin'), Origin).toBeNull();
    }
    const allowed = await preflight(listed);
    expect(allowed.headers.get('Access-Control-Allow-Origin')).toBe(listed);
    expect(allowed.headers.get('Access-Control-Allow-Methods')).toContain('PATCH');
    const allowedHeaders = allowed.headers.get('Access-Control-Allow-Headers')?.toLowerCase().split(/, */);
    expect(allowedHeaders).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'if-match', 'idempotency-key']),
    );
    // Problems too are for the page to read.
    for (const sent of [{ as: 'ana' }, {}]) {
      const read = await send(server, '/profile', { ...sent, headers: { Origin: listed } });
      expect(read.headers.get('Access-Control-Allow-Origin')).toBe(listed);
      expect(read.headers.get('Vary')).toContain('Origin');
      const exposed = read.headers.get('Access-Control-Expose-Headers')?.toLowerCase().split(/, */);
      expect(exposed).toEqual(
        expect.arrayContaining(['date', 'etag', 'link', 'retry-after', 'x-request-id', 'x-user-id']),
      );
    }
  });

  describe('10 writes with the session cookie', () => {
    const byCookie = async (path: string, sent: Sent): Promise<Exchange> => {
      const Cookie = `other=1; ${server.sessionCookie}=${await server.session('ana')}`;
      return send(server, path, { ...sent, headers: { Cookie, ...sent.headers } });
    };
    const writes = async (): Promise<[string, Sent][]> => {
      const { id } = await addToken(server, 'ana', acme, jira(`cookie-${uuid().slice(0, 8)}`));
      const { apiKey } = await mintKey(server, 'ana', acme);
      return [
        ['/profile', { method: 'PATCH', json: { firstName: 'Mallory' }, headers: { 'If-Match': '*' } }],
        [`${acme}/provider-tokens`, { json: jira('cookie') }],
        [`${acme}/provider-tokens/${id}`, { method: 'PATCH', json: { name: 'Mallory' }, headers: ifMatch(1) }],
        [`${acme}/provider-tokens/${id}`, { method: 'DELETE', headers: ifMatch(1) }],
        [`${acme}/api-keys`, { json: { description: 'Mallory' }, headers: { 'Idempotency-Key': uuid() } }],
        [`${acme}/api-keys/${apiKey.id}/revoke`, { json: {} }],
        [`${acme}/api-keys/${apiKey.id}`, { method: 'DELETE', headers: ifMatch(1) }],
        ['/integration/credentials', { json: { provider: 'jira', purpose: 'Theft', organizationId: 'acme' } }],
      ];
    };
    const elsewhere = (): Record<string, string>[] => [
      { Origin: foreign },
      { Origin: 'null' },
      { Origin: `${server.origin}.evil.example` },
      { Origin: server.origin.replace(/\d+$/, '1') },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ];
    const state = () => Promise.all([countRows(server, 'providerToken'), countRows(server, 'apiKey')]);

    it('10 from a foreign origin → 403, nothing changed', async () => {
      const attempts = await writes();
      const before = await state();
      for (const [path, sent] of attempts) {
        for (const headers of elsewhere()) {
          const refused = await byCookie(path, { ...sent, headers: { ...sent.headers, ...headers } });
          expect(refused.outcome, `${path} ${JSON.stringify(headers)}`).toBe('403 origin_not_allowed');
        }
      }
      expect(await state()).toEqual(before);
      expect((await send(server, '/profile', { as: 'ana' })).json).toMatchObject({ firstName: 'Ana' });
    });

    it('10 as a form or as plain text → 415, nothing changed', async () => {
      const attempts = await writes();
      const before = await state();
      for (const [path, { json, ...sent }] of attempts.filter(([, { json }]) => json)) {
        for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'application/x-www-form-urlencoded']) {
          const headers = { ...sent.headers, 'Content-Type': type };
          const refused = await byCookie(path, {
            ...sent,
            method: sent.method ?? 'POST',
            raw: JSON.stringify(json),
            headers,
          });
          expect(refused.outcome, `${path} ${type}`).toBe('415 media_type_unsupported');
        }
      }
      expect(await state()).toEqual(before);
    });

    it('10 from this very host, or a listed origin, is served; a bearer token wins over the cookie', async () => {
      const here: Record<string, string>[] = [
        { Origin: server.origin },
        { Origin: listed },
        { 'Sec-Fetch-Site': 'same-origin' },
      ];
      for (const headers of here) {
        const code = uuid();
        expect((await byCookie(`${acme}/provider-tokens`, { json: jira(code), headers })).outcome).toBe('201');
      }
      const bearer = await server.session('dora');
      const asDora = await byCookie('/profile', { headers: { Authorization: `Bearer ${bearer}` } });
      expect(asDora.json).toMatchObject({ id: 'dora' });
      // A bearer token that is no good is not made up for by the cookie.
      const notBoth = await byCookie('/profile', { headers: { Authorization: `Bearer ${bearer}x` } });
      expect(notBoth.outcome).toBe('401 unauthenticated');
    });

    it('10 a read from a foreign origin → answered without CORS headers', async () => {
      const read = await byCookie('/profile', { headers: { Origin: foreign } });
      expect(read.headers.get('Access-Control-Allow-Origin')).toBeNull();
    });
  });
});
