import { connect, type Socket } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import { send } from './exchange.js';

const openapi = '/test/v1/openapi.json';

const open = (server: TestServer): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });

const pipelined = (count: number, path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(count);

/** All that the server sends until it closes the connection. */
const readToEnd = async (socket: Socket): Promise<string> => {
  let text = '';
  socket.on('data', (data) => (text += data.toString('latin1')));
  if (!socket.closed)
    await new Promise<void>((resolve) => socket.once('close', () => resolve()).on('error', () => resolve()));
  return text;
};

/** Until the server has closed the connection, which a client that does not read learns when it writes. */
const letGo = async (socket: Socket): Promise<void> => {
  let closed = false;
  socket.on('error', () => (closed = true)).on('close', () => (closed = true));
  while (!closed) {
    socket.write('x');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

describe.each(databases)('connections on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    const env = { MAX_CONNECTIONS: '340', REQUEST_TIMEOUT: '1', IDLE_TIMEOUT: '4' };
    server = await startServer({ database, env });
  });
  afterAll(() => server.close());

  const answersOf = (path: string) => server.logs().split(`"path":"${path}"`).length - 1;

  it('68 300 clients that pipeline 40 requests each and never read → let go, and not all of their answers are made', async () => {
    const sockets = await Promise.all(Array.from({ length: 300 }, () => open(server)));
    for (const socket of sockets) socket.pause().write(pipelined(40, openapi));
    expect((await send(server, '/profile', { as: 'ana' })).outcome).toBe('200');
    await Promise.all(sockets.map(letGo));
    // The kernel's buffer for a connection holds some answers, and one more is made: not all 40.
    expect(answersOf(openapi)).toBeLessThan(300 * 40);
    expect((await send(server, '/profile', { as: 'ana' })).outcome).toBe('200');
  });

  it('68 half a body or head → closed with 408', async () => {
    const halves = [
      'GET /test/v1/profile HTTP/1.1\r\nHost: x\r\nAuthoriz',
      `POST /test/v1/organizations/acme/api-keys HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await server.session('ana')}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"name":`,
    ];
    for (const half of halves) {
      const socket = await open(server);
      socket.write(half);
      expect(await readToEnd(socket)).toMatch(/^HTTP\/1\.1 408 /);
    }
    expect(server.logs()).not.toContain('a request failed');
  });

  it('68 pipelined requests of a client that reads → all answered, in their order', async () => {
    const socket = await open(server);
    const paths = Array.from({ length: 40 }, (_, at) => (at % 2 ? '/healthz' : `/test/v1/no-such-thing-${at}`));
    const closing = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    socket.write(paths.map((path) => pipelined(1, path)).join('') + closing);
    const statuses = [...(await readToEnd(socket)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual([...paths.map((path) => (path === '/healthz' ? '200' : '404')), '200']);
  });

  it('68 a client that pipelines without end → the connection is closed', async () => {
    const socket = await open(server);
    socket.write(pipelined(1000, openapi));
    await readToEnd(socket);
    expect((await send(server, '/profile', { as: 'ana' })).outcome).toBe('200');
  });

  it('68 more connections than MAX_CONNECTIONS → closed at once, and the log says so', async () => {
    const sockets = await Promise.all(Array.from({ length: 400 }, () => open(server)));
    const closed = sockets.map((socket) => readToEnd(socket));
    await Promise.race(closed);
    expect(server.logs()).toContain('MAX_CONNECTIONS');
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
  });
});

describe('the OpenAPI document', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database: 'sqlite' });
  });
  afterAll(() => server.close());

  /** As it is sent: `fetch` would unpack it. */
  const get = async (headers: Record<string, string>) => {
    const socket = await open(server);
    const lines = Object.entries({ Host: 'x', Connection: 'close', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    socket.write(`GET ${openapi} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    const [head = '', ...body] = (await readToEnd(socket)).split('\r\n\r\n');
    const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim();
    return { status: head.slice(9, 12), header, body: Buffer.from(body.join('\r\n\r\n'), 'latin1') };
  };

  it('each encoding → the same document, with a tag of its own', async () => {
    const plain = await get({});
    expect(plain.header('content-encoding')).toBeUndefined();
    const gzip = await get({ 'Accept-Encoding': 'gzip, deflate' });
    const brotli = await get({ 'Accept-Encoding': 'gzip, deflate, br, zstd' });
    expect([gzip.header('content-encoding'), brotli.header('content-encoding')]).toEqual(['gzip', 'br']);
    expect(gunzipSync(gzip.body)).toEqual(plain.body);
    expect(brotliDecompressSync(brotli.body)).toEqual(plain.body);
    expect(JSON.parse(plain.body.toString())).toHaveProperty('openapi');
    expect(new Set([plain, gzip, brotli].map(({ header }) => header('etag'))).size).toBe(3);
    for (const { header } of [plain, gzip, brotli]) expect(header('vary')).toContain('Accept-Encoding');
  });

  it('an encoding that the client refuses → not used', async () => {
    const { header } = await get({ 'Accept-Encoding': 'br;q=0, gzip;q=0' });
    expect(header('content-encoding')).toBeUndefined();
  });

  it('the tag of the answer before, strong, weak or among others → 304 without a body', async () => {
    const tag = (await get({ 'Accept-Encoding': 'br' })).header('etag') ?? '';
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const { status, body } = await get({ 'Accept-Encoding': 'br', 'If-None-Match': known });
      expect([status, body.length], known).toEqual(['304', 0]);
    }
    expect((await get({ 'Accept-Encoding': 'gzip', 'If-None-Match': tag })).status).toBe('200');
  });
});
