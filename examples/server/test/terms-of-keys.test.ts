import type { ApiKey, ApiKeyPage, HostPolicy } from '@ai-cockpit/sdk/contract';
import { describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { mint, minted, outcome, read, request, withApiKeys } from './request.js';

type Terms = NonNullable<HostPolicy['apiKeys']>;

const day = 24 * 60 * 60_000;
const date = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);

/** One's own keys, of which nothing is asked. */
const plain = {
  owner: 'user',
  fields: { name: 'hidden', description: 'hidden' },
  modules: [],
  expiry: { mode: 'none', input: 'date', choicesInDays: [], defaultInDays: null, maxInDays: null, custom: false },
} satisfies Partial<Terms>;
const expiring = (expiry: Partial<Terms['expiry']>): Partial<Terms> => ({ expiry: { ...plain.expiry, ...expiry } });
const byChoice: Partial<Terms['expiry']> = {
  mode: 'required',
  input: 'choices',
  choicesInDays: [30, 90],
  defaultInDays: 30,
};

/** The answers to a sequence of requests under a policy, without a check in the client. */
const cases: readonly [term: string, terms: Partial<Terms>, requests: readonly [body: object, outcome: string][]][] = [
  [
    'fields.name: hidden',
    {},
    [
      [{ name: 'A' }, '422 invalid name:not_offered'],
      [{}, '201'],
    ],
  ],
  [
    'fields.name: optional',
    { fields: { name: 'optional', description: 'hidden' } },
    [
      [{}, '201'],
      [{ name: 'A' }, '201'],
      [{ name: 'A' }, '201'],
    ],
  ],
  [
    'fields.name: required',
    { fields: { name: 'required', description: 'hidden' } },
    [
      [{}, '422 invalid name:required'],
      [{ name: 'A' }, '201'],
    ],
  ],
  [
    'fields.description: hidden',
    { fields: { name: 'optional', description: 'hidden' } },
    [[{ description: 'A' }, '422 invalid description:not_offered']],
  ],
  [
    'fields.description: optional',
    { fields: { name: 'hidden', description: 'optional' } },
    [
      [{}, '201'],
      [{ description: 'A' }, '201'],
    ],
  ],
  [
    'fields.description: required',
    { fields: { name: 'hidden', description: 'required' } },
    [
      [{}, '422 invalid description:required'],
      [{ description: ' ' }, '422 invalid description:required'],
      [{ description: 'A' }, '201'],
    ],
  ],
  [
    'uniqueNames',
    { fields: { name: 'required', description: 'hidden' }, uniqueNames: true },
    [
      [{ name: 'A' }, '201'],
      [{ name: ' A ' }, '422 invalid name:duplicate'],
      [{ name: 'B' }, '201'],
    ],
  ],
  [
    'modules: none',
    {},
    [
      [{ module: 'reports' }, '422 invalid module:not_offered'],
      [{ module: null }, '201'],
    ],
  ],
  [
    'modules: some',
    { modules: [{ id: 'reports', name: 'Reports' }] },
    [
      [{}, '201'],
      [{ module: 'reports' }, '201'],
      [{ module: 'agents' }, '422 invalid module:not_offered'],
    ],
  ],
  [
    'expiry.mode: none',
    {},
    [
      [{ expiresAt: date(5) }, '422 invalid expiresAt:not_offered'],
      [{ expiresInDays: 30 }, '422 invalid expiresInDays:not_offered'],
      [{}, '201'],
    ],
  ],
  [
    'expiry.mode: optional, by date',
    expiring({ mode: 'optional', custom: true }),
    [
      [{}, '201'],
      [{ expiresAt: date(1) }, '201'],
      [{ expiresAt: date(0) }, '422 invalid expiresAt:not_in_future'],
      [{ expiresAt: date(-1) }, '422 invalid expiresAt:not_in_future'],
      [{ expiresAt: 'tomorrow' }, '422 invalid expiresAt:format'],
      [{ expiresInDays: 30 }, '422 invalid expiresInDays:not_offered'],
    ],
  ],
  [
    'expiry.mode: required, by date',
    expiring({ mode: 'required', custom: true }),
    [
      [{}, '422 invalid expiresAt:required'],
      [{ expiresAt: date(1) }, '201'],
    ],
  ],
  [
    'expiry.mode: optional, by choice',
    expiring({ ...byChoice, mode: 'optional' }),
    [
      [{}, '201'],
      [{ expiresInDays: 90 }, '201'],
    ],
  ],
  [
    'expiry.choicesInDays and no date of one’s own',
    expiring(byChoice),
    [
      [{}, '422 invalid expiresInDays:required'],
      [{ expiresInDays: 31 }, '422 invalid expiresInDays:not_offered'],
      [{ expiresAt: date(30) }, '422 invalid expiresAt:not_offered'],
      [{ expiresInDays: 30, expiresAt: date(30) }, '422 invalid expiresAt:conflicting'],
      [{ expiresInDays: 30 }, '201'],
    ],
  ],
  [
    'expiry.custom and expiry.maxInDays',
    expiring({ ...byChoice, custom: true, maxInDays: 90 }),
    [
      [{ expiresAt: date(1) }, '201'],
      [{ expiresAt: date(90) }, '201'],
      [{ expiresAt: date(91) }, '422 invalid expiresAt:beyond_maximum'],
      [{ expiresAt: '9999-12-31T23:59:59Z' }, '422 invalid expiresAt:beyond_maximum'],
    ],
  ],
  [
    'limit, atLimit: reject',
    { limit: 2, atLimit: 'reject' },
    [
      [{}, '201'],
      [{}, '201'],
      [{}, '409 limit_reached'],
    ],
  ],
  [
    'limit, atLimit: replace',
    { limit: 2, atLimit: 'replace' },
    [
      [{}, '201'],
      [{}, '201'],
      [{}, '201'],
    ],
  ],
  ['owner: organization', { owner: 'organization' }, [[{}, '403 not_offered']]],
];

const masked: readonly [terms: Partial<Terms>, value: RegExp, mask: (value: string) => string][] = [
  [{ format: { prefix: 'abc' }, mask: 'prefixLast4' }, /^abc_[0-9A-Za-z]{48}$/, (value) => `abc_…${value.slice(-4)}`],
  [{ format: { prefix: 'abc' }, mask: 'last4' }, /^abc_[0-9A-Za-z]{48}$/, (value) => `…${value.slice(-4)}`],
  [{ format: { prefix: 'abc' }, mask: 'hidden' }, /^abc_[0-9A-Za-z]{48}$/, () => ''],
  [{ format: { style: '8.32' }, mask: 'last4' }, /^[0-9A-Za-z]{8}\.[0-9A-Za-z]{32}$/, (v) => `…${v.slice(-4)}`],
  [{ format: { style: '8.32' }, mask: 'hidden' }, /^[0-9A-Za-z]{8}\.[0-9A-Za-z]{32}$/, () => ''],
];

describe.each(databases)('a term for keys, on %s', (database) => {
  const serve = async (terms: Partial<Terms>, run: (server: TestServer) => Promise<void>) => {
    const server = await startServer({ database, policy: withApiKeys({ ...plain, ...terms }) });
    try {
      await run(server);
    } finally {
      await server.close();
    }
  };
  const make = async (server: TestServer, body: object = {}) => minted(await mint(server, '/api-keys', body, 'ana'));
  const list = async (server: TestServer) => read<ApiKeyPage>(await request(server, '/api-keys', { as: 'ana' }));
  const whoAmI = (server: TestServer, key: string) =>
    request(server, '/integration/whoami', { headers: { 'X-API-KEY': key } }).then(outcome);
  const end = async (server: TestServer, { id, version }: ApiKey) =>
    outcome(
      await request(server, `/api-keys/${id}`, {
        as: 'ana',
        method: 'DELETE',
        headers: { 'If-Match': `"${version}"` },
      }),
    );

  it.each(cases)('is enforced: %s', (_, terms, requests) =>
    serve(terms, async (server) => {
      for (const [body, expected] of requests)
        expect(await outcome(await mint(server, '/api-keys', body, 'ana')), JSON.stringify(body)).toBe(expected);
    }),
  );

  it.each(masked)('creates and masks keys of the format %j', (terms, form, mask) =>
    serve(terms, async (server) => {
      const { apiKey, secret } = await make(server);
      expect(secret).toMatch(form);
      expect(apiKey.maskedValue).toBe(mask(secret));
      expect((await list(server)).data).toEqual([apiKey]);
    }),
  );

  it('apiKeys null → no keys, each operation 403', async () => {
    const policy = { ...withApiKeys(plain), apiKeys: null, sections: [{ id: 'profile' as const }] };
    const server = await startServer({ database, policy });
    expect(await outcome(await mint(server, '/api-keys', {}, 'ana'))).toBe('403 not_offered');
    expect(await outcome(await request(server, '/api-keys', { as: 'ana' }))).toBe('403 not_offered');
    await server.close();
  });

  it('is enforced: owner: user', () =>
    serve({}, async (server) => {
      const answer = await mint(server, '/organizations/acme/api-keys', {}, 'ana');
      expect(await outcome(answer)).toBe('403 not_offered');
    }));

  it('is enforced: removal: delete', () =>
    serve({ removal: 'delete' }, async (server) => {
      const { apiKey, secret } = await make(server);
      expect(await end(server, apiKey)).toBe('204');
      expect(await whoAmI(server, secret)).toBe('401 unauthenticated');
    }));

  it('is enforced: removal: revokeThenDelete', () =>
    serve({ removal: 'revokeThenDelete' }, async (server) => {
      const { apiKey } = await make(server);
      expect(await end(server, apiKey)).toBe('409 not_revoked');
      const revoke = request(server, `/api-keys/${apiKey.id}/revoke`, { as: 'ana', json: {} });
      expect(await end(server, await read<ApiKey>(await revoke))).toBe('204');
    }));

  it('remaining: the number of keys that can still be created', () =>
    serve({ limit: 2 }, async (server) => {
      expect((await list(server)).remaining).toBe(2);
      const { apiKey } = await make(server);
      expect((await list(server)).remaining).toBe(1);
      await make(server);
      expect((await list(server)).remaining).toBe(0);
      await end(server, apiKey);
      expect((await list(server)).remaining).toBe(1);
    }));

  it('remaining: null without a limit', () =>
    serve({ limit: null }, async (server) => {
      await make(server);
      expect((await list(server)).remaining).toBe(null);
    }));

  it('replaces the oldest key, at once', () =>
    serve({ limit: 2, atLimit: 'replace' }, async (server) => {
      const first = await make(server);
      server.advance(1000);
      const second = await make(server);
      server.advance(1000);
      const third = await make(server);
      expect(await whoAmI(server, first.secret)).toBe('401 unauthenticated');
      expect(await whoAmI(server, second.secret)).toBe('200');
      expect(await whoAmI(server, third.secret)).toBe('200');
    }));

  it.each([
    ['what is asked for is refused', '422 invalid expiresAt:not_in_future'],
    ['the store fails before the end', '500 internal'],
  ])('the current key keeps working if %s', (reason, refusal) =>
    serve({ limit: 1, atLimit: 'replace', ...expiring({ mode: 'optional', custom: true }) }, async (server) => {
      const { apiKey, secret } = await make(server);
      const { schema } = server.store.db;
      const fails = reason.startsWith('the store');
      // The last write.
      if (fails) await schema.alterTable('activity').renameTo('activityAway').execute();
      const again = await mint(server, '/api-keys', fails ? {} : { expiresAt: date(0) }, 'ana');
      if (fails) await schema.alterTable('activityAway').renameTo('activity').execute();
      expect(await outcome(again)).toBe(refusal);
      expect(await whoAmI(server, secret)).toBe('200');
      expect((await list(server)).data.map(({ id, status }) => [id, status])).toEqual([[apiKey.id, 'active']]);
    }),
  );

  describe('with presentation “single”', () => {
    const single = { presentation: 'single', reveal: 'inline', limit: 1 } as const;
    const chosen = { ...single, atLimit: 'reject', ...expiring({ ...byChoice }) } as const;

    it('a new key replaces one that no longer works', () =>
      serve(chosen, async (server) => {
        await make(server, { expiresInDays: 30 });
        expect(await outcome(await mint(server, '/api-keys', { expiresInDays: 30 }, 'ana'))).toBe('409 limit_reached');
        server.advance(31 * day);
        expect((await list(server)).data).toMatchObject([{ status: 'expired' }]);
        const { apiKey } = await make(server, { expiresInDays: 90 });
        expect((await list(server)).data).toEqual([apiKey]);
        expect(await end(server, apiKey)).toBe('204');
        expect((await list(server)).data).toEqual([]);
      }));

    it('deleting the key also deletes those that it replaced', () =>
      serve({ ...single, atLimit: 'replace' }, async (server) => {
        await make(server);
        await make(server);
        const { apiKey } = await make(server);
        expect(await end(server, apiKey)).toBe('204');
        expect((await list(server)).data).toEqual([]);
      }));

    it('a repeated request → the created key with its current status', () =>
      serve({ ...single, atLimit: 'replace' }, async (server) => {
        const key = crypto.randomUUID();
        const { apiKey } = await minted(await mint(server, '/api-keys', {}, 'ana', key));
        await make(server);
        await make(server);
        const again = await mint(server, '/api-keys', {}, 'ana', key);
        expect(await read(again)).toMatchObject({ apiKey: { id: apiKey.id, status: 'revoked' }, secret: null });
      }));
  });
});
