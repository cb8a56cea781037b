import type { ApiKey, Page } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, duplocloud } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { acme, type Key, mintKey, send, withApiKeys } from './security/exchange.js';

const day = 86_400_000;

describe.each(databases)('a list of API keys on %s', (database) => {
  let server: TestServer;
  const keys: Record<string, Key> = {};
  const dateIn = (days: number) => new Date(server.clock.now() + days * day).toISOString().slice(0, 10);

  beforeAll(async () => {
    const { apiKeys } = withApiKeys({ owner: 'user', mask: 'prefixLast4', warnDaysBeforeExpiry: 10 });
    const administration = { listsAllKeys: true };
    server = await startServer({ database, policy: { ...aiCockpitOne, apiKeys, administration, overrides: [] } });
    for (const [person, description, days] of [
      ['ana', 'Ended', 1],
      ['ana', 'Ends soon', 12],
      ['ana', 'Ends late', 40],
      ['ana', 'Endless', 0],
      ['ana', 'Taken back', 0],
      ['carla', 'Hers', 0],
    ] as const) {
      keys[description] = await mintKey(server, person, '', { description, ...(days && { expiresAt: dateIn(days) }) });
      server.advance(1000);
    }
    await send(server, '/integration/whoami', { key: keyOf('Endless').secret });
    await server.settled();
    server.advance(4 * day);
    await send(server, `/api-keys/${keyOf('Taken back').apiKey.id}/revoke`, { as: 'ana', json: {} });
  });
  afterAll(() => server.close());

  const keyOf = (description: string): Key => {
    const key = keys[description];
    if (!key) throw new Error(`There is no key ${description}`);
    return key;
  };
  const page = async (query: string, path = '/api-keys') =>
    (await send<Page<ApiKey>>(server, `${path}?${query}`, { as: 'ana' })).json;
  const names = async (query: string, path?: string) =>
    (await page(query, path)).data.map(({ description }) => description);
  const encoded = encodeURIComponent;

  it.each([
    ['active', ['Endless', 'Ends late', 'Ends soon']],
    ['expiring', ['Ends soon']],
    ['expired', ['Ended']],
    ['revoked', ['Taken back']],
    ['unused', ['Taken back', 'Ends late', 'Ends soon', 'Ended']],
  ])('status=%s → the keys of that status, by the server’s clock and the policy’s days', async (status, own) => {
    expect(await names(`status=${status}`)).toEqual(own);
    const everybodys = status === 'active' || status === 'unused' ? ['Hers', ...own] : own;
    expect(await names(`status=${status}`, '/admin/api-keys')).toEqual(everybodys);
  });

  it.each(['/api-keys', '/admin/api-keys'])('of %s with a status → pages of that status', async (path) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const at: string = cursor ? `&cursor=${encoded(cursor)}` : '';
      const next: Page<ApiKey> = await page(`status=unused&limit=2&sort=expiresAt${at}`, path);
      seen.push(...next.data.map(({ description }) => description));
      cursor = next.nextCursor;
    } while (cursor);
    expect(seen.slice(0, 3)).toEqual(['Ended', 'Ends soon', 'Ends late']);
    expect(seen.slice(3).toSorted()).toEqual(path === '/api-keys' ? ['Taken back'] : ['Hers', 'Taken back']);
    const { nextCursor } = await page('status=unused&limit=2', path);
    for (const query of ['', 'status=active&', 'q=unused&']) {
      const other = await send(server, `${path}?${query}cursor=${encoded(nextCursor ?? '')}`, { as: 'ana' });
      expect(other.outcome).toBe('400 cursor_invalid');
    }
  });

  it('with a status, a search stays within it; an unknown status → 400', async () => {
    expect(await names('status=active&q=ends')).toEqual(['Ends late', 'Ends soon']);
    expect(await names('status=revoked&q=ends')).toEqual([]);
    for (const path of ['/api-keys', '/admin/api-keys'])
      for (const status of ['', 'ACTIVE', 'gone'])
        expect((await send(server, `${path}?status=${status}`, { as: 'ana' })).outcome).toBe('400 malformed');
  });

  it('search by the last characters of a value, in any case, with or without the ellipsis → found', async () => {
    const { maskedValue } = keyOf('Ends late').apiKey;
    const last = maskedValue.slice(-4);
    for (const q of [last, last.toLowerCase(), last.slice(1), maskedValue, `…${last}`, `...${last}`])
      for (const path of ['/api-keys', '/admin/api-keys'])
        expect(await names(`q=${encoded(q)}`, path)).toContain('Ends late');
    // The prefix is that of all keys, and no value is told apart by one character.
    for (const q of ['aico', 'ico_', '_']) expect(await names(`q=${encoded(q)}`)).toEqual([]);
    // The hidden characters of a value are not searched: a search cannot find out a value character by character.
    expect(await names(`q=${keyOf('Ends late').secret.slice(20, 25)}`)).toEqual([]);
  });

  it.each([
    ['revoked', ['Taken back']],
    ['EXPIRED', ['Ended']],
    ['Caducada', ['Ended']],
    ['expirado', ['Ended']],
    ['取り消し済み', ['Taken back']],
    ['expiring soon', ['Ends soon']],
    ['Nunca usada', ['Taken back', 'Ends late', 'Ends soon', 'Ended']],
  ])('search by the word for a status, as “%s”, in each language of the elements → found', async (q, found) => {
    expect(await names(`q=${encoded(q)}`)).toEqual(found);
    expect(await names(`q=${encoded(q)}`, '/admin/api-keys')).toEqual(expect.arrayContaining(found));
  });

  it('search by an owner’s e-mail address → found in the list of all keys, not in one’s own', async () => {
    const { email } = (await send<{ email: string }>(server, '/profile', { as: 'carla' })).json;
    expect(email).toContain('@');
    for (const q of [email, email.toUpperCase(), email.slice(0, 7)])
      expect(await names(`q=${encoded(q)}`, '/admin/api-keys')).toEqual(['Hers']);
    await server.store.db.updateTable('person').set({ email: 'Zoé@éxample.org' }).where('id', '=', 'carla').execute();
    for (const q of ['zoé@é', 'Zoé@éxample.org'])
      expect(await names(`q=${encoded(q)}`, '/admin/api-keys')).toEqual(['Hers']);
    expect(await names('q=zo%25', '/admin/api-keys')).toEqual([]);
    expect(await names(`q=${encoded('@')}`)).toEqual([]);
  });
});

it.each(databases)(
  'search by module in each language, and by creator → an organization’s key is found: %s',
  async (database) => {
    const modules = [
      { id: 'reports', name: 'Reports', messages: { ja: { name: 'レポート' }, pt: { name: 'Relatórios' } } },
      { id: 'agents', name: 'Agents' },
    ];
    const server = await startServer({ database, policy: withApiKeys({ modules }) });
    try {
      for (const [person, description, module] of [
        ['ana', 'Nightly', 'reports'],
        ['bruno', 'Weekly', 'agents'],
        ['bruno', 'Any', null],
      ] as const) {
        await mintKey(server, person, acme, { description, module });
        server.advance(1000);
      }
      const found = async (q: string) => {
        const path = `${acme}/api-keys?q=${encodeURIComponent(q)}`;
        const { json } = await send<Page<ApiKey>>(server, path, { as: 'ana' });
        return json.data.map(({ description }) => description);
      };
      for (const q of ['reports', 'レポート', 'relatorios']) expect(await found(q)).toEqual(['Nightly']);
      expect(await found('Bruno')).toEqual(['Any', 'Weekly']);
      expect(await found('agent')).toEqual(['Weekly']);
    } finally {
      await server.close();
    }
  },
);

it('a policy without warnDaysBeforeExpiry → a key is “expiring” from 30 days before its end', async () => {
  const server = await startServer({
    database: 'sqlite',
    policy: { ...duplocloud, apiKeys: duplocloud.apiKeys && { ...duplocloud.apiKeys, warnDaysBeforeExpiry: null } },
  });
  try {
    for (const days of [29, 32])
      await mintKey(server, 'ana', '', {
        name: `In ${days} days`,
        expiresAt: new Date(server.clock.now() + days * day).toISOString().slice(0, 10),
      });
    const { json } = await send<Page<ApiKey>>(server, '/api-keys?status=expiring', { as: 'ana' });
    expect(json.data.map(({ name }) => name)).toEqual(['In 29 days']);
  } finally {
    await server.close();
  }
});
