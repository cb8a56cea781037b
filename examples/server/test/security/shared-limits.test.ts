import { describe, expect, it, onTestFinished } from 'vitest';
import { databases, startServer } from '../harness.js';
import { startTwoProcesses } from '../two-processes.js';
import { acme, mintKey, send, type Served } from './exchange.js';

/** As many wrong keys as one source may present in a minute. */
const allowed = 100;
const wrongKey = `cpk_${'A'.repeat(60)}`;

const present = async (server: Served, count: number): Promise<string[]> => {
  const outcomes: string[] = [];
  for (let i = 0; i < count; i++) outcomes.push((await send(server, '/integration/whoami', { key: wrongKey })).outcome);
  return outcomes;
};
const refused = (outcomes: string[]) => outcomes.filter((outcome) => outcome === '429 rate_limited').length;

describe.each(databases)('a limit in two processes on %s', (database) => {
  const two = startTwoProcesses(database);

  const title =
    database === 'postgres'
      ? 'what one process has counted is left of in the other, and a right key passes'
      : 'each process counts for itself, as the documentation says';
  it(title, async () => {
    const [one, other] = two.processes;
    const { secret } = await mintKey(one, 'ana', acme);
    expect(refused(await present(one, allowed - 20))).toBe(0);
    expect(refused(await present(other, 40))).toBe(database === 'postgres' ? 20 : 0);
    expect(refused(await present(one, 20))).toBe(database === 'postgres' ? 20 : 0);
    for (const each of two.processes)
      expect((await send(each, '/integration/whoami', { key: secret })).outcome).toBe('200');
  });
});

describe('a limiter whose table cannot be read', () => {
  it('lets requests through, and says so in one line of the log', async () => {
    const server = await startServer({ database: 'postgres' });
    onTestFinished(server.close);
    await server.store.db.schema.alterTable('rate_limit').renameTo('rate_limit_away').execute();
    const outcomes = await present(server, allowed + 20);
    expect(new Set(outcomes)).toEqual(new Set(['401 unauthenticated']));
    expect(server.logs().match(/limits could not be counted/g)).toHaveLength(1);
  });
});

describe.each(databases)('a limit that many requests reach at once on %s', (database) => {
  it('allows exactly its number of requests', async () => {
    const server = await startServer({ database });
    onTestFinished(server.close);
    const answers = await Promise.all(Array.from({ length: allowed + 50 }, () => present(server, 1)));
    expect(refused(answers.flat())).toBe(50);
  });
});
