import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  type CockpitOptions,
  ContractError,
  createCockpit,
  NetworkError,
  RateLimitedError,
  TimeoutError,
} from './index.js';
import { apiKey, minted, profile, providerToken, secretValue } from './testing/examples.js';
import { type Answer, cutShort, json, lost, never, problem, scriptedServer, text } from './testing/scripted-server.js';

const clientOf = async (script: Answer[], options: Partial<CockpitOptions> = {}) => {
  const { baseUrl, received } = await scriptedServer(script);
  return { cockpit: createCockpit({ baseUrl, ...options }), received };
};

const faults: [string, Answer][] = [
  ['408', problem(408, 'unknown')],
  ['429', problem(429, 'rate_limited', { 'retry-after': '0' })],
  ['500', problem(500, 'internal')],
  ['502 of a proxy', text(502, '<h1>Bad gateway</h1>')],
  ['503', problem(503, 'unavailable', { 'retry-after': '0' })],
  ['a lost answer', lost],
  ['an answer cut short', cutShort(200, '{"id":')],
];

describe('retries', () => {
  it.each(faults)('a read after %s: repeated', async (_, fault) => {
    const { cockpit, received } = await clientOf([fault, json(200, profile)]);
    expect(await cockpit.profile.get()).toEqual(profile);
    expect(received).toHaveLength(2);
  });

  it.each([...faults, ['a request in flight', problem(409, 'idempotency_in_flight', { 'retry-after': '0' })] as const])(
    'createApiKey after %s: repeated under the same Idempotency-Key',
    async (_, fault) => {
      const { cockpit, received } = await clientOf([fault, json(201, minted)]);
      const { secret } = await cockpit.apiKeys.create({ name: 'CI' });
      expect(secret?.reveal()).toBe(secretValue);
      expect(received.map(({ body }) => body)).toEqual(['{"name":"CI"}', '{"name":"CI"}']);
      expect(received[0]?.headers['idempotency-key']).toBe(received[1]?.headers['idempotency-key']);
    },
  );

  it('the caller’s Idempotency-Key is kept; another key gets another one', async () => {
    const { cockpit, received } = await clientOf([json(201, minted)]);
    const idempotencyKey = '11111111-1111-4111-8111-111111111111';
    await cockpit.apiKeys.create({}, { idempotencyKey });
    await cockpit.apiKeys.create({});
    await cockpit.apiKeys.create({});
    const keys = received.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBe(idempotencyKey);
    expect(new Set(keys).size).toBe(3);
  });

  it.each(faults)('any other request after %s: not repeated', async (_, fault) => {
    const { cockpit, received } = await clientOf([fault]);
    await expect(cockpit.profile.update({ firstName: 'A' }, { version: 1 })).rejects.toThrow();
    await expect(cockpit.providerTokens.create({ provider: 'jira', values: {} })).rejects.toThrow();
    await expect(cockpit.providerTokens.delete('t1', { version: 1 })).rejects.toThrow();
    await expect(cockpit.apiKeys.revoke('k1')).rejects.toThrow();
    expect(received.map(({ method }) => method)).toEqual(['PATCH', 'POST', 'DELETE', 'POST']);
  });

  it.each([400, 401, 403, 404, 409, 412, 422, 428])('a refusal with %d: not repeated', async (status) => {
    const { cockpit, received } = await clientOf([problem(status, 'x')]);
    await expect(cockpit.apiKeys.create({})).rejects.toThrow();
    expect(received).toHaveLength(1);
  });

  it('end at the limit of retries', async () => {
    const { cockpit, received } = await clientOf([problem(503, 'unavailable', { 'retry-after': '0' })]);
    await expect(cockpit.profile.get()).rejects.toMatchObject({ status: 503, code: 'unavailable' });
    expect(received).toHaveLength(3);
    const never = await clientOf([problem(503, 'unavailable')], { retry: { limit: 0 } });
    await expect(never.cockpit.profile.get()).rejects.toThrow();
    expect(never.received).toHaveLength(1);
  });

  it('wait as many seconds as Retry-After says', async () => {
    const { cockpit } = await clientOf([problem(503, 'unavailable', { 'retry-after': '1' }), json(200, profile)]);
    const started = performance.now();
    await cockpit.profile.get();
    expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  });

  it('wait until the date that Retry-After says', async () => {
    const date = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
    const { cockpit } = await clientOf([
      problem(429, 'rate_limited', { 'retry-after': date.toUTCString() }),
      json(200, profile),
    ]);
    await cockpit.profile.get();
    expect(Date.now()).toBeGreaterThanOrEqual(date.getTime() - 10);
  });

  it.each([
    ['than the longest wait', { retry: { maxDelay: 100_000 } }],
    ['than the call may take', { timeout: 100_000 }],
  ])('Retry-After longer than %s: not repeated, and the error says how long', async (_, options) => {
    // A wait of even the shorter time would outlast the test.
    const { cockpit, received } = await clientOf([problem(429, 'rate_limited', { 'retry-after': '700' })], options);
    const error: unknown = await cockpit.profile.get().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({ retryAfter: 700 });
    expect(received).toHaveLength(1);
  });
});

describe('abort and timeout', () => {
  it('an aborted signal rejects with its reason: before the call, during it, and between attempts', async () => {
    const { cockpit, received } = await clientOf([never]);
    await expect(cockpit.profile.get({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(received).toHaveLength(0);

    const controller = new AbortController();
    const waiting = cockpit.profile.get({ signal: controller.signal });
    await expect.poll(() => received).toHaveLength(1);
    controller.abort(new Error('left the page'));
    await expect(waiting).rejects.toThrow('left the page');

    const leaving = new AbortController();
    const answered = () => void setImmediate(() => leaving.abort(new DOMException('Too late', 'TimeoutError')));
    const busy = await clientOf([problem(503, 'unavailable', { 'retry-after': '5' })], {
      hooks: { onResponse: answered },
    });
    const between = busy.cockpit.profile.get({ signal: leaving.signal });
    await expect(between).rejects.toMatchObject({ name: 'TimeoutError', constructor: DOMException });
    expect(busy.received).toHaveLength(1);
  });

  it('an aborted signal rejects while the body is still arriving', async () => {
    const dripping: Answer = (response) => response.writeHead(200).write('{');
    const { cockpit, received } = await clientOf([dripping]);
    const controller = new AbortController();
    const reading = cockpit.profile.get({ signal: controller.signal });
    await expect.poll(() => received).toHaveLength(1);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('an aborted signal rejects while the access token is being fetched', async () => {
    const { cockpit } = await clientOf([never], { getAccessToken: () => new Promise(() => {}) });
    await expect(cockpit.profile.get({ signal: AbortSignal.timeout(50) })).rejects.toThrow(DOMException);
    await expect(cockpit.profile.get({ timeout: 50 })).rejects.toThrow(TimeoutError);
  });

  it('the timeout of the call, or else of the client, counts over all attempts', async () => {
    const { cockpit, received } = await clientOf([never], { timeout: 200 });
    await expect(cockpit.profile.get()).rejects.toThrow(TimeoutError);
    await expect(cockpit.profile.get({ timeout: 50 })).rejects.toMatchObject({
      name: 'TimeoutError',
      code: 'timeout',
      message: 'GET /profile took too long',
    });
    // One attempt each, at most: a call may time out before its request has arrived.
    expect(received.length).toBeLessThanOrEqual(2);
  });

  it('the timeout rejects while the body is still arriving', async () => {
    const dripping: Answer = (response) => response.writeHead(200).write('{');
    const { cockpit } = await clientOf([dripping]);
    await expect(cockpit.profile.get({ timeout: 100 })).rejects.toThrow(TimeoutError);
  });
});

describe('no answer', () => {
  it('is a NetworkError', async () => {
    const cockpit = createCockpit({ baseUrl: 'http://127.0.0.1:9/v1', retry: { limit: 0 } });
    await expect(cockpit.profile.get()).rejects.toThrow(NetworkError);
    await expect(cockpit.profile.get()).rejects.toMatchObject({
      code: 'network',
      message: 'GET /profile got no answer',
    });
  });
});

describe('an answer against the contract', () => {
  it.each<[string, Answer, string]>([
    ['HTML', text(200, '<h1>Sign in</h1>'), ''],
    ['nothing', text(200, ''), ''],
    ['204', (response) => response.writeHead(204).end(), ''],
    ['truncated JSON', text(200, '{"id":"u1","loginNa'), ''],
    ['null', text(200, 'null'), ''],
    ['a wrong type', json(200, { ...profile, firstName: { secret: 1 } }), 'firstName'],
    [
      'a wrong type inside',
      json(200, { ...profile, organizations: [{ id: 'a', name: 5, role: 'x' }] }),
      'organizations.0.name',
    ],
    ['a missing member', json(200, { ...profile, version: undefined }), 'version'],
    ['10 MB', text(200, JSON.stringify({ ...profile, more: 'x'.repeat(10_000_000) })), ''],
    ['a redirect', (response) => response.writeHead(302, { location: '/v1/policy' }).end(), ''],
  ])('%s: a ContractError that names the place', async (_, answer, path) => {
    const { cockpit, received } = await clientOf([answer]);
    const error: unknown = await cockpit.profile.get().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({ name: 'ContractError', code: 'contract', operationId: 'getProfile', path });
    expect(received).toHaveLength(1);
  });

  it('an HTML page instead of 204: the call is rejected', async () => {
    const { cockpit } = await clientOf([text(200, '<h1>Sign in</h1>')]);
    await expect(cockpit.apiKeys.delete('k1', { version: 1 })).rejects.toThrow(ContractError);
  });

  it.each([
    ['a wrong type', json(201, { apiKey: { ...apiKey, name: null }, secret: secretValue })],
    ['an end too early', text(201, `{"secret":"${secretValue}`)],
  ])('with a secret: quoted in no error: %s', async (_, answer) => {
    const { cockpit } = await clientOf([answer]);
    const error: unknown = await cockpit.apiKeys.create({}).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ContractError);
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain('canary');
  });
});

describe('hooks', () => {
  it('are called for each request and answer, without secrets', async () => {
    const told: [string, object][] = [];
    const tell = (name: string) => (info: object) => void told.push([name, info]);
    const { cockpit } = await clientOf(
      [
        problem(401, 'session_expired'),
        problem(503, 'unavailable', { 'retry-after': '0' }),
        json(201, minted, { 'x-request-id': 'req-3' }),
        problem(404, 'not_found'),
      ],
      {
        getAccessToken: () => 'session-canary',
        hooks: { onRequest: tell('request'), onResponse: tell('response'), onError: tell('error') },
      },
    );
    await cockpit.organization('org-canary').apiKeys.create({ name: 'name-canary' }, { idempotencyKey: 'key-canary' });
    await cockpit.apiKeys.get('id-canary').catch(() => undefined);

    const create = { operationId: 'createApiKey', method: 'POST', path: '/organizations/{organizationId}/api-keys' };
    const get = { operationId: 'getApiKey', method: 'GET', path: '/api-keys/{id}', attempt: 1 };
    const duration: unknown = expect.any(Number);
    expect(told).toEqual([
      ['request', { ...create, attempt: 1 }],
      ['response', { ...create, attempt: 1, status: 401, duration, requestId: 'req-1' }],
      ['request', { ...create, attempt: 2 }],
      ['response', { ...create, attempt: 2, status: 503, duration, requestId: 'req-1' }],
      ['request', { ...create, attempt: 3 }],
      ['response', { ...create, attempt: 3, status: 201, duration, requestId: 'req-3' }],
      ['request', get],
      ['response', { ...get, status: 404, duration, requestId: 'req-1' }],
      ['error', { ...get, code: 'not_found', status: 404, duration, requestId: 'req-1' }],
    ]);
    expect(JSON.stringify(told)).not.toContain('canary');
  });

  it('that throw do not fail the call, and are not awaited', async () => {
    const { cockpit } = await clientOf([json(200, providerToken)], {
      hooks: {
        onRequest: () => {
          throw new Error('at once');
        },
        onResponse: () => Promise.reject(new Error('later')),
        onError: () => new Promise(() => {}),
      },
    });
    await expect(cockpit.providerTokens.get('t1')).resolves.toEqual(providerToken);
    await expect(cockpit.profile.get()).rejects.toThrow(ContractError);
  });

  it('report an abort as such', async () => {
    const codes: string[] = [];
    const { cockpit } = await clientOf([never], { hooks: { onError: ({ code }) => void codes.push(code) } });
    await cockpit.profile.get({ signal: AbortSignal.abort() }).catch(() => undefined);
    expect(codes).toEqual(['aborted']);
  });
});
