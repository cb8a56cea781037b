import type { HostPolicy, Problem } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoIssuer } from '../../src/demo/sessions.js';
import { databases, startServer, system, type TestServer } from '../harness.js';
import { acme, addToken, type Exchange, ifMatch, jira, type Sent, send, uuid } from './exchange.js';

/** 64 KB as UTF-8: marks of two classes on one letter, which NFC has to sort. */
const manyMarks = `a${'\u035d'.repeat(15_500)}${'\u0334'.repeat(15_500)}`;

const { profile } = aiCockpitOne;
const withEditableEmail: HostPolicy = {
  ...aiCockpitOne,
  profile: { ...profile, fields: { ...profile.fields, email: { access: 'edit' } } },
};

/** The longest text that is normalised while something is done. */
const longestNormalised = async (work: () => Promise<void>): Promise<number> => {
  const normalize = vi.spyOn(String.prototype, 'normalize');
  try {
    await work();
    return normalize.mock.contexts.reduce<number>((longest, text) => Math.max(longest, String(text).length), 0);
  } finally {
    normalize.mockRestore();
  }
};

describe.each(databases)('pressure by one caller on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database, policy: withEditableEmail });
  });
  afterAll(() => server.close());

  describe('64 64 KB of combining marks in any text', () => {
    const tooLong = async (path: string, json: object, sent: Sent = {}): Promise<void> => {
      const refused = await send(server, path, { as: 'ana', json, ...sent });
      expect(refused.outcome, `${path} ${Object.keys(json).join()}`).toBe('422 invalid');
    };

    it('64 combining marks in the texts of bodies → 422, and no long text is normalised', async () => {
      const token = await addToken(server, 'ana', acme, jira('marks'));
      const of = { headers: ifMatch(1) };
      const longest = await longestNormalised(async () => {
        for (const text of [manyMarks, `${' '.repeat(3000)}${manyMarks.slice(0, 3000)}`]) {
          for (const member of ['firstName', 'lastName', 'email'])
            await tooLong('/profile', { [member]: text }, { method: 'PATCH', ...of });
          for (const member of ['name', 'description', 'module', 'expiresAt'])
            await tooLong(`${acme}/api-keys`, { [member]: text }, { headers: { 'Idempotency-Key': uuid() } });
          const filled = jira('filled');
          for (const member of ['provider', 'name', 'code', 'description'])
            await tooLong(`${acme}/provider-tokens`, { ...filled, [member]: text });
          for (const field of ['site', 'email', 'token'])
            await tooLong(`${acme}/provider-tokens`, { ...filled, values: { ...filled.values, [field]: text } });
          await tooLong(`${acme}/provider-tokens/${token.id}`, { name: text }, { method: 'PATCH', ...of });
          for (const member of ['provider', 'code', 'purpose', 'organizationId'])
            await tooLong('/integration/credentials', { provider: 'jira', purpose: 'x', [member]: text });
        }
      });
      expect(longest).toBeGreaterThan(0);
      expect(longest).toBeLessThanOrEqual(2000);
    });

    it('64 combining marks in queries, cursors, headers and ids → refused, and no long text is normalised', async () => {
      // As many as the head of a request may have, percent-encoded.
      const marks = encodeURIComponent(`a${'\u035d\u0334'.repeat(500)}`);
      const longest = await longestNormalised(async () => {
        for (const list of [`${acme}/api-keys`, `${acme}/provider-tokens`])
          for (const parameter of ['q', 'cursor', 'sort', 'limit', marks])
            expect((await send(server, `${list}?${parameter}=${marks}`, { as: 'ana' })).status).toBe(400);
        expect((await send(server, `${acme}/api-keys/${marks}`, { as: 'ana' })).status).toBe(404);
        expect((await send(server, `/organizations/${marks}/api-keys`, { as: 'ana' })).status).toBe(404);
        const headers = { 'X-User-Id': marks };
        expect((await send(server, '/profile', { as: 'ana', headers })).outcome).toBe('409 user_changed');
        const keyed = { as: 'ana', json: { description: 'x' }, headers: { 'Idempotency-Key': marks } };
        expect((await send(server, `${acme}/api-keys`, keyed)).outcome).toBe('400 idempotency_key_required');
      });
      expect(longest).toBeLessThanOrEqual(2000);
    });

    it('64 combining marks in the claims of a session → a profile without them', async () => {
      const longest = await longestNormalised(async () => {
        const bearer = await new SignJWT({ given_name: `a${'\u035d\u0334'.repeat(1500)}` })
          .setProtectedHeader({ alg: 'ES256', kid: 'demo' })
          .setSubject('marked')
          .setIssuer(demoIssuer)
          .setAudience(system)
          .setExpirationTime('1h')
          .sign(server.signingKey.privateKey);
        const { outcome, json } = await send<{ firstName: string }>(server, '/profile', { bearer });
        expect([outcome, json.firstName]).toEqual(['200', '']);
      });
      expect(longest).toBeLessThanOrEqual(2000);
    });
  });

  describe('70 many faults in one request', () => {
    const membersOf64KB = (member: (at: number) => string): string => {
      const members: string[] = [];
      for (let size = 2, at = 0; ; at++) {
        const next = member(at);
        size += next.length + 1;
        if (size > 65_000) return members.join(',');
        members.push(next);
      }
    };
    const expectFifty = ({ outcome, faults, text, json }: Exchange, expected: string, count: number): void => {
      expect(outcome).toBe(expected);
      expect(faults).toHaveLength(50);
      expect((json as Problem).omittedErrors).toBe(count - 50);
      expect(text.length).toBeLessThan(10_000);
    };

    it('70 64 KB of unknown members → 50 of them named, the number of the others told', async () => {
      const raw = membersOf64KB((at) => `"m${at}":0`);
      const count = raw.split(',').length;
      const patch: Sent = { as: 'ana', method: 'PATCH', raw: `{${raw}}`, headers: ifMatch(1) };
      expectFifty(await send(server, '/profile', patch), '422 invalid', count);
      const headers = { 'Idempotency-Key': uuid() };
      expectFifty(
        await send(server, `${acme}/api-keys`, { as: 'ana', raw: `{${raw}}`, headers }),
        '422 invalid',
        count,
      );
    });

    it('70 64 KB of values of fields that the provider does not have → the same', async () => {
      const raw = membersOf64KB((at) => `"m${at}":"x"`);
      const values = `{"provider":"jira","code":"x","name":"x","values":{${raw}}}`.slice(0, 65_536);
      const refused = await send<Problem>(server, `${acme}/provider-tokens`, { as: 'ana', raw: values });
      expect(refused.outcome).toBe('422 invalid');
      expect(refused.faults).toHaveLength(50);
      expect(refused.json.omittedErrors).toBeGreaterThan(3000);
    });

    it('70 members of the name __proto__ in each element of a long array → the same', async () => {
      const raw = `{"description":[${membersOf64KB(() => '{"__proto__":0}')}]}`;
      const headers = { 'Idempotency-Key': uuid() };
      const refused = await send<Problem>(server, `${acme}/api-keys`, { as: 'ana', raw, headers });
      expect(refused.outcome).toBe('422 invalid');
      expect(refused.faults).toHaveLength(50);
      expect(refused.json.omittedErrors).toBeGreaterThan(3000);
    });

    it('70 as many query parameters as a request can have → the same, with and without a query of its own', async () => {
      const count = 2400;
      const query = Array.from({ length: count }, (_, at) => `p${at}`).join('&');
      for (const path of ['/profile', `${acme}/api-keys`])
        expectFifty(await send(server, `${path}?${query}`, { as: 'ana' }), '400 malformed', count);
    });

    it('70 a long name of a member → named in part', async () => {
      const json = { ['m'.repeat(60_000)]: 0 };
      const refused = await send(server, '/profile', { as: 'ana', method: 'PATCH', json, headers: ifMatch(1) });
      expect(refused.faults).toHaveLength(1);
      expect(refused.text.length).toBeLessThan(1000);
    });

    it('70 up to 50 faults → all named, and no number of others', async () => {
      const json = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`m${at}`, 0]));
      const refused = await send(server, '/profile', { as: 'ana', method: 'PATCH', json, headers: ifMatch(1) });
      expect(refused.faults).toHaveLength(50);
      expect(refused.json).not.toHaveProperty('omittedErrors');
    });
  });
});

describe.each(databases)('wrong sessions on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  it('71 400 wrong sessions from one source → 429 with Retry-After; right sessions and keys are unaffected', async () => {
    const wrong = Array.from({ length: 400 }, (_, at) => ({ bearer: `wrong-session-${at}` }));
    const answers = await Promise.all(wrong.map((sent) => send(server, '/profile', sent)));
    const outcomes = answers.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === '401 unauthenticated')).toHaveLength(100);
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(300);
    for (const { headers } of limited) expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await send(server, '/profile', { as: 'ana' })).outcome).toBe('200');
  });

  it('71 the same with headers that cannot be credentials', async () => {
    const headers = { 'X-API-Key': '"quoted"' };
    const answers = await Promise.all(Array.from({ length: 150 }, () => send(server, '/profile', { headers })));
    expect(answers.filter(({ outcome }) => outcome === '401 unauthenticated').length).toBeLessThanOrEqual(100);
    expect(answers.filter(({ outcome }) => outcome === '429 rate_limited').length).toBeGreaterThanOrEqual(50);
    expect((await send(server, '/profile', { as: 'ana' })).outcome).toBe('200');
  });

  it('71 the same by cookie', async () => {
    const cookie = { Cookie: `${server.sessionCookie}=wrong` };
    const answers = await Promise.all(Array.from({ length: 150 }, () => send(server, '/profile', { headers: cookie })));
    expect(answers.filter(({ outcome }) => outcome === '429 rate_limited').length).toBeGreaterThanOrEqual(50);
  });

  it('71 one expired session again and again → 429; the first of another person is still told that it has expired', async () => {
    const [expired, other] = [await server.session('ana'), await server.session('bruno')];
    server.advance(48 * 60 * 60 * 1000);
    const answers: string[] = [];
    for (let at = 0; at < 120; at++) answers.push((await send(server, '/profile', { bearer: expired })).outcome);
    expect(answers.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => '401 session_expired'));
    expect(answers.at(-1)).toBe('429 rate_limited');
    expect((await send(server, '/profile', { bearer: other })).outcome).toBe('401 session_expired');
  });
});
