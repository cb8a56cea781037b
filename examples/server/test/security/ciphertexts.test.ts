import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import { acme, addToken, canary, globex, ifMatch, jira, mint, send, uuid } from './exchange.js';

describe.each(databases)('ciphertexts on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  const row = (id: string) =>
    server.store.db.selectFrom('providerToken').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const setSecret = (id: string, secret: Uint8Array) =>
    server.store.db.updateTable('providerToken').set({ secret }).where('id', '=', id).execute();
  const lease = (code: string, provider = 'jira', as = 'ana') =>
    send(server, '/integration/credentials', {
      as,
      json: { provider, code, purpose: 'A test', organizationId: as === 'dora' ? 'globex' : 'acme' },
    });

  describe('37 ciphertexts swapped', () => {
    it('37 between two tokens of one owner → refused', async () => {
      const secrets = [canary('one'), canary('two')];
      const one = await addToken(server, 'ana', acme, jira('swap-one', secrets[0]));
      const two = await addToken(server, 'ana', acme, jira('swap-two', secrets[1]));
      const [{ secret: ones }, { secret: twos }] = [await row(one.id), await row(two.id)];
      await setSecret(one.id, twos);
      await setSecret(two.id, ones);
      for (const code of ['swap-one', 'swap-two']) {
        const refused = await lease(code);
        expect(refused.outcome).toBe('500 internal');
        for (const secret of secrets) expect(refused.text).not.toContain(secret);
      }
      // Moved with its row's other columns to another provider, it does not open either.
      await setSecret(one.id, ones);
      await setSecret(two.id, twos);
      expect((await lease('swap-one')).outcome).toBe('200');
      const moved = { provider: 'github-projects', fieldValues: '{}' };
      await server.store.db.updateTable('providerToken').set(moved).where('id', '=', one.id).execute();
      expect((await lease('swap-one', 'github-projects')).outcome).toBe('500 internal');
    });

    it('37 between owners, with the data key or without → refused', async () => {
      const secrets = [canary('acme'), canary('globex')];
      const acmes = await addToken(server, 'ana', acme, jira('swap-owner', secrets[0]));
      const globexs = await addToken(server, 'dora', globex, jira('swap-owner', secrets[1]));
      const [{ secret: ones }, { secret: twos }] = [await row(acmes.id), await row(globexs.id)];
      await setSecret(globexs.id, ones);
      const refused = await lease('swap-owner', 'jira', 'dora');
      expect(refused.outcome).toBe('500 internal');

      const owners = await server.store.db.selectFrom('owner').selectAll().where('dataKey', 'is not', null).execute();
      const setDataKey = (id: string, from: string) => {
        const { dataKey, dataKeyId } = owners.find((owner) => owner.id === from) ?? {};
        return server.store.db.updateTable('owner').set({ dataKey, dataKeyId }).where('id', '=', id).execute();
      };
      await setDataKey('globex', 'acme');
      expect((await lease('swap-owner', 'jira', 'dora')).outcome).toBe('500 internal');
      // The whole row given to another owner, as by somebody who writes to the database to read a secret by a session.
      await setDataKey('globex', 'globex');
      await setSecret(globexs.id, twos);
      await server.store.db.updateTable('providerToken').set({ code: 'old' }).where('id', '=', globexs.id).execute();
      await server.store.db
        .updateTable('providerToken')
        .set({ ownerId: 'globex' })
        .where('id', '=', acmes.id)
        .execute();
      const stolen = await lease('swap-owner', 'jira', 'dora');
      expect(stolen.outcome).toBe('500 internal');
      expect(stolen.text).not.toContain(secrets[0]);
      expect((await lease('old', 'jira', 'dora')).outcome).toBe('200');
      await server.store.db.deleteFrom('providerToken').where('id', '=', acmes.id).execute();
    });

    it('37 beside another address, to be sent there → refused', async () => {
      const secret = canary('redirected');
      const token = await addToken(server, 'ana', acme, jira('redirected', secret));
      const fieldValues = (await row(token.id)).fieldValues.replace(/[\w.-]+\.atlassian\.net/, 'evil.atlassian.net');
      await server.store.db.updateTable('providerToken').set({ fieldValues }).where('id', '=', token.id).execute();
      const refused = await lease('redirected');
      expect(refused.outcome).toBe('500 internal');
      expect(refused.text).not.toContain(secret);
    });

    it('37 between two keys kept for repetition → refused', async () => {
      const keys = [uuid(), uuid()];
      const made = [];
      for (const key of keys) made.push(await mint(server, 'ana', acme, undefined, key));
      const { db } = server.store;
      const ids = made.map(({ json }) => json.apiKey.id);
      const rows = await db.selectFrom('minting').selectAll().where('apiKeyId', 'in', ids).execute();
      for (const [index, { tag }] of rows.entries()) {
        const sealed = rows[1 - index]?.sealed ?? null;
        await db.updateTable('minting').set({ sealed }).where('tag', '=', tag).execute();
      }
      for (const key of keys) {
        const refused = await mint(server, 'ana', acme, undefined, key);
        expect(refused.outcome).toBe('500 internal');
        for (const { json } of made) expect(refused.text).not.toContain(json.secret);
      }
    });
  });

  it('38 one bit flipped, wherever → 5xx, no partial plaintext', async () => {
    const secret = canary('flipped');
    const token = await addToken(server, 'ana', acme, jira('flipped', secret));
    const { secret: sealed } = await row(token.id);
    const answers: string[] = [];
    for (let at = 0; at < sealed.length; at++) {
      const flipped = Uint8Array.from(sealed);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      await setSecret(token.id, flipped);
      const refused = await lease('flipped');
      expect(refused.outcome, `byte ${at} of ${sealed.length}`).toBe('500 internal');
      answers.push(refused.text);
    }
    for (const length of [0, 1, 2, 13, sealed.length - 1]) {
      await setSecret(token.id, sealed.slice(0, length));
      expect((await lease('flipped')).outcome, `cut to ${length}`).toBe('500 internal');
    }
    // Requests that do not need the secret succeed; requests that would re-encrypt it fail.
    expect((await send(server, `${acme}/provider-tokens/${token.id}`, { as: 'ana' })).json).toEqual(token);
    const patch = {
      as: 'ana',
      method: 'PATCH',
      headers: ifMatch(1),
      json: { values: { email: 'other@acme.example' } },
    };
    expect((await send(server, `${acme}/provider-tokens/${token.id}`, patch)).outcome).toBe('500 internal');
    expect(`${answers.join()}${server.logs()}`).not.toContain(secret);
    expect(`${answers.join()}${server.logs()}`).not.toContain(secret.slice(0, 16));
    await setSecret(token.id, sealed);
    expect((await lease('flipped')).outcome).toBe('200');
  });

  it('38 one bit of the owner’s data key flipped → 5xx', async () => {
    const own = await startServer({ database });
    const secret = canary('datakey');
    await addToken(own, 'ana', acme, jira('datakey', secret));
    const { db } = own.store;
    const owners = () => db.selectFrom('owner').selectAll().where('id', '=', 'acme').executeTakeFirstOrThrow();
    const { dataKey } = await owners();
    for (const at of [0, 1, 3, 10, 30, (dataKey?.length ?? 0) - 1]) {
      const flipped = Uint8Array.from(dataKey ?? []);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await db.updateTable('owner').set({ dataKey: flipped }).where('id', '=', 'acme').execute();
      const json = { provider: 'jira', code: 'datakey', purpose: 'A test', organizationId: 'acme' };
      const refused = await send(own, '/integration/credentials', { as: 'ana', json });
      expect(refused.outcome).toBe('500 internal');
      // Nor is a new data key made over one that does not open.
      const added = await send(own, `${acme}/provider-tokens`, { as: 'ana', json: jira(`more-${at}`) });
      expect(added.outcome).toBe('500 internal');
    }
    expect((await owners()).dataKeyId).not.toBeNull();
    expect(own.logs()).not.toContain(secret);
    await own.close();
  });
});
