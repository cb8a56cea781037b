import { afterEach, describe, expect, it } from 'vitest';
import { type Cockpit, ContractError, createCockpit, type Secret } from './index.js';
import { apiKey, minted, policy, profile } from './testing/examples.js';
import { type Answer, json, problem, scriptedServer } from './testing/scripted-server.js';

const open: Cockpit[] = [];
afterEach(() => {
  for (const cockpit of open.splice(0)) cockpit.close();
});

/**
 * A backend of its own that says whose its answers are, and compares nothing that it is told. `signedIn` is whoever has
 * the session when a request is answered; `hold` lets the next answers wait, each for whoever was signed in when asked.
 */
const carelessBackend = async () => {
  const state = { signedIn: 'ana', hold: Promise.resolve() };
  const { baseUrl, received } = await scriptedServer((response, request) => {
    const { signedIn, hold } = state;
    const headers = { 'x-user-id': encodeURIComponent(signedIn), 'x-request-id': 'r1', etag: '"7"' };
    const answer = request.url.startsWith('/v1/policy')
      ? json(200, { ...policy, userId: signedIn }, headers)
      : request.url.startsWith('/v1/profile')
        ? json(200, { ...profile, id: signedIn, firstName: signedIn }, headers)
        : request.url.endsWith('/missing')
          ? problem(404, 'not_found', headers)
          : request.method === 'DELETE'
            ? (((response) => response.writeHead(204, headers).end()) satisfies Answer)
            : request.method === 'POST'
              ? json(201, minted, headers)
              : json(200, { data: [apiKey], nextCursor: null }, headers);
    void hold.then(() => answer(response, request));
  });
  const client = (options: Partial<Parameters<typeof createCockpit>[0]> = {}) => {
    const cockpit = createCockpit({ baseUrl, retry: { limit: 0 }, ...options });
    open.push(cockpit);
    const receivedEvents: string[] = [];
    cockpit.changes.addEventListener('user', () => receivedEvents.push(`user ${cockpit.userId}`));
    cockpit.changes.addEventListener('change', ({ operationId }) => receivedEvents.push(operationId));
    return { cockpit, receivedEvents };
  };
  return { state, client, received };
};

const changed = { name: 'UserChangedError', code: 'user_changed' };

describe('an answer with an X-User-Id header', () => {
  it.each<[string, (cockpit: Cockpit) => PromiseLike<unknown>]>([
    ['a list', (cockpit) => cockpit.apiKeys.list()],
    ['what an organization owns', (cockpit) => cockpit.organization('acme').apiKeys.list()],
    ['what is not there', (cockpit) => cockpit.apiKeys.get('missing')],
    ['a change', (cockpit) => cockpit.profile.update({ firstName: 'Anabel' }, { version: 7 })],
    ['a deletion', (cockpit) => cockpit.apiKeys.delete('k1', { version: 1 })],
    ['a new key', (cockpit) => cockpit.apiKeys.create({})],
  ])('for another person than the page expects: it is rejected: %s', async (_, call) => {
    const { state, client } = await carelessBackend();
    const { cockpit, receivedEvents } = client();
    await cockpit.profile.get();
    state.signedIn = 'Zoë/%';
    await expect(Promise.resolve(call(cockpit))).rejects.toMatchObject(changed);
    expect(receivedEvents).toEqual(['user undefined']);
    await cockpit.policy();
    expect(cockpit.userId).toBe('Zoë/%');
  });

  it.each<[string, (cockpit: Cockpit) => Promise<unknown>]>([
    ['the profile', async (cockpit) => (await cockpit.profile.get()).id],
    ['the policy', async (cockpit) => (await cockpit.policy()).userId],
  ])('to a call that asks who is signed in: the client takes over the named person: %s', async (_, whoIsIt) => {
    const { state, client, received } = await carelessBackend();
    const { cockpit, receivedEvents } = client();
    await cockpit.policy();
    state.signedIn = 'bruno';
    expect(await whoIsIt(cockpit)).toBe('bruno');
    expect(receivedEvents).toEqual(['user undefined']);
    expect(received.map(({ headers }) => headers['x-user-id'])).toEqual([undefined, 'ana', undefined]);
  });

  it('before any profile or policy was read: the client knows the person, and sends X-User-Id with the next call', async () => {
    const { state, client, received } = await carelessBackend();
    const { cockpit, receivedEvents } = client();
    await cockpit.apiKeys.list();
    expect(cockpit.userId).toBe('ana');
    state.signedIn = 'bruno';
    await expect(cockpit.apiKeys.create({})).rejects.toMatchObject(changed);
    expect(received[1]?.headers['x-user-id']).toBe('ana');
    expect(receivedEvents).toEqual(['user undefined']);
  });

  it('several calls begun before the person is known: only answers for one person are accepted', async () => {
    const { state, client, received } = await carelessBackend();
    const { cockpit, receivedEvents } = client();
    const { promise, resolve } = Promise.withResolvers<void>();
    state.hold = promise;
    const first = Promise.resolve(cockpit.apiKeys.list());
    await expect.poll(() => received.length).toBe(1);
    state.signedIn = 'bruno';
    const second = Promise.resolve(cockpit.apiKeys.list());
    await expect.poll(() => received.length).toBe(2);
    resolve();
    const statuses = (await Promise.allSettled([first, second])).map(({ status }) => status);
    expect(statuses.sort()).toEqual(['fulfilled', 'rejected']);
    expect(receivedEvents).toEqual(['user undefined']);
  });

  it('that arrives after its person was signed out: it is rejected', async () => {
    const { state, client, received } = await carelessBackend();
    const { cockpit } = client();
    const { promise, resolve } = Promise.withResolvers<void>();
    state.hold = promise;
    const late = Promise.resolve(cockpit.apiKeys.list()).then(
      () => 'given',
      (error: unknown) => error,
    );
    await expect.poll(() => received.length).toBe(1);
    Object.assign(state, { hold: Promise.resolve(), signedIn: 'bruno' });
    await cockpit.profile.get();
    resolve();
    expect(await late).toMatchObject(changed);
  });

  it('with an empty header, as after the session has ended: the known person stays', async () => {
    const { baseUrl } = await scriptedServer([
      json(200, profile, { 'x-user-id': 'u1' }),
      problem(401, 'session_expired', { 'x-user-id': '' }),
    ]);
    const cockpit = createCockpit({ baseUrl });
    open.push(cockpit);
    await cockpit.profile.get();
    await expect(Promise.resolve(cockpit.apiKeys.list())).rejects.toMatchObject({ code: 'session_expired' });
    expect(cockpit.userId).toBe('u1');
  });

  it('after a token refresh: the header of the second answer is checked too', async () => {
    const people = ['ana', 'ana', 'bruno'];
    const { baseUrl } = await scriptedServer([
      json(200, profile, { 'x-user-id': 'u1' }),
      problem(401, 'session_expired'),
      json(200, { data: [apiKey], nextCursor: null }, { 'x-user-id': 'u2' }),
    ]);
    const cockpit = createCockpit({ baseUrl, getAccessToken: () => people.shift() ?? null });
    open.push(cockpit);
    await cockpit.profile.get();
    await expect(Promise.resolve(cockpit.apiKeys.list())).rejects.toMatchObject(changed);
  });

  it('after a retry: the header is checked again, and a rejected answer is not retried', async () => {
    const { baseUrl, received } = await scriptedServer([
      json(200, profile, { 'x-user-id': 'u1' }),
      problem(503, 'unavailable', { 'retry-after': '0' }),
      json(201, minted, { 'x-user-id': 'u2' }),
    ]);
    const cockpit = createCockpit({ baseUrl });
    open.push(cockpit);
    await cockpit.profile.get();
    await expect(cockpit.apiKeys.create({})).rejects.toMatchObject(changed);
    expect(received).toHaveLength(3);
  });

  it('for another person: its secret reaches no caller', async () => {
    const { state, client } = await carelessBackend();
    const { cockpit, receivedEvents } = client();
    await cockpit.profile.get();
    state.signedIn = 'bruno';
    const secrets: (Secret | null)[] = [];
    await cockpit.apiKeys
      .create({})
      .then(({ secret }) => secrets.push(secret))
      .catch(() => undefined);
    expect(secrets).toEqual([]);
    expect(receivedEvents).not.toContain('createApiKey');
  });

  it.each(['josé é/%', '%61na', 'ana@acme.example'])(
    'with the id %s: it is read both plain and percent-encoded',
    async (id) => {
      const { baseUrl } = await scriptedServer([
        json(200, { ...profile, id }, { 'x-user-id': encodeURIComponent(id) }),
        json(200, { data: [], nextCursor: null }, { 'x-user-id': encodeURIComponent(id) }),
      ]);
      const cockpit = createCockpit({ baseUrl });
      open.push(cockpit);
      await cockpit.profile.get();
      await cockpit.apiKeys.list();
      expect(cockpit.userId).toBe(id);
    },
  );

  it('without the header: it is accepted', async () => {
    const { baseUrl } = await scriptedServer([json(200, profile), json(200, { data: [], nextCursor: null })]);
    const cockpit = createCockpit({ baseUrl });
    open.push(cockpit);
    await cockpit.profile.get();
    expect((await cockpit.apiKeys.list()).data).toEqual([]);
  });

  it('that names another person than X-User-Id ends with a ContractError, and a later read asks the server again', async () => {
    let id = 'bruno';
    const { baseUrl, received } = await scriptedServer((response, request) =>
      json(200, { ...profile, id }, { 'x-user-id': 'ana' })(response, request),
    );
    const cockpit = createCockpit({ baseUrl });
    open.push(cockpit);
    const failure = new Promise((resolve) => {
      const read = () =>
        void cockpit.profile.get().catch((error: unknown) => error instanceof ContractError && resolve(error));
      // As an element does that shows the person.
      cockpit.changes.addEventListener('user', read);
      read();
    });
    expect(await failure).toMatchObject({ name: 'ContractError', operationId: 'getPolicy', path: 'userId' });
    const requests = received.length;
    await expect(cockpit.profile.get()).rejects.toThrow(ContractError);
    // The read, its repetition for the person whom the header names, and the listener's own.
    expect(received.length - requests).toBeLessThanOrEqual(4);
    id = 'ana';
    expect(await cockpit.profile.get()).toMatchObject({ id: 'ana' });
  });
});
