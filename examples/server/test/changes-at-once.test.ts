import { environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { acme, addToken, ifMatch, jira, mintKey, send } from './security/exchange.js';

const anyVersion = { 'If-Match': '*' };

describe.each(databases)('changes of one thing at once on %s', (database) => {
  let server: TestServer;
  let notifying: TestServer;
  beforeAll(async () => {
    const policy = { ...environmentOperationsCenter, notifications: { events: ['job.failed'] } };
    [server, notifying] = await Promise.all([startServer({ database }), startServer({ database, policy })]);
  });
  afterAll(() => Promise.all([server.close(), notifying.close()]));

  const tenAtOnce = async (on: TestServer, path: string, json: (at: number) => unknown) => {
    const change = (at: number) =>
      send<{ version: number }>(on, path, { as: 'ana', method: 'PATCH', headers: anyVersion, json: json(at) });
    return Promise.all(Array.from({ length: 10 }, (_, at) => change(at)));
  };

  it('If-Match: *, ten changes of a provider token, a profile or settings at once → all are applied', async () => {
    const { id } = await addToken(server, 'ana', acme, jira('many'));
    const made = [
      await tenAtOnce(server, `${acme}/provider-tokens/${id}`, (at) => ({ description: `Number ${at}` })),
      await tenAtOnce(server, '/profile', (at) => ({ firstName: `Ana ${at}` })),
      await tenAtOnce(notifying, '/notification-settings', (at) => ({ email: `ana-${at}@acme.example` })),
    ];
    for (const answers of made) expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map(() => '200'));
  });

  it('If-Match: *, a key deleted at the moment it is revoked → it is deleted', async () => {
    for (let round = 0; round < 10; round++) {
      const { apiKey } = await mintKey(server, 'ana', acme);
      const path = `${acme}/api-keys/${apiKey.id}`;
      const [revoked, deleted] = await Promise.all([
        send(server, `${path}/revoke`, { as: 'ana', json: {} }),
        send(server, path, { as: 'ana', method: 'DELETE', headers: anyVersion }),
      ]);
      expect(['200', '404 not_found']).toContain(revoked.outcome);
      expect(deleted.outcome).toBe('204');
    }
  });

  it('one version, ten changes at once → one is applied, nine get 412 version_stale', async () => {
    const { id } = await addToken(server, 'ana', acme, jira('known'));
    const path = `${acme}/provider-tokens/${id}`;
    const change = (at: number) =>
      send(server, path, { as: 'ana', method: 'PATCH', headers: ifMatch(1), json: { description: `Number ${at}` } });
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => change(at)));
    const outcomes = answers.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['200', ...Array.from({ length: 9 }, () => '412 version_stale')]);
  });

  it('a change without members beside another one → answered at the version it named, or stale', async () => {
    const { id } = await addToken(server, 'ana', acme, jira('empty'));
    const path = `${acme}/provider-tokens/${id}`;
    for (let version = 1; version <= 20; version++) {
      const patch = (json: unknown) =>
        send<{ version: number }>(server, path, { as: 'ana', method: 'PATCH', headers: ifMatch(version), json });
      const [changed, ...unchanged] = await Promise.all([
        patch({ description: `Number ${version}` }),
        patch({}),
        patch({}),
        patch({}),
      ]);
      expect(changed.outcome).toBe('200');
      for (const { outcome, json } of unchanged)
        if (outcome === '200') expect(json.version).toBe(version);
        else expect(outcome).toBe('412 version_stale');
    }
  });
});
