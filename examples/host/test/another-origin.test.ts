import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startedDemo } from './started-demo.js';
import { freePort } from './started-server.js';

const listed = `http://127.0.0.1:${await freePort()}`;
const foreign = `http://127.0.0.1:${await freePort()}`;

/** A host whose pages stand elsewhere than the API. */
const pagesAt = async (origin: string): Promise<Server> => {
  const server = createServer((_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>A host</title>'),
  );
  server.listen(Number(new URL(origin).port), '127.0.0.1');
  await once(server, 'listening');
  return server;
};

interface Seen {
  status: number;
  headers: Record<string, string | null>;
  json: unknown;
}

describe('5 CORS, in a browser: pages on another origin than the API', () => {
  const demo = startedDemo({ ALLOWED_ORIGINS: listed });
  let servers: Server[];
  beforeAll(async () => {
    servers = await Promise.all([listed, foreign].map(pagesAt));
  });
  afterAll(() => servers.forEach((server) => server.close()));

  /** The API's answer as scripts of a page there see it, with Bruno's session; `null` where CORS forbids it. */
  const pageOn = async (origin: string) => {
    const page = await demo.open({ baseURL: origin });
    await page.goto(origin);
    const token = await demo.accessToken('bruno');
    const ask = (path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) =>
      page.evaluate(
        async ({ url, init }): Promise<Seen | null> => {
          try {
            const answer = await fetch(url, init);
            const names = ['ETag', 'Retry-After', 'X-Request-Id', 'Link', 'RateLimit'];
            const headers = Object.fromEntries(names.map((name) => [name, answer.headers.get(name)]));
            return { status: answer.status, headers, json: await answer.json() };
          } catch {
            return null;
          }
        },
        { url: `${demo.api}${path}`, init },
      );
    const authorization = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    return { ask, authorization };
  };

  it('a listed one reads ETag and Retry-After, and writes', async () => {
    const { ask, authorization } = await pageOn(listed);
    const profile = await ask('/profile', { headers: authorization });
    expect(profile).toMatchObject({ status: 200, json: { id: 'bruno' } });
    const tag = profile?.headers.ETag ?? '';
    expect(tag).toMatch(/^"\d+"$/);
    expect(profile?.headers['X-Request-Id']).toBeTruthy();

    const headers = { ...authorization, 'If-Match': tag };
    const renamed = await ask('/profile', { method: 'PATCH', headers, body: '{"firstName":"Brunello"}' });
    expect(renamed).toMatchObject({ status: 200, json: { firstName: 'Brunello' } });
    expect(await ask('/profile', { method: 'PATCH', headers, body: '{"firstName":"Late"}' })).toMatchObject({
      status: 412,
      json: { code: 'version_stale' },
    });

    // As often as wrong keys are listened to from one place, and once more.
    const wrongKey = { headers: { 'X-API-KEY': 'nobody-has-such-a-key' } };
    let last = await ask('/integration/whoami', wrongKey);
    for (let count = 1; count < 150 && last?.status === 401; count += 1)
      last = await ask('/integration/whoami', wrongKey);
    expect(last).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
    expect(Number(last?.headers['Retry-After'])).toBeGreaterThan(0);
  });

  it('an unlisted origin gets no permission: it reads nothing, and writes nothing', async () => {
    const { ask, authorization } = await pageOn(foreign);
    expect(await ask('/profile', { headers: authorization })).toBeNull();
    expect(await ask('/profile')).toBeNull();
    const headers = { ...authorization, 'If-Match': '*' };
    expect(await ask('/profile', { method: 'PATCH', headers, body: '{"firstName":"Mallory"}' })).toBeNull();
    expect(await ask('/integration/whoami', { headers: { 'X-API-KEY': 'nobody-has-such-a-key' } })).toBeNull();
    const answer = await demo.ask('bruno', 'GET', '/profile');
    expect(await answer.json()).not.toMatchObject({ firstName: 'Mallory' });
  });
});
