import type { Problem } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { addManyKeys } from './many-keys.js';
import { acme, addToken, ifMatch, jira, mint, send } from './security/exchange.js';

const most = 10_000;

/** Copies of a token, past the domain: creating each would take minutes. */
const copyToken = async ({ store: { db } }: TestServer, id: string, copies: number): Promise<void> => {
  const token = await db.selectFrom('providerToken').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const rows = Array.from({ length: copies }, (_, at) => ({ ...token, id: `copy-${at}`, name: `${at}`, code: null }));
  await db.transaction().execute(async (trx) => {
    while (rows.length) await trx.insertInto('providerToken').values(rows.splice(0, 500)).execute();
  });
};

describe.each(databases)('the technical limit on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    expect(aiCockpitOne.apiKeys?.limit).toBeNull();
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  const expectOneOfTen = (answers: { outcome: string; json: unknown }[], detail: string): void => {
    const outcomes = answers.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === '201')).toHaveLength(1);
    const refused = answers.filter(({ outcome }) => outcome === '409 limit_reached');
    expect(refused).toHaveLength(9);
    for (const { json } of refused) expect((json as Problem).detail).toContain(detail);
  };

  it('a policy without a limit, ten keys at once for the last place of 10,000 → one; a deleted key makes room', async () => {
    await addManyKeys(server.store, most - 1, server.clock.now());
    const answers = await Promise.all(Array.from({ length: 10 }, () => mint(server, 'ana', acme)));
    expectOneOfTen(answers, '10,000 API keys');
    // Of another owner.
    expect((await mint(server, 'dora', '/organizations/globex')).outcome).toBe('201');
    const deleted = await send(server, `${acme}/api-keys/many00000003`, {
      as: 'ana',
      method: 'DELETE',
      headers: ifMatch(1),
    });
    expect(deleted.outcome).toBe('204');
    expect((await mint(server, 'ana', acme)).outcome).toBe('201');
  });

  it('ten provider tokens at once for the last place of 10,000 → one', async () => {
    const { id } = await addToken(server, 'ana', acme, jira('first'));
    await copyToken(server, id, most - 2);
    const add = (at: number) => send(server, `${acme}/provider-tokens`, { as: 'ana', json: jira(`last-${at}`) });
    expectOneOfTen(await Promise.all(Array.from({ length: 10 }, (_, at) => add(at))), '10,000 provider tokens');
  });
});
