import type { ApiKeyPage } from '@ai-cockpit/sdk/contract';
import { createCockpit } from '@ai-cockpit/sdk';
import { describe, expect, it } from 'vitest';
import { databases } from '../harness.js';
import { startTwoProcesses } from '../two-processes.js';
import { mint, mintKey, type Served, send } from './exchange.js';

/** Presets of which each allows one key: the one refuses a second, the other replaces the first. */
const refusing = 'environment-operations-center';
const replacing = 'aip-console';

describe.each(databases)('the limit of keys in two processes on %s', (database) => {
  const two = startTwoProcesses(database);

  const list = async (server: Served, as: string) => (await send<ApiKeyPage>(server, '/api-keys', { as })).json.data;
  const works = async (server: Served, key: string) => (await send(server, '/integration/whoami', { key })).outcome;
  const fiftyAtOnce = (system: string, as: string, json: object) =>
    Promise.all(Array.from({ length: 50 }, (_, i) => mint(two.processes[i % 2 ? 1 : 0].of(system), as, '', json)));

  it('17 fifty at once where the limit refuses → one key, and 409 for all others', async () => {
    const answers = await fiftyAtOnce(refusing, 'ana', { expiresInDays: 30 });
    const outcomes = answers.map(({ outcome }) => outcome);
    expect(outcomes.filter((each) => each === '201')).toHaveLength(1);
    expect(outcomes.filter((each) => each === '409 limit_reached')).toHaveLength(49);
    expect(await list(two.processes[1].of(refusing), 'ana')).toMatchObject([{ status: 'active' }]);
  });

  it('17 fifty at once where a new key replaces the old → one that works, on either process', async () => {
    const answers = await fiftyAtOnce(replacing, 'ana', {});
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['201']));
    const secrets = answers.map(({ json }) => json.secret ?? '');
    for (const each of two.processes) {
      const outcomes = await Promise.all(secrets.map((secret) => works(each.of(replacing), secret)));
      expect(outcomes.filter((outcome) => outcome === '200')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === '401 unauthenticated')).toHaveLength(49);
    }
    const active = (await list(two.processes[0].of(replacing), 'ana')).filter(({ status }) => status === 'active');
    expect(active).toHaveLength(1);
  });

  it('17 a key replaced on one process → refused by the other on the first request', async () => {
    const [one, other] = two.processes.map((each) => each.of(replacing)) as [Served, Served];
    const first = await mintKey(one, 'bruno', '', {});
    expect(await works(other, first.secret)).toBe('200');
    const second = await mintKey(one, 'bruno', '', {});
    expect(await works(other, first.secret)).toBe('401 unauthenticated');
    expect(await works(other, second.secret)).toBe('200');
  });

  it('59 replace: the answer lost after commit → the old key ends, one new one, secret still delivered', async () => {
    const server = two.processes[0].of(replacing);
    const first = await mintKey(server, 'carla', '', {});
    let lose = true;
    const client = createCockpit({
      baseUrl: server.baseUrl,
      getAccessToken: () => server.session('carla'),
      fetch: async (request) => {
        const answer = await fetch(request);
        if (request.method !== 'POST' || !lose) return answer;
        lose = false;
        await answer.body?.cancel();
        throw new TypeError('The answer is lost');
      },
    });
    const { secret } = await client.apiKeys.create({});
    expect(lose).toBe(false);
    expect(await works(server, first.secret)).toBe('401 unauthenticated');
    expect(await works(server, secret?.reveal() ?? '')).toBe('200');
    expect((await list(server, 'carla')).filter(({ status }) => status === 'active')).toHaveLength(1);
    client.close();
  });
});
