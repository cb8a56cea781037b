import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { silentLogger } from '../src/ports/logger.js';
import { type RunningServer, startServer } from '../src/server.js';
import { outcome, read } from './request.js';

describe('a host with an issuer of its own', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'cockpit-issuer-'));
  let issuer: Server;
  let server: RunningServer;
  let keys: Awaited<ReturnType<typeof generateKeyPair>>;
  beforeAll(async () => {
    keys = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256' };
    issuer = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] }))).listen(0, '127.0.0.1');
    await once(issuer, 'listening');
    const config = readConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      ENCRYPTION_KEYS: `one:${'A'.repeat(43)}=`,
      JWKS_URL: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`,
      JWT_ISSUER: 'https://id.example',
      JWT_AUDIENCE: 'cockpit',
      POLICY: 'ai-cockpit-one',
      SESSION_COOKIE: 'session',
    });
    server = await startServer(config, silentLogger);
  });
  afterAll(async () => {
    await server.close();
    issuer.close();
    rmSync(dataDir, { recursive: true });
  });

  const sign = (claims: object, expires = '5m', key = keys.privateKey) =>
    new SignJWT({ sub: 'u-1', iss: 'https://id.example', aud: 'cockpit', ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setExpirationTime(expires)
      .sign(key);
  const profile = (headers: Record<string, string>) => fetch(`${server.origin}/v1/profile`, { headers });
  const bearer = async (token: Promise<string>) => profile({ Authorization: `Bearer ${await token}` });

  it('a first sign-in → a profile from its claims', async () => {
    const claims = { given_name: 'Jo', family_name: 'a\u202eb', email: 'jo@example.com', preferred_username: 'jo' };
    const answer = await bearer(sign(claims));
    expect(await read(answer)).toMatchObject({
      id: 'u-1',
      loginName: 'jo',
      firstName: 'Jo',
      lastName: '',
      organizations: [],
      version: 1,
    });
    expect((await profile({ Cookie: `other=1; session=${await sign({})}` })).status).toBe(200);
  });

  it('a token of another issuer or audience → 401', async () => {
    const stranger = await generateKeyPair('RS256');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'none' })}.${part({ sub: 'u-1', iss: 'https://id.example', aud: 'cockpit' })}.`;
    expect(await outcome(await bearer(sign({}, '-1m')))).toBe('401 session_expired');
    expect(await outcome(await bearer(sign({ iss: 'https://other.example' })))).toBe('401 unauthenticated');
    expect(await outcome(await bearer(sign({ aud: 'other' })))).toBe('401 unauthenticated');
    expect(await outcome(await bearer(sign({ sub: undefined })))).toBe('401 unauthenticated');
    expect(await outcome(await bearer(sign({}, '5m', stranger.privateKey)))).toBe('401 unauthenticated');
    expect(await outcome(await bearer(Promise.resolve(unsigned)))).toBe('401 unauthenticated');
    expect(await outcome(await profile({ Authorization: 'Bearer nonsense' }))).toBe('401 unauthenticated');
  });

  it('serves no demo', async () => {
    const answer = await fetch(`${server.origin}/cockpit/demo/session`, { method: 'POST', body: '{"user":"ana"}' });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('X-Request-Id')).not.toBeNull();
  });
});
