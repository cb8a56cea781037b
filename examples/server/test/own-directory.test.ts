import type { ApiKey, Page } from '@ai-cockpit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Directory, Membership } from '../src/ports/directory.js';
import { databases } from './harness.js';
import { type OwnApp, serveOwnApp } from './own-app.js';
import { type Key, mintKey, send, withApiKeys } from './security/exchange.js';

const acme = { id: 'acme', name: 'Ácme' };
const other = { id: 'other', name: 'Other' };

/** Memberships, as a directory service of the host would give them. */
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
  const { directory, memberships } = hostDirectory();
  let server: OwnApp;
  const keys: Record<string, Key> = {};

  beforeAll(async () => {
    server = await serveOwnApp(database, {
      policy: { ...withApiKeys({ owner: 'user' }), administration: { listsAllKeys: true } },
      directory,
    });
    // The tables that this host does not use say something else.
    await server.store.directory.addOrganization({ id: 'acme', name: 'Table' });
    await server.store.directory.setMembership('rosa', 'acme', 'member');
    for (const userId of ['paul', 'olga', 'rosa'])
      keys[userId] = await mintKey(server, userId, '', { description: `Of ${userId}` });
  });
  afterAll(() => server.close());

  const owners = async (query = '', as = 'olga') =>
    (await send<Page<ApiKey>>(server, `/admin/api-keys${query}`, { as })).json.data.map(({ owner }) => owner.id);

  it('lists the keys of the directory’s members, whatever the tables hold', async () => {
    expect(await owners('?sort=owner')).toEqual(['olga', 'paul']);
    expect(await owners('', 'rosa')).toEqual(['rosa']);
    expect(await owners('?q=paul')).toEqual(['paul']);
    expect(await owners('?q=rosa')).toEqual([]);
  });

  it('can be revoked only if the directory names their owner as a member', async () => {
    const revoke = (as: string, of: string) =>
      send(server, `/admin/api-keys/${keys[of]?.apiKey.id}/revoke`, { as, json: {} });
    expect((await revoke('olga', 'rosa')).outcome).toBe('404 not_found');
    expect((await revoke('rosa', 'paul')).outcome).toBe('404 not_found');
    expect((await revoke('olga', 'paul')).outcome).toBe('200');
  });

  it('an organization’s own keys have the name that the directory gives', async () => {
    await server.store.db
      .updateTable('apiKey')
      .set({ ownerKind: 'organization', ownerId: 'acme' })
      .where('id', '=', keys.paul?.apiKey.id ?? '')
      .execute();
    expect(await owners('?sort=owner')).toEqual(['acme', 'olga']);
    expect(await owners('?q=acme')).toEqual(['acme']);
    expect(await owners('?q=table')).toEqual([]);
  });

  it('a member removed from the directory is no longer listed, among any number of members', async () => {
    for (let index = 0; index < 40_000; index++) memberships.set(`member-${index}`, [{ ...acme, role: 'member' }]);
    memberships.delete('olga');
    memberships.set('pia', [{ ...acme, role: 'administrator' }]);
    expect(await owners('?sort=owner', 'pia')).toEqual(['acme']);
  });
});
