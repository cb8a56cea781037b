import { createCockpit, type InvalidError } from '@ai-cockpit/sdk';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startServer } from './harness.js';
import { mint, outcome, request, withApiKeys } from './request.js';

const minute = 60_000;
const day = 24 * 60 * minute;
const skews = [400 * day, -400 * day, 5 * minute, -5 * minute];

const policy = withApiKeys({
  owner: 'user',
  fields: { name: 'hidden', description: 'hidden' },
  modules: [],
  expiry: {
    mode: 'required',
    input: 'date',
    choicesInDays: [],
    defaultInDays: null,
    maxInDays: 30,
    custom: true,
  },
});

/** Real time, whatever the computer's clock is set to. */
const realNow = (): number => performance.timeOrigin + performance.now();

/** A server whose clock is this far from the real time. */
const serverWith = async (skew: number) => {
  const server = await startServer({ database: 'sqlite', policy, clock: { now: () => realNow() + skew } });
  onTestFinished(server.close);
  return server;
};

const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** How far the time of an answer is from the server's. */
const errorOf = ({ headers }: Response, clock: { now(): number }): number =>
  Math.abs(Date.parse(headers.get('Date') ?? '') - clock.now());

describe('the Date header', () => {
  it('is on every answer, by the server’s clock, and readable for listed origins', async () => {
    const server = await serverWith(400 * day);
    const Origin = server.origin;
    const body = { expiresAt: dateOf(server.clock.now() + 7 * day) };
    for (const [expected, response] of [
      ['200', await request(server, '/profile', { as: 'ana', headers: { Origin } })],
      ['401 unauthenticated', await request(server, '/profile', { headers: { Origin } })],
      ['404 not_found', await request(server, '/api-keys/x', { as: 'ana', headers: { Origin } })],
      ['404 not_found', await request(server, '/nowhere', { as: 'ana', headers: { Origin } })],
      ['405 method_not_allowed', await request(server, '/profile', { as: 'ana', method: 'PUT', headers: { Origin } })],
      ['200', await request(server, '/openapi.json', { headers: { Origin } })],
      ['201', await mint(server, '/api-keys', body, 'ana')],
      ['422 invalid expiresAt:required', await mint(server, '/api-keys', {}, 'ana')],
    ] as const) {
      expect(await outcome(response.clone())).toBe(expected);
      expect(errorOf(response, server.clock)).toBeLessThan(minute);
    }
    const read = await request(server, '/profile', { as: 'ana', headers: { Origin } });
    expect(read.headers.get('Access-Control-Expose-Headers')?.split(',')).toContain('Date');
  });
});

describe.each(skews)('a client whose clock is %d ms from the server’s', (skew) => {
  const start = async () => {
    const server = await serverWith(-skew);
    const token = await server.session('ana');
    const cockpit = createCockpit({ baseUrl: server.baseUrl, getAccessToken: () => token });
    onTestFinished(() => cockpit.close());
    return { server, cockpit };
  };

  it('knows the server’s time after the first answer, and still after its own clock was set', async () => {
    const { server, cockpit } = await start();
    await cockpit.profile.get();
    expect(Math.abs(cockpit.now() - server.clock.now())).toBeLessThan(minute);
    vi.useFakeTimers({ toFake: ['Date'], now: realNow() + 3 * day });
    onTestFinished(() => void vi.useRealTimers());
    expect(Math.abs(cockpit.now() - server.clock.now())).toBeLessThan(minute);
  });

  it('accepts the same first and last date as the server', async () => {
    const { cockpit } = await start();
    await cockpit.profile.get();
    const inDays = (days: number) => dateOf(cockpit.now() + days * day);
    for (const days of [1, 30]) {
      const { apiKey } = await cockpit.apiKeys.create({ expiresAt: inDays(days) });
      expect(apiKey).toMatchObject({ status: 'active', expiresOn: inDays(days) });
      expect(Math.abs(Date.parse(apiKey.createdAt) - cockpit.now())).toBeLessThan(minute);
    }
    for (const [days, code] of [
      [0, 'not_in_future'],
      [31, 'beyond_maximum'],
    ] as const) {
      const error: unknown = await cockpit.apiKeys.create({ expiresAt: inDays(days) }).catch((error: unknown) => error);
      expect((error as InvalidError).errors).toMatchObject([{ path: 'expiresAt', code }]);
    }
  });
});
