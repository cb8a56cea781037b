import { once } from 'node:events';
import { connect } from 'node:net';
import type { Activity, Page } from '@ai-cockpit/sdk/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { networkOf, parseRange } from '../src/values/addresses.js';
import { TrustedProxies } from '../src/routes/forwarding.js';
import { startServer, type TestServer } from './harness.js';
import { request } from './request.js';
import { type ReverseProxy, startReverseProxy } from './reverse-proxy.js';

const proxies = (...ranges: string[]) =>
  new TrustedProxies(
    ranges.map((range) => {
      const parsed = parseRange(range);
      if (!parsed) throw new Error(`${range} is no range`);
      return parsed;
    }),
  );

const client = (trusted: TrustedProxies, peer: string, headers: Record<string, string>) =>
  trusted.clientOf(peer, new Request('http://inside:4400/v1/profile', { headers }));

describe('the client address of a request', () => {
  const trusted = proxies('10.0.0.0/8', '192.0.2.7', '2001:db8:1::/48');
  const sourceOf = (peer: string, headers: Record<string, string>) => client(trusted, peer, headers).source;

  it.each<[string, string, Record<string, string>, string]>([
    ['76 an address that is not trusted', '203.0.113.9', { 'X-Forwarded-For': '198.51.100.1' }, '203.0.113.9'],
    ['76 an address that is not trusted', '203.0.113.9', { Forwarded: 'for=198.51.100.1' }, '203.0.113.9'],
    ['a trusted proxy', '10.1.2.3', { 'X-Forwarded-For': '198.51.100.1' }, '198.51.100.1'],
    ['a trusted proxy', '10.1.2.3', { Forwarded: 'for=198.51.100.1;proto=https' }, '198.51.100.1'],
    [
      'a trusted proxy whose address comes as IPv6',
      '::ffff:10.1.2.3',
      { 'X-Forwarded-For': '198.51.100.1' },
      '198.51.100.1',
    ],
    ['a trusted proxy of IPv6', '2001:db8:1::5', { Forwarded: 'For="[2001:db8:9::17]:4711"' }, '2001:db8:9::17'],
    ['a client that wrote the header too', '10.1.2.3', { 'X-Forwarded-For': '1.1.1.1, 198.51.100.1' }, '198.51.100.1'],
    ['a client that wrote the header too', '10.1.2.3', { Forwarded: 'for=1.1.1.1, for=198.51.100.1' }, '198.51.100.1'],
    ['a client with a quotation mark', '10.1.2.3', { Forwarded: 'for="1.1.1.1, for=198.51.100.1' }, '198.51.100.1'],
    ['a client with nonsense', '10.1.2.3', { Forwarded: ';;=,,\\u00e4=", for=198.51.100.1' }, '198.51.100.1'],
    ['two trusted proxies', '10.1.2.3', { 'X-Forwarded-For': '1.1.1.1, 198.51.100.1, 192.0.2.7' }, '198.51.100.1'],
    [
      'a trusted address that the client made up',
      '10.1.2.3',
      { 'X-Forwarded-For': '10.9.9.9, 198.51.100.1' },
      '198.51.100.1',
    ],
    ['trusted proxies only', '10.1.2.3', { 'X-Forwarded-For': '10.9.9.9, 192.0.2.7' }, '10.9.9.9'],
    ['a port', '10.1.2.3', { 'X-Forwarded-For': '198.51.100.1:5555' }, '198.51.100.1'],
    ['IPv6 in brackets with a port', '10.1.2.3', { 'X-Forwarded-For': '[2001:db8::9]:5555' }, '2001:db8::9'],
    ['IPv4 in IPv6', '10.1.2.3', { 'X-Forwarded-For': '::ffff:198.51.100.1' }, '198.51.100.1'],
    ['a hidden address', '10.1.2.3', { Forwarded: 'for=198.51.100.1, for=_hidden' }, '10.1.2.3'],
    ['an unknown address', '10.1.2.3', { Forwarded: 'for=unknown' }, '10.1.2.3'],
    ['no address', '10.1.2.3', { 'X-Forwarded-For': '198.51.100.1, <script>' }, '10.1.2.3'],
    ['no address', '10.1.2.3', { 'X-Forwarded-For': '198.51.100.1, 127.1' }, '10.1.2.3'],
    ['no address', '10.1.2.3', { 'X-Forwarded-For': '0x0a000001' }, '10.1.2.3'],
    ['no address', '10.1.2.3', { 'X-Forwarded-For': '999.1.1.1' }, '10.1.2.3'],
    ['nothing', '10.1.2.3', { 'X-Forwarded-For': ' , ,' }, '10.1.2.3'],
    ['an endless chain', '10.1.2.3', { 'X-Forwarded-For': `198.51.100.1,${'10.0.0.1,'.repeat(5000)}` }, '10.1.2.3'],
    [
      'two headers that agree',
      '10.1.2.3',
      { Forwarded: 'for=198.51.100.1', 'X-Forwarded-For': '198.51.100.1' },
      '198.51.100.1',
    ],
    [
      'two headers of which the client wrote one',
      '10.1.2.3',
      { Forwarded: 'for=1.1.1.1', 'X-Forwarded-For': '198.51.100.1' },
      '10.1.2.3',
    ],
  ])('%s: %s %j → %s', (_, peer, headers, expected) => {
    expect(sourceOf(peer, headers)).toBe(expected);
  });

  it.each<[string, Record<string, string>, string]>([
    ['198.51.100.1', { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' }, 'http://inside:4400'],
    ['10.1.2.3', { 'X-Forwarded-Proto': 'https' }, 'https://inside:4400'],
    ['10.1.2.3', { 'X-Forwarded-Host': 'cockpit.example', 'X-Forwarded-Proto': 'https' }, 'https://cockpit.example'],
    ['10.1.2.3', { Forwarded: 'for=1.1.1.1;proto=https;host="cockpit.example:8443"' }, 'https://cockpit.example:8443'],
    ['10.1.2.3', { Forwarded: 'host=evil.example, for=1.1.1.1;host=cockpit.example' }, 'http://cockpit.example'],
    [
      '10.1.2.3',
      { 'X-Forwarded-For': '1.1.1.1', 'X-Forwarded-Host': 'evil.example, cockpit.example' },
      'http://cockpit.example',
    ],
    [
      '10.1.2.3',
      { 'X-Forwarded-For': '1.1.1.1, 192.0.2.7', 'X-Forwarded-Proto': 'ftp, https, http' },
      'https://inside:4400',
    ],
    ['10.1.2.3', { 'X-Forwarded-Host': 'evil.example/path', 'X-Forwarded-Proto': 'javascript' }, 'http://inside:4400'],
    ['10.1.2.3', { 'X-Forwarded-Host': 'user@evil.example' }, 'http://inside:4400'],
    ['10.1.2.3', { 'X-Forwarded-Host': `${'a'.repeat(5000)}.example` }, 'http://inside:4400'],
  ])('the requested origin, behind %s %j: %s', (peer, headers, expected) => {
    expect(client(trusted, peer, headers).origin).toBe(expected);
  });

  it('networks: IPv6 by the first 64 bits, IPv4 by all', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:db8:1:2:ffff::1')).toBe(networkOf('2001:db8:1:2::2'));
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'));
    expect(networkOf('fe80::1%eth0')).toBe('fe80::/64');
    expect(networkOf('::ffff:198.51.100.1')).toBe('::ffff:198.51.100.1');
    expect(networkOf('198.51.100.1')).toBe('198.51.100.1');
    expect(networkOf('unknown')).toBe('unknown');
  });

  it.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0/8', '10', '::/129', 'localhost', '10.0.0.0/8/8', '', '10.0.0.0/-1'])(
    '%j is not a range',
    (text) => {
      expect(parseRange(text)).toBeNull();
    },
  );
});

describe('a server behind a proxy', () => {
  let server: TestServer;
  let proxy: ReverseProxy;
  let forwardedFor = '';
  beforeAll(async () => {
    proxy = await startReverseProxy({
      addedHeaders: ({ headers }) => ({
        'X-Forwarded-For': [headers['x-forwarded-for'], forwardedFor].filter(Boolean).join(', '),
        'X-Forwarded-Proto': 'https',
        'X-Forwarded-Host': 'cockpit.example',
      }),
    });
    server = await startServer({ database: 'sqlite', env: { TRUSTED_PROXIES: '127.0.0.1' } });
    proxy.forwardTo(server.origin);
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });
  const outside = () => ({ ...server, baseUrl: server.baseUrl.replace(server.origin, proxy.origin) });
  const sources = async (as: string) => {
    const { data } = (await (await request(server, '/activity', { as })).json()) as Page<Activity>;
    return data.map(({ source }) => source);
  };

  it('a forged X-Forwarded-For → the activity names the client’s own address', async () => {
    forwardedFor = '198.51.100.7';
    await request(outside(), '/profile', { as: 'ana', headers: { 'X-Forwarded-For': '1.1.1.1' } });
    expect(await sources('ana')).toEqual(['198.51.100.7']);
  });

  it('76 no trusted proxy → the activity names the address of the connection', async () => {
    const trusting = server;
    server = await startServer({ database: 'sqlite' });
    const headers = { 'X-Forwarded-For': '1.1.1.1', Forwarded: 'for=1.1.1.1' };
    await request(server, '/profile', { as: 'ana', headers });
    expect(await sources('ana')).toEqual(['127.0.0.1']);
    await server.close();
    server = trusting;
  });

  it('wrong keys of one network → limited; another network is not', async () => {
    const guess = async (address: string) => {
      forwardedFor = address;
      const key = `aic_${'0'.repeat(42)}${address.length}`;
      return (await request(outside(), '/integration/whoami', { headers: { 'X-API-KEY': key } })).status;
    };
    const statuses = new Set<number>();
    for (let index = 1; index <= 110; index++) statuses.add(await guess(`2001:db8:7:7::${index.toString(16)}`));
    expect([...statuses]).toEqual([401, 429]);
    expect(await guess('2001:db8:7:7:ffff::1')).toBe(429);
    expect(await guess('2001:db8:7:8::1')).toBe(401);
    expect(await guess('198.51.100.9')).toBe(401);
  });

  it('a write by cookie → allowed from the origin that the trusted proxy names, and from no other', async () => {
    const write = async (origin: string) =>
      (
        await request(outside(), '/profile', {
          method: 'PATCH',
          headers: {
            Cookie: `${server.sessionCookie}=${await server.session('bruno')}`,
            Origin: origin,
            'If-Match': '*',
          },
          json: { firstName: 'Bruno' },
        })
      ).status;
    expect(await write('https://cockpit.example')).toBe(200);
    expect(await write('http://cockpit.example')).toBe(403);
    expect(await write('https://evil.example')).toBe(403);
  });
});

describe('an idle connection', () => {
  const servers: TestServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  /** A connection that has had one answer, and the `Keep-Alive` of that. */
  const kept = async (env: Record<string, string>) => {
    const server = await startServer({ database: 'sqlite', env });
    servers.push(server);
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    const ask = async (): Promise<string> => {
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      const [data] = (await once(socket, 'data')) as [Buffer];
      return data.toString();
    };
    return { socket, ask, answer: await ask() };
  };

  it('is kept for 65 seconds by default, longer than load balancers keep it', async () => {
    const [short, long] = await Promise.all([kept({ KEEP_ALIVE_TIMEOUT: '6' }), kept({})]);
    expect(short.answer).toContain('timeout=6');
    expect(long.answer).toContain('timeout=65');
    // Longer than Node keeps one by itself.
    await once(short.socket, 'close');
    expect(await long.ask()).toContain('200 OK');
    long.socket.destroy();
  });
});
