import type { HostPolicy, Profile, Provider, ProviderToken } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { mint, outcome, read, request } from './request.js';

const withProviders = (providers: string[]): HostPolicy => {
  if (!aiCockpitOne.providerTokens) throw new Error('AI Cockpit One offers provider tokens');
  return { ...aiCockpitOne, providerTokens: { ...aiCockpitOne.providerTokens, providers } };
};
const providers = ['jira', 'jira-data-center', 'businessmap', 'azure-devops', 'servicenow', 'github-projects'];

describe.each(databases)('pasted values, on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database, policy: withProviders(providers) });
  });
  afterAll(() => server.close());

  let added = 0;
  const add = (provider: string, values: object) => {
    added += 1;
    const json = { provider, name: `Token ${added}`, code: `pasted-${added}`, values };
    return request(server, '/organizations/acme/provider-tokens', { as: 'ana', json });
  };
  const lease = async (provider: string, values: object) => {
    expect(await outcome(await add(provider, values))).toBe('201');
    const json = { provider, code: `pasted-${added}`, purpose: 'A test', organizationId: 'acme' };
    return read<{ baseUrl: string; endpoints?: object; headers: Record<string, string> }>(
      await request(server, '/integration/credentials', { as: 'ana', json }),
    );
  };
  const jira = { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'canary-token' };
  const passwordOf = ({ headers }: { headers: Record<string, string> }) =>
    Buffer.from((headers['Authorization'] ?? '').replace('Basic ', ''), 'base64')
      .toString()
      .split(':')
      .slice(1)
      .join(':');

  it.each([' canary-token\r\n', '\ufeffcanary-token\u200b', '\u00a0canary-token\u00ad'])(
    'a token with %j around it → leased without it',
    async (token) => {
      expect(passwordOf(await lease('jira', { ...jira, token }))).toBe('canary-token');
    },
  );

  it.each([
    ['"canary"', 'quoted'],
    ['“canary”', 'quoted'],
    ['Bearer canary', 'scheme'],
    ['Authorization: Bearer canary', 'labelled'],
    ['••••1234', 'masked'],
    ['can ary', 'white_space'],
    ['can\nary', 'white_space'],
    ['can\u0000ary', 'invisible'],
    ['can\u202eary', 'invisible'],
    ['{"token":"canary"}', 'labelled'],
    ['can\u200bary', 'invisible'],
    ['can\u00adary', 'invisible'],
    ['c\u0430nary', 'not_ascii'],
  ])('a token %j of any provider is refused as %s, and not echoed', async (token, code) => {
    for (const [provider, field, values] of [
      ['jira', 'token', jira],
      ['businessmap', 'apiKey', { subdomain: 'acme' }],
      ['azure-devops', 'token', { organization: 'acme' }],
      ['github-projects', 'token', {}],
      ['jira-data-center', 'token', { baseUrl: 'https://jira.example.com' }],
      ['servicenow', 'apiKey', { instance: 'acme.service-now.com', method: 'apiKey' }],
    ] as const) {
      const answer = await add(provider, { ...values, [field]: token });
      expect(await answer.clone().text()).not.toContain(token);
      expect(await outcome(answer), provider).toBe(`422 invalid values.${field}:${code}`);
    }
  });

  it.each([' secret ', '   ', '"Bearer" p\u00e4ss\u200b ••••', 'e\u0301'])(
    'a password → leased exactly as typed: %j',
    async (password) => {
      const values = { instance: 'acme.service-now.com', method: 'password', user: 'bot', password };
      expect(passwordOf(await lease('servicenow', values))).toBe(password);
    },
  );

  it.each(['a\u0000b', 'a\nb', 'a\ud800b'])('a password with a control character is refused: %j', async (password) => {
    const values = { instance: 'acme.service-now.com', method: 'password', user: 'bot', password };
    expect(await outcome(await add('servicenow', values))).toBe('422 invalid values.password:characters');
  });

  const api = 'https://api.github.com';
  it.each<[string, object, string]>([
    ['jira', { ...jira, site: 'https://acme.atlassian.net/jira/your-work' }, 'https://acme.atlassian.net'],
    [
      'businessmap',
      { subdomain: 'https://acme.kanbanize.com/ctrl_board/1', apiKey: 'k' },
      'https://acme.kanbanize.com',
    ],
    [
      'azure-devops',
      { organization: 'https://dev.azure.com/fabrikam/P', token: 't' },
      'https://dev.azure.com/fabrikam',
    ],
    ['azure-devops', { organization: 'fabrikam.visualstudio.com', token: 't' }, 'https://dev.azure.com/fabrikam'],
    ...[
      'https://acme@dev.azure.com/fabrikam/Project/_git/x',
      'https://DEV.azure.com./fabrikam/_workitems/edit/12?utm_source=mail#top',
      'https://dev.azure.com:443/fabrikam/_apis/projects?api-version=7.1',
      'git@ssh.dev.azure.com:v3/fabrikam/Project/x',
      'ssh://git@ssh.dev.azure.com:22/v3/fabrikam/Project/x',
      'fabrikam@vs-ssh.visualstudio.com:v3/fabrikam/Project/x',
      'https://fabrikam@fabrikam.visualstudio.com/DefaultCollection/Project/_git/x',
      'https://vssps.dev.azure.com/fabrikam/_apis/graph/users',
      'https://pkgs.dev.azure.com/fabrikam/_packaging/feed/npm/registry/',
      'https://fabrikam.pkgs.visualstudio.com/_packaging/feed/npm/registry/',
    ].map((organization): [string, object, string] => [
      'azure-devops',
      { organization, token: 't' },
      'https://dev.azure.com/fabrikam',
    ]),
    ...['gist.github.com/acme/1', 'https://raw.githubusercontent.com/acme/x', 'git@github.com:acme/x.git'].map(
      (address): [string, object, string] => ['github-projects', { server: address, token: 't' }, api],
    ),
    [
      'jira-data-center',
      { baseUrl: 'https://j.example.com/jira/browse/X-1', token: 't' },
      'https://j.example.com/jira',
    ],
    ['github-projects', { server: 'acme.ghe.com', token: 't' }, 'https://api.acme.ghe.com'],
    ['github-projects', { server: 'https://api.acme.ghe.com/', token: 't' }, 'https://api.acme.ghe.com'],
    ['github-projects', { server: 'github.com', token: 't' }, api],
    ['github-projects', { server: 'api.github.com', token: 't' }, api],
    ['github-projects', { server: 'https://www.github.com/orgs/acme/projects/1', token: 't' }, api],
    ['github-projects', { token: 't' }, api],
    ['github-projects', { server: 'https://ghes.example.com/api/v3', token: 't' }, 'https://ghes.example.com/api'],
  ])('an address → reduced on the server: %s %j to %s', async (provider, values, baseUrl) => {
    expect((await lease(provider, values)).baseUrl).toBe(baseUrl);
  });

  it('a lease for GitHub → the address of each API', async () => {
    const endpoints = async (values: object) => (await lease('github-projects', { token: 't', ...values })).endpoints;
    expect(await endpoints({})).toEqual({ rest: api, graphql: `${api}/graphql` });
    expect(await endpoints({ server: 'acme.ghe.com' })).toEqual({
      rest: 'https://api.acme.ghe.com',
      graphql: 'https://api.acme.ghe.com/graphql',
    });
    expect(await endpoints({ server: 'ghes.example.com' })).toEqual({
      rest: 'https://ghes.example.com/api/v3',
      graphql: 'https://ghes.example.com/api/graphql',
    });
  });

  it('the answer shows the reduced address', async () => {
    const answer = await add('jira', { ...jira, site: 'https://acme.atlassian.net/jira/your-work' });
    expect((await read<ProviderToken>(answer)).values).toMatchObject({ site: 'acme.atlassian.net' });
  });

  it.each([
    'https://github.com/acme/roadmap/issues/12?utm_source=mail',
    'https://github.com/acme/roadmap.git',
    'https://bot@github.com/acme/roadmap.git',
    'git@github.com:acme/roadmap.git',
    'ssh://git@ssh.github.com:443/acme/roadmap.git',
    'git://github.com/acme/roadmap.git',
    'https://GitHub.com./acme/',
    'https://www.github.com/acme',
    'https://github.com/orgs/acme/projects/1/views/2',
    'https://github.com/organizations/acme/settings/profile',
    'https://api.github.com/repos/acme/roadmap',
    'https://api.github.com/orgs/acme',
    'https://raw.githubusercontent.com/acme/roadmap/main/README.md',
    'https://gist.github.com/acme/0123',
  ])('the owner at GitHub is taken from %s', async (owner) => {
    expect((await read<ProviderToken>(await add('github-projects', { owner, token: 't' }))).values).toEqual({
      owner: 'acme',
    });
  });

  it.each([
    ['github-projects', 'owner', 'https://github.com/settings/tokens'],
    ['github-projects', 'owner', 'https://github.com/login?return_to=x'],
    ['github-projects', 'owner', 'git@gitlab.example:acme/roadmap.git'],
    ['github-projects', 'owner', 'https://bot:ghp-of-a-secret@github.com/acme/roadmap.git'],
    ['github-projects', 'owner', 'acme/roadmap'],
    ['azure-devops', 'organization', 'https://dev.azure.com/_usersSettings/tokens'],
    ['azure-devops', 'organization', 'https://marketplace.visualstudio.com/items?itemName=x'],
    ['azure-devops', 'organization', 'https://bot:secret@dev.azure.com/fabrikam/_git/x'],
    ['azure-devops', 'organization', 'git@github.com:fabrikam/x.git'],
    ['azure-devops', 'organization', 'https://tfs.example/tfs/DefaultCollection/_git/x'],
    ['businessmap', 'subdomain', 'https://www.kanbanize.com/'],
    ['businessmap', 'subdomain', 'https://businessmap.io/pricing'],
    ['jira', 'site', 'https://id.atlassian.com.evil.example/manage-profile'],
    ['jira', 'site', 'git@bitbucket.org:acme/x.git'],
    ['servicenow', 'instance', 'https://www.servicenow.com/products'],
    ['servicenow', 'instance', 'https://admin@acme.service-now.com/'],
  ])('an address without %s %s → refused: %s', async (provider, field, text) => {
    const values = { organization: 'acme', subdomain: 'acme', ...jira, instance: 'acme.service-now.com' };
    const { fields } = (await read<{ data: Provider[] }>(await request(server, '/providers', { as: 'ana' }))).data.find(
      ({ id }) => id === provider,
    )!;
    const asked = Object.entries(values).filter(([id]) => fields.some((it) => it.id === id));
    const more = provider === 'businessmap' ? { apiKey: 'k' } : provider === 'jira' ? {} : { token: 't' };
    const servicenow = { method: 'apiKey', apiKey: 'k' };
    const sent = { ...Object.fromEntries(asked), ...(provider === 'servicenow' ? servicenow : more), [field]: text };
    expect(await outcome(await add(provider, sent))).toBe(`422 invalid values.${field}:format`);
  });

  const invisible = ['\u200b', '\u00ad', '\u3164', '\u115f', '\uffa0', '\u2800', '\ufe0f', '\u{e0041}', ' \u2060 '];
  it.each(invisible)('a name without visible characters → refused: %j', async (text) => {
    const code = `x-${(added += 1)}`;
    const json = { provider: 'jira', name: text, code, values: jira };
    expect(await outcome(await request(server, '/organizations/acme/provider-tokens', { as: 'ana', json }))).toBe(
      '422 invalid name:too_short',
    );
    const purpose = { provider: 'jira', purpose: text };
    expect(await outcome(await request(server, '/integration/credentials', { as: 'ana', json: purpose }))).toBe(
      '422 invalid purpose:too_short',
    );
    const patch = { as: 'ana', method: 'PATCH', headers: { 'If-Match': '*' }, json: { firstName: text } };
    const answer = await request(server, '/profile', patch);
    // Whether a name has to be there is the policy's.
    if (answer.ok) expect((await read<Profile>(answer)).firstName).toBe('');
    else expect(await outcome(answer)).toBe('422 invalid firstName:required');
  });

  it('a name of combining marks only → refused', async () => {
    const answer = await mint(server, '/organizations/acme/api-keys', { description: '\u0301' }, 'ana');
    expect(await outcome(answer)).toBe('422 invalid description:characters');
  });
});
