import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCockpit } from '@ai-cockpit/sdk';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaughtMail } from '../src/demo/caught-mail.js';
import { startServer, system, type TestServer } from './harness.js';
import { eventOf, optIn, publish, serviceTokens, until } from './notifications.js';
import { mint, read, withApiKeys } from './request.js';
import { type ReverseProxy, startReverseProxy } from './reverse-proxy.js';

const withKeys = withApiKeys({ owner: 'user' });
const policy: HostPolicy = {
  ...withKeys,
  notifications: { events: ['job.completed'] },
  profile: { ...withKeys.profile, fields: { ...withKeys.profile.fields, avatar: { access: 'edit' } } },
};
const prefix = '/tools/cockpit';

describe.each([
  ['that takes the prefix off', true],
  ['that keeps the prefix', false],
])('a server whose public address has a path, behind a proxy %s', (_, strips) => {
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-public-'));
  let proxy: ReverseProxy;
  let server: TestServer;
  /** The public side of the proxy, which clients use. */
  let outside: { baseUrl: string; session: (userId: string) => Promise<string> };
  beforeAll(async () => {
    mkdirSync(join(folder, system));
    writeFileSync(join(folder, 'index.html'), '<h1>All</h1>');
    writeFileSync(join(folder, system, 'index.html'), '<h1>One</h1>');
    proxy = await startReverseProxy({ prefix, strips });
    server = await startServer({
      database: 'sqlite',
      policy,
      env: {
        PUBLIC_URL: `${proxy.origin}${prefix}/`,
        CATCH_MAIL: '1',
        HOST_PAGES: folder,
        SERVICE_TOKENS: serviceTokens,
      },
    });
    proxy.forwardTo(server.origin);
    outside = { baseUrl: `${proxy.origin}${prefix}/${system}/v1`, session: server.session };
  });
  afterAll(async () => {
    await proxy.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const cockpitOf = (userId: string) =>
    createCockpit({ baseUrl: outside.baseUrl, getAccessToken: () => server.session(userId) });
  const authorization = async (userId: string) => ({ Authorization: `Bearer ${await server.session(userId)}` });

  it('avatarUrl leads to the picture', async () => {
    const { profile } = cockpitOf('ana');
    const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const { version } = await profile.get();
    const saved = await profile.setAvatar(new Blob([new Uint8Array(bytes)], { type: 'image/png' }), { version });
    expect(saved.avatarUrl).toMatch(new RegExp(`^${prefix}/${system}/v1/profile/avatar`));
    const picture = await fetch(new URL(saved.avatarUrl ?? '', proxy.origin), { headers: await authorization('ana') });
    expect(picture.status).toBe(200);
    expect(picture.headers.get('Content-Type')).toMatch(/^image\//);
  });

  it('the Link of a list leads to its next page, and the SDK follows it', async () => {
    for (const name of ['a', 'b', 'c']) await mint(server, '/api-keys', { description: name }, 'bruno');
    const first = await fetch(`${outside.baseUrl}/api-keys?limit=2&q=&sort=createdAt`, {
      headers: await authorization('bruno'),
    });
    const [, next = ''] = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('Link') ?? '') ?? [];
    expect(next).toMatch(new RegExp(`^${prefix}/${system}/v1/api-keys\\?`));
    const second = await fetch(new URL(next, first.url), { headers: await authorization('bruno') });
    expect((await read<{ data: unknown[] }>(second)).data).toHaveLength(1);
    const names: string[] = [];
    for await (const { description } of cockpitOf('bruno').apiKeys.list({ limit: 2, sort: 'createdAt' }))
      names.push(description);
    expect(names).toEqual(['a', 'b', 'c']);
  });

  it('a method that a path does not have is answered with 405 and the methods that it has', async () => {
    const answer = await fetch(`${outside.baseUrl}/profile`, { method: 'DELETE' });
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET, HEAD, PATCH, OPTIONS']);
  });

  it('the links of a mail open the page and unsubscribe', async () => {
    await optIn(outside, 'carla');
    await publish(outside, eventOf({ subject: 'user:carla', link: `${proxy.origin}/jobs/7` }));
    const caught = async () =>
      (await read<{ data: CaughtMail[] }>(await fetch(`${proxy.origin}${prefix}/mail/messages.json`))).data;
    await until(async () => (await caught()).length > 0, 'the mail is there');
    const [mail] = await caught();
    const header = mail?.headers.find(({ name }) => name === 'list-unsubscribe')?.value ?? '';
    const link = header.slice(1, -1);
    expect(link.startsWith(`${outside.baseUrl}/unsubscribe?token=`)).toBe(true);
    expect(mail?.text).toContain(link);
    const page = await fetch(link, { redirect: 'manual' });
    expect([page.status, page.headers.get('Location')]).toEqual([
      303,
      `${proxy.origin}${prefix}/${system}/#notifications`,
    ]);
    expect((await fetch(link)).status).toBe(200);
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const ended = await fetch(link, { method: 'POST', headers: form, body: 'List-Unsubscribe=One-Click' });
    expect(ended.status).toBe(204);
    const { enabled } = await cockpitOf('carla').notificationSettings.get();
    expect(enabled).toBe(false);
  });

  it('the session cookie has the public path', async () => {
    const signedIn = await fetch(`${proxy.origin}${prefix}/${system}/demo/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"user":"ana"}',
    });
    expect(signedIn.headers.getSetCookie()[0]).toContain(`; Path=${prefix}/${system};`);
    const signedOut = await fetch(`${proxy.origin}${prefix}/${system}/demo/session`, { method: 'DELETE' });
    expect(signedOut.headers.getSetCookie()[0]).toContain(`; Path=${prefix}/${system};`);
  });

  it('pages and redirects have the public path', async () => {
    for (const [path, body] of [
      [`${prefix}/${system}/`, '<h1>One</h1>'],
      [`${prefix}/`, '<h1>All</h1>'],
    ])
      expect(await (await fetch(proxy.origin + path)).text()).toBe(body);
    const redirect = await fetch(`${proxy.origin}${prefix}/${system}`, { redirect: 'manual' });
    expect([redirect.status, redirect.headers.get('Location')]).toEqual([301, `${prefix}/${system}/`]);
    const mails = await (await fetch(`${proxy.origin}${prefix}/mail`)).text();
    for (const [, address = ''] of mails.matchAll(/(?:href|src)="([^"]+)"/g))
      expect((await fetch(new URL(address, `${proxy.origin}${prefix}/mail`))).status, address).toBe(200);
  });

  it('the OpenAPI document names the server by its public address', async () => {
    const { servers } = await read<{ servers: unknown }>(await fetch(`${outside.baseUrl}/openapi.json`));
    expect(servers).toEqual([{ url: outside.baseUrl }]);
  });

  it('no answer contains the server’s own address', async () => {
    for (const path of ['/profile', '/policy', '/api-keys', '/notification-settings', '/openapi.json', '/activity']) {
      const answer = await fetch(outside.baseUrl + path, { headers: await authorization('ana') });
      const text = (await answer.text()) + JSON.stringify([...answer.headers]);
      expect(text, path).not.toContain(new URL(server.origin).host);
      expect(text, path).not.toMatch(/"\/test\/v1/);
    }
  });
});

describe('a public address', () => {
  const started = async (path: string, written: string) => {
    const server = await startServer({
      database: 'sqlite',
      policy,
      env: { PUBLIC_URL: `https://host.example${path}` },
    });
    const headers = { Authorization: `Bearer ${await server.session('ana')}` };
    const statuses = await Promise.all(
      [`/${system}/v1/profile`, `${written}/${system}/v1/profile`, '/healthz', '/other/v1/profile'].map(
        async (asked) => (await fetch(server.origin + asked, { headers })).status,
      ),
    );
    const { servers } = await read<{ servers: { url: string }[] }>(await fetch(`${server.baseUrl}/openapi.json`));
    await server.close();
    return [...statuses, servers[0]?.url];
  };

  it.each([
    ['without a path', '', ''],
    ['that ends with a slash', '/', ''],
    ['with a path', '/a/b', '/a/b'],
    ['with a path, a slash, a query and a fragment', '/a/b/?c#d', '/a/b'],
    ['with a path in another script', '/%C3%A4/x%20y', '/%C3%A4/x%20y'],
    ['that begins as the API does', `/${system}`, `/${system}`],
    ['that is as the API’s', `/${system}/v1`, `/${system}/v1`],
  ])('%s before each path: served with and without it', async (_, path, written) => {
    const url = `https://host.example${written}/${system}/v1`;
    expect(await started(path, written)).toEqual([200, 200, 200, 404, url]);
  });
});
