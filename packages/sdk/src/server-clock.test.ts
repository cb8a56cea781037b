import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCockpit, RateLimitedError } from './index.js';
import { createIntegration } from './integration.js';
import { ServerClock } from './server-clock.js';
import { apiKey, profile } from './testing/examples.js';
import { type Answer, json, problem, scriptedServer } from './testing/scripted-server.js';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Sets the computer's clock, and nothing else: what measures and waits goes on. */
const setComputersClock = (skew: number): void => {
  vi.useRealTimers();
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: now + skew });
};

/** Answers at a time of its own, by another clock than that of the computer under test. */
const at = (time: () => number, headers: Record<string, string> = {}): Answer => {
  return (response, request) =>
    json(200, profile, { date: new Date(time()).toUTCString(), ...headers })(response, request);
};

const withoutDate: Answer = (response, request) => {
  response.sendDate = false;
  json(200, profile)(response, request);
};

const realNow = (): number => performance.timeOrigin + performance.now();

/** How far the client's idea of now is from the real time. */
const errorOf = (client: { now(): number }): number => Math.abs(client.now() - realNow());

const clientOf = async (...script: Answer[]) => {
  const { baseUrl } = await scriptedServer(script);
  return createCockpit({ baseUrl, retry: { limit: 0 } });
};

afterEach(() => vi.useRealTimers());

describe('cockpit.now()', () => {
  it.each([400 * day, -400 * day, 5 * minute, -5 * minute])(
    'with the computer’s clock %d ms off: the server’s time',
    async (skew) => {
      setComputersClock(skew);
      const cockpit = await clientOf(at(realNow));
      expect(cockpit.now()).toBe(Date.now());
      await cockpit.profile.get();
      expect(errorOf(cockpit)).toBeLessThan(minute);
    },
  );

  it('is the same for all resources of the client, whichever answer set it', async () => {
    setComputersClock(-400 * day);
    const date = () => ({ date: new Date(realNow()).toUTCString() });
    const page = { data: [apiKey], nextCursor: null, total: 1 };
    for (const [answer, ask] of [
      [json(200, page, date()), (client) => client.organization('acme').apiKeys.list()],
      [problem(404, 'not_found', date()), (client) => client.apiKeys.get('x').catch(() => undefined)],
      [problem(500, 'internal', date()), (client) => client.profile.get().catch(() => undefined)],
    ] satisfies [Answer, (client: Awaited<ReturnType<typeof clientOf>>) => PromiseLike<unknown>][]) {
      const cockpit = await clientOf(answer);
      await ask(cockpit);
      expect(errorOf(cockpit)).toBeLessThan(minute);
    }
  });

  it('the computer’s clock is changed meanwhile: continues from the server’s time', async () => {
    const cockpit = await clientOf(at(realNow));
    await cockpit.profile.get();
    for (const skew of [400 * day, -400 * day, -5 * minute]) {
      setComputersClock(skew);
      expect(errorOf(cockpit)).toBeLessThan(minute);
      await cockpit.profile.get();
      expect(errorOf(cockpit)).toBeLessThan(minute);
    }
  });

  it('follows the latest answer', async () => {
    const cockpit = await clientOf(
      at(() => realNow() + day),
      at(() => realNow() - day),
    );
    await cockpit.profile.get();
    expect(cockpit.now() - realNow()).toBeGreaterThan(day - minute);
    await cockpit.profile.get();
    expect(realNow() - cockpit.now()).toBeGreaterThan(day - minute);
  });

  it('a difference below the header’s full second: unchanged', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1, 12, 0, 0, 990) });
    const cockpit = await clientOf(at(() => Date.UTC(2026, 0, 1, 12)));
    await cockpit.profile.get();
    expect(cockpit.now()).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 1, 12, 0, 0, 989));
  });

  it('an answer that took long: unchanged', () => {
    setComputersClock(day);
    const clock = new ServerClock();
    const observe = (ago: number, onItsWay: number) =>
      clock.observe(new Headers({ date: new Date(realNow() - ago).toUTCString() }), performance.now() - onItsWay);
    observe(0, 10);
    expect(errorOf(clock)).toBeLessThan(10_000);
    observe(15_000, 20_000);
    expect(errorOf(clock)).toBeLessThan(10_000);
    observe(25_000, 20_000);
    expect(errorOf(clock)).toBeGreaterThan(24_000);
  });

  it.each([
    ['no Date header', withoutDate],
    ['a Date header that is none', at(realNow, { date: 'yesterday' })],
    ['a Date header in another form', at(realNow, { date: '2026-11-29T10:00:00+14:00' })],
    ['a Date header without a zone', at(realNow, { date: 'Sun, 29 Nov 2026 10:00:00' })],
    ['a Date header of a server that has lost its clock', at(() => 0)],
    ['a Date header of the year 9999', at(() => Date.UTC(9999, 11, 31))],
    ['an answer that a cache has aged', at(() => realNow() - day, { age: '86400' })],
    [
      'an answer that the browser may have kept',
      at(() => realNow() - day, { 'cache-control': 'private, max-age=600' }),
    ],
  ] satisfies [string, Answer][])('after %s: the computer’s time', async (_, answer) => {
    setComputersClock(3 * day);
    const cockpit = await clientOf(answer);
    await cockpit.profile.get();
    expect(cockpit.now()).toBe(Date.now());
  });

  it.each(['no-store', 'no-store, max-age=600', 'no-cache, max-age=0'])(
    'after an answer with Cache-Control: %s: the server’s time',
    async (value) => {
      setComputersClock(3 * day);
      const cockpit = await clientOf(at(realNow, { 'cache-control': value, age: '0' }));
      await cockpit.profile.get();
      expect(errorOf(cockpit)).toBeLessThan(minute);
    },
  );
});

it('integration.now() is the server’s time, comparable with the end of a lease', async () => {
  setComputersClock(-400 * day);
  const { baseUrl } = await scriptedServer([at(realNow)]);
  const integration = createIntegration({ baseUrl, apiKey: 'AbCd1234.0123456789abcdefghijABCDEFGHIJxy' });
  await integration.whoAmI().catch(() => undefined);
  expect(errorOf(integration)).toBeLessThan(minute);
});

it('Retry-After as a date: the wait and the decision to retry follow the server’s clock', async () => {
  for (const skew of [400 * day, -400 * day, 5 * minute, -5 * minute]) {
    setComputersClock(skew);
    const limited = (wait: number): Answer => {
      const now = realNow();
      const date = new Date(now).toUTCString();
      return problem(429, 'rate_limited', { date, 'retry-after': new Date(now + wait).toUTCString() });
    };
    const cockpit = await clientOf(limited(30 * minute));
    const error: unknown = await cockpit.profile.get().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(RateLimitedError);
    const { retryAfter } = error as RateLimitedError;
    expect(retryAfter).toBeGreaterThan(29 * 60);
    expect(retryAfter).toBeLessThanOrEqual(30 * 60 + 1);

    const { baseUrl, received } = await scriptedServer([limited(0), json(200, profile)]);
    expect(await createCockpit({ baseUrl }).profile.get()).toEqual(profile);
    expect(received).toHaveLength(2);
  }
});
