import { createHmac } from 'node:crypto';
import { exportSPKI, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { apiKeyPattern } from '@ai-cockpit/sdk/api-key-format';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoIssuer } from '../../src/demo/sessions.js';
import { databases, startServer, system, type TestServer } from '../harness.js';
import { anonymous, countRows, type Exchange, send } from './exchange.js';

const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

describe.each(databases)('sessions on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  const now = () => Math.floor(server.clock.now() / 1000);
  const rightClaims = (): JWTPayload => ({
    sub: 'mallory',
    iss: demoIssuer,
    aud: system,
    iat: now(),
    exp: now() + 600,
  });
  const rightHeader = { alg: 'ES256', kid: 'demo' };
  const sign = (changes: JWTPayload, header: object = rightHeader, key: CryptoKey = server.signingKey.privateKey) => {
    const claims = Object.entries({ ...rightClaims(), ...changes }).filter(([, value]) => value !== undefined);
    return new SignJWT(Object.fromEntries(claims)).setProtectedHeader({ ...rightHeader, ...header }).sign(key);
  };
  const profile = (bearer: string): Promise<Exchange> => send(server, '/profile', { bearer });

  it('11 alg none → 401', async () => {
    const { iss = '', aud = '', exp = 0 } = rightClaims();
    const unsecured = new UnsecuredJWT({ sub: 'mallory' })
      .setIssuer(iss)
      .setAudience(aud)
      .setExpirationTime(exp)
      .encode();
    const [, payload, signature] = (await sign({})).split('.');
    for (const alg of ['none', 'None', 'NONE', '', null, undefined]) {
      for (const end of ['', signature])
        expect((await profile(`${base64url({ ...rightHeader, alg })}.${payload}.${end}`)).outcome).toBe(
          '401 unauthenticated',
        );
    }
    expect((await profile(unsecured)).outcome).toBe('401 unauthenticated');
  });

  it('11 HS256 with the public key for its secret → 401', async () => {
    const { publicJwk } = server.signingKey;
    const publicKey = await importJWK(publicJwk, 'ES256', { extractable: true });
    const spki = await exportSPKI(publicKey as CryptoKey);
    for (const alg of ['HS256', 'HS384', 'HS512'] as const) {
      const signed = `${base64url({ ...rightHeader, alg })}.${base64url(rightClaims())}`;
      for (const secret of [spki, spki.trim(), JSON.stringify(publicJwk), publicJwk.x ?? '', '']) {
        const tag = createHmac(alg.replace('HS', 'sha'), secret).update(signed).digest('base64url');
        expect((await profile(`${signed}.${tag}`)).outcome).toBe('401 unauthenticated');
      }
    }
  });

  it('11 another issuer or audience, or none → 401', async () => {
    for (const iss of ['https://evil.example', `${demoIssuer}/`, demoIssuer.toUpperCase(), '', undefined])
      expect((await profile(await sign({ iss }))).outcome, String(iss)).toBe('401 unauthenticated');
    for (const aud of ['another-system', ['another-system'], `${system} `, '', [], undefined])
      expect((await profile(await sign({ aud }))).outcome, String(aud)).toBe('401 unauthenticated');
  });

  it('11 signed by a foreign key, named by id or embedded in the token → 401', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await crypto.subtle.exportKey('jwk', publicKey);
    const { kty, crv, x, y } = jwk;
    for (const header of [
      {},
      { kid: 'other' },
      { kid: undefined },
      { jwk: { kty, crv, x, y } },
      { jku: 'https://evil.example/jwks' },
    ])
      expect((await profile(await sign({}, header, privateKey))).outcome).toBe('401 unauthenticated');
    const rsa = await generateKeyPair('RS256');
    expect((await profile(await sign({}, { alg: 'RS256' }, rsa.privateKey))).outcome).toBe('401 unauthenticated');
  });

  it('11 expired → 401 session_expired; without an end, or not yet begun → 401', async () => {
    for (const exp of [now() - 31, now() - 3600, 0, 1])
      expect((await profile(await sign({ exp }))).outcome, String(exp)).toBe('401 session_expired');
    expect((await profile(await sign({ exp: undefined }))).outcome).toBe('401 unauthenticated');
    expect((await profile(await sign({ nbf: now() + 60 }))).outcome).toBe('401 unauthenticated');
    const soon = await sign({ exp: now() - 28 });
    expect((await profile(soon)).outcome).toBe('200');
    server.advance(2000);
    expect((await profile(soon)).outcome).toBe('401 session_expired');
    // The time of an end counts only where the signature holds.
    expect((await profile(`${(await sign({ exp: now() - 60 })).slice(0, -4)}AAAA`)).outcome).toBe(
      '401 unauthenticated',
    );
  });

  it('an issuer’s clock within CLOCK_TOLERANCE → accepted', async () => {
    const outcomes = async () => {
      const claims = [
        { nbf: now() + 1 },
        { nbf: now() + 25, iat: now() + 25 },
        { exp: now() },
        { exp: now() - 25 },
        { nbf: now() + 40 },
        { exp: now() - 40 },
      ];
      return Promise.all(claims.map(async (changes) => (await profile(await sign(changes))).outcome));
    };
    const early = '401 unauthenticated';
    const late = '401 session_expired';
    const byDefault = server;
    // Stands still: a second more or less decides here.
    const clock = { now: () => 1_900_000_000_000 };
    try {
      for (const [tolerance, expected] of [
        ['', ['200', '200', '200', '200', early, late]],
        ['0', [early, early, late, late, early, late]],
        ['60', ['200', '200', '200', '200', '200', '200']],
      ] as const) {
        server = await startServer({ database, beside: byDefault, clock, env: { CLOCK_TOLERANCE: tolerance } });
        expect(await outcomes(), tolerance).toEqual(expected);
        await server.close();
      }
    } finally {
      server = byDefault;
    }
  });

  it('11 without a subject, or with an invalid one → 401', async () => {
    for (const sub of [undefined, '', 'x'.repeat(201)])
      expect((await profile(await sign({ sub }))).outcome).toBe('401 unauthenticated');
    const [header] = (await sign({})).split('.');
    for (const sub of [7, null, ['ana'], { id: 'ana' }, true]) {
      const signed = `${header}.${base64url({ ...rightClaims(), sub })}`;
      const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
      const signature = await crypto.subtle.sign(algorithm, server.signingKey.privateKey, Buffer.from(signed));
      const token = `${signed}.${Buffer.from(signature).toString('base64url')}`;
      expect((await profile(token)).outcome, JSON.stringify(sub)).toBe('401 unauthenticated');
    }
  });

  it('11 tampered with, cut or made up → 401, never anything else', async () => {
    const [header = '', payload = '', signature = ''] = (await sign({ sub: 'carla' })).split('.');
    const asAna = base64url({ ...rightClaims(), sub: 'ana' });
    const made = [
      `${header}.${asAna}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}..${signature}`,
      `.${payload}.${signature}`,
      `${header}.${payload}.${signature}.${signature}`,
      // Zeros, which broken verifiers of ECDSA take for a signature of anything.
      `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
      `${header}.${payload}.${signature.slice(0, -10)}`,
      `${header}.${payload}.${'A'.repeat(10_000)}`,
      `${base64url({ ...rightHeader, crit: ['exp'] })}.${payload}.${signature}`,
      `${base64url({ ...rightHeader, b64: false, crit: ['b64'] })}.${payload}.${signature}`,
      `${base64url({ ...rightHeader, alg: 'ES384' })}.${payload}.${signature}`,
      `${base64url({ ...rightHeader, alg: 'EdDSA' })}.${payload}.${signature}`,
      `${base64url('not json')}.${payload}.${signature}`,
      `${base64url('null')}.${payload}.${signature}`,
      `${header}.${base64url('not json')}.${signature}`,
      '.',
      '..',
      'null',
      'undefined',
      '{}',
      '%00',
      `${'a'.repeat(3000)}.b.c`,
    ];
    const bodies = new Set<string>();
    for (const token of made) {
      const refused = await profile(token);
      expect(refused.outcome, token.slice(0, 100)).toBe('401 unauthenticated');
      bodies.add(JSON.stringify(anonymous(refused)));
    }
    expect(bodies.size).toBe(1);
  });

  it('11 a refused session makes no profile; a right one does', async () => {
    const people = await countRows(server, 'person');
    const sub = `newcomer-${database}`;
    await profile(await sign({ sub, iss: 'https://evil.example' }));
    expect(await countRows(server, 'person')).toBe(people);
    expect((await profile(await sign({ sub }))).json).toMatchObject({ id: sub, role: null, organizations: [] });
    expect(await countRows(server, 'person')).toBe(people + 1);
  });

  it('13 a session that contains the form of a key → accepted as a session', async () => {
    // Padded so that base64url puts "-amc_", 48 letters and digits, and the dot one behind the other.
    const withKeyInside = async (pad: number) =>
      sign({ note: `${'a'.repeat(pad)}>jg?${'letters'.repeat(5).slice(0, 34)}` });
    const tokens = await Promise.all([0, 1, 2].map(withKeyInside));
    const [token] = tokens.filter((candidate) => apiKeyPattern.test(candidate));
    if (!token) throw new Error('None of the sessions has the form of a key in it');
    expect((await profile(token)).outcome).toBe('200');
  });
});
