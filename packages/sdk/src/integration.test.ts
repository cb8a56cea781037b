import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { checksum } from './api-key-format.js';
import {
  ApiKeyFormatError,
  createIntegration,
  ForbiddenError,
  type IntegrationOptions,
  NotFoundError,
  Secret,
  UnauthenticatedError,
} from './integration.js';
import { owner } from './testing/examples.js';
import { type Answer, json, lost, problem, scriptedServer } from './testing/scripted-server.js';

const body = 'aic_0123456789ABcanarycanarycanarycanarycanary';
const apiKey = body + checksum(body);

const identity = { apiKeyId: 'k1', owner, module: 'agents', expiresAt: null };
const lease = {
  headers: { Authorization: 'Basic leased-canary' },
  baseUrl: 'https://acme.atlassian.net',
  expiresAt: '2026-01-01T00:05:00Z',
  leaseId: 'l1',
};

const clientOf = async (script: Answer[], options: Partial<IntegrationOptions> = {}) => {
  const { baseUrl, received } = await scriptedServer(script);
  return { integration: createIntegration({ baseUrl, apiKey, ...options }), received };
};

describe('an integration', () => {
  it('whoAmI sends the key in X-API-KEY and nowhere else', async () => {
    const { integration, received } = await clientOf([json(200, identity)]);
    expect(await integration.whoAmI()).toEqual(identity);
    await integration.whoAmI({ module: 'agents' });
    expect(received.map(({ url }) => url)).toEqual(['/v1/integration/whoami', '/v1/integration/whoami?module=agents']);
    expect(received[0]?.headers['x-api-key']).toBe(apiKey);
    expect(received[0]?.headers).not.toHaveProperty('authorization');
  });

  it('accepts its key as a Secret', async () => {
    const { integration, received } = await clientOf([json(200, identity)], { apiKey: new Secret(apiKey) });
    await integration.whoAmI();
    expect(received[0]?.headers['x-api-key']).toBe(apiKey);
  });

  it('leases a credential whose headers are Secrets', async () => {
    const { integration, received } = await clientOf([json(200, lease)]);
    const { headers, ...rest } = await integration.leaseCredential({ provider: 'jira', purpose: 'read issues' });
    expect(received[0]).toMatchObject({
      method: 'POST',
      url: '/v1/integration/credentials',
      body: '{"provider":"jira","purpose":"read issues"}',
    });
    expect(headers.Authorization?.reveal()).toBe('Basic leased-canary');
    expect(inspect({ headers, rest }, { depth: 9, showHidden: true }) + JSON.stringify(headers)).not.toContain(
      'canary',
    );
    expect(rest).toEqual({ baseUrl: lease.baseUrl, expiresAt: lease.expiresAt, leaseId: 'l1' });
  });

  it('retries whoAmI, and never a lease', async () => {
    const asking = await clientOf([lost, json(200, identity)]);
    await asking.integration.whoAmI();
    expect(asking.received).toHaveLength(2);
    const leasing = await clientOf([lost]);
    await expect(leasing.integration.leaseCredential({ provider: 'jira', purpose: 'x' })).rejects.toThrow();
    expect(leasing.received).toHaveLength(1);
  });

  it.each([
    [401, UnauthenticatedError],
    [403, ForbiddenError],
    [404, NotFoundError],
  ])('rejects with %d at once, without the key in the error', async (status, ErrorClass) => {
    const { integration, received } = await clientOf([problem(status, 'x')]);
    const error: unknown = await integration.whoAmI().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ErrorClass);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary');
    expect(received).toHaveLength(1);
  });

  it('follows no redirect with its key', async () => {
    const elsewhere = await scriptedServer([json(200, identity)]);
    const { integration } = await clientOf([
      (response) => response.writeHead(307, { location: elsewhere.baseUrl }).end(),
    ]);
    await expect(integration.whoAmI()).rejects.toMatchObject({ code: 'contract' });
    expect(elsewhere.received).toEqual([]);
  });

  it.each([
    ['api_key_checksum', `${apiKey.slice(0, -1)}${apiKey.endsWith('0') ? '1' : '0'}`],
    ['api_key_malformed', apiKey.slice(0, -3)],
    ['api_key_malformed', ''],
  ])('refuses a malformed key, as %s', (code, key) => {
    const create = () => createIntegration({ baseUrl: 'https://api.example/v1', apiKey: key });
    expect(create).toThrow(ApiKeyFormatError);
    expect(create).toThrow(expect.objectContaining({ code, message: expect.not.stringContaining('canary') as string }));
  });

  it.each([
    ['a line end', `${apiKey}\n`],
    ['a line end of Windows', `${apiKey}\r\n`],
    ['spaces and tabs', ` \t${apiKey} \t`],
    ['a byte order mark', `\ufeff${apiKey}`],
    ['no-break spaces', `\u00a0${apiKey}\u202f`],
    ['zero-width characters', `\u200b${apiKey}\u2060`],
    ['marks of direction', `\u202a${apiKey}\u202c`],
  ])('trims %s around a key', async (_, pasted) => {
    for (const key of [pasted, new Secret(pasted)]) {
      const { integration, received } = await clientOf([json(200, identity)], { apiKey: key });
      await integration.whoAmI();
      expect(received[0]?.headers['x-api-key']).toBe(apiKey);
    }
  });

  it.each([
    ['api_key_quoted', 'quotation marks', `"${apiKey}"`],
    ['api_key_quoted', 'quotation marks', `“${apiKey}”`],
    ['api_key_scheme', 'scheme', `Bearer ${apiKey}`],
    ['api_key_labelled', 'name of a header', `X-API-KEY: ${apiKey}`],
    ['api_key_labelled', 'name of a header', `AI_COCKPIT_API_KEY=${apiKey}`],
    ['api_key_masked', 'masked', `${apiKey.slice(0, 8)}••••`],
    ['api_key_masked', 'masked', String(new Secret(apiKey))],
    ['api_key_white_space', 'white space', `${apiKey.slice(0, 8)} ${apiKey.slice(8)}`],
    ['api_key_invisible', 'invisible', `${apiKey.slice(0, 8)}\u200b${apiKey.slice(8)}`],
    ['api_key_not_ascii', 'not ASCII', apiKey.replace('a', '\u0430')],
    ['api_key_malformed', 'missing', apiKey.slice(0, -3)],
    ['api_key_malformed', 'missing', ' \n'],
    ['api_key_malformed', 'missing', undefined],
  ])('names the fault of a key, as %s: %s', (code, cause, key) => {
    // A program without types gives whatever its environment has.
    const create = () => createIntegration({ baseUrl: 'https://api.example/v1', apiKey: key as string });
    expect(create).toThrow(ApiKeyFormatError);
    expect(create).toThrow(expect.objectContaining({ code, message: expect.stringContaining(cause) as string }));
    expect(create).toThrow(expect.objectContaining({ message: expect.not.stringContaining('canary') as string }));
  });
});
