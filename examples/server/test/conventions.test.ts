import type { ApiKey, Page, Policy, Profile, ProviderToken } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { mint, minted, outcome, read, request } from './request.js';

const jira = (name: string, code: string) => ({
  provider: 'jira',
  name,
  code,
  values: { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'sesame' },
});

describe.each(databases)('the conventions of the contract on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database, env: { ALLOWED_ORIGINS: 'https://app.example' } });
  });
  afterAll(() => server.close());

  it('a request without a session → 401 before any other error', async () => {
    const answer = await request(server, '/profile?unknown=1', { method: 'PATCH', json: 7 });
    expect(await outcome(answer)).toBe('401 unauthenticated');
    expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer realm="ai-cockpit"');
    expect(answer.headers.get('X-Request-Id')).toMatch(/^\w{20}$/);
  });

  it('each answer has a status and headers that the OpenAPI document lists', async () => {
    type Responses = Record<string, { headers: Record<string, unknown> }>;
    const { paths } = await read<{ paths: Record<string, Record<string, { responses: Responses }>> }>(
      await request(server, '/openapi.json'),
    );
    const sent: { query?: string; as?: string; headers?: Record<string, string> }[] = [
      {},
      { as: 'eve' },
      { as: 'ana' },
      { as: 'ana', query: '?unknown=1' },
      { as: 'ana', headers: { 'X-API-KEY': 'another' } },
    ];
    for (const [template, item] of Object.entries(paths)) {
      const path = template.replace('{organizationId}', 'acme').replace('{id}', 'unknown');
      for (const [method, { responses }] of Object.entries(item)) {
        for (const { query = '', ...rest } of sent) {
          const { status, headers } = await request(server, path + query, { ...rest, method: method.toUpperCase() });
          const documented = responses[status]?.headers;
          expect(documented, `${method} ${path}${query} ${status}`).toBeDefined();
          for (const name of ['X-Request-Id', 'ETag', 'RateLimit', 'RateLimit-Policy', 'WWW-Authenticate'])
            expect(headers.has(name), `${method} ${path}${query} ${status} ${name}`).toBe(name in (documented ?? {}));
          expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
          expect(headers.get('Cache-Control')).toBe('no-store');
        }
      }
    }
  });

  it('several faults in one request → the first check of the order answers', async () => {
    const path = '/organizations/acme/provider-tokens';
    const token = await read<ProviderToken>(await request(server, path, { as: 'ana', json: jira('Order', 'order') }));
    const patch = (as: string, headers: Record<string, string>, json: unknown, id = token.id) =>
      request(server, `${path}/${id}`, { as, method: 'PATCH', headers, json }).then(outcome);
    const stale = { 'If-Match': '"7"' };
    const known = { 'If-Match': '"1"' };

    expect(await patch('dora', {}, { no: 1 })).toBe('404 not_found');
    expect(await patch('carla', {}, { no: 1 }, 'unknown')).toBe('404 not_found');
    expect(await patch('carla', {}, { no: 1 })).toBe('403 forbidden');
    expect(await patch('eve', {}, { no: 1 }, 'unknown')).toBe('403 forbidden');
    expect(await patch('ana', { 'Content-Type': 'text/plain' }, { no: 1 })).toBe('415 media_type_unsupported');
    expect(await patch('ana', {}, { no: 1 })).toBe('428 version_required');
    expect(await patch('ana', stale, { no: 1 })).toBe('412 version_stale');
    expect(await patch('ana', { 'If-Match': 'W/"1"' }, { no: 1 })).toBe('422 invalid no:unknown');
    expect(await patch('ana', known, { no: 1 })).toBe('422 invalid no:unknown');
    expect(await patch('ana', known, { name: 'Ordered' })).toBe('200');
    expect(await patch('ana', known, { name: 'Again' })).toBe('412 version_stale');
  });

  it('X-User-Id of another person → 409 user_changed, nothing read or written', async () => {
    const page = (whom: string) => ({ 'X-User-Id': whom });
    const ask = (path: string, headers: Record<string, string>, more: object = {}) =>
      request(server, path, { as: 'ana', headers, ...more }).then(outcome);
    const path = '/organizations/acme/provider-tokens';
    for (const of of [
      '/policy',
      '/profile',
      path,
      `${path}/unknown`,
      '/organizations/globex/api-keys',
      '/profile?no=1',
    ])
      expect(await ask(of, page('bruno')), of).toBe('409 user_changed');
    for (const ana of ['ana', '%61na', '%61%6e%61', '%61%6E%61'])
      expect(await ask('/profile', page(ana)), ana).toBe('200');
    for (const nobody of ['', '%', '%ff', 'ana%00'])
      expect(await ask('/profile', page(nobody))).toBe('409 user_changed');
    const before = await read<Page<ProviderToken>>(await request(server, path, { as: 'ana' }));
    expect(await ask(path, page('bruno'), { json: jira('Written by Bruno', 'brunos') })).toBe('409 user_changed');
    expect(await ask(path, page('bruno'), { json: { no: 1 } })).toBe('409 user_changed');
    expect(await read<Page<ProviderToken>>(await request(server, path, { as: 'ana' }))).toEqual(before);

    expect(await ask(path, page('ana'))).toBe('200');
    expect(await ask(path, page(''))).toBe('409 user_changed');
    expect(await outcome(await request(server, '/profile', { headers: page('ana') }))).toBe('401 unauthenticated');
    const named = { as: 'josé é/%', headers: page(encodeURIComponent('josé é/%')) };
    expect(await outcome(await request(server, '/profile', named))).toBe('200');
    const { secret } = await minted(
      await mint(server, '/organizations/acme/api-keys', { description: 'Whoever asks' }, 'ana'),
    );
    const asKey = { headers: { ...page('bruno'), 'X-API-KEY': secret } };
    expect(await outcome(await request(server, '/integration/whoami', asKey))).toBe('200');
  });

  it('each answer to a session has X-User-Id; other answers do not', async () => {
    const of = async (path: string, options: Parameters<typeof request>[2]) => {
      const answer = await request(server, path, options);
      return [answer.status, answer.headers.get('X-User-Id')];
    };
    expect(await of('/profile', { as: 'ana' })).toEqual([200, 'ana']);
    expect(await of('/profile', { as: 'josé é/%' })).toEqual([200, 'jos%C3%A9%20%C3%A9%2F%25']);
    expect(await of('/organizations/acme/api-keys/unknown', { as: 'ana' })).toEqual([404, 'ana']);
    expect(await of('/organizations/acme/api-keys', { as: 'eve' })).toEqual([403, 'eve']);
    expect(await of('/profile?no=1', { as: 'ana' })).toEqual([400, 'ana']);
    expect(await of('/profile', { as: 'ana', method: 'PATCH', json: {} })).toEqual([428, 'ana']);
    expect(await of('/profile', { as: 'ana', headers: { 'X-User-Id': 'bruno' } })).toEqual([409, 'ana']);
    expect(await of('/profile', {})).toEqual([401, null]);
    expect(await of('/profile', { headers: { 'X-User-Id': 'ana' } })).toEqual([401, null]);
    expect(await of('/nothing', { as: 'ana' })).toEqual([404, null]);
    const { secret } = await minted(
      await mint(server, '/organizations/acme/api-keys', { description: 'Says nothing of people' }, 'ana'),
    );
    expect(await of('/integration/whoami', { headers: { 'X-API-KEY': secret } })).toEqual([200, null]);
  });

  it('a field that is not editable → 403 before 428', async () => {
    const answer = await request(server, '/profile', { as: 'bruno', method: 'PATCH', json: { email: 'b@b.example' } });
    expect(await outcome(answer)).toBe('403 field_not_editable email:not_editable');
  });

  it('two changes from one version → one is applied', async () => {
    const { version } = await read<Profile>(await request(server, '/profile', { as: 'carla' }));
    const change = (firstName: string) =>
      request(server, '/profile', {
        as: 'carla',
        method: 'PATCH',
        headers: { 'If-Match': `"${version}"` },
        json: { firstName },
      });
    const answers = await Promise.all(['A', 'B', 'C', 'D'].map(change));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it('If-Match: a tag that a compressing proxy marked, alone or among others, matches its version; others do not', async () => {
    const rename = async (tagOf: (version: number) => string) => {
      const { version } = await read<Profile>(await request(server, '/profile', { as: 'carla' }));
      const headers = { 'If-Match': tagOf(version) };
      return outcome(
        await request(server, '/profile', { as: 'carla', method: 'PATCH', headers, json: { lastName: 'M' } }),
      );
    };
    for (const tagOf of [
      (version: number) => `"${version}"`,
      (version: number) => `W/"${version}"`,
      (version: number) => `"${version}-gzip"`,
      (version: number) => `W/"${version}-br"`,
      (version: number) => `"${version + 7}", W/"${version}"`,
      (version: number) => `W/"other",W/"${version}" , "${version + 1}"`,
      () => '*',
    ])
      expect(await rename(tagOf), tagOf(1)).toBe('200');
    for (const tagOf of [
      (version: number) => `W/"${version - 1}"`,
      (version: number) => `"${version - 1}", W/"${version + 1}"`,
      (version: number) => `W/${version}`,
      (version: number) => `"${version}.0"`,
      () => 'W/*',
    ])
      expect(await rename(tagOf), tagOf(1)).toBe('412 version_stale');
  });

  it('a body that cannot be read → 400, 413 or 415', async () => {
    const send = (body: BodyInit, type = 'application/json', headers: Record<string, string> = {}) =>
      server.session('ana').then((token) =>
        fetch(`${server.baseUrl}/organizations/acme/provider-tokens`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': type, ...headers },
          body,
          duplex: 'half',
        } as RequestInit).then(outcome),
      );
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(' '.repeat(16 * 1024))),
    });

    expect(await send('{')).toBe('400 malformed');
    expect(await send('{}', 'text/plain')).toBe('415 media_type_unsupported');
    expect(await send('{}', 'application/json; charset=latin1')).toBe('415 media_type_unsupported');
    expect(await send('{}', 'application/json; charset=UTF-8')).toMatch(/^422/);
    expect(await send(new Uint8Array([0x22, 0xff, 0x22]))).toBe('400 malformed');
    expect(await send('['.repeat(30_000))).toBe('400 malformed');
    expect(await send(' '.repeat(65 * 1024))).toBe('413 too_large');
    expect(await send(endless)).toBe('413 too_large');
    expect(await send('{"__proto__":{"a":1},"provider":"jira","values":{"__proto__":"x"}}')).toBe(
      '422 invalid __proto__:unknown values.__proto__:unknown',
    );
  });

  it('a schema error → field errors with stable codes', async () => {
    const path = '/organizations/acme/provider-tokens';
    const json = { provider: 7, name: ' ', code: 'Not A Code', description: 'a\u202eb', more: 1 };
    expect(await outcome(await request(server, path, { as: 'ana', json }))).toBe(
      '422 invalid provider:type name:too_short code:format description:characters values:required more:unknown',
    );
  });

  it('pages through a list in each order, rows without a value last', async () => {
    const path = '/organizations/globex/api-keys';
    const expiries = ['2031-01-01', undefined, '2030-01-01', undefined, '2032-01-01'];
    for (const expiresAt of expiries) {
      server.advance(1000);
      await minted(
        await mint(server, path, { description: `Key to ${expiresAt ?? 'everything_'}`, expiresAt }, 'dora'),
      );
    }
    const walk = async (query: string): Promise<(string | null)[]> => {
      const seen: (string | null)[] = [];
      let next: string | null = `${path}?limit=2&${query}`;
      while (next) {
        const answer: Response = await request(server, next, { as: 'dora' });
        const { data, nextCursor } = await read<Page<ApiKey>>(answer);
        seen.push(...data.map(({ expiresOn }) => expiresOn));
        const link = /<.*?\/v1(.*)>; rel="next"/.exec(answer.headers.get('Link') ?? '');
        expect(link !== null).toBe(nextCursor !== null);
        next = link?.[1] ?? null;
      }
      return seen;
    };
    expect(await walk('sort=expiresAt')).toEqual(['2030-01-01', '2031-01-01', '2032-01-01', null, null]);
    expect(await walk('sort=-expiresAt')).toEqual(['2032-01-01', '2031-01-01', '2030-01-01', null, null]);
    expect(await walk('')).toEqual(['2032-01-01', null, '2030-01-01', null, '2031-01-01']);
    expect(await walk('q=EVERYTHING_')).toEqual([null, null]);
    expect(await walk('q=%25')).toEqual([]);
  });

  it('a cursor of another list → 400', async () => {
    const path = '/organizations/globex/api-keys';
    const { nextCursor } = await read<Page<ApiKey>>(await request(server, `${path}?limit=1`, { as: 'dora' }));
    const ask = async (query: string, list = path, as = 'dora') =>
      outcome(await request(server, `${list}?cursor=${nextCursor}${query}`, { as }));
    expect(await ask('')).toBe('200');
    expect(await ask('&q=a')).toBe('400 cursor_invalid');
    expect(await ask('&sort=name')).toBe('400 cursor_invalid');
    expect(await ask('', '/organizations/acme/api-keys', 'ana')).toBe('400 cursor_invalid');
    expect(await ask('x')).toBe('400 cursor_invalid');
    expect(await outcome(await request(server, `${path}?limit=0`, { as: 'dora' }))).toBe('400 malformed limit:format');
    for (const limit of ['1e2', '0x10', '1.0', '+5', '-5', '%205', '٣', '', 'NaN'])
      expect(await outcome(await request(server, `${path}?limit=${limit}`, { as: 'dora' })), limit).toBe(
        '400 malformed limit:type',
      );
    expect(await outcome(await request(server, `${path}?limit=101`, { as: 'dora' }))).toBe(
      '400 malformed limit:beyond_maximum',
    );
    for (const limit of ['1', '007', '100'])
      expect(await outcome(await request(server, `${path}?limit=${limit}`, { as: 'dora' })), limit).toBe('200');
    expect(await outcome(await request(server, `${path}?limit=1&limit=2`, { as: 'dora' }))).toBe('400 malformed');
    expect(await outcome(await request(server, '/profile?a=b', { as: 'dora' }))).toBe('400 malformed a:unknown');
  });

  it('getPolicy gives the policy of the person’s role in the organization', async () => {
    const policyOf = async (as: string, query = '') => read<Policy>(await request(server, `/policy${query}`, { as }));
    expect((await policyOf('ana')).organization).toEqual({
      id: 'acme',
      name: 'Acme',
      role: 'administrator',
      access: 'manage',
    });
    expect((await policyOf('ana', '?organizationId=globex')).organization?.access).toBe('read');
    const keysSection = async (as: string) => (await policyOf(as)).sections.find(({ id }) => id === 'api-keys');
    expect(await keysSection('carla')).toEqual({ id: 'api-keys' });
    expect(await keysSection('eve')).toEqual({ id: 'api-keys', denied: 'role' });
    expect(await keysSection('nobody-yet')).toEqual({ id: 'api-keys', denied: 'no_organization' });
    expect(await outcome(await request(server, '/policy?organizationId=globex', { as: 'bruno' }))).toBe(
      '404 not_found',
    );
  });

  it('a membership that ends → no access to the organization', async () => {
    const list = () => request(server, '/organizations/acme/api-keys', { as: 'bruno' }).then(outcome);
    expect(await list()).toBe('200');
    await server.store.directory.removeMembership('bruno', 'acme');
    expect(await list()).toBe('404 not_found');
    await server.store.directory.removePerson('bruno', server.clock.now());
    expect(await list()).toBe('401 unauthenticated');
  });

  it('a person removed before the first sign-in → 401', async () => {
    await server.store.directory.removePerson('henry', server.clock.now());
    expect(await outcome(await request(server, '/profile', { as: 'henry' }))).toBe('401 unauthenticated');
  });

  it('a write by cookie from another origin → 403', async () => {
    const cookie = `${server.sessionCookie}=${await server.session('dora')}`;
    const write = (origin: string | null) =>
      request(server, '/profile', {
        method: 'PATCH',
        headers: { Cookie: cookie, 'If-Match': '*', ...(origin && { Origin: origin }) },
        json: {},
      }).then(outcome);
    expect(await write(server.origin)).toBe('200');
    expect(await write('https://app.example')).toBe('200');
    expect(await write(null)).toBe('200');
    expect(await write('https://evil.example')).toBe('403 origin_not_allowed');
    expect(await write('null')).toBe('403 origin_not_allowed');
  });

  it('a key or session in a path, however encoded → not logged', async () => {
    const { secret } = await minted(await mint(server, '/organizations/acme/api-keys', { description: 'Log' }, 'ana'));
    const session = await server.session('ana');
    const start = secret.charCodeAt(0).toString(16);
    for (const written of [
      secret,
      `%${start}${secret.slice(1)}`,
      `%25${start}${secret.slice(1)}`,
      `x_${secret}`,
      session,
    ])
      await request(server, `/nowhere/${written}`);
    const logs = server.logs();
    expect(logs).toContain('/nowhere/');
    for (const part of [secret.slice(5), ...session.split('.')]) expect(logs).not.toContain(part);
  });

  it('CORS: listed origins only', async () => {
    const from = (origin: string) => request(server, '/profile', { as: 'dora', headers: { Origin: origin } });
    const listed = await from('https://app.example');
    expect(listed.headers.get('Access-Control-Allow-Origin')).toBe('https://app.example');
    expect(listed.headers.get('Access-Control-Expose-Headers')).toContain('ETag');
    expect((await from('https://evil.example')).headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('every path of the API, with a method that it does not have: answers 405 and the methods that it has', async () => {
    const { paths } = await read<{ paths: Record<string, Record<string, object>> }>(
      await request(server, '/openapi.json'),
    );
    const methodsAt = new Map(
      Object.entries(paths).map(([path, item]) => [path, Object.keys(item).map((method) => method.toUpperCase())]),
    );
    methodsAt.set('/openapi.json', ['GET']);
    for (const [template, documented] of methodsAt) {
      const path = template.replace('{organizationId}', 'acme').replace('{id}', 'unknown');
      for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD']) {
        if (documented.includes(method === 'HEAD' ? 'GET' : method)) continue;
        const answer = await request(server, path, { as: 'ana', method });
        expect(answer.status, `${method} ${path}`).toBe(405);
        const allowed = answer.headers.get('Allow')?.split(', ').toSorted();
        const head = documented.includes('GET') ? ['HEAD'] : [];
        expect(allowed, `${method} ${path}`).toEqual([...documented, ...head, 'OPTIONS'].toSorted());
        expect(answer.headers.get('X-Request-Id'), `${method} ${path}`).toMatch(/^\w{20}$/);
        expect(answer.headers.get('Content-Type'), `${method} ${path}`).toBe('application/problem+json');
      }
    }
  });

  it('unknown method → 405, unknown path → 404, an operation that the policy does not offer → 403', async () => {
    const put = await request(server, '/profile', { as: 'dora', method: 'PUT', json: {} });
    expect(await outcome(put)).toBe('405 method_not_allowed');
    expect(put.headers.get('Allow')).toBe('GET, HEAD, PATCH, OPTIONS');
    const nowhere = await request(server, '/nowhere', { as: 'dora' });
    expect(await nowhere.clone().json()).toHaveProperty('detail', 'There is no operation at this path.');
    expect(await outcome(nowhere)).toBe('404 not_found');
    expect(await outcome(await request(server, '/api-keys', { as: 'dora' }))).toBe('403 not_offered');
    const elsewhere = await fetch(`${server.origin}/v9/profile`);
    expect(elsewhere.status).toBe(404);
    expect(elsewhere.headers.get('Content-Type'), 'is no answer of an API').toContain('text/plain');
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  });
});

it('the policy of personal resources does not depend on the active organization', async () => {
  // Ana administers Acme, her first, and is a member of Globex.
  const overrides = [{ roles: ['member' as const], policy: { apiKeys: null, notifications: null } }];
  const server = await startServer({ database: 'sqlite', policy: { ...aipConsole, overrides } });
  expect(await outcome(await request(server, '/api-keys', { as: 'ana' }))).toBe('200');
  expect(await outcome(await request(server, '/notification-settings', { as: 'ana' }))).toBe('200');
  for (const organizationId of ['acme', 'globex']) {
    const sent = await request(server, `/policy?organizationId=${organizationId}`, { as: 'ana' });
    const { sections, apiKeys, notifications } = await read<Policy>(sent);
    expect({ apiKeys, notifications }).toEqual({
      apiKeys: aipConsole.apiKeys,
      notifications: aipConsole.notifications,
    });
    expect(sections).toEqual(aipConsole.sections);
  }
  await server.close();
});

it('an override for a role → the policy of that role', async () => {
  const overrides = [
    { roles: ['member' as const], policy: { apiKeys: null, profile: { fields: { firstName: { access: 'read' } } } } },
  ];
  const server = await startServer({ database: 'sqlite', policy: { ...aiCockpitOne, overrides } });
  const list = (as: string) => request(server, '/organizations/acme/api-keys', { as }).then(outcome);
  expect([await list('ana'), await list('carla')]).toEqual(['200', '403 not_offered']);
  const policy = await read<Policy>(await request(server, '/policy', { as: 'carla' }));
  expect(policy).toMatchObject({
    apiKeys: null,
    profile: { fields: { firstName: { access: 'read', required: true } } },
  });
  expect(policy).not.toHaveProperty('overrides');
  await server.close();
});
