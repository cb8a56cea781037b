import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import { acme, addToken, countRows, ifMatch, jira, mint, mintKey, send, uuid, withApiKeys } from './exchange.js';

const day = 24 * 60 * 60 * 1000;
/** Late on a Monday: today's end is near, and tomorrow begins earlier elsewhere. */
const start = Date.UTC(2026, 5, 15, 23, 50);
const clock = { now: () => start };
const date = (days: number): string => new Date(start + days * day).toISOString().slice(0, 10);
const instant = (milliseconds: number): string => new Date(start + milliseconds).toISOString();

const withExpiry = (
  expiry: Partial<NonNullable<HostPolicy['apiKeys']>['expiry']>,
  fields: Partial<NonNullable<HostPolicy['apiKeys']>> = {},
): HostPolicy => {
  if (!aiCockpitOne.apiKeys) throw new Error('AI Cockpit One offers keys');
  return withApiKeys({ ...fields, expiry: { ...aiCockpitOne.apiKeys.expiry, ...expiry } });
};

describe.each(databases)('creating keys on %s', (database) => {
  /** Expiry by date, optional, without a maximum. */
  let server: TestServer;
  /** Expiry required, a date within 90 days. */
  let dated: TestServer;
  /** Expiry by choice. */
  let chosen: TestServer;
  /** No expiry. */
  let endless: TestServer;
  beforeAll(async () => {
    [server, dated, chosen, endless] = await Promise.all([
      startServer({ database, clock }),
      startServer({ database, clock, policy: withExpiry({ mode: 'required', maxInDays: 90 }) }),
      startServer({
        database,
        clock,
        policy: withExpiry({
          mode: 'required',
          input: 'choices',
          choicesInDays: [30, 60],
          maxInDays: 90,
          custom: false,
        }),
      }),
      startServer({ database, clock, policy: withExpiry({ mode: 'none' }) }),
    ]);
  });
  afterAll(() => Promise.all([server, dated, chosen, endless].map((each) => each.close())));

  it('12 a key restricted to a module, on an operation of another → 403, by either header', async () => {
    await addToken(server, 'ana', acme, jira('twelve'));
    const reports = await mintKey(server, 'ana', acme, { description: 'Reports', module: 'reports' });
    const agents = await mintKey(server, 'ana', acme, { description: 'Agents', module: 'agents' });
    const every = await mintKey(server, 'ana', acme, { description: 'All', module: null });
    // A refusal that is repeated is counted in one row.
    const leases = async () => {
      const rows = await server.store.db.selectFrom('activity').select('count').execute();
      return rows.reduce((all, { count }) => all + Number(count), 0);
    };
    const lease = { provider: 'jira', purpose: 'A test' };
    for (const header of ['key', 'bearer'] as const) {
      const whoAmI = (value: string, module: string) =>
        send(server, `/integration/whoami?module=${module}`, { [header]: value });
      for (const module of ['agents', 'projects', 'unknown', 'Reports', 'report', 'reports%20', 'null', '*'])
        expect((await whoAmI(reports.secret, module)).outcome, module).toBe('403 module_not_allowed');
      expect((await whoAmI(agents.secret, 'reports')).outcome).toBe('403 module_not_allowed');
      expect((await whoAmI(reports.secret, 'reports')).outcome).toBe('200');
      expect((await whoAmI(every.secret, 'reports')).outcome).toBe('200');

      const credentials = (value: string, json: unknown) =>
        send(server, '/integration/credentials', { [header]: value, json });
      const rows = await leases();
      expect((await credentials(reports.secret, lease)).outcome).toBe('403 module_not_allowed');
      expect((await credentials(reports.secret, { ...lease, module: 'agents' })).outcome).toBe(
        '403 module_not_allowed',
      );
      expect(await leases()).toBe(rows + 2);
      expect((await credentials(agents.secret, lease)).outcome).toBe('200');
      expect((await credentials(every.secret, lease)).outcome).toBe('200');
    }
  });

  it('14 an unknown module → 422', async () => {
    const before = await countRows(server, 'apiKey');
    for (const [module, code] of [
      ['unknown', 'not_offered'],
      ['AGENTS', 'not_offered'],
      ['agents ', 'not_offered'],
      ['agents\u0000', 'not_offered'],
      ['constructor', 'not_offered'],
      ['__proto__', 'not_offered'],
      ['*', 'not_offered'],
      ['', 'too_short'],
      ['x'.repeat(201), 'too_long'],
      [7, 'type'],
      [['agents'], 'type'],
      [{ id: 'agents' }, 'type'],
    ] as const) {
      const refused = await mint(server, 'ana', acme, { description: 'Fourteen', module });
      expect(refused.outcome).toBe('422 invalid');
      expect(refused.faults, JSON.stringify(module)).toEqual([`module:${code}`]);
    }
    expect(await countRows(server, 'apiKey')).toBe(before);
  });

  it('15 a body that sets what the server sets → 422, nothing changed', async () => {
    const asKey = {
      id: 'mine',
      hash: `sha256:${'A'.repeat(43)}`,
      secret: 'mine',
      value: 'mine',
      maskedValue: '…mine',
      createdBy: 'bruno',
      createdAt: '2020-01-01T00:00:00Z',
      lastUsedAt: null,
      revokedAt: null,
      status: 'active',
      version: 7,
      owner: { kind: 'user', id: 'bruno', name: 'Bruno' },
      ownerId: 'globex',
      ownerKind: 'organization',
      organizationId: 'globex',
      expiresOn: '2030-01-01',
      rotatedFrom: 'other',
      name: 'Hidden by the policy',
    };
    const keys = await countRows(server, 'apiKey');
    for (const [name, value] of Object.entries(asKey)) {
      const refused = await mint(server, 'ana', acme, { description: 'Fifteen', [name]: value });
      expect(refused.outcome, name).toBe('422 invalid');
      expect(refused.faults).toEqual([`${name}:${name === 'name' ? 'not_offered' : 'unknown'}`]);
    }
    expect(await countRows(server, 'apiKey')).toBe(keys);

    const asToken = {
      id: 'mine',
      owner: { kind: 'organization', id: 'globex', name: 'Globex' },
      secret: 'mine',
      status: 'valid',
      checkedAt: '2020-01-01T00:00:00Z',
      expiresAt: null,
      createdAt: '2020-01-01T00:00:00Z',
      updatedAt: '2020-01-01T00:00:00Z',
      lastUsedAt: null,
      version: 7,
      fieldValues: '{}',
    };
    const before = await addToken(server, 'ana', acme, jira('fifteen'));
    const path = `${acme}/provider-tokens/${before.id}`;
    const tokens = await countRows(server, 'providerToken');
    for (const [name, value] of Object.entries({ ...asToken, provider: 'github-projects' })) {
      const patch = { as: 'ana', method: 'PATCH', headers: ifMatch(1) };
      const changed = await send(server, path, { ...patch, json: { name: 'Fifteen', [name]: value } });
      expect(changed.outcome, name).toBe('422 invalid');
      expect(changed.faults).toEqual([`${name}:unknown`]);
      if (name === 'provider') continue;
      const json = { ...jira(uuid()), [name]: value };
      const made = await send(server, `${acme}/provider-tokens`, { as: 'ana', json });
      expect(made.faults).toEqual([`${name}:unknown`]);
    }
    expect(await countRows(server, 'providerToken')).toBe(tokens);
    expect((await send(server, path, { as: 'ana' })).json).toEqual(before);

    const { json: profile } = await send<{ version: number }>(server, '/profile', { as: 'ana' });
    const asProfile = {
      id: 'bruno',
      version: 7,
      avatarUrl: 'https://evil.example',
      organizations: [],
      removedAt: null,
      avatarVersion: null,
      claimsAt: null,
    };
    for (const [name, value] of Object.entries(asProfile)) {
      const json = { firstName: 'Fifteen', [name]: value };
      const refused = await send(server, '/profile', {
        as: 'ana',
        method: 'PATCH',
        headers: ifMatch(profile.version),
        json,
      });
      expect(refused.outcome, name).toBe('422 invalid');
      expect(refused.faults).toEqual([`${name}:unknown`]);
    }
    for (const json of [{ role: 'administrator' }, { email: 'other@acme.example' }, { loginName: 'root' }]) {
      const refused = await send(server, '/profile', {
        as: 'ana',
        method: 'PATCH',
        headers: ifMatch(profile.version),
        json,
      });
      expect(refused.outcome).toBe('403 field_not_editable');
      expect(refused.faults).toEqual([`${Object.keys(json)[0]}:not_editable`]);
    }
    expect((await send(server, '/profile', { as: 'ana' })).json).toEqual(profile);

    const { apiKey, secret } = await mintKey(server, 'ana', acme);
    const revoke = { as: 'ana', json: { reason: 'Fifteen', revokedAt: '2030-01-01T00:00:00Z' } };
    const refused = await send(server, `${acme}/api-keys/${apiKey.id}/revoke`, revoke);
    expect(refused.faults).toEqual(['revokedAt:unknown']);
    expect((await send(server, '/integration/whoami', { key: secret })).outcome).toBe('200');
  });

  describe('16 expiry', () => {
    /** Each is refused with this fault, and makes nothing. */
    const refuses = async (on: TestServer, attempts: [raw: string, fault: string][]) => {
      const before = await countRows(on, 'apiKey');
      for (const [raw, fault] of attempts) {
        const refused = await send(on, `${acme}/api-keys`, {
          as: 'ana',
          raw: `{"description":"Sixteen"${raw && `,${raw}`}}`,
          headers: { 'Idempotency-Key': uuid() },
        });
        expect(refused.outcome, raw).toBe('422 invalid');
        expect(refused.faults, raw).toEqual([fault]);
      }
      expect(await countRows(on, 'apiKey')).toBe(before);
    };
    const malformed: [string, string][] = [
      ['1e309', 'type'],
      ['-1e309', 'type'],
      ['0', 'type'],
      [String(start + day), 'type'],
      ['true', 'type'],
      ['null', 'type'],
      ['{}', 'type'],
      [`["${date(1)}"]`, 'type'],
      ['""', 'format'],
      ['"tomorrow"', 'format'],
      ['"2026-02-30"', 'format'],
      ['"2027-02-29"', 'format'],
      ['"2026-13-01"', 'format'],
      ['"2026-00-10"', 'format'],
      ['"2026-7-1"', 'format'],
      ['"20260701"', 'format'],
      ['"2026-07-01 "', 'format'],
      ['"+12026-07-01"', 'format'],
      ['"12026-07-01"', 'format'],
      ['"2026-07-01T00:00:00"', 'format'],
      ['"2026-02-30T00:00:00Z"', 'format'],
      ['"2026-07-01T25:00:00Z"', 'format'],
      ['"2026-07-01T00:00:00+02:00"', 'format'],
      ['"2026-07-01T00:00:00Z\\u0000"', 'format'],
      ['"1e309"', 'format'],
    ];
    const past = [date(-1), date(0), '2020-01-01', '0000-01-01', instant(0), instant(-1), '1970-01-01T00:00:00Z'];

    it('16 past, today, 1e309, 30 February and any other value that is not a future date → 422', async () => {
      for (const on of [server, dated]) {
        await refuses(
          on,
          malformed.map(([raw, code]) => [`"expiresAt":${raw}`, `expiresAt:${code}`]),
        );
        await refuses(
          on,
          past.map((value) => [`"expiresAt":"${value}"`, 'expiresAt:not_in_future']),
        );
      }
    });

    it('16 a future date → accepted, valid until the end of that day', async () => {
      for (const on of [server, dated]) {
        const { apiKey } = await mintKey(on, 'ana', acme, { description: 'Sixteen', expiresAt: date(1) });
        expect(apiKey).toMatchObject({ expiresOn: date(1), status: 'active' });
        expect(Date.parse(apiKey.expiresAt ?? '')).toBe(Date.parse(`${date(1)}T23:59:59Z`));
      }
      const { apiKey } = await mintKey(server, 'ana', acme, { description: 'Sixteen', expiresAt: instant(1000) });
      expect(apiKey).toMatchObject({ expiresAt: instant(1000), expiresOn: null });
    });

    it('16 beyond the maximum, or missing where required → 422', async () => {
      await refuses(dated, [
        ['', 'expiresAt:required'],
        [`"expiresAt":"${date(91)}"`, 'expiresAt:beyond_maximum'],
        ['"expiresAt":"9999-12-31"', 'expiresAt:beyond_maximum'],
        [`"expiresAt":"${instant(90 * day + 1)}"`, 'expiresAt:beyond_maximum'],
        ['"expiresAt":"9999-12-31T23:59:59Z"', 'expiresAt:beyond_maximum'],
        ['"expiresInDays":30', 'expiresInDays:not_offered'],
        [`"expiresAt":"${date(1)}","expiresInDays":30`, 'expiresAt:conflicting'],
      ]);
      const { apiKey } = await mintKey(dated, 'ana', acme, { description: 'Sixteen', expiresAt: date(90) });
      expect(apiKey.expiresOn).toBe(date(90));
    });

    it('16 by choice: only a choice, only within the maximum → 422', async () => {
      await refuses(chosen, [
        ['', 'expiresInDays:required'],
        ['"expiresInDays":1e309', 'expiresInDays:type'],
        ['"expiresInDays":1e300', 'expiresInDays:beyond_maximum'],
        ['"expiresInDays":9007199254740993', 'expiresInDays:beyond_maximum'],
        ['"expiresInDays":0', 'expiresInDays:format'],
        ['"expiresInDays":-30', 'expiresInDays:format'],
        ['"expiresInDays":30.5', 'expiresInDays:type'],
        ['"expiresInDays":"30"', 'expiresInDays:type'],
        ['"expiresInDays":null', 'expiresInDays:type'],
        ['"expiresInDays":[30]', 'expiresInDays:type'],
        ['"expiresInDays":31', 'expiresInDays:not_offered'],
        ['"expiresInDays":400', 'expiresInDays:not_offered'],
        [`"expiresAt":"${date(30)}"`, 'expiresAt:not_offered'],
        [`"expiresAt":"${date(30)}","expiresInDays":30`, 'expiresAt:conflicting'],
      ]);
      const { apiKey } = await mintKey(chosen, 'ana', acme, { description: 'Sixteen', expiresInDays: 30 });
      expect(apiKey).toMatchObject({ expiresAt: instant(30 * day), expiresOn: null });
    });

    it('16 an expiry where the policy has none → 422', async () => {
      await refuses(endless, [
        [`"expiresAt":"${date(30)}"`, 'expiresAt:not_offered'],
        ['"expiresInDays":30', 'expiresInDays:not_offered'],
      ]);
      const { apiKey } = await mintKey(endless, 'ana', acme);
      expect(apiKey).toMatchObject({ expiresAt: null, expiresOn: null });
    });
  });
});
