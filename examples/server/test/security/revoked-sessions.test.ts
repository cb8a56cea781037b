import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import { acme, anonymous, countRows, ifMatch, mintKey, send } from './exchange.js';

const authorization = 'Basic Y29ja3BpdDppbnRyb3NwZWN0aW9uLXNlY3JldA==';

/** Any other text is no token of its own. */
const isSession = (token: string): boolean => token.split('.').length === 3;

/** The host's authorization server, which knows of the sessions that were ended (RFC 7662). */
class AuthorizationServer {
  readonly ended = new Set<string>();
  readonly asked: string[] = [];
  /** Answers instead. */
  fault: ((response: ServerResponse) => void) | undefined;
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async listen(port = 0): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/introspect`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    if (this.fault) return this.fault(response);
    const isOurs =
      request.method === 'POST' &&
      request.headers.authorization === authorization &&
      request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    const token = form.get('token') ?? '';
    this.asked.push(token);
    response.statusCode = isOurs ? 200 : 401;
    response.setHeader('Content-Type', 'application/json');
    response.end(
      JSON.stringify(isOurs ? { active: isSession(token) && !this.ended.has(token) } : { error: 'invalid_client' }),
    );
  }
}

describe.each(databases)('sessions that their issuer ends, on %s', (database) => {
  const authority = new AuthorizationServer();
  let server: TestServer;
  let url: string;
  beforeAll(async () => {
    url = await authority.listen();
    const env = { INTROSPECTION_URL: url, INTROSPECTION_AUTHORIZATION: authorization };
    server = await startServer({ database, env });
    // The question of the start has been answered.
    await server.settled();
  });
  afterEach(() => {
    authority.fault = undefined;
    authority.asked.length = 0;
  });
  afterAll(async () => {
    await server.close();
    await authority.close();
  });

  it('8 a session that the host’s revocation hook names → 401 on the next request, by header and by cookie', async () => {
    const [one, other] = [await server.session('ana'), await server.session('bruno')];
    const cookie = (token: string) => ({ headers: { Cookie: `${server.sessionCookie}=${token}` } });
    expect((await send(server, '/profile', { bearer: one })).outcome).toBe('200');
    expect((await send(server, '/profile', cookie(one))).outcome).toBe('200');
    authority.ended.add(one);
    const refused = await send(server, '/profile', { bearer: one });
    expect(refused.outcome).toBe('401 unauthenticated');
    expect((await send(server, '/profile', cookie(one))).outcome).toBe('401 unauthenticated');
    expect((await send(server, `${acme}/api-keys`, { bearer: one })).outcome).toBe('401 unauthenticated');
    const forged = await send(server, '/profile', { bearer: `${one}x` });
    expect(anonymous(refused)).toEqual(anonymous(forged));
    expect((await send(server, '/profile', { bearer: other })).outcome).toBe('200');
    expect((await send(server, '/profile', { as: 'ana' })).outcome).toBe('200');
    const rows = await server.store.db
      .selectFrom('activity')
      .select('detail')
      .where('action', '=', 'session.refused')
      .execute();
    expect(rows.map(({ detail }) => detail)).toContain('{"reason":"revoked"}');
    expect(server.logs()).not.toContain(one);
  });

  it('8 the hook is called for each request of a session, and for nothing else', async () => {
    const { secret } = await mintKey(server, 'ana', acme);
    const token = await server.session('ana');
    authority.asked.length = 0;
    await send(server, '/profile', { bearer: token });
    await send(server, '/profile', { bearer: token });
    await send(server, '/profile', { bearer: `${token}x` });
    await send(server, '/integration/whoami', { key: secret });
    await send(server, '/profile');
    expect(authority.asked).toEqual([token, token]);
  });

  const silent: Record<string, (response: ServerResponse) => void> = {
    'answers 500': (response) => response.writeHead(500).end('{"active":true}'),
    'does not know us': (response) => response.writeHead(401).end('{"active":true}'),
    'answers in HTML': (response) => response.writeHead(200).end('<p>active</p>'),
    'does not say': (response) => response.writeHead(200).end('{"sub":"ana"}'),
    'says it in words': (response) => response.writeHead(200).end('{"active":"true"}'),
    'sends the question elsewhere': (response) => response.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end(),
    'breaks off': (response) => void response.destroy(),
    'keeps silent': () => {},
  };
  it.each(Object.entries(silent))(
    '8 a hook that %s → 503, and nothing is done',
    async (_, fault) => {
      const { json } = await send<{ version: number }>(server, '/profile', { as: 'carla' });
      const keys = await countRows(server, 'apiKey');
      authority.fault = fault;
      const read = await send(server, '/profile', { as: 'carla' });
      expect(read.outcome).toBe('503 unavailable');
      expect(read.headers.get('Retry-After')).toMatch(/^\d+$/);
      const renamed = { method: 'PATCH', headers: ifMatch(json.version), json: { firstName: 'Mallory' } };
      expect((await send(server, '/profile', { as: 'carla', ...renamed })).outcome).toBe('503 unavailable');
      authority.fault = undefined;
      expect((await send(server, '/profile', { as: 'carla' })).json).toEqual(json);
      expect(await countRows(server, 'apiKey')).toBe(keys);
      expect(server.logs()).not.toContain(authorization);
    },
    30_000,
  );

  it('8 a hook that is down → 503, and back again once it is', async () => {
    const gone = new AuthorizationServer();
    const url = await gone.listen();
    const env = { INTROSPECTION_URL: url, INTROSPECTION_AUTHORIZATION: authorization };
    const second = await startServer({ database, env, beside: server });
    await gone.close();
    expect((await send(second, '/profile', { as: 'ana' })).outcome).toBe('503 unavailable');
    const again = new AuthorizationServer();
    await again.listen(Number(new URL(url).port));
    expect((await send(second, '/profile', { as: 'ana' })).outcome).toBe('200');
    await second.close();
    await again.close();
  });

  const logAtStart = async (url: string): Promise<string> => {
    const env = { INTROSPECTION_URL: url, INTROSPECTION_AUTHORIZATION: authorization };
    const started = await startServer({ database, env, beside: server });
    try {
      await started.settled();
      return started.logs();
    } finally {
      await started.close();
    }
  };
  const unreliable = 'INTROSPECTION_URL does not tell whether a session has been ended';

  const reasons: Record<keyof typeof silent, RegExp> = {
    'answers 500': /the answer is not 200 \(500\)/,
    'does not know us': /it refuses INTROSPECTION_AUTHORIZATION \(401\)/,
    'answers in HTML': /the answer is not JSON with \W+active/,
    'does not say': /the answer is not JSON with \W+active/,
    'says it in words': /the answer is not JSON with \W+active/,
    'sends the question elsewhere': /the answer is a redirect/,
    'breaks off': /the connection was closed by the other side/,
    'keeps silent': /there was no answer in time/,
  };
  it.each(Object.entries(silent))(
    'an introspection endpoint that %s when the server starts → the log says so with the reason, and names the setting',
    async (what, fault) => {
      authority.fault = fault;
      const logs = await logAtStart(url);
      expect(logs).toContain(unreliable);
      expect(logs).toMatch(reasons[what] ?? /^$/);
      expect(logs).not.toContain(authorization);
    },
  );

  it('an introspection endpoint that is down when the server starts → the log says so; one that calls any token active, too', async () => {
    const gone = new AuthorizationServer();
    const nowhere = await gone.listen();
    await gone.close();
    expect(await logAtStart(nowhere)).toMatch(new RegExp(`nothing accepts connections.*${unreliable}`));
    authority.fault = (response) => response.writeHead(200).end('{"active":true}');
    expect(await logAtStart(url)).toMatch(new RegExp(`calls a made-up token active.*${unreliable}`));
  });

  it('an introspection endpoint that answers when the server starts → the log says nothing of it', async () => {
    expect(await logAtStart(url)).not.toContain('INTROSPECTION_URL');
    expect(authority.asked).toHaveLength(1);
  });
});
