import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChangeEvent, type Cockpit, createCockpit } from './index.js';
import { apiKey, minted, policy, profile, providerToken } from './testing/examples.js';
import { type Answer, json, problem, scriptedServer } from './testing/scripted-server.js';

const open: Cockpit[] = [];
afterEach(() => {
  for (const cockpit of open.splice(0)) cockpit.close();
  vi.unstubAllGlobals();
});

const clientOf = (baseUrl: string) => {
  const cockpit = createCockpit({ baseUrl });
  const heard: string[] = [];
  cockpit.changes.addEventListener('change', ({ operationId, id, organizationId, remote }) =>
    heard.push(`${operationId} ${id} ${organizationId} ${remote ? 'remote' : 'here'}`),
  );
  open.push(cockpit);
  return { cockpit, heard };
};

/** Long enough for a message between channels of one process. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

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
  it('are told after each successful write, and after nothing else', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const { cockpit, heard } = clientOf(baseUrl);
    await cockpit.profile.get();
    await cockpit.profile.update({}, { version: 7 });
    await cockpit.apiKeys.create({});
    await cockpit.apiKeys.get('k1');
    await cockpit.organization('acme').apiKeys.revoke('k2');
    await cockpit.providerTokens.create({ provider: 'jira', values: {} });
    await cockpit.providerTokens.delete('t2', { version: 1 });
    expect(heard).toEqual([
      'updateProfile u1 null here',
      'createApiKey k1 null here',
      'revokeApiKey k2 acme here',
      'createProviderToken t1 null here',
      'deleteProviderToken t2 null here',
    ]);
  });

  it('are not told of a write that failed', async () => {
    const { baseUrl } = await scriptedServer([problem(422, 'invalid')]);
    const { cockpit, heard } = clientOf(baseUrl);
    await cockpit.profile.update({}, { version: 7 }).catch(() => undefined);
    expect(heard).toEqual([]);
  });

  it('are events of their own class', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const { cockpit } = clientOf(baseUrl);
    const event = new Promise((resolve) => cockpit.changes.addEventListener('change', resolve, { once: true }));
    await cockpit.apiKeys.create({});
    expect(await event).toBeInstanceOf(ChangeEvent);
  });

  it('reach other clients of the same person at the same server', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const here = clientOf(baseUrl);
    const there = clientOf(baseUrl);
    await here.cockpit.policy();
    await there.cockpit.profile.get();
    await here.cockpit.organization('acme').apiKeys.create({ name: 'secret plan' });
    await vi.waitFor(() => expect(there.heard).toEqual(['createApiKey k1 acme remote']));
    expect(here.heard).toEqual(['createApiKey k1 acme here']);
  });

  it('carry the operation and ids, and nothing else', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const { cockpit } = clientOf(baseUrl);
    const eavesdropper = new BroadcastChannel(`ai-cockpit ${baseUrl} u1`);
    const message = new Promise((resolve) => {
      eavesdropper.onmessage = ({ data }) => resolve(data);
    });
    await cockpit.policy();
    await cockpit.apiKeys.create({ name: 'secret plan' });
    expect(await message).toEqual({ operationId: 'createApiKey', id: 'k1', organizationId: null });
    eavesdropper.close();
  });

  it('do not reach another person, another server or a closed client', async () => {
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
    await settled();
    expect(elsewhere.heard).toEqual([]);
    expect(unknown.heard).toEqual([]);
    expect(closed.heard).toEqual(['createApiKey k1 null here']);
    expect(here.heard).toEqual(['createApiKey k1 null here']);
  });

  it('follow the person who has signed in since', async () => {
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
    await settled();
    expect(there.heard).toEqual([]);
    await here.cockpit.policy();
    await here.cockpit.apiKeys.create({});
    await vi.waitFor(() => expect(there.heard).toHaveLength(1));
  });

  const refused = class {
    constructor() {
      throw new DOMException('The operation is insecure', 'SecurityError');
    }
  };

  it.each([
    ['there are none', undefined],
    ['they are refused', refused],
  ])('stay here where, of channels, %s', async (_, channel) => {
    vi.stubGlobal('BroadcastChannel', channel);
    const { baseUrl } = await scriptedServer(answers);
    const { cockpit, heard } = clientOf(baseUrl);
    await cockpit.policy();
    await cockpit.apiKeys.create({});
    expect(heard).toEqual(['createApiKey k1 null here']);
  });

  it('do not keep a process alive', async () => {
    const { baseUrl } = await scriptedServer(answers);
    const { cockpit } = clientOf(baseUrl);
    const ports = () => process.getActiveResourcesInfo().filter((resource) => resource === 'MessagePort').length;
    const before = ports();
    await cockpit.policy();
    expect(ports()).toBe(before);
    const kept = new BroadcastChannel('kept');
    expect(ports()).toBe(before + 1);
    kept.close();
  });
});
