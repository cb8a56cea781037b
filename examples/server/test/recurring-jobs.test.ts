import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecurringJobs, type RecurringJob } from '../src/domain/recurring-jobs.js';
import { systemRandom } from '../src/ports/random.js';
import { databases, startServer, type TestServer } from './harness.js';

const minute = 60_000;
const hour = 60 * minute;

describe.each(databases)('recurring jobs on %s', (database) => {
  let server: TestServer;
  let beside: TestServer;
  beforeEach(async () => {
    server = await startServer({ database });
    beside = await startServer({ database, beside: server });
  });
  afterEach(async () => {
    await beside.close();
    await server.close();
  });

  const warnings: object[] = [];
  const logger = { info() {}, warn: (fields: object) => void warnings.push(fields), error() {} };
  const runnerAt = ({ store }: TestServer, ...jobs: RecurringJob[]) =>
    createRecurringJobs({ store, clock: server.clock, random: systemRandom, logger }, jobs);

  it('are run by one of several processes that find them due at the same time, and again after the interval', async () => {
    let runs = 0;
    const job: RecurringJob = { kind: 'count', interval: hour, run: () => Promise.resolve(void runs++) };
    const runners = [runnerAt(server, job), runnerAt(beside, job), runnerAt(server, job), runnerAt(beside, job)];
    const runAll = () => Promise.all(runners.map((run) => run()));
    for (let round = 1; round <= 10; round++) {
      await runAll();
      expect(runs).toBe(round);
      server.advance(hour - minute);
      await runAll();
      expect(runs).toBe(round);
      server.advance(minute);
    }
  });

  it('of a process that died are run by another one once the lease has ended', async () => {
    let isDead = false;
    let runs = 0;
    const reached = new Promise<void>((resolve) => {
      // This run never ends, as in a process that is killed.
      const dying = { kind: 'count', interval: hour, run: () => (resolve(), new Promise<never>(() => {})) };
      void runnerAt(server, dying)().finally(() => (isDead = true));
    });
    await reached;
    const run = runnerAt(beside, { kind: 'count', interval: hour, run: () => Promise.resolve(void runs++) });
    await run();
    expect(runs).toBe(0);
    server.advance(5 * minute);
    await run();
    expect(runs).toBe(1);
    expect(isDead).toBe(false);
  });

  it('that fail are tried again later, keep no other job from its run, and are logged without the message', async () => {
    warnings.length = 0;
    let failures = 2;
    let runs = 0;
    const failing = () => (failures-- > 0 ? Promise.reject(new RangeError('canary')) : Promise.resolve(void runs++));
    let others = 0;
    const run = runnerAt(
      server,
      { kind: 'failing', interval: hour, run: failing },
      { kind: 'other', interval: hour, run: () => Promise.resolve(void others++) },
    );
    await run();
    expect(others).toBe(1);
    expect(warnings).toEqual([{ job: 'failing', attempts: 1, error: 'RangeError' }]);
    await run();
    expect(warnings).toHaveLength(1);
    server.advance(minute);
    await run();
    expect(warnings.at(-1)).toMatchObject({ attempts: 2 });
    // The second time it waits for longer: at least as long as the first time at most.
    server.advance(minute - 1000);
    await run();
    expect(runs).toBe(0);
    server.advance(minute + 1000);
    await run();
    expect(runs).toBe(1);
    // And after a success, the attempts are counted from the beginning.
    const [job] = await server.store.db.selectFrom('job').selectAll().where('kind', '=', 'failing').execute();
    expect(job).toMatchObject({ state: 'waiting', attempts: 0 });
  });

  it('that this process cannot do are left to another one', async () => {
    let runs = 0;
    const job = { kind: 'count', interval: hour, run: () => Promise.resolve(void runs++) };
    await runnerAt(server, { ...job, isPossible: () => false })();
    expect(runs).toBe(0);
    await runnerAt(beside, job)();
    expect(runs).toBe(1);
  });

  it('that are called for during a run are looked at once more after it', async () => {
    let looks = 0;
    const run = runnerAt(server, {
      kind: 'count',
      interval: hour,
      isPossible: () => ++looks > 0,
      run: () => Promise.resolve(),
    });
    await Promise.all([run(), run(), run()]);
    expect(looks).toBe(2);
  });

  it('are not postponed by a process whose lease has ended, once another one has claimed them', async () => {
    const { recurringJobs } = server.store;
    await recurringJobs.add('slow', 0);
    const slow = await recurringJobs.claim(1, 10, 'slow');
    const later = await beside.store.recurringJobs.claim(10, 20, 'slow');
    if (!slow || !later) throw new Error('A due job was not claimed');
    await recurringJobs.postpone(slow, 11, 0);
    expect(await recurringJobs.claim(19, 30, 'slow')).toBeUndefined();
    await beside.store.recurringJobs.postpone(later, 15, 0);
    expect(await recurringJobs.claim(15, 30, 'slow')).toMatchObject({ attempts: 1 });
  });
});
