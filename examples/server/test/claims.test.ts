import type { Activity, HostPolicy, Page, Profile } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoIssuer } from '../src/demo/sessions.js';
import { databases, startServer, system, type TestServer } from './harness.js';
import { patchSettings, settingsOf } from './notifications.js';
import { read, request } from './request.js';

const managed = { access: 'read', managedBy: 'identityProvider' } as const;
type Fields = HostPolicy['profile']['fields'];
const withFields = (fields: Partial<Fields>): HostPolicy => ({
  ...aiCockpitOne,
  notifications: { events: ['job.completed'] },
  profile: { ...aiCockpitOne.profile, fields: { ...aiCockpitOne.profile.fields, ...fields } },
});

describe.each(databases)('what the identity provider manages, on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({
      database,
      policy: withFields({
        loginName: { ...managed, access: 'hidden' },
        firstName: { access: 'edit' },
        lastName: managed,
        email: managed,
      }),
    });
  });
  afterAll(() => server.close());

  let people = 0;
  /** Somebody new, who signs in again and again with whatever claims. */
  const newPerson = () => {
    const sub = `person-${(people += 1)}`;
    const base = { preferred_username: sub, given_name: 'Jo', family_name: 'Doe', email: `${sub}@acme.example` };
    const issuedAt = () => Math.floor(server.clock.now() / 1000);
    const sign = (claims: JWTPayload = {}): Promise<string> => {
      const all = { sub, iss: demoIssuer, aud: system, iat: issuedAt(), exp: issuedAt() + 600, ...base, ...claims };
      return new SignJWT(all).setProtectedHeader({ alg: 'ES256', kid: 'demo' }).sign(server.signingKey.privateKey);
    };
    const by = (token: string) => ({ baseUrl: server.baseUrl, session: () => Promise.resolve(token) });
    const profile = async (token: string) => read<Profile>(await request(by(token), '/profile', { as: sub }));
    const activity = async (token: string) =>
      (await read<Page<Activity>>(await request(by(token), '/activity', { as: sub }))).data;
    return { sub, base, issuedAt, sign, by, profile, activity };
  };

  it('follows the claims of each session, with a new version and an activity entry', async () => {
    const { base, sign, profile, activity } = newPerson();
    const before = await profile(await sign());
    expect(before).toMatchObject({ lastName: 'Doe', email: base.email, version: 1 });
    const claims = { preferred_username: 'jo.roe', family_name: ' Roe ', email: 'Jo.Roe@ACME.example' };
    const token = await sign(claims);
    const after = { ...before, loginName: 'jo.roe', lastName: 'Roe', email: 'Jo.Roe@acme.example', version: 2 };
    expect(await profile(token)).toEqual(after);
    expect(await profile(token)).toEqual(after);
    const [row, ...older] = await activity(token);
    expect(row).toMatchObject({
      action: 'profile.updated',
      outcome: 'done',
      actor: null,
      detail: { fields: 'loginName lastName email', managedBy: 'identityProvider' },
      source: '127.0.0.1',
    });
    expect(older.map(({ action }) => action)).toEqual(['profile.created']);
  });

  it('does not change editable fields, or fields without a claim', async () => {
    const { sub, sign, by, profile } = newPerson();
    const first = await sign();
    await request(by(first), '/profile', {
      as: sub,
      method: 'PATCH',
      headers: { 'If-Match': '*' },
      json: { firstName: 'Joanna' },
    });
    const before = await profile(first);
    const silent = { preferred_username: undefined, family_name: undefined, email: undefined };
    expect(await profile(await sign({ ...silent, given_name: 'Other' }))).toEqual(before);
    expect(before.firstName).toBe('Joanna');
  });

  it('ignores a claim that the rules for typed text refuse', async () => {
    const { sign, profile } = newPerson();
    const before = await profile(await sign());
    for (const family_name of ['', ' ', 'x'.repeat(101), 'a\u202Eb', 'a\nb', 7, null, ['Roe'], { x: 'Roe' }])
      expect(await profile(await sign({ family_name })), JSON.stringify(family_name)).toEqual(before);
    for (const email of ['', 'nobody', 'a@b', `${'x'.repeat(300)}@acme.example`, 'a@acme.example, b@acme.example', 7])
      expect(await profile(await sign({ email })), JSON.stringify(email)).toEqual(before);
  });

  it.each([
    ['jos\u00e9@exemplo.com', 'jos\u00e9@exemplo.com'],
    ['ana@m\u00fcller.de', 'ana@m\u00fcller.de'],
    ['ana@M\u00dcLLER.de', 'ana@m\u00fcller.de'],
    ['jose\u0301@exemplo.com', 'jos\u00e9@exemplo.com'],
    ['a&b@example.com', 'a&b@example.com'],
    ["o'neil@example.com", "o'neil@example.com"],
    ['\ufeff ana@acme.example\r\n', 'ana@acme.example'],
  ])('an address %j follows the rules for typed addresses, at the first session and later', async (email, read) => {
    const [first, later] = [newPerson(), newPerson()];
    expect((await first.profile(await first.sign({ email }))).email).toBe(read);
    await later.profile(await later.sign());
    const token = await later.sign({ email });
    expect((await later.profile(token)).email).toBe(read);
    const settings = await patchSettings(later.by(token), later.sub, { email: email });
    expect(settings.status).toBe(200);
    expect((await settingsOf(later.by(token), later.sub)).email).toBe(read);
  });

  it.each([
    ['without an @', 'canary.example.com'],
    ['with two', 'canary@example@example.com'],
    ['without a domain of the Internet', 'canary@localhost'],
    ['too long', `canary${'x'.repeat(60)}@example.com`],
    ['far too long', `canary@${'x'.repeat(5000)}.example.com`],
    ['with a line break', 'canary@example.com\r\nBcc: other@example.com'],
    ['with an invisible character', 'can\u200bary@example.com'],
    ['with half a character', 'canary\ud83d@example.com'],
    ['with a NUL', 'canary\0@example.com'],
    ['in quotation marks', '"canary"@example.com'],
    ['with a name', 'Canary <canary@example.com>'],
    ['a number', 7],
    ['a list', ['canary@example.com']],
    ['an object', { value: 'canary@example.com' }],
  ])('an address %s is ignored and logged once without its value, at the first session and later', async (_, email) => {
    const [first, later] = [newPerson(), newPerson()];
    const warningsOf = ({ sub }: typeof first) =>
      server
        .logs()
        .split('\n')
        .filter((line) => line.includes('cannot be used') && line.includes(`"${sub}"`));
    const token = await first.sign({ email });
    expect((await first.profile(token)).email).toBe('');
    await first.profile(token);
    const before = await later.profile(await later.sign());
    expect(warningsOf(later)).toEqual([]);
    expect(await later.profile(await later.sign({ email }))).toEqual(before);
    for (const person of [first, later]) {
      expect(warningsOf(person)).toHaveLength(1);
      expect(warningsOf(person)[0]).toContain('"claim":"email"');
    }
    expect(server.logs()).not.toMatch(/canary|can\u200bary/i);
  });

  it('an older session does not bring old claims back', async () => {
    const { base, issuedAt, sign, profile } = newPerson();
    const older = await sign({ iat: issuedAt() - 60 });
    await profile(older);
    const newer = await sign({ family_name: 'Roe' });
    const after = await profile(newer);
    expect(after).toMatchObject({ lastName: 'Roe', version: 2 });
    for (const token of [older, newer, older]) expect(await profile(token)).toEqual(after);
    // Of an issuer that does not say when it made a session, its end tells.
    const silent = await sign({ iat: undefined, exp: issuedAt() + 900, family_name: base.family_name });
    expect(await profile(silent)).toMatchObject({ lastName: 'Doe', version: 3 });
  });

  it('many requests with new claims at once → one change', async () => {
    const { sign, profile, activity } = newPerson();
    await profile(await sign());
    const token = await sign({ family_name: 'Roe' });
    const profiles = await Promise.all(Array.from({ length: 12 }, () => profile(token)));
    for (const { lastName, version } of profiles) expect([lastName, version]).toEqual(['Roe', 2]);
    expect((await activity(token)).filter(({ action }) => action === 'profile.updated')).toHaveLength(1);
  });

  it('a new e-mail claim also changes the notification address if both were equal, and no other', async () => {
    for (const [chosen, expected] of [
      [undefined, 'new@acme.example'],
      ['same', 'new@acme.example'],
      ['own@home.example', 'own@home.example'],
    ] as const) {
      const { sub, base, sign, by, profile } = newPerson();
      const first = by(await sign());
      const email = chosen === 'same' ? base.email : chosen;
      await patchSettings(first, sub, { enabled: true, ...(email !== undefined && { email }) });
      const before = await settingsOf(first, sub);
      expect(before.email).toBe(email ?? base.email);
      const token = await sign({ email: 'new@acme.example' });
      expect((await profile(token)).email).toBe('new@acme.example');
      const after = await settingsOf(by(token), sub);
      expect(after).toMatchObject({ email: expected, enabled: true });
      expect(after.version).toBe(before.version + (chosen === 'same' ? 1 : 0));
    }
  });

  it('a field managed by the organization, or by nobody, does not follow claims', async () => {
    const other = await startServer({
      database,
      policy: withFields({ email: { access: 'read', managedBy: 'organization' }, lastName: { access: 'read' } }),
      beside: server,
    });
    const { sub, sign, profile } = newPerson();
    await profile(await sign());
    const headers = { Authorization: `Bearer ${await sign({ email: 'new@acme.example', family_name: 'Roe' })}` };
    const answer = await read<Profile>(await fetch(`${other.baseUrl}/profile`, { headers }));
    expect(answer).toMatchObject({ id: sub, lastName: 'Doe', email: `${sub}@acme.example`, version: 1 });
    await other.close();
  });
});
