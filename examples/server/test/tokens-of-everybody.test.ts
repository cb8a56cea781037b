import type { ApiKey, Page, Policy } from '@ai-cockpit/sdk/contract';
import { duplocloud } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { ifMatch, mint, mintKey, send, uuid } from './security/exchange.js';

const day = 86_400_000;

/* What systems with personal tokens and an administrator's list of them must show, as far as a program sees it. */
describe.each(databases)('personal tokens and an administrator’s list on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database, policy: duplocloud });
  });
  afterAll(() => server.close());

  const dateIn = (days: number) => new Date(server.clock.now() + days * day).toISOString().slice(0, 10);
  const ownList = async (as: string) => (await send<Page<ApiKey>>(server, '/api-keys?limit=100', { as })).json.data;
  const allOf = async (q: string) =>
    (await send<Page<ApiKey>>(server, `/admin/api-keys?q=${encodeURIComponent(q)}`, { as: 'ana' })).json.data;
  const whoAmI = async (secret: string) => (await send(server, '/integration/whoami', { bearer: secret })).outcome;

  it('the policy lets an administrator list all keys, and no other role', async () => {
    for (const [as, administration] of [
      ['ana', { listsAllKeys: true }],
      ['bruno', null],
      ['carla', null],
      ['eve', null],
    ] as const)
      expect((await send<Policy>(server, '/policy', { as })).json.administration).toEqual(administration);
  });

  it('the list does not depend on the active organization: it covers all administered ones', async () => {
    const policy = (as: string) => send<Policy>(server, '/policy?organizationId=globex', { as });
    const { organization, administration } = (await policy('ana')).json;
    expect(organization?.role).toBe('member');
    expect(administration).toEqual({ listsAllKeys: true });
    expect((await send(server, '/admin/api-keys', { as: 'ana' })).outcome).toBe('200');
    expect((await policy('dora')).json.administration).toBeNull();
  });

  it('reload: only the last four', async () => {
    const { apiKey, secret } = await mintKey(server, 'carla', '', { name: 'Reloaded' });
    for (const keys of [await ownList('carla'), await allOf('Reloaded')]) {
      expect(keys.find(({ id }) => id === apiKey.id)?.maskedValue).toBe(`…${secret.slice(-4)}`);
      expect(JSON.stringify(keys)).not.toContain(secret.slice(0, -4));
    }
  });

  it('a call sets “last used” for its owner and for the administrator', async () => {
    const { apiKey, secret } = await mintKey(server, 'carla', '', { name: 'Called' });
    expect((await allOf('Called'))[0]?.lastUsedAt).toBeNull();
    const before = server.clock.now();
    expect(await whoAmI(secret)).toBe('200');
    await server.settled();
    const [seen] = await allOf('Called');
    expect(Date.parse(seen?.lastUsedAt ?? '')).toBeGreaterThanOrEqual(before);
    expect((await ownList('carla')).find(({ id }) => id === apiKey.id)).toEqual(seen);
    expect(seen?.version).toBe(apiKey.version);
  });

  it('an administrator revokes a member’s key → revoked for both', async () => {
    const { apiKey, secret } = await mintKey(server, 'bruno', '', { name: 'Ended' });
    const known = ifMatch(apiKey.version);
    const revoked = await send<ApiKey>(server, `/admin/api-keys/${apiKey.id}/revoke`, { as: 'ana', json: {} });
    expect(revoked.json.status).toBe('revoked');
    expect(await whoAmI(secret)).toBe('401 unauthenticated');
    expect((await ownList('bruno')).find(({ id }) => id === apiKey.id)?.status).toBe('revoked');
    expect((await allOf('Ended')).map(({ status }) => status)).toEqual(['revoked']);
    // The owner's version is stale; with the current one, the owner can delete the key.
    const path = `/api-keys/${apiKey.id}`;
    expect((await send(server, path, { as: 'bruno', method: 'DELETE', headers: known })).outcome).toBe(
      '412 version_stale',
    );
    const present = ifMatch(revoked.json.version);
    expect((await send(server, path, { as: 'bruno', method: 'DELETE', headers: present })).outcome).toBe('204');
    expect(await allOf('Ended')).toEqual([]);
  });

  it('an administrator reads or deletes a member’s key by the personal paths → 404', async () => {
    const { apiKey, secret } = await mintKey(server, 'bruno', '', { name: 'His' });
    const path = `/api-keys/${apiKey.id}`;
    for (const [method, sent] of [
      ['GET', {}],
      ['DELETE', { headers: ifMatch(1) }],
    ] as const)
      expect((await send(server, path, { as: 'ana', method, ...sent })).outcome).toBe('404 not_found');
    expect((await send(server, `${path}/revoke`, { as: 'ana', json: {} })).outcome).toBe('404 not_found');
    expect(await whoAmI(secret)).toBe('200');
  });

  it('expiry: tomorrow → accepted; today, yesterday, malformed → 422; no name → 422', async () => {
    expect((await mint(server, 'carla', '', { name: 'Tomorrow', expiresAt: dateIn(1) })).outcome).toBe('201');
    for (const expiresAt of [dateIn(0), dateIn(-1), '22.11.2027', '2027-13-01', ''])
      expect((await mint(server, 'carla', '', { name: 'Refused', expiresAt })).outcome).toBe('422 invalid');
    for (const json of [{}, { name: '' }, { name: '   ' }]) {
      const refused = await mint(server, 'carla', '', json);
      expect(refused.outcome).toBe('422 invalid');
      expect(refused.faults[0]).toMatch(/^name:/);
    }
  });

  it('a double click or a lost answer → one key, in the list of all keys too', async () => {
    const key = uuid();
    const twice = await Promise.all([1, 2].map(() => mint(server, 'carla', '', { name: 'Once' }, key)));
    expect(twice.map(({ outcome }) => outcome)).toEqual(['201', '201']);
    expect(await allOf('Once')).toHaveLength(1);
  });

  it('revoked or expired → 401 and status', async () => {
    const { apiKey, secret } = await mintKey(server, 'eve', '', { name: 'Ends', expiresAt: dateIn(1) });
    expect(await whoAmI(secret)).toBe('200');
    server.advance(2 * day);
    expect(await whoAmI(secret)).toBe('401 unauthenticated');
    expect((await allOf('Ends')).map(({ id, status }) => [id, status])).toEqual([[apiKey.id, 'expired']]);
    expect((await ownList('eve'))[0]?.status).toBe('expired');
  });
});
