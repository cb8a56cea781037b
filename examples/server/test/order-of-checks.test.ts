import { type HostPolicy, isBytes, type OperationDefinition, operations, pathsOf } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { addToken, type Exchange, jira, mintKey, type Sent, send, uuid, withApiKeys } from './security/exchange.js';

/*
 * 401 → 404 → 403 → 400 / 413 / 415 → 428 → 412 → 422, of every operation at every path that it has: each request here
 * has all the faults that come after the one it is refused for.
 */

interface Route {
  operation: OperationDefinition;
  path: string;
  ofOrganization: boolean;
}

const routes: Route[] = Object.values(operations).flatMap((operation: OperationDefinition) =>
  pathsOf(operation).map((path) => ({ operation, path, ofOrganization: path.includes('{organizationId}') })),
);
const named = (chosen: Route[]): [string, Route][] =>
  chosen.map((route) => [`${route.operation.method} ${route.path}`, route]);

const takesJson = ({ operation }: Route) => operation.body !== undefined && !isBytes(operation.body);
const takesNothing = ({ operation }: Route) =>
  operation.method !== 'GET' && operation.body === undefined && !operation.ignoresBody;
const takesBytes = ({ operation }: Route) => isBytes(operation.body);
const changes = ({ operation }: Route) => operation.method !== 'GET';
const isVersioned = ({ operation }: Route) => operation.versioned === true;
const namesOne = ({ path }: Route) => path.includes('{id}');
const isForAdministrators = ({ path }: Route) => path.startsWith('/admin/');
const isPublic = ({ operation }: Route) => operation.callers.length === 0;
const isForUsers = ({ operation }: Route) => operation.callers.includes('user');

/** As AI Cockpit One, where people may also have a picture, and be told of what happens. */
const withAvatars: HostPolicy = {
  ...aiCockpitOne,
  notifications: { events: ['job.completed'] },
  profile: {
    ...aiCockpitOne.profile,
    fields: { ...aiCockpitOne.profile.fields, avatar: { access: 'edit', maxBytes: 70_000 } },
  },
};

/** So that each refused session may come from an address of its own: one address may present only so many. */
const behindProxy = { TRUSTED_PROXIES: '127.0.0.1' };
let addresses = 0;
const fromElsewhere = (): Record<string, string> => {
  addresses += 1;
  return { 'X-Forwarded-For': `198.51.${addresses >> 8}.${addresses & 255}` };
};

describe.each(databases)('the order of checks on %s', (database) => {
  /** Where keys are an organization's, and where they are a person's. */
  let servers: Record<'organization' | 'user', TestServer>;
  let picture: Buffer<ArrayBuffer>;
  /** By path: something that is there, which only its owner may know of. */
  const ids = new Map<string, string>();

  beforeAll(async () => {
    const [organization, user] = await Promise.all([
      startServer({ database, policy: withAvatars, env: behindProxy }),
      startServer({
        database,
        env: behindProxy,
        policy: { ...withApiKeys({ owner: 'user' }), administration: { listsAllKeys: true } },
      }),
    ]);
    servers = { organization, user };
    for (const [owner, server, base] of [
      ['organization', organization, '/organizations/acme'],
      ['user', user, ''],
    ] as const) {
      ids.set(`${owner} provider-tokens`, (await addToken(server, 'ana', base, jira('order'))).id);
      ids.set(`${owner} api-keys`, (await mintKey(server, 'ana', base)).apiKey.id);
    }
    await send(organization, '/profile', { as: 'eve' });
    // Of the first version, as all else here.
    await organization.store.db.updateTable('person').set({ avatarVersion: 1 }).where('id', '=', 'ana').execute();
    picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
  });
  afterAll(() => Promise.all(Object.values(servers ?? {}).map((server) => server.close())));

  const serverOf = (route: Route) =>
    servers[(route.operation.owned && !route.ofOrganization) || isForAdministrators(route) ? 'user' : 'organization'];
  const idOf = ({ ofOrganization, path }: Route) =>
    ids.get(
      `${ofOrganization ? 'organization' : 'user'} ${path.includes('api-keys') ? 'api-keys' : 'provider-tokens'}`,
    ) ?? '';

  interface Ask extends Sent {
    organizationId?: string;
    id?: string;
  }
  const ask = (route: Route, { organizationId = 'acme', id = idOf(route), ...sent }: Ask): Promise<Exchange> =>
    send(serverOf(route), route.path.replace('{organizationId}', organizationId).replace('{id}', id), {
      method: route.operation.method,
      ...sent,
    });

  /** Every fault of a body and its headers, for operations with a body. */
  const wrongBodies = (route: Route): Sent[] =>
    changes(route)
      ? [
          { raw: '{"no":', headers: {} },
          { raw: 'x', headers: { 'Content-Type': 'text/plain' } },
          { raw: 'x'.repeat(70_000), headers: { 'If-Match': '"stale"' } },
          { json: { unknown: 1 }, headers: { 'If-Match': '"stale"', 'Idempotency-Key': 'none' } },
        ]
      : [{}];

  /** The headers that this operation needs, as they have to be but for a version that nothing has. */
  const needed = ({ operation }: Route, version?: string): Record<string, string> => ({
    ...(isBytes(operation.body) && { 'Content-Type': 'image/png' }),
    ...(operation.minting && { 'Idempotency-Key': uuid() }),
    ...(operation.versioned && version !== undefined && { 'If-Match': version }),
  });

  it.each(named(routes.filter((route) => !isPublic(route))))('401 before anything else: %s', async (_, route) => {
    for (const sent of wrongBodies(route)) {
      for (const place of [{}, { organizationId: 'unknown', id: 'unknown' }]) {
        for (const bearer of [
          undefined,
          'nonsense',
          await serverOf(route)
            .session('ana')
            .then((token) => `${token}x`),
        ]) {
          const headers = { ...sent.headers, ...fromElsewhere() };
          const refused = await ask(route, { ...sent, ...place, headers, ...(bearer !== undefined && { bearer }) });
          expect(refused.outcome).toBe('401 unauthenticated');
        }
      }
    }
  });

  it.each(named(routes.filter(({ ofOrganization }) => ofOrganization)))(
    '404 of an organization one is not in, whatever else is wrong: %s',
    async (_, route) => {
      for (const sent of wrongBodies(route)) {
        for (const place of [{ organizationId: 'acme' }, { organizationId: 'unknown' }, { id: 'unknown' }])
          expect((await ask(route, { ...sent, ...place, as: 'dora' })).outcome).toBe('404 not_found');
      }
    },
  );

  it.each(named(routes.filter(namesOne)))(
    '404 of what is not there, or another’s, whatever else is wrong: %s',
    async (_, route) => {
      for (const sent of wrongBodies(route)) {
        const { ofOrganization } = route;
        for (const as of ofOrganization ? ['ana', 'bruno', 'carla'] : ['ana'])
          expect((await ask(route, { ...sent, as, id: 'unknown' })).outcome).toBe('404 not_found');
        // A person who administers no organization gets this answer first.
        if (isForAdministrators(route)) continue;
        const foreign = ofOrganization ? { as: 'dora', organizationId: 'globex' } : { as: 'bruno' };
        expect((await ask(route, { ...sent, ...foreign })).outcome).toBe('404 not_found');
      }
    },
  );

  it.each(named(routes.filter(({ ofOrganization }) => ofOrganization)))(
    '403 of a viewer, and of a member who would change, whatever else is wrong: %s',
    async (_, route) => {
      for (const sent of wrongBodies(route)) {
        expect((await ask(route, { ...sent, as: 'eve' })).outcome).toBe('403 forbidden');
        if (changes(route)) expect((await ask(route, { ...sent, as: 'carla' })).outcome).toBe('403 forbidden');
      }
    },
  );

  it.each(named(routes.filter(isForAdministrators)))(
    '403 of whoever administers nothing, whatever else is wrong: %s',
    async (_, route) => {
      for (const sent of wrongBodies(route)) {
        for (const as of ['bruno', 'carla', 'dora', 'eve']) {
          expect((await ask(route, { ...sent, as })).outcome).toBe('403 forbidden');
          expect((await ask(route, { ...sent, as, id: 'unknown' })).outcome).toBe('403 forbidden');
        }
      }
    },
  );

  it.each(named(routes.filter((route) => takesJson(route) && isForUsers(route))))(
    '400, 413 and 415 before versions and meanings: %s',
    async (_, route) => {
      const headers = needed(route, '"stale"');
      for (const raw of ['{"no":', '', '{"a":\u0000}', '['.repeat(100)]) {
        expect((await ask(route, { as: 'ana', raw, headers })).outcome).toBe('400 malformed');
        expect((await ask(route, { as: 'ana', raw, headers: needed(route) })).outcome).toBe('400 malformed');
      }
      const typed = { ...needed(route), 'Content-Type': 'text/plain' };
      expect((await ask(route, { as: 'ana', raw: '{}', headers: typed })).outcome).toBe('415 media_type_unsupported');
      expect((await ask(route, { as: 'ana', raw: `"${'x'.repeat(70_000)}"`, headers })).outcome).toBe('413 too_large');
      expect(
        (await ask({ ...route, path: `${route.path}?unknown=1` }, { as: 'ana', json: { no: 1 }, headers })).outcome,
      ).toBe('400 malformed');
    },
  );

  it.each(named(routes.filter(takesBytes)))('413 and 415 before versions: %s', async (_, route) => {
    for (const headers of [needed(route), needed(route, '"stale"')]) {
      const refuses = async (raw: BodyInit, more: Record<string, string> = {}) =>
        (await ask(route, { as: 'ana', raw, headers: { ...headers, ...more } })).outcome;
      expect(await refuses('x'.repeat(70_001))).toBe('413 too_large');
      expect(await refuses('<svg/>')).toBe('415 media_type_unsupported');
      expect(await refuses('{}', { 'Content-Type': 'application/json' })).toBe('415 media_type_unsupported');
      expect(await refuses(picture, { 'Content-Type': 'text/plain' })).toBe('415 media_type_unsupported');
    }
  });

  it.each(named(routes.filter((route) => takesNothing(route) && isForUsers(route))))(
    'an operation without a body: 400, 413 and 415 of a body before versions, 422 of its members last: %s',
    async (_, route) => {
      for (const headers of [needed(route), needed(route, '"stale"')]) {
        const refuses = async (raw: BodyInit, type: string) =>
          (await ask(route, { as: 'ana', raw, headers: { ...headers, 'Content-Type': type } })).outcome;
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'image/png'])
          expect(await refuses('{}', type), type).toBe('415 media_type_unsupported');
        expect(await refuses('{"no":', 'application/json')).toBe('400 malformed');
        expect(await refuses(`"${'x'.repeat(70_000)}"`, 'application/json')).toBe('413 too_large');
      }
      const current = { ...needed(route, '*'), 'Content-Type': 'application/json' };
      const refused = await ask(route, { as: 'ana', raw: '{"unknown":1}', headers: current });
      expect(refused.outcome).toBe('422 invalid');
      expect(refused.faults).toEqual(['unknown:unknown']);
    },
  );

  it.each(named(routes.filter(({ operation }) => operation.minting)))(
    '400 for want of an Idempotency-Key before 422: %s',
    async (_, route) => {
      const headers: Record<string, string>[] = [{}, { 'Idempotency-Key': 'once' }];
      for (const wrong of headers) {
        const refused = await ask(route, { as: 'ana', json: { unknown: 1 }, headers: wrong });
        expect(refused.outcome).toBe('400 idempotency_key_required');
      }
    },
  );

  it.each(named(routes.filter(isVersioned)))('428, then 412, before 422: %s', async (_, route) => {
    const wrong = takesJson(route) ? { json: { unknown: 1, values: 7 } } : takesBytes(route) ? { raw: picture } : {};
    expect((await ask(route, { as: 'ana', ...wrong, headers: needed(route) })).outcome).toBe('428 version_required');
    for (const version of ['"stale"', '"2"', 'W/"2"', '"2", W/"3"', '1', '"1', 'w/"1"', '"01"', '"1-other"', ''])
      expect((await ask(route, { as: 'ana', ...wrong, headers: needed(route, version) })).outcome).toBe(
        '412 version_stale',
      );
    if (!takesJson(route)) return;
    const current = await ask(route, { as: 'ana', ...wrong, headers: needed(route, '*') });
    expect(current.outcome).toBe('422 invalid');
  });

  it.each(named(routes.filter((route) => takesJson(route) && isForUsers(route))))(
    '422 last, with its paths: %s',
    async (_, route) => {
      const refused = await ask(route, { as: 'ana', json: { unknown: 1 }, headers: needed(route, '*') });
      expect(refused.outcome).toBe('422 invalid');
      expect(refused.faults).toContain('unknown:unknown');
    },
  );

  it.each(named(routes.filter(({ operation }) => operation.callers.length === 1 && operation.callers[0] === 'key')))(
    'of a key’s operation: 401, then 400, then 403: %s',
    async (_, route) => {
      const server = servers.organization;
      const { secret } = await mintKey(server, 'ana', '/organizations/acme', {
        description: 'Order',
        module: 'reports',
      });
      const at = (query: string, sent: Sent) => ask({ ...route, path: `${route.path}${query}` }, sent);
      expect((await at('?unknown=1&module=agents', {})).outcome).toBe('401 unauthenticated');
      expect((await at('?unknown=1&module=agents', { key: secret })).outcome).toBe('400 malformed');
      expect((await at('?module=agents', { key: secret })).outcome).toBe('403 module_not_allowed');
    },
  );

  it('a public operation, with or without a session → 400 for a token that is not of a mail', async () => {
    for (const route of routes.filter(isPublic))
      for (const query of ['', '?unknown=1', '?token=', '?token=a&token=b'])
        for (const as of [undefined, 'ana']) {
          const at = { ...route, path: `${route.path}${query}` };
          expect((await ask(at, as === undefined ? {} : { as })).outcome).toBe('400 malformed');
        }
  });

  it('a lease by a key of another module → 403, whatever else is wrong', async () => {
    const server = servers.organization;
    const { secret } = await mintKey(server, 'ana', '/organizations/acme', { description: 'Order', module: 'reports' });
    const path = '/integration/credentials';
    for (const sent of [
      { raw: '{"no":' },
      { raw: 'x', headers: { 'Content-Type': 'text/plain' } },
      { json: { unknown: 1 } },
    ])
      expect((await send(server, path, { key: secret, ...sent })).outcome).toBe('403 module_not_allowed');
  });
});
