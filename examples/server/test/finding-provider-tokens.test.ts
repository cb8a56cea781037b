import type { Page, ProviderToken } from '@ai-cockpit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { addToken, jira, send } from './security/exchange.js';

const day = 86_400_000;

describe.each(databases)('a list of provider tokens on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
    const tokens = server.store.db.updateTable('providerToken');
    for (const [code, status, expiresIn] of [
      ['checked', 'valid', null],
      ['refused', 'invalid', null],
      ['ended', 'valid', -day],
      ['said to be over', 'expired', null],
      ['new', 'untested', day],
    ] as const) {
      const { id } = await addToken(server, 'ana', '', jira(code.replaceAll(' ', '-')));
      const expiresAt = expiresIn && server.clock.now() + expiresIn;
      await tokens.set({ status, expiresAt }).where('id', '=', id).execute();
      server.advance(1000);
    }
  });
  afterAll(() => server.close());

  const page = async (query: string) =>
    (await send<Page<ProviderToken>>(server, `/provider-tokens?${query}`, { as: 'ana' })).json;

  it.each([
    ['valid', ['checked']],
    ['Válido', ['checked']],
    ['REJECTED', ['refused']],
    ['認証エラー', ['refused']],
    ['expired', ['said-to-be-over', 'ended']],
    ['Caducado', ['said-to-be-over', 'ended']],
    ['not checked yet', ['new']],
    ['未確認', ['new']],
    ['untested', ['new']],
  ])('search by the word for a status, as “%s”, in each language of the elements → found', async (q, found) => {
    const { data, total } = await page(`q=${encodeURIComponent(q)}`);
    expect(data.map(({ code }) => code)).toEqual(found);
    expect(total).toBe(found.length);
  });

  it('search by the word for a status → pages without a repeated row', async () => {
    const first = await page('q=expired&limit=1&sort=createdAt');
    expect(first.data.map(({ code }) => code)).toEqual(['ended']);
    const second = await page(`q=expired&limit=1&sort=createdAt&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    expect(second.data.map(({ code }) => code)).toEqual(['said-to-be-over']);
    expect(second.nextCursor).toBeNull();
  });
});
