import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import { acme, canary, ifMatch, jira, mint, mintKey, send } from './exchange.js';
import { formsOf } from './traces.js';

describe.each(databases)('secrets in answers on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
  });
  afterAll(() => server.close());

  it('35 secrets are in no list, get, patch or error body', async () => {
    const secrets = {
      jira: canary('token'),
      businessmap: canary('apikey'),
      'azure-devops': canary('azure'),
      servicenow: canary('password'),
      'github-projects': canary('github'),
    };
    const values = {
      jira: { site: 'acme.atlassian.net', email: 'bot@acme.example', token: secrets.jira },
      businessmap: { subdomain: 'acme', apiKey: secrets.businessmap },
      'azure-devops': { organization: 'acme', token: secrets['azure-devops'] },
      servicenow: { instance: 'acme.service-now.com', method: 'password', user: 'bot', password: secrets.servicenow },
      'github-projects': { token: secrets['github-projects'] },
    };
    const { secret: apiKey } = await mintKey(server, 'ana', acme);
    const wrong = canary('wrong');
    const texts: string[] = [];
    const ask = async (...request: Parameters<typeof send> extends [unknown, ...infer Rest] ? Rest : never) => {
      const answer = await send(server, ...request);
      texts.push(answer.text, JSON.stringify([...answer.headers]));
      return answer;
    };

    for (const [provider, fields] of Object.entries(values)) {
      const json = { provider, name: provider, code: provider, values: fields };
      const added = await ask(`${acme}/provider-tokens`, { as: 'ana', json });
      expect(added.outcome).toBe('201');
      const { id } = added.json as { id: string };
      const path = `${acme}/provider-tokens/${id}`;
      await ask(path, { as: 'ana' });
      await ask(path, { as: 'carla' });
      const patch = (version: number, changes: object) =>
        ask(path, { as: 'ana', method: 'PATCH', headers: ifMatch(version), json: changes });
      expect((await patch(1, { description: 'Changed' })).outcome).toBe('200');
      expect((await patch(2, { values: fields })).outcome).toBe('200');

      // The same secrets in requests that come to nothing.
      expect((await ask(`${acme}/provider-tokens`, { as: 'ana', json })).outcome).toBe('422 invalid');
      expect((await patch(9, { values: fields })).outcome).toBe('412 version_stale');
      expect((await patch(3, { values: { ...fields, unknown: wrong } })).outcome).toBe('422 invalid');
      expect((await patch(3, { values: fields, description: { text: wrong } })).outcome).toBe('422 invalid');
      expect((await patch(3, { values: wrong })).outcome).toBe('422 invalid');
      await ask(path, { as: 'carla', method: 'PATCH', headers: ifMatch(3), json: { values: fields } });
      await ask(path, { as: 'dora', method: 'PATCH', headers: ifMatch(3), json: { values: fields } });
      await ask(path, { method: 'PATCH', headers: ifMatch(3), json: { values: fields } });
      await ask(path, { as: 'ana', method: 'PATCH', headers: ifMatch(3), raw: `{"values":{"token":"${wrong}"` });
      await ask(path, { as: 'ana', method: 'PATCH', headers: ifMatch(3), raw: wrong });
    }
    const elsewhere = { ...values.jira, site: wrong };
    const misplaced = await ask(`${acme}/provider-tokens`, {
      as: 'ana',
      json: {
        provider: 'jira',
        name: `${wrong}\u0000`,
        code: wrong.toUpperCase(),
        values: { ...elsewhere, email: wrong },
      },
    });
    expect(misplaced.outcome).toBe('422 invalid');
    for (const path of ['/providers', '/policy', '/profile', `${acme}/provider-tokens?limit=100`, `${acme}/api-keys`])
      expect((await ask(path, { as: 'ana' })).outcome).toBe('200');
    // A search for a secret finds nothing.
    for (const secret of Object.values(secrets)) {
      const found = await ask(`${acme}/provider-tokens?q=${secret}`, { as: 'ana' });
      expect(found.json).toEqual({ data: [], nextCursor: null, total: 0 });
    }
    expect((await ask(`${acme}/provider-tokens?sort=${wrong}&limit=${wrong}`, { as: 'ana' })).outcome).toBe(
      '400 malformed',
    );
    expect((await ask('/integration/whoami', { key: apiKey })).outcome).toBe('200');
    await ask('/integration/whoami', { key: `${apiKey}x` });
    await ask('/integration/credentials', { key: apiKey, json: { provider: 'jira', purpose: '', code: wrong } });

    const all = texts.join('\n');
    for (const secret of [...Object.values(secrets), apiKey, wrong]) {
      for (const form of formsOf(secret))
        expect(all.includes(form.toString('latin1')), secret.slice(0, 12)).toBe(false);
    }
  });

  it('35 a secret pasted into a public text → refused, and not repeated', async () => {
    const { secret: apiKey } = await mintKey(server, 'ana', acme);
    const pasted = [`ghp_${'a1'.repeat(18)}`, `ATATT3xFfGF0${'b2'.repeat(20)}`, apiKey];
    for (const secret of pasted) {
      for (const json of [
        { ...jira('pasted'), name: `My ${secret}` },
        { ...jira('pasted'), description: secret },
        { ...jira('pasted'), values: { site: 'acme.atlassian.net', email: `${secret}@acme.example`, token: 'x' } },
      ]) {
        const refused = await send(server, `${acme}/provider-tokens`, { as: 'ana', json });
        expect(refused.outcome).toBe('422 invalid');
        expect(refused.faults.join()).toContain('looks_like_secret');
        expect(refused.text).not.toContain(secret);
      }
      expect((await mint(server, 'ana', acme, { description: secret })).faults).toEqual([
        'description:looks_like_secret',
      ]);
    }
  });
});
