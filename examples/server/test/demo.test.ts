import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './harness.js';
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

  it('signs its people in and out by a cookie of the system', async () => {
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
    expect(cookie).toMatch(/^test-session=[^;]+; Path=\/test; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const { accessToken } = await read<{ accessToken: string }>(signedIn);
    const profile = (headers: Record<string, string>) => fetch(`${server.baseUrl}/profile`, { headers });
    expect((await profile({ Cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
    expect((await profile({ Authorization: `Bearer ${accessToken}` })).status).toBe(200);

    const signedOut = await fetch(`${server.systemUrl}/demo/session`, { method: 'DELETE' });
    expect(signedOut.headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect(await outcome(await signIn({ user: 'mallory' }))).toBe('422 invalid user:format');
  });

  it('serves the pages of its host under a strict policy', async () => {
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
