import { describe, expect, it, vi } from 'vitest';
import { createCockpit, type GetAccessToken, UnauthenticatedError } from './index.js';
import { profile } from './testing/examples.js';
import { type Answer, json, problem, scriptedServer } from './testing/scripted-server.js';

/** Takes one token and refuses all others. */
const accepting =
  (token: string): Answer =>
  (response, request) =>
    request.headers.authorization === `Bearer ${token}`
      ? json(200, profile)(response, request)
      : problem(401, 'session_expired')(response, request);

/** A host that keeps its token until it is told to refresh it. */
const hostWith = (stale: string, refreshed: () => string | null | Promise<string | null>) => {
  let token: string | null = stale;
  return vi.fn<GetAccessToken>(async ({ refresh }) => {
    if (refresh) token = await refreshed();
    return token;
  });
};

const refreshesOf = (getAccessToken: ReturnType<typeof hostWith>) =>
  getAccessToken.mock.calls.filter(([{ refresh }]) => refresh).length;

const later = <T>(value: T) => new Promise<T>((resolve) => setTimeout(resolve, 30, value));

describe('a bearer session', () => {
  it('a 401: the token is refreshed once and the request sent again, for any method', async () => {
    const { baseUrl, received } = await scriptedServer(accepting('new'));
    const getAccessToken = hostWith('old', () => 'new');
    const cockpit = createCockpit({ baseUrl, getAccessToken });
    expect(await cockpit.profile.update({ firstName: 'Bia' }, { version: 7 })).toEqual(profile);
    expect(received.map(({ headers, body }) => `${headers.authorization} ${body}`)).toEqual([
      'Bearer old {"firstName":"Bia"}',
      'Bearer new {"firstName":"Bia"}',
    ]);
    expect(refreshesOf(getAccessToken)).toBe(1);
  });

  it('ten calls at once: one refresh', async () => {
    const { baseUrl, received } = await scriptedServer(accepting('new'));
    const getAccessToken = hostWith('old', () => later('new'));
    const cockpit = createCockpit({ baseUrl, getAccessToken });
    await Promise.all(Array.from({ length: 10 }, () => cockpit.profile.get()));
    expect(refreshesOf(getAccessToken)).toBe(1);
    expect(received).toHaveLength(20);
  });

  it('refusals that arrive far apart: one refresh', async () => {
    let served = 0;
    const refreshed = Promise.withResolvers<void>();
    const { baseUrl } = await scriptedServer((response, request) => {
      served += 1;
      if (request.headers.authorization === 'Bearer new') refreshed.resolve();
      const answer = () => accepting('new')(response, request);
      if (served === 2) void refreshed.promise.then(answer);
      else answer();
    });
    const getAccessToken = hostWith('old', () => 'new');
    const cockpit = createCockpit({ baseUrl, getAccessToken });
    await Promise.all([cockpit.profile.get(), cockpit.profile.get()]);
    expect(refreshesOf(getAccessToken)).toBe(1);
  });

  it('calls that begin during a refresh wait for it', async () => {
    const { baseUrl, received } = await scriptedServer(accepting('new'));
    const refreshing = Promise.withResolvers<string>();
    const getAccessToken = hostWith('old', () => refreshing.promise);
    const cockpit = createCockpit({ baseUrl, getAccessToken });
    const first = cockpit.profile.get();
    await expect.poll(() => refreshesOf(getAccessToken)).toBe(1);
    const second = cockpit.profile.get();
    refreshing.resolve('new');
    await Promise.all([first, second]);
    expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new', 'Bearer new']);
  });

  it.each<[string, () => string | null | Promise<string | null>, number]>([
    ['gives none', () => null, 1],
    ['fails', () => Promise.reject(new Error('offline')), 1],
    ['gives one that is refused too', () => 'other', 2],
  ])('has ended where the refresh %s', async (_, refreshed, requests) => {
    const { baseUrl, received } = await scriptedServer([problem(401, 'session_expired')]);
    const getAccessToken = hostWith('old', refreshed);
    const cockpit = createCockpit({ baseUrl, getAccessToken });
    const error: unknown = await cockpit.profile.get().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UnauthenticatedError);
    expect(error).toMatchObject({ status: 401, code: 'session_expired' });
    expect(received).toHaveLength(requests);
    expect(refreshesOf(getAccessToken)).toBe(1);
  });

  it('can be refreshed again later', async () => {
    const { baseUrl } = await scriptedServer([
      problem(401, 'session_expired'),
      json(200, profile),
      problem(401, 'session_expired'),
      json(200, profile),
    ]);
    const getAccessToken = hostWith('old', () => 'new');
    const cockpit = createCockpit({ baseUrl, getAccessToken });
    await cockpit.profile.get();
    await cockpit.profile.get();
    expect(refreshesOf(getAccessToken)).toBe(2);
  });

  it.each([new Error('not signed in'), new TypeError('fetch failed')])(
    'getAccessToken fails on the first call: the host’s own error is passed on: %s',
    async (failure) => {
      const { baseUrl, received } = await scriptedServer([json(200, profile)]);
      const cockpit = createCockpit({ baseUrl, getAccessToken: () => Promise.reject(failure) });
      expect(await cockpit.apiKeys.create({}).catch((error: unknown) => error)).toBe(failure);
      expect(received).toEqual([]);
    },
  );

  it('a token that no header can hold is quoted in no error', async () => {
    const { baseUrl } = await scriptedServer([json(200, profile)]);
    const error: unknown = await createCockpit({ baseUrl, getAccessToken: () => 'canary\nof two lines' })
      .profile.get()
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error) + (error as Error).stack).not.toContain('canary');
  });
});

describe('credentials', () => {
  const credentialsWith = async (getAccessToken?: GetAccessToken) => {
    const requests: Request[] = [];
    const fetch = (request: Request) => {
      requests.push(request);
      return Response.json(profile);
    };
    await createCockpit({ baseUrl: 'https://api.example/v1', fetch, getAccessToken }).profile.get();
    return requests.map(({ credentials, headers }) => [credentials, headers.get('authorization')]);
  };

  it('without a token: cookies are sent, to a sibling origin too', async () => {
    expect(await credentialsWith()).toEqual([['include', null]]);
    expect(await credentialsWith(() => null)).toEqual([['include', null]]);
  });

  it('with a token: the token is sent, and cookies to the same origin only', async () => {
    expect(await credentialsWith(() => 'token')).toEqual([['same-origin', 'Bearer token']]);
  });

  it('a token is trimmed', async () => {
    expect(await credentialsWith(() => '\ufeff token\u200b\n')).toEqual([['same-origin', 'Bearer token']]);
  });

  it.each([
    ['Bearer canary', 'scheme'],
    ['"canary"', 'quotation marks'],
    ['[redacted]', 'masked'],
  ])('a malformed token: its fault is named, the token not quoted: %s', async (token, cause) => {
    const call = credentialsWith(() => token);
    await expect(call).rejects.toThrow(TypeError);
    await expect(call).rejects.toThrow(cause);
    await expect(call).rejects.not.toThrow('canary');
  });
});
