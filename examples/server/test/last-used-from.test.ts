import type { ApiKey, Page } from '@ai-cockpit/sdk/contract';
import { duplocloud } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { type Key, mintKey, send, withApiKeys } from './security/exchange.js';

const minute = 60_000;
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

describe.each(databases)('where an API key was last used from, on %s', (database) => {
  let server: TestServer;
  let key: Key;
  beforeAll(async () => {
    server = await startServer({ database, policy: withApiKeys({ owner: 'organization' }) });
    key = await mintKey(server, 'bruno', '/organizations/acme', { description: 'Nightly' });
  });
  afterAll(() => server.close());

  const read = async (as: string) =>
    (await send<ApiKey>(server, `/organizations/acme/api-keys/${key.apiKey.id}`, { as })).json;
  const use = async (userAgent: string) => {
    server.advance(2 * minute);
    const { outcome } = await send(server, '/integration/whoami', {
      key: key.secret,
      headers: { 'User-Agent': userAgent },
    });
    expect(outcome).toBe('200');
    await server.settled();
    return (await read('bruno')).lastUsedFrom;
  };

  it('a key that was never used → null', async () => {
    expect(await read('bruno')).toMatchObject({ lastUsedAt: null, lastUsedFrom: null });
  });

  it.each([
    ['curl/8.5.0', 'curl'],
    ['python-requests/2.32.3', 'python-requests'],
    ['Terraform/1.9 (+https://www.terraform.io)', 'Terraform'],
    [chrome, 'Chrome'],
    [`${chrome} Edg/130.0.0.0`, 'Edge'],
    ['Mozilla/5.0 (unknown)', null],
    ['', null],
    ['<img src=x>', null],
    [`${'a'.repeat(41)}/1.0`, null],
    ['/1.0', null],
  ])('User-Agent “%s” → the address and the product %s', async (userAgent, product) => {
    const from = await use(userAgent);
    expect(from?.product).toBe(product);
    expect(from?.address).toMatch(/^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/);
  });

  it('a secret in User-Agent → not stored', async () => {
    for (const secret of [key.secret, `ghp_${'aB3'.repeat(12)}`, 'Kx3bVt9QzLw7nYc2RmHs5Pd8GfJ4tWq1ZkXu'])
      expect((await use(`${secret}/1.0`))?.product).toBeNull();
    const dump = await server.dump();
    expect(dump).not.toContain(key.secret);
    expect(dump).not.toContain('Kx3bVt9QzLw7nYc2');
  });

  it('visible to roles that may change the keys, not to a member', async () => {
    await use('curl/8.5.0');
    for (const [as, from] of [
      ['ana', expect.objectContaining({ product: 'curl' }) as unknown],
      ['bruno', expect.objectContaining({ product: 'curl' }) as unknown],
      ['carla', null],
    ] as const) {
      const { json } = await send<Page<ApiKey>>(server, '/organizations/acme/api-keys', { as });
      expect(json.data.map(({ lastUsedFrom }) => lastUsedFrom)).toEqual([from]);
      expect((await read(as)).lastUsedFrom).toEqual(from);
    }
  });

  it('visible to an administrator in the list of all keys', async () => {
    const own = await startServer({ database, policy: duplocloud });
    try {
      const { secret } = await mintKey(own, 'carla', '', { name: 'Hers' });
      await send(own, '/integration/whoami', { key: secret, headers: { 'User-Agent': 'curl/8.5.0' } });
      await own.settled();
      const { json } = await send<Page<ApiKey>>(own, '/admin/api-keys', { as: 'ana' });
      expect(json.data[0]?.lastUsedFrom?.product).toBe('curl');
    } finally {
      await own.close();
    }
  });
});
