import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiKey, Page } from '@ai-cockpit/sdk/contract';
import { aicHub } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { silentLogger } from '../src/ports/logger.js';
import { startServer as start } from '../src/server.js';
import { encryptionKey, startServer, type TestServer } from './harness.js';
import { outcome, read } from './request.js';

describe('the demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-pages-'));
  let server: TestServer;
  beforeAll(async () => {
    const pages = join(folder, 'pages');
    mkdirSync(join(pages, 'test'), { recursive: true });
    mkdirSync(join(pages, 'assets'));
    writeFileSync(join(pages, 'index.html'), '<h1>All</h1>');
    writeFileSync(join(pages, 'test', 'index.html'), '<h1>One</h1>');
    writeFileSync(join(pages, 'assets', 'host.js'), 'export {}');
    writeFileSync(join(folder, 'secret.json'), '{}');
    server = await startServer({ database: 'sqlite', env: { HOST_PAGES: pages } });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const signIn = (json: unknown) =>
    fetch(`${server.systemUrl}/demo/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(json),
    });

  it('signs people in and out by a cookie of the product', async () => {
    const people = await read<{ data: unknown[] }>(await fetch(`${server.systemUrl}/demo/people`));
    expect(people.data).toContainEqual({
      id: 'ana',
      name: 'Ana Souza',
      organizations: [
        { id: 'acme', name: 'Acme', role: 'administrator' },
        { id: 'globex', name: 'Globex', role: 'member' },
      ],
    });
    const signedIn = await signIn({ user: 'ana' });
    const [cookie = ''] = signedIn.headers.getSetCookie();
    expect(cookie).toMatch(/^test-session=[^;]+; Max-Age=28800; Path=\/test; HttpOnly; SameSite=Strict$/);
    const { accessToken } = await read<{ accessToken: string }>(signedIn);
    const profile = (headers: Record<string, string>) => fetch(`${server.baseUrl}/profile`, { headers });
    expect((await profile({ Cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
    expect((await profile({ Authorization: `Bearer ${accessToken}` })).status).toBe(200);

    const signedOut = await fetch(`${server.systemUrl}/demo/session`, { method: 'DELETE' });
    expect(signedOut.headers.getSetCookie()).toEqual([
      'test-session=; Max-Age=0; Path=/test; HttpOnly; SameSite=Strict',
    ]);
    expect(await outcome(await signIn({ user: 'mallory' }))).toBe('422 invalid user:format');
  });

  it('serves its host pages under a strict Content Security Policy', async () => {
    const page = await fetch(`${server.systemUrl}/`);
    expect(await page.text()).toBe('<h1>One</h1>');
    expect(page.headers.get('Content-Security-Policy')).toContain("require-trusted-types-for 'script'");
    expect(page.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect((await fetch(server.systemUrl)).url).toBe(`${server.systemUrl}/`);
    expect((await fetch(`${server.origin}/assets/host.js`)).headers.get('Content-Type')).toContain('text/javascript');
    for (const path of ['/assets/none.js', '/none/', '/assets/%2e%2e/%2e%2e/secret.json', '/%ff', '/a%00b/'])
      expect((await fetch(server.origin + path)).status).toBe(404);
  });
});

/** As a client that resolves nothing: the path goes out as it is. */
const rawGet = async (origin: string, path: string, headers: Record<string, string> = {}) => {
  const { hostname, port } = new URL(origin);
  const sent = get({ hostname, port, path, headers, agent: false });
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks = await answer.toArray();
  const body = Buffer.concat(chunks as Buffer[])
    .toString()
    .replace(/"requestId":"\w+"/, '');
  return { status: answer.statusCode ?? 0, location: answer.headers.location, body };
};

describe('the demo’s pages at an unknown address', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-pages-'));
  let server: TestServer;
  beforeAll(async () => {
    const pages = join(folder, 'pages');
    mkdirSync(join(pages, 'test'), { recursive: true });
    mkdirSync(join(folder, 'private'));
    for (const place of ['pages/test', 'private']) writeFileSync(join(folder, place, 'index.html'), '<h1>Here</h1>');
    writeFileSync(join(folder, 'secret.json'), '{}');
    server = await startServer({ database: 'sqlite', env: { HOST_PAGES: pages } });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    '//evil.example/..%2ftest',
    '//evil.example/../test',
    '//evil.example/%2e%2e/test',
    '///evil.example/..%2f..%2ftest',
    '/\\evil.example/..%2ftest',
    '/%5cevil.example/..%2ftest',
    '/%2f%2fevil.example/..%2ftest',
    '/%2fevil.example/../test',
    '//evil.example',
    '//test',
    '/.//evil.example/..%2ftest',
    '/;//evil.example/..%2ftest',
    '/test%2f..%2f..%2f%2fevil.example',
    '/@evil.example/..%2ftest',
    'http://evil.example/test',
    '//evil.example/test?x=//evil.example',
  ])('74 %s is redirected nowhere else', async (path) => {
    const { status, location } = await rawGet(server.origin, path);
    if (location === undefined) expect([200, 400, 404]).toContain(status);
    else expect(location).toMatch(/^\/test\/$/);
  });

  it('74 a forged Host header → not in a redirect', async () => {
    const madeUp: Record<string, string>[] = [
      { Host: 'evil.example' },
      { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'ftp' },
    ];
    for (const headers of madeUp)
      expect(await rawGet(server.origin, '/test', headers)).toMatchObject({ status: 301, location: '/test/' });
  });

  it.each([
    (name: string) => `/..%2f${name}`,
    (name: string) => `/..%2f${name}/`,
    (name: string) => `/..%2f..%2f${name}`,
    (name: string) => `/test/..%2f..%2f${name}`,
    (name: string) => `/..%5c${name}`,
    (name: string) => `/..\\..\\${name}`,
    (name: string) => `/%2e%2e%2f${name}`,
    (name: string) => `/%252e%252e%252f${name}`,
    (name: string) => `/.%2e/${name}/`,
    (name: string) => `/..%c0%af${name}`,
    (name: string) => `/..%00/${name}`,
    (name: string) => `/..%2f${name}%00`,
    (name: string) => `/test/%2e%2e/%2e%2e/${name}`,
    (name: string) => `/..%2f${name}%2findex.html`,
  ])('74 a path to another folder → 404 whether it exists or not: %s', async (address) => {
    const unknown = await rawGet(server.origin, address('none'));
    expect([400, 404]).toContain(unknown.status);
    for (const name of ['private', 'pages', 'pages/test', 'secret.json'])
      expect(await rawGet(server.origin, address(name)), name).toEqual(unknown);
  });

  it('74 a name with a percent sign or NUL → 404', async () => {
    for (const path of ['/test%00', '/test/index.html%00.js', '/test/%00', '/test/te%2fst', '/%ff'])
      expect((await rawGet(server.origin, path)).status, path).toBe(404);
  });
});

describe('the demo of all products', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-demo-'));
  const pages = join(folder, 'pages');
  const policy = join(folder, 'my-host.json');
  mkdirSync(join(pages, 'any-host', 'terms'), { recursive: true });
  mkdirSync(join(pages, 'duplocloud'));
  writeFileSync(join(pages, 'index.html'), '<ul><!-- more products --></ul>');
  writeFileSync(join(pages, 'any-host', 'index.html'), '<h1>Any: {{product}}</h1>');
  writeFileSync(join(pages, 'any-host', 'terms', 'index.html'), '<h1>Any terms</h1>');
  writeFileSync(join(pages, 'duplocloud', 'index.html'), '<h1>Duplo</h1>');
  writeFileSync(policy, JSON.stringify(aicHub));
  afterAll(() => rmSync(folder, { recursive: true }));

  const started = () =>
    start(
      readConfig({
        DEMO: '1',
        PORT: '0',
        DATA_DIR: join(folder, 'data'),
        ENCRYPTION_KEYS: encryptionKey,
        POLICY: policy,
        HOST_PAGES: pages,
      }),
      silentLogger,
    );
  const signedIn = async (origin: string, system: string, user: string): Promise<Record<string, string>> => {
    const answer = await fetch(`${origin}/${system}/demo/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user }),
    });
    return { Authorization: `Bearer ${(await read<{ accessToken: string }>(answer)).accessToken}` };
  };
  const keysOf = async (origin: string, system: string, user: string): Promise<ApiKey[]> => {
    const headers = await signedIn(origin, system, user);
    return (await read<Page<ApiKey>>(await fetch(`${origin}/${system}/v1/api-keys?sort=createdAt`, { headers }))).data;
  };

  it('has past activity, created once and by the rules of its policy', async () => {
    const first = await started();
    const brunos = await keysOf(first.origin, 'duplocloud', 'bruno');
    expect(brunos.map(({ name, status }) => [name, status])).toEqual([
      ['Build server', 'expired'],
      ['Release notes', 'active'],
    ]);
    for (const { createdAt, lastUsedAt, expiresAt, maskedValue } of brunos) {
      expect([createdAt, lastUsedAt, expiresAt].toSorted()).toEqual([createdAt, lastUsedAt, expiresAt]);
      expect(maskedValue).toMatch(/^…\w{4}$/);
    }
    expect(await keysOf(first.origin, 'duplocloud', 'eve')).toMatchObject([{ name: 'Old laptop', status: 'revoked' }]);
    expect(await keysOf(first.origin, 'duplocloud', 'dora')).toEqual([]);
    expect(await keysOf(first.origin, 'aip-console', 'bruno')).toEqual([]);
    await first.close();
    const again = await started();
    expect(await keysOf(again.origin, 'duplocloud', 'bruno')).toEqual(brunos);
    await again.close();
  });

  it('serves a generic page for a custom policy', async () => {
    const server = await started();
    const page = async (path: string) => (await fetch(server.origin + path)).text();
    expect(await page('/my-host/')).toBe('<h1>Any: AIC Hub</h1>');
    expect(await page('/my-host/terms')).toBe('<h1>Any terms</h1>');
    expect(await page('/duplocloud/')).toBe('<h1>Duplo</h1>');
    expect((await fetch(`${server.origin}/duplocloud/terms/`)).status).toBe(404);
    expect((await fetch(`${server.origin}/nobodys-host/`)).status).toBe(404);
    expect(await keysOf(server.origin, 'my-host', 'ana')).toEqual([]);
    await server.close();
  });

  it.each([
    [{ productName: 'Nuts & "Bolts" <$&>' }, 'Nuts & "Bolts" <$&>', 'Nuts &amp; &quot;Bolts&quot; &lt;$&amp;&gt;'],
    [{ productName: 'Werft', messages: { en: { productName: 'Shipyard' } } }, 'Shipyard', 'Shipyard'],
    [{ productName: undefined, messages: {} }, 'My host', 'My host'],
  ])('names a custom policy in the list of products and in its pages: %j', async (named, name, inPage) => {
    writeFileSync(policy, JSON.stringify({ ...aicHub, ...named }));
    const server = await started();
    const page = async (path: string) => (await fetch(server.origin + path)).text();
    expect(await page('/my-host/')).toBe(`<h1>Any: ${inPage}</h1>`);
    const all = await page('/');
    expect(all).toContain('href="my-host/"');
    expect(all).toContain(`>${inPage}<`);
    expect(all).not.toContain('duplocloud/');
    expect(server.productPages).toContainEqual({ name, address: `${server.origin}/my-host/` });
    expect(server.productPages).toContainEqual({
      name: 'DuploCloud AI Suite',
      address: `${server.origin}/duplocloud/`,
    });
    const { status, headers } = await fetch(`${server.origin}/my-host/`, { method: 'HEAD' });
    expect([status, headers.get('Content-Security-Policy')]).toEqual([200, expect.stringContaining("'self'")]);
    await server.close();
  });
});
