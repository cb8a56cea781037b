import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { operations } from './contract/operations.js';
import { ChangeEvent, type Cockpit, createCockpit, type OperationId, type ResourceKind } from './index.js';
import { apiKey, minted, policy, profile, providerToken } from './testing/examples.js';
import { type Answer, json, problem, scriptedServer } from './testing/scripted-server.js';

const open: Cockpit[] = [];
afterEach(() => {
  for (const cockpit of open.splice(0)) cockpit.close();
  vi.unstubAllGlobals();
});

const clientOf = (baseUrl: string) => {
  const cockpit = createCockpit({ baseUrl });
  const receivedEvents: string[] = [];
  cockpit.changes.addEventListener('change', ({ operationId, id, organizationId, remote }) =>
    receivedEvents.push(`${operationId} ${id} ${organizationId} ${remote ? 'remote' : 'here'}`),
  );
  open.push(cockpit);
  return { cockpit, receivedEvents };
};

/** Waits until a message that is sent now has arrived at another channel: those sent before it have arrived too. */
const flushMessages = async () => {
  const [sender, receiver] = [new BroadcastChannel('flush'), new BroadcastChannel('flush')];
  await new Promise((resolve) => {
    receiver.onmessage = resolve;
    sender.postMessage('now');
  });
  sender.close();
  receiver.close();
  await setImmediate();
};

/** Answers each operation used here; the person is whoever the authorization names. */
const answers: Answer = (response, request) => {
  const { method, url } = request;
  const answer =
    method === 'DELETE'
      ? (((response) => response.writeHead(204).end()) satisfies Answer)
      : url.endsWith('/policy')
        ? json(200, policy)
        : url.endsWith('/profile')
          ? json(200, profile)
          : url.includes('provider-tokens')
            ? json(method === 'POST' ? 201 : 200, providerToken)
            : method === 'POST' && url.endsWith('api-keys')
              ? json(201, minted)
              : json(200, apiKey);
  answer(response, request);
};

describe('changes', () => {
  it('a call succeeds after the session had ended: one event says that the session is back', async () => {
    const refused = problem(401, 'session_expired');
    const { baseUrl } = await scriptedServer([
      json(200, profile),
      refused,
      refused,
      json(200, profile),
      json(200, profile),
    ]);
    const { cockpit } = clientOf(baseUrl);
    const receivedEvents: string[] = [];
    cockpit.changes.addEventListener('session', ({ type }) => receivedEvents.push(type));
    await cockpit.profile.get();
    await expect(cockpit.profile.get()).rejects.toThrow();
    await expect(cockpit.profile.get()).rejects.toThrow();
    expect(receivedEvents).toEqual([]);
    await cockpit.profile.get();
    await cockpit.profile.get();
    expect(receivedEvents).toEqual(['session']);
  });

  it('each successful write publishes one change, and nothing else does', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const { cockpit, receivedEvents } = clientOf(baseUrl);
    await cockpit.profile.get();
    await cockpit.profile.update({}, { version: 7 });
    await cockpit.apiKeys.create({});
    await cockpit.apiKeys.get('k1');
    await cockpit.organization('acme').apiKeys.revoke('k2');
    await cockpit.providerTokens.create({ provider: 'jira', values: {} });
    await cockpit.providerTokens.delete('t2', { version: 1 });
    expect(receivedEvents).toEqual([
      'updateProfile u1 null here',
      'createApiKey k1 null here',
      'revokeApiKey k2 acme here',
      'createProviderToken t1 null here',
      'deleteProviderToken t2 null here',
    ]);
  });

  it('a change names the kind of resource, in this client and in another one', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const [here, there] = [clientOf(baseUrl).cockpit, clientOf(baseUrl).cockpit];
    const receivedEvents: string[] = [];
    here.changes.addEventListener('change', ({ resource }) => receivedEvents.push(`${resource} here`));
    there.changes.addEventListener('change', ({ resource }) => receivedEvents.push(`${resource} there`));
    await here.policy();
    await there.policy();
    await here.profile.update({}, { version: 7 });
    await here.apiKeys.revoke('k1');
    await here.organization('acme').providerTokens.delete('t1', { version: 1 });
    const kinds = ['profile', 'apiKey', 'providerToken'];
    await expect
      .poll(() => receivedEvents.toSorted())
      .toEqual(kinds.flatMap((kind) => [`${kind} here`, `${kind} there`]).toSorted());
  });

  it('every write of a signed-in person names a kind of resource', () => {
    const writes = Object.values(operations).filter(
      ({ callers, method }) => `${callers.join()}` === 'user' && method !== 'GET',
    );
    expect(writes.length).toBeGreaterThan(8);
    expect(writes.filter((operation) => !('writes' in operation)).map(({ id }) => id)).toEqual([]);
  });

  it('an unknown operationId or resource does not compile', () => {
    expectTypeOf<ChangeEvent['operationId']>().toEqualTypeOf<OperationId>();
    expectTypeOf<ChangeEvent['resource']>().toEqualTypeOf<ResourceKind>();
    const isWanted = ({ operationId, resource }: ChangeEvent) => [
      operationId === 'createApiKey',
      resource === 'apiKey',
      // @ts-expect-error -- the contract has no such operation
      operationId === 'paintApiKey',
      // @ts-expect-error -- the contract has no such kind of resource
      resource === 'apiKeys',
    ];
    const write = { operationId: 'createApiKey', resource: 'apiKey', id: 'k1', organizationId: null } as const;
    expect(isWanted(new ChangeEvent(write, false))).toEqual([true, true, false, false]);
  });

  it('a failed write publishes no change', async () => {
    const { baseUrl } = await scriptedServer([problem(422, 'invalid')]);
    const { cockpit, receivedEvents } = clientOf(baseUrl);
    await cockpit.profile.update({}, { version: 7 }).catch(() => undefined);
    expect(receivedEvents).toEqual([]);
  });

  it('changes are ChangeEvents', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const { cockpit } = clientOf(baseUrl);
    const event = new Promise((resolve) => cockpit.changes.addEventListener('change', resolve, { once: true }));
    await cockpit.apiKeys.create({});
    expect(await event).toBeInstanceOf(ChangeEvent);
  });

  it('a change reaches other clients of the same person and server', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const here = clientOf(baseUrl);
    const there = clientOf(baseUrl);
    await here.cockpit.policy();
    await there.cockpit.profile.get();
    await here.cockpit.organization('acme').apiKeys.create({ name: 'secret plan' });
    await expect.poll(() => there.receivedEvents).toEqual(['createApiKey k1 acme remote']);
    expect(here.receivedEvents).toEqual(['createApiKey k1 acme here']);
  });

  it('a change holds the operation, the kind of resource and ids, and nothing else', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const { cockpit } = clientOf(baseUrl);
    const eavesdropper = new BroadcastChannel(`ai-cockpit ${baseUrl} u1`);
    const message = new Promise((resolve) => {
      eavesdropper.onmessage = ({ data }) => resolve(data);
    });
    await cockpit.policy();
    await cockpit.apiKeys.create({ name: 'secret plan' });
    expect(await message).toEqual({
      operationId: 'createApiKey',
      resource: 'apiKey',
      id: 'k1',
      organizationId: null,
    });
    eavesdropper.close();
  });

  it('a change does not reach another person, another server or a closed client', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const other = await scriptedServer((response, request) =>
      json(200, request.url.endsWith('/policy') ? { ...policy, userId: 'u2' } : profile)(response, request),
    );
    const here = clientOf(baseUrl);
    const elsewhere = clientOf(other.baseUrl);
    const closed = clientOf(baseUrl);
    const unknown = clientOf(baseUrl);
    for (const { cockpit } of [here, elsewhere, closed]) await cockpit.policy();
    closed.cockpit.close();
    await closed.cockpit.policy();
    await here.cockpit.apiKeys.create({});
    await closed.cockpit.apiKeys.create({});
    await flushMessages();
    expect(elsewhere.receivedEvents).toEqual([]);
    expect(unknown.receivedEvents).toEqual([]);
    expect(closed.receivedEvents).toEqual(['createApiKey k1 null here']);
    expect(here.receivedEvents).toEqual(['createApiKey k1 null here']);
  });

  it('after another person signs in, changes reach the clients of that person', async () => {
    let userId = 'u1';
    const { baseUrl } = await scriptedServer((response, request) =>
      (request.url.endsWith('/policy') ? json(200, { ...policy, userId }) : answers)(response, request),
    );
    const here = clientOf(baseUrl);
    const there = clientOf(baseUrl);
    await here.cockpit.policy();
    await there.cockpit.policy();
    userId = 'u2';
    await there.cockpit.policy();
    await here.cockpit.apiKeys.create({});
    await flushMessages();
    expect(there.receivedEvents).toEqual([]);
    await here.cockpit.policy();
    await here.cockpit.apiKeys.create({});
    await expect.poll(() => there.receivedEvents).toHaveLength(1);
  });

  const refused = class {
    constructor() {
      throw new DOMException('The operation is insecure', 'SecurityError');
    }
  };

  it.each([
    ['there are none', undefined],
    ['they are refused', refused],
  ])('without a usable BroadcastChannel, changes stay in this client: %s', async (_, channel) => {
    vi.stubGlobal('BroadcastChannel', channel);
    const { baseUrl } = await scriptedServer(answers);
    const { cockpit, receivedEvents } = clientOf(baseUrl);
    await cockpit.policy();
    await cockpit.apiKeys.create({});
    expect(receivedEvents).toEqual(['createApiKey k1 null here']);
  });

  it('an open client does not keep the Node process alive', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const { cockpit } = clientOf(baseUrl);
    const ports = () => process.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort').length;
    const before = ports();
    await cockpit.policy();
    expect(ports()).toBe(before);
    const channel = new BroadcastChannel('kept');
    expect(ports()).toBe(before + 1);
    channel.close();
  });
});

describe('who is signed in', () => {
  /** A server on which somebody else may sign in, and which minds whom a page is for. */
  const sharedBrowser = async () => {
    const browser = { present: 'u1', held: Promise.resolve() };
    const expected: (string | undefined)[] = [];
    const { baseUrl } = await scriptedServer((response, request) => {
      const { present, held } = browser;
      const header = request.headers['x-user-id'] as string | undefined;
      expected.push(header);
      const answer =
        header !== undefined && decodeURIComponent(header) !== present
          ? problem(409, 'user_changed')
          : request.url.endsWith('/policy')
            ? json(200, { ...policy, userId: present })
            : request.url.endsWith('/profile')
              ? json(200, { ...profile, id: present })
              : json(200, { data: [], nextCursor: null });
      void held.then(() => answer(response, request));
    });
    const open = () => {
      const { cockpit } = clientOf(baseUrl);
      const people: (string | undefined)[] = [];
      cockpit.changes.addEventListener('user', () => people.push(cockpit.userId));
      return { cockpit, people };
    };
    return { browser, expected, open };
  };

  it('is known from the first policy or profile, and sent as X-User-Id from then on', async () => {
    const { browser, expected, open } = await sharedBrowser();
    browser.present = 'Zoë/1';
    const { cockpit, people } = open();
    await cockpit.apiKeys.list();
    expect(cockpit.userId).toBeUndefined();
    await cockpit.profile.get();
    await cockpit.organization('acme').apiKeys.list();
    expect(cockpit.userId).toBe('Zoë/1');
    expect(expected).toEqual([undefined, undefined, 'Zo%C3%AB%2F1']);
    expect(people).toEqual([]);
  });

  it('changes when the server says so: one event, and no X-User-Id until the new person is known', async () => {
    const { browser, expected, open } = await sharedBrowser();
    const { cockpit, people } = open();
    await cockpit.policy();
    browser.present = 'u2';
    const refused = await Promise.allSettled([cockpit.apiKeys.list(), cockpit.providerTokens.list()]);
    for (const { status, ...rest } of refused)
      expect({ status, ...rest }).toMatchObject({ status: 'rejected', reason: { code: 'user_changed', status: 409 } });
    expect(people).toEqual([undefined]);
    await cockpit.apiKeys.list();
    expect(expected.at(-1)).toBeUndefined();
    await cockpit.policy();
    expect(cockpit.userId).toBe('u2');
    expect(people).toHaveLength(1);
  });

  it.each([
    ['profile', async (cockpit: Cockpit) => (await cockpit.profile.get()).id],
    ['policy', async (cockpit: Cockpit) => (await cockpit.policy()).userId],
  ])('changes when the %s of the same client names another person', async (_, whoIsIt) => {
    const { browser, expected, open } = await sharedBrowser();
    const { cockpit, people } = open();
    await cockpit.profile.get();
    browser.present = 'u2';
    expect(await Promise.all([whoIsIt(cockpit), whoIsIt(cockpit)])).toEqual(['u2', 'u2']);
    expect(cockpit.userId).toBe('u2');
    expect(people).toHaveLength(1);
    await cockpit.apiKeys.list();
    expect(expected.at(-1)).toBe('u2');
  });

  it('a server that keeps refusing the person: asked at most twice', async () => {
    const { baseUrl, received } = await scriptedServer([json(200, profile), problem(409, 'user_changed')]);
    const { cockpit } = clientOf(baseUrl);
    await cockpit.profile.get();
    await expect(cockpit.profile.get()).rejects.toMatchObject({ code: 'user_changed' });
    expect(received).toHaveLength(3);
  });

  it('a write of the former person that is answered after sign-out: publishes nothing to the new person', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let id = 'u1';
    const { baseUrl, received } = await scriptedServer((response, request) => {
      if (request.method === 'GET') json(200, { ...profile, id })(response, request);
      else void promise.then(() => json(201, minted)(response, request));
    });
    const [here, there] = [clientOf(baseUrl), clientOf(baseUrl)];
    await here.cockpit.profile.get();
    const late = here.cockpit.apiKeys.create({});
    await expect.poll(() => received.map(({ method }) => method)).toContain('POST');
    id = 'u2';
    await here.cockpit.profile.get();
    await there.cockpit.profile.get();
    resolve();
    await late;
    await flushMessages();
    expect([here.receivedEvents, there.receivedEvents]).toEqual([[], []]);
    await here.cockpit.apiKeys.create({});
    await expect.poll(() => there.receivedEvents).toEqual(['createApiKey k1 null remote']);
  });

  it('changes when a server that ignores X-User-Id answers with another person', async () => {
    let id = 'u1';
    const { baseUrl } = await scriptedServer((response, request) => json(200, { ...profile, id })(response, request));
    const { cockpit } = clientOf(baseUrl);
    let userEvents = 0;
    cockpit.changes.addEventListener('user', () => (userEvents += 1));
    await cockpit.profile.get();
    await cockpit.profile.get();
    expect(userEvents).toBe(0);
    id = 'u2';
    await cockpit.profile.get();
    expect(userEvents).toBe(1);
    expect(cockpit.userId).toBe('u2');
  });

  it('a late answer for the former person does not bring that person back', async () => {
    const { browser, expected, open } = await sharedBrowser();
    const { cockpit, people } = open();
    await cockpit.profile.get();
    const { promise, resolve } = Promise.withResolvers<void>();
    browser.held = promise;
    const late = cockpit.policy();
    await expect.poll(() => expected).toHaveLength(2);
    Object.assign(browser, { present: 'u2', held: Promise.resolve() });
    await cockpit.apiKeys.list().then(undefined, () => undefined);
    await cockpit.profile.get();
    resolve();
    expect((await late).userId).toBe('u1');
    expect(cockpit.userId).toBe('u2');
    expect(people).toHaveLength(1);
  });

  it('a change of person that one client detects reaches other clients of the same server', async () => {
    const { browser, open } = await sharedBrowser();
    const there = open();
    await there.cockpit.policy();
    browser.present = 'u2';
    await open().cockpit.profile.get();
    await expect.poll(() => there.people).toHaveLength(1);
  });

  it('a client of another person does not change the person of this client', async () => {
    const { baseUrl } = await scriptedServer((response, request) =>
      json(200, { ...profile, id: request.headers.authorization?.slice(7) })(response, request),
    );
    const clients = ['u1', 'u2'].map((id) => {
      const cockpit = createCockpit({ baseUrl, getAccessToken: () => id });
      open.push(cockpit);
      return cockpit;
    });
    const people: unknown[] = [];
    for (const cockpit of clients) cockpit.changes.addEventListener('user', () => people.push(cockpit.userId));
    for (const cockpit of clients) await cockpit.profile.get();
    // A message may cause another message.
    await flushMessages();
    await flushMessages();
    expect(people).toEqual([]);
    expect(clients.map(({ userId }) => userId)).toEqual(['u1', 'u2']);
  });
});
