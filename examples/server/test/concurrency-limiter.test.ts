import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RoundRobinLimiter } from '../src/adapters/round-robin-limiter.js';
import type { Slot } from '../src/ports/concurrency-limiter.js';

const limits = {
  running: 4,
  inProgress: 20,
  runningPerCaller: 2,
  inProgressPerCaller: 8,
  unidentifiedPerSource: 20,
  longestWait: 600_000,
};

/** Requests of some callers, in the order in which they are started; none ends by itself. */
const startRequests = (limiter: RoundRobinLimiter) => {
  const running: { caller: string; slot: Slot }[] = [];
  const refused: string[] = [];
  const send = (caller: string, source = 'one address'): void => {
    limiter.acquire(caller, source).then(
      (slot) => running.push({ caller, slot }),
      (error: Error) => refused.push(`${caller} ${error.message}`),
    );
  };
  const started = async (): Promise<string> => {
    await setImmediate();
    return running.map(({ caller }) => caller).join('');
  };
  /** The request that started first ends. */
  const end = (): void => running.shift()?.slot.release();
  return { send, started, end, refused, running };
};

describe('RoundRobinLimiter', () => {
  it('a burst of one caller → a bounded number runs, a bounded number waits, the rest is refused at once', async () => {
    const { send, started, refused } = startRequests(new RoundRobinLimiter(limits));
    for (let i = 0; i < 10; i++) send('a');
    expect(await started()).toBe('aa');
    expect(refused).toEqual(['a rate_limited', 'a rate_limited']);
  });

  it('a caller with one request beside a burst → starts at once', async () => {
    const { send, started } = startRequests(new RoundRobinLimiter(limits));
    for (let i = 0; i < 8; i++) send('a');
    send('b');
    expect(await started()).toBe('aab');
  });

  it('several callers wait → each is given one turn after the other', async () => {
    const { send, started, end } = startRequests(new RoundRobinLimiter({ ...limits, running: 1 }));
    for (const caller of 'aaaabbc') send(caller);
    const order: string[] = [];
    for (let i = 0; i < 7; i++) {
      order.push(await started());
      end();
    }
    expect(order.join('')).toBe('aabcaba');
  });

  it('too many requests of all callers together → 503 for one more, whoever sends it', async () => {
    const { send, started, end, refused } = startRequests(new RoundRobinLimiter(limits));
    for (const caller of 'abcde') for (let i = 0; i < 4; i++) send(caller);
    send('f');
    await started();
    expect(refused).toEqual(['f unavailable']);
    end();
    send('f');
    await started();
    expect(refused).toHaveLength(1);
  });

  it('a request that waits for the network → another one runs meanwhile, and it goes on before later ones', async () => {
    const { send, started, running, end } = startRequests(new RoundRobinLimiter({ ...limits, running: 1 }));
    send('a');
    send('a');
    send('a');
    expect(await started()).toBe('a');
    const order: string[] = [];
    const body = Promise.withResolvers<void>();
    const first = running[0]?.slot.outside(() => body.promise).then(() => order.push('first'));
    expect(await started()).toBe('aa');
    body.resolve();
    await setImmediate();
    expect(order).toEqual([]);
    running.splice(1, 1)[0]?.slot.release();
    await first;
    expect(await started()).toBe('a');
    end();
    expect(await started()).toBe('a');
  });

  it('work outside the slot fails → the request still has its slot, and gives it back', async () => {
    const { send, started, running, end } = startRequests(new RoundRobinLimiter({ ...limits, running: 1 }));
    send('a');
    send('b');
    await started();
    const lost = running[0]?.slot.outside(() => Promise.reject(new Error('lost')));
    const failed = expect(lost).rejects.toThrow('lost');
    expect(await started()).toBe('ab');
    running.pop()?.slot.release();
    await failed;
    send('c');
    expect(await started()).toBe('a');
    end();
    expect(await started()).toBe('c');
  });

  it('no slot in time → 503, and nothing of the request is kept', async () => {
    const limiter = new RoundRobinLimiter({ ...limits, running: 1, inProgress: 3, longestWait: 20 });
    const running = await limiter.acquire('a', 'one address');
    await expect(limiter.acquire('a', 'one address')).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterSeconds: 1,
    });
    await running.outside(async () => {
      const other = await limiter.acquire('b', 'one address');
      const later = limiter.acquire('c', 'one address');
      await expect(later).rejects.toMatchObject({ code: 'unavailable' });
      other.release();
    });
    running.release();
    for (const caller of 'abc') (await limiter.acquire(caller, 'one address')).release();
  });

  it('no slot in time after the sender is known, or a body is read → the slot is released once', async () => {
    const limiter = new RoundRobinLimiter({ ...limits, running: 1, longestWait: 20 });
    const first = await limiter.acquire('a', 'one address');
    const other = Promise.withResolvers<Slot>();
    const reading = first.outside(async () => other.resolve(await limiter.acquire('b', 'one address')));
    const second = await other.promise;
    await expect(reading).rejects.toMatchObject({ code: 'unavailable' });
    first.release();
    await expect(limiter.acquire('c', 'one address')).rejects.toMatchObject({ code: 'unavailable' });
    second.release();
    const last = await limiter.acquire('c', 'one address');
    await expect(limiter.acquire('d', 'one address')).rejects.toMatchObject({ code: 'unavailable' });
    last.release();
  });

  it('several credentials of one person → they share the turns of that person', async () => {
    const { send, started, running } = startRequests(new RoundRobinLimiter(limits));
    for (const credential of 'abcd') send(credential);
    await started();
    const assigned: number[] = [];
    running.forEach(({ slot }, at) => void slot.assignTo('person').then(() => assigned.push(at)));
    await setImmediate();
    expect(assigned).toEqual([0, 1]);
    running[0]?.slot.release();
    await setImmediate();
    expect(assigned).toEqual([0, 1, 2]);
    // No turn is still waited for after the test: it would be refused, unheard, when its time is over.
    running[1]?.slot.release();
    await setImmediate();
    expect(assigned).toEqual([0, 1, 2, 3]);
  });

  it('many made-up credentials from one address → the rest is refused, and another address has its turn', async () => {
    const { send, started, refused, running, end } = startRequests(
      new RoundRobinLimiter({ ...limits, unidentifiedPerSource: 6 }),
    );
    for (const credential of 'abcdefgh') send(credential);
    send('z', 'another address');
    expect(await started()).toBe('abcd');
    expect(refused).toEqual(['g rate_limited', 'h rate_limited']);
    // Known by now, and so counted as a caller.
    void running[0]?.slot.assignTo('person');
    send('i');
    for (let i = 0; i < 4; i++) end();
    await started();
    expect(refused).toHaveLength(2);
    expect(await started()).toContain('z');
  });

  it('all requests are answered → nothing of their callers is kept', async () => {
    const limiter = new RoundRobinLimiter(limits);
    for (let round = 0; round < 3; round++) {
      const { send, started, running, refused } = startRequests(limiter);
      for (const caller of 'aaaabbbbccccdddd') send(caller);
      let answered = 0;
      while (answered < 16) {
        await started();
        for (const { caller, slot } of running.splice(0))
          void slot.assignTo(`person of ${caller}`).then(() => {
            answered++;
            slot.release();
          });
      }
      expect(refused).toEqual([]);
    }
  });
});
