import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { Cockpit } from './index.js';
import { apiKey, policy, profile, provider } from './testing/examples.js';
import { type Answer, json, problem, scriptedServer, text } from './testing/scripted-server.js';

/** The headers of a correct backend. */
const headers = { 'x-request-id': 'r1', 'x-user-id': 'u1' };
const field = { id: 'a', label: 'A', required: true, hint: null, placeholder: null, when: null };
const rightPolicy = { ...policy, apiKeys: { ...policy.apiKeys, presentation: 'list' } };
const listOf = (item: object) => ({ data: [item, { ...item, id: 'another' }], nextCursor: null });

const reads = {
  policy: (cockpit: Cockpit) => cockpit.policy(),
  profile: (cockpit: Cockpit) => cockpit.profile.get(),
  providers: (cockpit: Cockpit) => cockpit.providers.list(),
  keys: (cockpit: Cockpit) => cockpit.apiKeys.list(),
};

let warn: MockInstance<typeof console.warn>;
beforeEach(() => {
  // Each test has warnings of its own, which are given once.
  vi.resetModules();
  warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => warn.mockRestore());

/** The console warnings while the answer is read twice. */
const warningsOf = async (answer: Answer, read: (cockpit: Cockpit) => PromiseLike<unknown>): Promise<string[]> => {
  const { createCockpit } = await import('./index.js');
  const { baseUrl } = await scriptedServer(answer);
  const cockpit = createCockpit({ baseUrl, retry: { limit: 0 } });
  for (let reading = 0; reading < 2; reading += 1)
    await Promise.resolve(read(cockpit)).then(undefined, () => undefined);
  cockpit.close();
  return warn.mock.calls.map((values) => values.join(' ').replaceAll(baseUrl, '/v1'));
};

const misfit = (operationId: string, path: string, expected: string) =>
  `The answer to ${operationId} does not fit the contract at ${path}: expected ${expected}`;

describe('warnings in the console', () => {
  it.each<[string, keyof typeof reads, unknown, string]>([
    [
      'a layout',
      'policy',
      { ...rightPolicy, layout: 'canary' },
      misfit('getPolicy', 'layout', 'one of tabs, sections, page'),
    ],
    [
      'a section',
      'policy',
      { ...rightPolicy, sections: [{ id: 'canary' }, { id: 'canary-2' }] },
      misfit('getPolicy', 'sections.*.id', 'one of profile, providers, api-keys, notifications, activity'),
    ],
    [
      'a column',
      'policy',
      { ...rightPolicy, apiKeys: { ...rightPolicy.apiKeys, columns: ['canary'] } },
      misfit('getPolicy', 'apiKeys.columns.*', 'one of name, description'),
    ],
    [
      'who may do what with a field',
      'policy',
      {
        ...rightPolicy,
        profile: { ...policy.profile, fields: { ...policy.profile.fields, email: { access: 'canary' } } },
      },
      misfit('getPolicy', 'profile.fields.email.access', 'one of read, edit, hidden'),
    ],
    [
      'the role of a person',
      'policy',
      { ...rightPolicy, organization: { ...policy.organization, role: 'canary' } },
      misfit('getPolicy', 'organization.role', 'one of administrator, manager, member, viewer'),
    ],
    [
      'a status in another case',
      'keys',
      listOf({ ...apiKey, status: 'Active' }),
      misfit('listApiKeys', 'data.*.status', 'one of active, expired, revoked'),
    ],
    [
      'the kind of an owner',
      'keys',
      listOf({ ...apiKey, owner: { ...apiKey.owner, kind: 'canary' } }),
      misfit('listApiKeys', 'data.*.owner.kind', 'one of user, organization'),
    ],
    [
      "the kind of a provider's field",
      'providers',
      {
        data: [
          {
            ...provider,
            fields: [
              { ...field, kind: 'canary' },
              { ...field, id: 'b', kind: 'canary-2' },
            ],
          },
        ],
      },
      misfit('listProviders', 'data.*.fields.*.kind', 'one of text, email'),
    ],
    [
      'a time without a zone',
      'keys',
      listOf({ ...apiKey, createdAt: '2026-11-29 10:00' }),
      misfit('listApiKeys', 'data.*.createdAt', 'RFC 3339 in UTC'),
    ],
    [
      'a local time',
      'keys',
      listOf({ ...apiKey, lastUsedAt: '2026-11-29T10:00:00' }),
      misfit('listApiKeys', 'data.*.lastUsedAt', 'RFC 3339 in UTC'),
    ],
    [
      'a date in another order',
      'keys',
      listOf({ ...apiKey, expiresOn: '11/29/2026' }),
      misfit('listApiKeys', 'data.*.expiresOn', 'YYYY-MM-DD'),
    ],
    [
      'a policy of another version',
      'policy',
      { ...rightPolicy, contractVersion: 99 },
      misfit('getPolicy', 'contractVersion', '1'),
    ],
    [
      'a limit that a single key has no use for',
      'policy',
      { ...rightPolicy, apiKeys: { ...policy.apiKeys, presentation: 'single', limit: 5 } },
      misfit('getPolicy', 'apiKeys.limit', '1, as the presentation is single'),
    ],
    [
      'a section with nothing to show',
      'policy',
      { ...rightPolicy, sections: [{ id: 'providers' }], providerTokens: null },
      misfit('getPolicy', 'providerTokens', 'not null, as there is a section providers'),
    ],
    [
      'a section that leads nowhere',
      'policy',
      { ...rightPolicy, sections: [{ id: 'terms' }] },
      misfit('getPolicy', 'sections.*.href', 'an address for terms'),
    ],
    [
      'a section whose link cannot be followed',
      'policy',
      { ...rightPolicy, sections: [{ id: 'terms', href: 'javascript:canary' }] },
      misfit('getPolicy', 'sections.*.href', 'a path on this origin or an https: address'),
    ],
    [
      'a section that comes twice',
      'policy',
      { ...rightPolicy, sections: [{ id: 'profile' }, { id: 'profile' }] },
      misfit('getPolicy', 'sections.*.id', 'each section once'),
    ],
    [
      'a page without a section',
      'policy',
      { ...rightPolicy, sections: [] },
      misfit('getPolicy', 'sections', 'at least one section'),
    ],
    [
      'a table without a column',
      'policy',
      { ...rightPolicy, apiKeys: { ...rightPolicy.apiKeys, columns: [] } },
      misfit('getPolicy', 'apiKeys.columns', 'at least one column'),
    ],
    [
      'two rows of one id',
      'keys',
      { data: [apiKey, apiKey], nextCursor: null },
      misfit('listApiKeys', 'data.*.id', 'a different id in each'),
    ],
  ])(
    'warns once, without the value, of a value that the contract does not know: %s',
    async (_, read, body, expected) => {
      const said = await warningsOf(json(200, body, headers), reads[read]);
      expect(said).toHaveLength(1);
      expect(said[0]).toContain(expected);
      expect(said[0]).not.toMatch(/canary|Active|11\/29|10:00$|99|\b5\b/);
    },
  );

  it.each<[string, Answer, string]>([
    [
      'whose an answer is',
      json(200, profile, { 'x-request-id': 'r1', etag: '"7"' }),
      '/v1/profile sends no X-User-Id, or does not list it in Access-Control-Expose-Headers',
    ],
    [
      'which request it was',
      json(200, profile, { 'x-user-id': 'u1', etag: '"7"' }),
      '/v1/profile sends no X-Request-Id',
    ],
    [
      'the time of day',
      json(200, profile, { ...headers, etag: '"7"', date: 'Thu, 01 Jan 1970 00:00:00 GMT' }),
      '/v1/profile sends a Date that is not now',
    ],
    ['which version it is', json(200, profile, headers), '/v1/profile sends no ETag'],
    [
      'one version only',
      json(200, profile, { ...headers, etag: '"8"' }),
      '/v1/profile sends another version in ETag than in its answer',
    ],
    [
      'that it is JSON',
      text(200, JSON.stringify(profile), { ...headers, etag: '"7"', 'content-type': 'text/plain' }),
      misfit('getProfile', 'its Content-Type', 'application/json'),
    ],
    [
      'why it says no',
      json(403, { message: 'canary' }, headers),
      '/v1/profile answered getProfile with 403 and no problem of the contract',
    ],
    [
      'which field is at fault',
      problem(422, 'invalid', headers, { errors: [{ loc: ['body', 'canary'], msg: 'canary' }] }),
      'An entry in the errors of a problem has no path',
    ],
    ['when to ask again', problem(429, 'rate_limited', headers), '/v1/profile sends no Retry-After with 429'],
  ])('warns once of a server that does not send %s', async (_, answer, expected) => {
    const said = await warningsOf(answer, reads.profile);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(expected);
    expect(said[0]).not.toContain('canary');
  });

  it('stays silent for a correct server, a proxy on the way, and a server that is down', async () => {
    expect(await warningsOf(json(200, profile, { ...headers, etag: 'W/"7-gzip"' }), reads.profile)).toEqual([]);
    expect(await warningsOf(json(200, listOf({ ...apiKey, expiresOn: '2026-11-29' }), headers), reads.keys)).toEqual(
      [],
    );
    expect(await warningsOf(json(200, rightPolicy, headers), reads.policy)).toEqual([]);
    expect(await warningsOf(problem(404, 'not_found', headers), reads.profile)).toEqual([]);
    for (const status of [401, 413, 429, 502, 503, 504])
      expect(await warningsOf(text(status, '<h1>Sorry</h1>'), reads.profile)).toEqual([]);
  });
});

describe('a list whose cursor repeats', () => {
  it.each([
    ['at once', ['a', 'a']],
    ['later', ['a', 'b', 'a']],
  ])('ends with a ContractError that names the cursor: %s', async (_, cursors) => {
    const { createCockpit, ContractError } = await import('./index.js');
    const { baseUrl, received } = await scriptedServer(
      cursors.map((nextCursor) => json(200, { data: [apiKey], nextCursor }, headers)),
    );
    const cockpit = createCockpit({ baseUrl });
    const readAll = async () => {
      const ids: string[] = [];
      for await (const { id } of cockpit.apiKeys.list()) if (ids.push(id) > 9) return ids;
      return ids;
    };
    const error: unknown = await readAll().catch((error: unknown) => error);
    cockpit.close();
    expect(error).toBeInstanceOf(ContractError);
    expect(error).toMatchObject({ operationId: 'listApiKeys', path: 'nextCursor' });
    expect(received).toHaveLength(cursors.length);
  });
});
