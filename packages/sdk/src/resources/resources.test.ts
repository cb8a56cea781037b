import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type ApiKey,
  type ApiKeyPage,
  type Cockpit,
  createCockpit,
  type List,
  type Page,
  type Policy,
  type Profile,
  Secret,
} from '../index.js';
import {
  activity,
  apiKey,
  minted,
  notificationSettings,
  policy,
  profile,
  provider,
  providerToken,
  secretValue,
} from '../testing/examples.js';
import { type Answer, json, scriptedServer } from '../testing/scripted-server.js';

const clientOf = async (...script: Answer[]) => {
  const { baseUrl, received } = await scriptedServer(script);
  return { cockpit: createCockpit({ baseUrl, getAccessToken: () => 'session' }), received };
};

const noContent: Answer = (response) => response.writeHead(204).end();

describe('requests', () => {
  it('reads the policy of an organization, by default the first', async () => {
    const { cockpit, received } = await clientOf(json(200, policy));
    expect((await cockpit.policy()).apiKeys?.noun).toBe('apiKey');
    await cockpit.policy('acme & co');
    expect(received.map(({ url }) => url)).toEqual(['/v1/policy', '/v1/policy?organizationId=acme+%26+co']);
    expect(received[0]?.headers.authorization).toBe('Bearer session');
  });

  it('reads and updates the profile, by its version', async () => {
    const { cockpit, received } = await clientOf(json(200, profile));
    const { version } = await cockpit.profile.get();
    await cockpit.profile.update({ firstName: 'Bia' }, { version });
    expect(received[1]).toMatchObject({ method: 'PATCH', url: '/v1/profile', body: '{"firstName":"Bia"}' });
    expect(received[1]?.headers).toMatchObject({ 'if-match': '"7"', 'content-type': 'application/json' });
  });

  it('reads and updates notification settings, by their version', async () => {
    const { cockpit, received } = await clientOf(json(200, notificationSettings));
    const { version, events } = await cockpit.notificationSettings.get();
    expect(events).toEqual(['job.failed']);
    const changes: string[] = [];
    cockpit.changes.addEventListener('change', ({ operationId }) => changes.push(operationId));
    await cockpit.notificationSettings.update({ enabled: true }, { version });
    expect(received[1]).toMatchObject({ method: 'PATCH', url: '/v1/notification-settings', body: '{"enabled":true}' });
    expect(received[1]?.headers['if-match']).toBe('"4"');
    expect(changes).toEqual(['updateNotificationSettings']);
  });

  it('lists providers as an array', async () => {
    const { cockpit } = await clientOf(json(200, { data: [provider] }));
    expect(await cockpit.providers.list()).toEqual([provider]);
  });

  it('lists, creates, reads, updates and deletes provider tokens', async () => {
    const { cockpit, received } = await clientOf(
      json(200, { data: [providerToken], nextCursor: null }),
      json(200, providerToken),
      json(201, providerToken),
      json(200, providerToken),
      noContent,
    );
    const { providerTokens } = cockpit;
    expect((await providerTokens.list({ limit: 5, sort: '-name', q: 'ji' })).data).toEqual([providerToken]);
    expect(await providerTokens.get('t1')).toEqual(providerToken);
    await providerTokens.create({ provider: 'jira', values: { token: 'x' } });
    await providerTokens.update('t1', { values: { token: null } }, { version: 1 });
    expect(await providerTokens.delete('t1', { version: 2 })).toBeUndefined();
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1/provider-tokens?limit=5&sort=-name&q=ji',
      'GET /v1/provider-tokens/t1',
      'POST /v1/provider-tokens',
      'PATCH /v1/provider-tokens/t1',
      'DELETE /v1/provider-tokens/t1',
    ]);
    expect(received.map(({ headers }) => headers['if-match'])).toEqual([undefined, undefined, undefined, '"1"', '"2"']);
  });

  it('lists, creates, reads, revokes and deletes API keys', async () => {
    const { cockpit, received } = await clientOf(
      json(200, { data: [apiKey], nextCursor: null }),
      json(200, apiKey),
      json(201, minted),
      json(200, apiKey),
      json(200, apiKey),
      noContent,
    );
    const { apiKeys } = cockpit;
    await apiKeys.list();
    await apiKeys.get('k1');
    const { apiKey: created, secret } = await apiKeys.create({ name: 'CI', expiresAt: '2027-01-01' });
    expect(created).toEqual(apiKey);
    expect(secret).toBeInstanceOf(Secret);
    expect(secret?.reveal()).toBe(secretValue);
    await apiKeys.revoke('k1', { reason: 'leaked' });
    await apiKeys.revoke('k1');
    await apiKeys.delete('k1', { version: 3 });
    expect(received.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
      'GET /v1/api-keys ',
      'GET /v1/api-keys/k1 ',
      'POST /v1/api-keys {"name":"CI","expiresAt":"2027-01-01"}',
      'POST /v1/api-keys/k1/revoke {"reason":"leaked"}',
      'POST /v1/api-keys/k1/revoke {}',
      'DELETE /v1/api-keys/k1 ',
    ]);
    expect(received[2]?.headers['idempotency-key']).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('createApiKey without a secret in the answer: the secret is null', async () => {
    const { cockpit } = await clientOf(json(201, { apiKey, secret: null }));
    expect((await cockpit.apiKeys.create({})).secret).toBeNull();
  });

  it('lists and revokes the keys of all members, for an administrator', async () => {
    const { cockpit, received } = await clientOf(
      json(200, { data: [apiKey], nextCursor: 'next' }),
      json(200, { data: [], nextCursor: null }),
      json(200, apiKey),
    );
    const { apiKeys } = cockpit.administration;
    const all: ApiKey[] = [];
    for await (const key of apiKeys.list({ sort: '-owner', q: 'ana' })) all.push(key);
    expect(all).toEqual([apiKey]);
    expect(await apiKeys.revoke('k1', { reason: 'leaked' })).toEqual(apiKey);
    expect(received.map(({ method, url, body }) => `${method} ${url} ${body}`)).toEqual([
      'GET /v1/admin/api-keys?sort=-owner&q=ana ',
      'GET /v1/admin/api-keys?sort=-owner&q=ana&cursor=next ',
      'POST /v1/admin/api-keys/k1/revoke {"reason":"leaked"}',
    ]);
  });

  it('lists activity, unknown actions included', async () => {
    const { cockpit, received } = await clientOf(
      json(200, { data: [activity, { ...activity, action: 'robot.fed', actor: null }], nextCursor: null }),
    );
    const { data } = await cockpit.activity.list({ limit: 10, sort: 'at' });
    expect(data.map(({ action }) => action)).toEqual(['api_key.revoked', 'robot.fed']);
    expect(received.map(({ url }) => url)).toEqual(['/v1/activity?limit=10&sort=at']);
  });

  it('uses the organization’s path for what the organization owns', async () => {
    const { cockpit, received } = await clientOf(json(200, { data: [], nextCursor: null }), json(200, apiKey));
    const { apiKeys } = cockpit.organization('a/b');
    await apiKeys.list();
    await apiKeys.get('k?1');
    expect(received.map(({ url }) => url)).toEqual([
      '/v1/organizations/a%2Fb/api-keys',
      '/v1/organizations/a%2Fb/api-keys/k%3F1',
    ]);
  });

  it.each(['', '.', '..'])('sends nothing for the id %j, which a URL would resolve to another resource', async (id) => {
    const { cockpit, received } = await clientOf(json(200, apiKey));
    await expect(cockpit.apiKeys.get(id)).rejects.toThrow(TypeError);
    await expect(cockpit.organization(id).apiKeys.list()).rejects.toThrow(TypeError);
    expect(received).toEqual([]);
  });

  it('accepts a base URL with or without a trailing slash', async () => {
    const { baseUrl, received } = await scriptedServer([json(200, profile)]);
    await createCockpit({ baseUrl: `${baseUrl}/` }).profile.get();
    expect(received[0]?.url).toBe('/v1/profile');
  });

  it('calls an injected fetch with a Request', async () => {
    const { hostname, pathname } = await new Promise<URL>((resolve, reject) => {
      const fetch = (request: Request) => {
        resolve(new URL(request.url));
        return Response.json(profile);
      };
      createCockpit({ baseUrl: 'https://api.example/v1', fetch }).profile.get().catch(reject);
    });
    expect(hostname + pathname).toBe('api.example/v1/profile');
  });
});

describe('answers', () => {
  it('drops members it does not know, and keeps values it does not know', async () => {
    const { cockpit } = await clientOf(json(200, { ...apiKey, status: 'sleeping', novelty: 1 }));
    const answer = await cockpit.apiKeys.get('k1');
    expect(answer.status).toBe('sleeping');
    expect(answer).not.toHaveProperty('novelty');
  });

  it('an unknown value in the policy: the safest known value is used', async () => {
    const { cockpit } = await clientOf(json(200, { ...policy, layout: 'carousel' }));
    expect((await cockpit.policy()).layout).toBe('tabs');
  });
});

describe('lists', () => {
  const page = (ids: string[], nextCursor: string | null) =>
    json(200, { data: ids.map((id) => ({ ...apiKey, id })), nextCursor });

  it('await: one page', async () => {
    const { cockpit, received } = await clientOf(page(['a', 'b'], 'next'));
    const list = cockpit.apiKeys.list({ cursor: 'here', limit: 2 });
    expect(received).toHaveLength(0);
    const { data, nextCursor } = await list;
    expect(data.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(nextCursor).toBe('next');
    await list;
    expect(received.map(({ url }) => url)).toEqual(['/v1/api-keys?limit=2&cursor=here']);
  });

  it('for await: every item of all pages', async () => {
    const { cockpit, received } = await clientOf(page(['a', 'b'], '2'), page([], '3'), page(['c'], null));
    const ids: string[] = [];
    for await (const { id } of cockpit.apiKeys.list({ q: 'x' })) ids.push(id);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(received.map(({ url }) => url)).toEqual([
      '/v1/api-keys?q=x',
      '/v1/api-keys?q=x&cursor=2',
      '/v1/api-keys?q=x&cursor=3',
    ]);
  });

  it('leaving the loop: no further page is requested', async () => {
    const { cockpit, received } = await clientOf(page(['a', 'b'], '2'));
    for await (const { id } of cockpit.apiKeys.list()) if (id === 'b') break;
    expect(received).toHaveLength(1);
  });

  it('an aborted signal: no further page is requested', async () => {
    const { cockpit } = await clientOf(page(['a'], '2'), page(['b'], '3'));
    const controller = new AbortController();
    const ids: string[] = [];
    const walk = async () => {
      for await (const { id } of cockpit.apiKeys.list({ signal: controller.signal })) {
        ids.push(id);
        controller.abort();
      }
    };
    await expect(walk()).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(ids).toEqual(['a']);
  });
});

describe('types', () => {
  type ApiKeys = Cockpit['apiKeys'];
  type ProviderTokens = Cockpit['providerTokens'];
  type ProfileUpdate = Parameters<Cockpit['profile']['update']>;

  it('match the answers', () => {
    expectTypeOf<Cockpit['policy']>().returns.toEqualTypeOf<Promise<Policy>>();
    expectTypeOf<Cockpit['profile']['get']>().returns.toEqualTypeOf<Promise<Profile>>();
    expectTypeOf<ApiKeys['list']>().returns.toEqualTypeOf<List<ApiKey, ApiKeyPage>>();
    expectTypeOf<Awaited<List<ApiKey>>>().toEqualTypeOf<Page<ApiKey>>();
    expectTypeOf<Awaited<ReturnType<ApiKeys['list']>>['remaining']>().toEqualTypeOf<number | null | undefined>();
    expectTypeOf<Awaited<ReturnType<ApiKeys['create']>>['secret']>().toEqualTypeOf<Secret | null>();
    expectTypeOf<ProviderTokens['delete']>().returns.toEqualTypeOf<Promise<void>>();
    expectTypeOf<ReturnType<Cockpit['organization']>['apiKeys']>().toEqualTypeOf<ApiKeys>();
  });

  it('match the parameters', () => {
    expectTypeOf<ApiKeys['get']>().parameter(0).toEqualTypeOf<string>();
    expectTypeOf<ProfileUpdate[1]>().toExtend<{ version: number }>();
    expectTypeOf<{ signal: AbortSignal }>().not.toExtend<ProfileUpdate[1]>();
    expectTypeOf<{ id: string }>().not.toExtend<ProfileUpdate[0]>();
    expectTypeOf<{ values: { token: null } }>().toExtend<Parameters<ProviderTokens['update']>[1]>();
    expectTypeOf<{ provider: string }>().not.toExtend<Parameters<ProviderTokens['create']>[0]>();
    expectTypeOf<{ sort: 'colour' }>().not.toExtend<Parameters<ApiKeys['list']>[0]>();
  });
});
