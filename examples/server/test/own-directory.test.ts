import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiKey, Page } from '@ai-cockpit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../src/app.js';
import { contentEncodings } from '../src/adapters/zlib-encodings.js';
import { Keyring } from '../src/domain/keyring.js';
import { Peppers } from '../src/domain/peppers.js';
import { Background } from '../src/ports/background.js';
import { systemClock } from '../src/ports/clock.js';
import { noConcurrencyLimit } from '../src/ports/concurrency-limiter.js';
import type { Directory, Membership } from '../src/ports/directory.js';
import { silentLogger } from '../src/ports/logger.js';
import { noMailServer } from '../src/ports/mail.js';
import { systemRandom } from '../src/ports/random.js';
import { catalogue } from '../src/providers/index.js';
import { memoryRateLimiter } from '../src/adapters/memory-rate-limiter.js';
import { type Serving, serve, peerOf } from '../src/adapters/http-server.js';
import { sharpImages } from '../src/adapters/sharp-images.js';
import { openNodeSqlite } from '../src/store/node-sqlite.js';
import { openPostgres } from '../src/store/postgres.js';
import type { Store } from '../src/store/store.js';
import { createDatabase, databases } from './harness.js';
import { type Key, mintKey, send, withApiKeys } from './security/exchange.js';

const acme = { id: 'acme', name: 'Ácme' };
const other = { id: 'other', name: 'Other' };

/** Who belongs where, as a directory service of the host's would say it. */
const hostDirectory = () => {
  const memberships = new Map<string, Membership[]>([
    ['olga', [{ ...acme, role: 'administrator' }]],
    ['paul', [{ ...acme, role: 'member' }]],
    ['rosa', [{ ...other, role: 'administrator' }]],
  ]);
  const directory: Directory = {
    admits: () => Promise.resolve(true),
    memberships: (userId) => Promise.resolve(memberships.get(userId) ?? []),
    members: (organizationId) =>
      Promise.resolve(
        [...memberships].flatMap(([userId, of]) =>
          of.filter(({ id }) => id === organizationId).map(({ role }) => ({ userId, role })),
        ),
      ),
    organization: (id) => Promise.resolve([acme, other].find((organization) => organization.id === id) ?? null),
  };
  return { directory, memberships };
};

describe.each(databases)('everybody’s keys with a host’s own directory, on %s', (database) => {
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-directory-'));
  const { directory, memberships } = hostDirectory();
  let store: Store;
  let serving: Serving;
  let server: { baseUrl: string; session: (userId: string) => Promise<string> };
  const keys: Record<string, Key> = {};

  beforeAll(async () => {
    store = await (database === 'sqlite'
      ? openNodeSqlite(join(folder, 'own.sqlite'), silentLogger)
      : openPostgres(await createDatabase(), 'own', silentLogger));
    // The tables that this host does not use say something else.
    await store.directory.addOrganization({ id: 'acme', name: 'Table' });
    await store.directory.setMembership('rosa', 'acme', 'member');
    const { app } = createApp({
      policy: { ...withApiKeys({ owner: 'user' }), administration: { listsAllKeys: true } },
      catalogue,
      store,
      directory,
      sessions: { verify: (token) => Promise.resolve({ claims: { subject: token, firstName: token } }) },
      keyring: new Keyring([{ id: 'test', bytes: systemRandom.bytes(32) }]),
      clock: systemClock,
      clockTolerance: 0,
      random: systemRandom,
      background: new Background(silentLogger),
      images: sharpImages,
      encodings: contentEncodings,
      mail: noMailServer,
      logger: silentLogger,
      wrongCredentials: memoryRateLimiter(100, 60),
      requests: memoryRateLimiter(6000, 60),
      concurrency: noConcurrencyLimit,
      uploads: noConcurrencyLimit,
      basePath: '/v1',
      publicUrl: 'https://cockpit.example',
      profileUrl: 'https://cockpit.example/',
      allowedOrigins: [],
      services: [],
      sessionCookie: null,
      keyWrapping: null,
      peppers: await Peppers.from([]),
      activityRetentionDays: 400,
      clientOf: ({ url }, env) => ({ source: peerOf(env), origin: new URL(url).origin }),
    });
    serving = await serve(app, {
      hostname: '127.0.0.1',
      port: 0,
      limits: { maxConnections: 100, requestTimeout: 60, keepAliveTimeout: 65, idleTimeout: 60 },
      onDrop: () => {},
    });
    server = { baseUrl: `${serving.origin}/v1`, session: (userId) => Promise.resolve(userId) };
    for (const userId of ['paul', 'olga', 'rosa'])
      keys[userId] = await mintKey(server, userId, '', { description: `Of ${userId}` });
  });
  afterAll(async () => {
    await serving.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const owners = async (query = '', as = 'olga') =>
    (await send<Page<ApiKey>>(server, `/admin/api-keys${query}`, { as })).json.data.map(({ owner }) => owner.id);

  it('are those of the members that the directory names, whatever the tables say', async () => {
    expect(await owners('?sort=owner')).toEqual(['olga', 'paul']);
    expect(await owners('', 'rosa')).toEqual(['rosa']);
    expect(await owners('?q=paul')).toEqual(['paul']);
    expect(await owners('?q=rosa')).toEqual([]);
  });

  it('are revoked only where the directory names their owner a member', async () => {
    const revoke = (as: string, of: string) =>
      send(server, `/admin/api-keys/${keys[of]?.apiKey.id}/revoke`, { as, json: {} });
    expect((await revoke('olga', 'rosa')).outcome).toBe('404 not_found');
    expect((await revoke('rosa', 'paul')).outcome).toBe('404 not_found');
    expect((await revoke('olga', 'paul')).outcome).toBe('200');
  });

  it('an organization’s own keys are listed by the name that the directory has for it', async () => {
    await store.db
      .updateTable('apiKey')
      .set({ ownerKind: 'organization', ownerId: 'acme' })
      .where('id', '=', keys.paul?.apiKey.id ?? '')
      .execute();
    expect(await owners('?sort=owner')).toEqual(['acme', 'olga']);
    expect(await owners('?q=acme')).toEqual(['acme']);
    expect(await owners('?q=table')).toEqual([]);
  });

  it('a member who is taken out of the directory is listed no more, among any number of members', async () => {
    for (let index = 0; index < 40_000; index++) memberships.set(`member-${index}`, [{ ...acme, role: 'member' }]);
    memberships.delete('olga');
    memberships.set('pia', [{ ...acme, role: 'administrator' }]);
    expect(await owners('?sort=owner', 'pia')).toEqual(['acme']);
  });
});
