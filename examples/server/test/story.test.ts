import type { Answer, createApiKey, ProviderToken } from '@ai-cockpit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';

describe.each(databases)('the main job on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  const call = async (path: string, { as, body, ...init }: RequestInit & { as?: string; body?: string } = {}) => {
    const headers = new Headers(init.headers);
    if (as) headers.set('Authorization', `Bearer ${await server.session(as)}`);
    if (body) headers.set('Content-Type', 'application/json');
    return fetch(server.baseUrl + path, { ...init, ...(body && { body }), headers });
  };

  it('a profile, a token and a key → a leased credential', async () => {
    const renamed = await call('/profile', {
      as: 'ana',
      method: 'PATCH',
      headers: { 'If-Match': '"1"' },
      body: JSON.stringify({ firstName: '  Ana Maria ' }),
    });
    expect(await renamed.json()).toMatchObject({ firstName: 'Ana Maria', version: 2 });
    expect(renamed.headers.get('ETag')).toBe('"2"');

    const added = await call('/organizations/acme/provider-tokens', {
      as: 'ana',
      method: 'POST',
      body: JSON.stringify({
        provider: 'jira',
        name: 'Agents',
        code: 'agents',
        values: { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'canary-token' },
      }),
    });
    expect(added.status).toBe(201);
    const token = (await added.json()) as ProviderToken;
    expect(token.values).toEqual({ site: 'acme.atlassian.net', email: 'bot@acme.example' });

    const minted = await call('/organizations/acme/api-keys', {
      as: 'ana',
      method: 'POST',
      headers: { 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify({ description: 'For the agents', module: 'agents' }),
    });
    expect(minted.status).toBe(201);
    const { apiKey, secret } = (await minted.json()) as Answer<typeof createApiKey>;
    expect(apiKey.owner).toEqual({ kind: 'organization', id: 'acme', name: 'Acme' });

    const headers = { 'X-API-KEY': secret ?? '' };
    const identity = await call('/integration/whoami', { headers });
    expect(await identity.json()).toMatchObject({ apiKeyId: apiKey.id, module: 'agents' });

    const leased = await call('/integration/credentials', {
      method: 'POST',
      headers,
      body: JSON.stringify({ provider: 'jira', purpose: 'A test' }),
    });
    expect(leased.status).toBe(200);
    expect(await leased.json()).toMatchObject({
      baseUrl: 'https://acme.atlassian.net',
      headers: { Authorization: `Basic ${btoa('bot@acme.example:canary-token')}` },
    });

    const revoked = await call(`/organizations/acme/api-keys/${apiKey.id}/revoke`, {
      as: 'ana',
      method: 'POST',
      body: '{}',
    });
    expect(revoked.status).toBe(200);
    expect((await call('/integration/whoami', { headers })).status).toBe(401);
    expect(`${server.logs()}${await server.dump()}`).not.toContain('canary-token');
  });
});
