import type { Activity, HostPolicy, Page, Profile } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import { acme, addToken, jira, mint, mintKey, type Sent, send, uuid } from './exchange.js';

const encoded = (text: string): string => Buffer.from(text).toString('base64url');

/** Tokens of providers in the catalogue and of others. */
const tokens = {
  GitHub: `ghp_${'a1B2'.repeat(9)}`,
  Atlassian: `ATATT3xFfGF0${'b2'.repeat(20)}`,
  GitLab: `glpat-${'c3D4'.repeat(5)}`,
  Slack: `xoxb-${'1234567890'.repeat(2)}-abcdef`,
  AWS: `AKIA${'ABCD'.repeat(4)}`,
  JWT: `${encoded('{"alg":"ES256"}')}.${encoded('{"sub":"ana","n":1}')}.${'s1G2'.repeat(16)}`,
};

const { profile } = aiCockpitOne;
/** AI Cockpit One, where people may also edit their address and choose their mail. */
const policy: HostPolicy = {
  ...aiCockpitOne,
  profile: { ...profile, fields: { ...profile.fields, email: { access: 'edit' } } },
  notifications: { events: ['job.failed'] },
};

describe.each(databases)('a secret in the wrong place, on %s', (database) => {
  let server: TestServer;
  let secrets: Record<string, string>;
  beforeAll(async () => {
    server = await startServer({ database, policy });
    secrets = { ...tokens, 'an API key': (await mintKey(server, 'ana', acme)).secret };
  });
  afterAll(() => server.close());

  /** Neither in the answers, nor in the log, nor in the data. */
  const expectGone = async (secret: string, answers: string[]): Promise<void> => {
    await server.settled();
    for (const [where, text] of Object.entries({
      answers: answers.join('\n'),
      log: server.logs(),
      data: await server.dump(),
    }))
      expect(text.includes(secret), where).toBe(false);
  };
  const anyVersion = { 'If-Match': '*' };
  const activityOf = async (as: string): Promise<Activity[]> =>
    (await send<Page<Activity>>(server, '/activity?limit=100', { as })).json.data;

  it('72 as any text of a body → 422 looks_like_secret at that place, neither stored, logged nor echoed', async () => {
    const { apiKey } = await mintKey(server, 'ana', acme);
    const token = await addToken(server, 'ana', acme, jira('seventy-two'));
    for (const [what, secret] of Object.entries(secrets)) {
      const text = `My ${secret}`;
      const fresh = jira('fresh');
      const patch = (path: string, json: unknown): [string, Sent] => [
        path,
        { method: 'PATCH', json, headers: anyVersion },
      ];
      const create = (json: unknown): [string, Sent] => [
        `${acme}/api-keys`,
        { json, headers: { 'Idempotency-Key': uuid() } },
      ];
      const attempts: [string, [string, Sent]][] = [
        ['firstName', patch('/profile', { firstName: text })],
        ['lastName', patch('/profile', { lastName: secret })],
        ['email', patch('/profile', { email: `${secret}@acme.example` })],
        ['email', patch('/notification-settings', { email: `${secret}@acme.example` })],
        ['events.0', patch('/notification-settings', { events: [secret] })],
        ['locale', patch('/notification-settings', { locale: secret })],
        ['name', [`${acme}/provider-tokens`, { json: { ...fresh, name: text } }]],
        ['code', [`${acme}/provider-tokens`, { json: { ...fresh, code: secret } }]],
        ['description', [`${acme}/provider-tokens`, { json: { ...fresh, description: text } }]],
        ['provider', [`${acme}/provider-tokens`, { json: { ...fresh, provider: secret } }]],
        ['description', patch(`${acme}/provider-tokens/${token.id}`, { description: text })],
        ['name', create({ name: text, description: 'x' })],
        ['description', create({ description: text })],
        ['module', create({ description: 'x', module: secret })],
        ['reason', [`${acme}/api-keys/${apiKey.id}/revoke`, { json: { reason: text } }]],
        ['provider', ['/integration/credentials', { json: { provider: secret, purpose: 'x' } }]],
        ['code', ['/integration/credentials', { json: { provider: 'jira', purpose: 'x', code: secret } }]],
        ['purpose', ['/integration/credentials', { json: { provider: 'jira', purpose: text } }]],
        [
          'organizationId',
          ['/integration/credentials', { json: { provider: 'jira', purpose: 'x', organizationId: secret } }],
        ],
      ];
      const answers: string[] = [];
      for (const [place, [path, sent]] of attempts) {
        const answer = await send(server, path, { as: 'ana', ...sent });
        answers.push(answer.text, JSON.stringify([...answer.headers]));
        expect(answer.outcome, `${what} as ${place} of ${path}`).toBe('422 invalid');
        expect(answer.faults, `${what} as ${place} of ${path}`).toContain(`${place}:looks_like_secret`);
      }
      await expectGone(secret, answers);
    }
    expect((await send<Profile>(server, '/profile', { as: 'ana' })).json.lastName).toBe('Souza');
  });

  it('72 with an invisible character inside, or a Kelvin sign for its K → refused like the secret itself', async () => {
    const within = (secret: string, character: string): string => secret.slice(0, 2) + character + secret.slice(2);
    const disguised = [
      ...Object.values(secrets).flatMap((secret) =>
        ['\u200B', '\u00AD', '\u2060', '\uFEFF', '\u{E0041}'].map((character) => [secret, within(secret, character)]),
      ),
      [tokens.AWS, tokens.AWS.replace('K', '\u212A')],
    ];
    for (const [secret = '', text = ''] of disguised) {
      const answers: string[] = [];
      const attempts: [string, Sent][] = [
        ['/profile', { method: 'PATCH', json: { lastName: text }, headers: anyVersion }],
        [`${acme}/api-keys`, { json: { description: text }, headers: { 'Idempotency-Key': uuid() } }],
        ['/integration/credentials', { json: { provider: 'jira', purpose: text } }],
        ['/profile', { method: 'PATCH', json: { [text]: 'x' }, headers: anyVersion }],
      ];
      for (const [path, sent] of attempts) {
        const answer = await send(server, path, { as: 'ana', ...sent });
        answers.push(answer.text);
        expect(answer.faults.join(), text).toMatch(/^\S+:looks_like_secret\b/);
      }
      const parameter = await send(server, `/profile?${encodeURIComponent(text)}=1`, { as: 'ana' });
      expect(parameter.faults, text).toEqual(['[redacted]:looks_like_secret']);
      await send(server, `/${encodeURIComponent(text)}`, { as: 'ana' });
      await expectGone(secret, answers);
      await expectGone(text, [...answers, parameter.text]);
    }
  });

  it('72 as the name of a member, at any depth → said to be a secret, and not repeated', async () => {
    for (const [what, secret] of Object.entries(secrets)) {
      const answers: string[] = [];
      for (const json of [
        { description: 'x', [secret]: true },
        { description: 'x', [`my ${secret}`]: { a: 1 } },
        { description: { [secret]: { [secret]: 1 } } },
        { [secret]: { __proto__x: 1, ['__proto__']: 1 } },
      ]) {
        const headers = { 'Idempotency-Key': uuid() };
        const answer = await send(server, `${acme}/api-keys`, { as: 'ana', json, headers });
        answers.push(answer.text);
        expect(answer.outcome, what).toBe('422 invalid');
        expect(answer.faults.join(), what).toContain('[redacted]');
      }
      const values = { ...jira('member').values, [secret]: 'x' };
      const token = { ...jira('member'), values };
      const answer = await send(server, `${acme}/provider-tokens`, { as: 'ana', json: token });
      expect(answer.faults, what).toContain('values.[redacted]:looks_like_secret');
      await expectGone(secret, [...answers, answer.text]);
    }
  });

  it('72 in the address: organization, id, parameter, cursor → refused, in no answer and no log', async () => {
    for (const [what, secret] of Object.entries(secrets)) {
      const answers: string[] = [];
      for (const path of [
        `/organizations/${secret}/api-keys`,
        `/organizations/%${secret.charCodeAt(0).toString(16)}${secret.slice(1)}/api-keys`,
        `${acme}/api-keys/${secret}`,
        `/${secret}`,
        `${acme}/api-keys?${secret}=1`,
        `${acme}/api-keys?limit=1&my${secret}=1&unknown=${secret}`,
        `${acme}/api-keys?cursor=${secret}`,
        `${acme}/api-keys?sort=${secret}`,
        `/profile?${secret}`,
        `/policy?organizationId=${secret}`,
      ]) {
        const answer = await send(server, path, { as: 'ana' });
        answers.push(answer.text, JSON.stringify([...answer.headers]));
        expect([400, 401, 404], `${what}: ${path}`).toContain(answer.status);
      }
      await expectGone(secret, answers);
    }
  });

  it('72 in a header: idempotency key, version, user agent, person → in no answer, no log and no row', async () => {
    for (const secret of Object.values(secrets)) {
      const answers: string[] = [];
      const all: Record<string, string>[] = [
        { 'Idempotency-Key': secret },
        { 'Idempotency-Key': uuid(), 'User-Agent': secret, Referer: `https://acme.example/${secret}` },
        { 'Idempotency-Key': uuid(), 'X-User-Id': secret },
        { 'Idempotency-Key': uuid(), 'X-Request-Id': secret },
      ];
      for (const headers of all) {
        const json = { description: 'x' };
        const answer = await send(server, `${acme}/api-keys`, { as: 'ana', json, headers });
        answers.push(answer.text.replace(/"secret":"[^"]+"/, ''), JSON.stringify([...answer.headers]));
      }
      await expectGone(secret, answers);
    }
  });

  it('72 an API key presented to ask for a credential by a secret’s name → no row holds it', async () => {
    const { secret: key } = await mintKey(server, 'ana', acme);
    const opaque = `q9W8e7R6t5Y4${'u3I2'.repeat(6)}`;
    const answer = await send(server, '/integration/credentials', { key, json: { provider: opaque, purpose: 'x' } });
    expect(answer.outcome).toBe('404 not_found');
    await expectGone(opaque, [answer.text]);
    const rows = (await activityOf('ana')).filter(
      ({ action, outcome }) => action === 'credential.leased' && outcome !== 'done',
    );
    expect(rows[0]?.detail).toMatchObject({ provider: null, purpose: 'x' });
  });

  it('72 a text that only looks a little like a secret → taken', async () => {
    for (const description of [
      'Deploys commit 3f786850e387550fdab836ed7e6dc881de23001b',
      'See https://docs.example.com/document/d/1A2b3C4d5E6f7G8h9I0jKlMnOpQrStUvWxYz',
      'For risk-assessment-of-the-third-quarter',
      `Replaces ${uuid()}`,
    ])
      expect((await mint(server, 'ana', acme, { description })).outcome, description).toBe('201');
  });
});
