import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import {
  acme,
  addToken,
  anonymous,
  canary,
  type Exchange,
  globex,
  jira,
  mintKey,
  type Sent,
  send,
  withApiKeys,
} from './exchange.js';

interface Lease {
  headers: Record<string, string>;
  baseUrl: string;
  expiresAt: string;
  leaseId: string;
}

describe.each(databases)('leases on %s', (database) => {
  /** Keys belong to organizations. */
  let server: TestServer;
  /** Keys belong to people. */
  let personal: TestServer;
  beforeAll(async () => {
    [server, personal] = await Promise.all([
      startServer({ database }),
      startServer({ database, policy: withApiKeys({ owner: 'user' }) }),
    ]);
  });
  afterAll(() => Promise.all([server.close(), personal.close()]));

  const rowsOf = (on: TestServer) =>
    on.store.db.selectFrom('activity').selectAll().where('action', '=', 'credential.leased').orderBy('at').execute();

  /** Asks, and gives the answer with the one row that it must have left, or been counted in. */
  const lease = async (on: TestServer, by: Pick<Sent, 'as' | 'key'>, json: object) => {
    const before = new Map((await rowsOf(on)).map(({ id, count }) => [id, count]));
    const answer: Exchange<Lease> = await send<Lease>(on, '/integration/credentials', {
      ...by,
      json: { purpose: 'Thirty-four', ...json },
    });
    const counted = (await rowsOf(on)).filter(({ id, count }) => before.get(id) !== count);
    expect(counted, answer.outcome).toHaveLength(1);
    const [row] = counted;
    expect(row?.count).toBe((before.get(row?.id ?? '') ?? 0) + 1);
    expect(row).toMatchObject({
      ...(row?.count === 1 && { requestId: answer.headers.get('X-Request-Id') }),
      outcome: answer.status === 200 ? 'done' : answer.outcome.split(' ')[1],
      source: '127.0.0.1',
    });
    return { ...answer, row };
  };
  const tokenIn = ({ json }: Exchange<Lease>): string =>
    Buffer.from((json.headers.Authorization ?? '').replace('Basic ', ''), 'base64')
      .toString()
      .split(':')[1] ?? '';

  it("34 an organization's key that asks for its creator's personal token → 404", async () => {
    const own = canary('personal');
    await addToken(server, 'ana', '', { ...jira('personal', own) });
    const { apiKey, secret } = await mintKey(server, 'ana', acme, { description: 'Agents', module: 'agents' });
    const nothing = await lease(server, { key: secret }, { provider: 'servicenow', code: 'none' });
    for (const request of [
      { provider: 'jira', code: 'personal' },
      { provider: 'jira' },
      { provider: 'jira', organizationId: 'acme' },
      { provider: 'jira', organizationId: 'ana' },
    ]) {
      const refused = await lease(server, { key: secret }, request);
      expect(refused.outcome).toBe('404 not_found');
      expect(anonymous(refused)).toEqual(anonymous(nothing));
      expect(refused.row).toMatchObject({
        actorKind: 'key',
        actorId: apiKey.id,
        ownerKind: 'organization',
        ownerId: 'acme',
      });
    }
  });

  it("34 another user's, another organization's, another provider's → 404", async () => {
    const secrets = Object.fromEntries(['ana', 'bruno', 'acme', 'globex'].map((owner) => [owner, canary(owner)]));
    await addToken(personal, 'ana', '', jira('anas', secrets.ana));
    await addToken(personal, 'bruno', '', jira('brunos', secrets.bruno));
    await addToken(personal, 'ana', acme, jira('acmes', secrets.acme));
    await addToken(personal, 'dora', globex, jira('globexs', secrets.globex));
    const anas = await mintKey(personal, 'ana', '');
    const brunos = await mintKey(personal, 'bruno', '');

    for (const [key, code, secret] of [
      [anas.secret, 'anas', secrets.ana],
      [brunos.secret, 'brunos', secrets.bruno],
    ] as const) {
      for (const request of [{ provider: 'jira', code }, { provider: 'jira' }]) {
        const right = await lease(personal, { key }, request);
        expect(right.outcome).toBe('200');
        expect(tokenIn(right)).toBe(secret);
      }
      for (const request of [
        { provider: 'jira', code: code === 'anas' ? 'brunos' : 'anas' },
        // A user's key does not reach their organization's.
        { provider: 'jira', code: 'acmes' },
        { provider: 'jira', organizationId: 'acme' },
        { provider: 'jira', code: 'acmes', organizationId: 'acme' },
        { provider: 'jira', code: 'globexs', organizationId: 'globex' },
        { provider: 'github-projects' },
        { provider: 'github-projects', code },
        { provider: 'Jira' },
        { provider: 'constructor' },
        { provider: 'jira\u0000' },
        { provider: '%' },
      ])
        expect((await lease(personal, { key }, request)).outcome, JSON.stringify(request)).toBe('404 not_found');
    }
  });

  it("34 by a key of an organization: its own, and not another organization's", async () => {
    const [acmes, globexs] = [canary('acme'), canary('globex')];
    await addToken(server, 'ana', acme, jira('shared', acmes));
    await addToken(server, 'dora', globex, jira('shared', globexs));
    const { secret: key } = await mintKey(server, 'ana', acme);
    for (const request of [{ code: 'shared' }, { code: 'shared', organizationId: 'acme' }])
      expect(tokenIn(await lease(server, { key }, { provider: 'jira', ...request }))).toBe(acmes);
    // The key's maker belongs there too, which is nothing to the key.
    const refused = await lease(server, { key }, { provider: 'jira', code: 'shared', organizationId: 'globex' });
    expect(refused.outcome).toBe('404 not_found');
  });

  it('34 by a key of another module → 403, whatever is asked for', async () => {
    const { apiKey, secret: key } = await mintKey(server, 'ana', acme, { description: 'Reports', module: 'reports' });
    for (const request of [
      { provider: 'jira' },
      { provider: 'unknown' },
      { provider: 'jira', organizationId: 'globex' },
    ]) {
      const refused = await lease(server, { key }, request);
      expect(refused.outcome).toBe('403 module_not_allowed');
      expect(refused.json).toHaveProperty(
        'detail',
        'The key is restricted to the module reports. This needs a key of the module agents, or one without a module.',
      );
      expect(refused.row).toMatchObject({ actorKind: 'key', actorId: apiKey.id });
    }
  });

  it('34 by a session: personal tokens first, then the organization’s, only for members who may see them', async () => {
    const [brunos, acmes] = [canary('bruno'), canary('acme')];
    await addToken(server, 'bruno', '', jira('session', brunos));
    await addToken(server, 'ana', acme, jira('session', acmes));
    const request = { provider: 'jira', code: 'session', organizationId: 'acme' };
    expect(tokenIn(await lease(server, { as: 'bruno' }, request))).toBe(brunos);
    expect(tokenIn(await lease(server, { as: 'carla' }, request))).toBe(acmes);
    // A viewer may not see what the organization has; an outsider not that it is there.
    expect((await lease(server, { as: 'eve' }, request)).outcome).toBe('403 forbidden');
    const outsider = await lease(server, { as: 'dora' }, request);
    const nowhere = await lease(server, { as: 'dora' }, { ...request, organizationId: 'unknown' });
    expect(outsider.outcome).toBe('404 not_found');
    expect(anonymous(outsider)).toEqual(anonymous(nowhere));
    // Without an organization named, their own alone.
    expect((await lease(server, { as: 'carla' }, { provider: 'jira', code: 'session' })).outcome).toBe('404 not_found');
    expect(outsider.row).toMatchObject({ actorKind: 'user', actorId: 'dora', ownerKind: 'user', ownerId: 'dora' });
  });

  it('34 a granted lease: at most five minutes, with an activity row that names the token and no secret', async () => {
    const secret = canary('given');
    const token = await addToken(server, 'ana', acme, jira('given', secret));
    const { apiKey, secret: key } = await mintKey(server, 'ana', acme);
    const before = server.clock.now();
    const given = await lease(server, { key }, { provider: 'jira', code: 'given', purpose: 'Nightly import' });
    expect(given.outcome).toBe('200');
    expect(Object.keys(given.json).sort()).toEqual(['baseUrl', 'expiresAt', 'headers', 'leaseId']);
    const ends = Date.parse(given.json.expiresAt);
    expect(ends).toBeGreaterThan(before);
    // However long the answer took.
    expect(ends).toBeLessThanOrEqual(server.clock.now() + 5 * 60_000 + 1000);
    expect(given.row).toMatchObject({ actorId: apiKey.id, subjectId: token.id, ownerId: 'acme' });
    expect(JSON.parse(given.row?.detail ?? '')).toMatchObject({
      purpose: 'Nightly import',
      leaseId: given.json.leaseId,
    });
    expect(JSON.stringify(given.row)).not.toContain(secret);
    const seen = await send<{ version: number; lastUsedAt: string | null }>(
      server,
      `${acme}/provider-tokens/${token.id}`,
      { as: 'ana' },
    );
    expect(seen.json).toMatchObject({ version: 1, lastUsedAt: expect.any(String) as unknown });
  });

  it('34 a broken token → 409, without any of its values', async () => {
    const token = await addToken(server, 'ana', acme, jira('broken'));
    const { secret: key } = await mintKey(server, 'ana', acme);
    const request = { provider: 'jira', code: 'broken' };
    for (const status of ['invalid', 'expired', 'insufficient_scope']) {
      await server.store.db.updateTable('providerToken').set({ status }).where('id', '=', token.id).execute();
      expect((await lease(server, { key }, request)).outcome, status).toBe('409 credential_broken');
    }
    const ended = { status: 'valid', expiresAt: server.clock.now() };
    await server.store.db.updateTable('providerToken').set(ended).where('id', '=', token.id).execute();
    expect((await lease(server, { key }, request)).outcome).toBe('409 credential_broken');
  });

  it('34 a token whose secret cannot be decrypted → 500, with an activity row', async () => {
    const token = await addToken(server, 'ana', acme, jira('damaged'));
    const { secret: key } = await mintKey(server, 'ana', acme);
    await server.store.db
      .updateTable('providerToken')
      .set({ secret: new Uint8Array(40) })
      .where('id', '=', token.id)
      .execute();
    for (const by of [{ key }, { as: 'ana' }]) {
      const failed = await lease(server, by, { provider: 'jira', code: 'damaged', organizationId: 'acme' });
      expect(failed.outcome).toBe('500 internal');
      expect(JSON.parse(failed.row?.detail ?? '')).toEqual({
        provider: 'jira',
        code: 'damaged',
        purpose: 'Thirty-four',
      });
    }
  });

  it('34 where the policy offers no raw leases → 403', async () => {
    const policy = withApiKeys({});
    if (!policy.providerTokens) throw new Error('AI Cockpit One offers provider tokens');
    const closed = await startServer({
      database,
      policy: { ...policy, providerTokens: { ...policy.providerTokens, rawLeases: false } },
    });
    await addToken(closed, 'ana', acme, jira('closed'));
    const { secret: key } = await mintKey(closed, 'ana', acme);
    for (const by of [{ key }, { as: 'ana' }]) {
      const refused = await lease(closed, by, { provider: 'jira', code: 'closed' });
      expect(refused.outcome).toBe('403 not_offered');
      expect(refused.json).toHaveProperty(
        'detail',
        'The policy lets nobody take a credential out: providerTokens.rawLeases is false here.',
      );
    }
    await closed.close();
  });
});
