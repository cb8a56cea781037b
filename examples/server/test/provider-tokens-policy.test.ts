import type { HostPolicy, Page, Provider, ProviderToken } from '@ai-cockpit/sdk/contract';
import { aicHub, aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { afterEach, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { outcome, read, request } from './request.js';

type Terms = NonNullable<HostPolicy['providerTokens']>;

const policyWith = (terms: Partial<Terms>, base: HostPolicy = aiCockpitOne): HostPolicy => {
  if (!base.providerTokens) throw new Error('It offers provider tokens');
  return { ...base, providerTokens: { ...base.providerTokens, ...terms } };
};

const own = '/provider-tokens';
const acmes = '/organizations/acme/provider-tokens';
const values = { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'canary-policy' };
const texts = { name: 'Jira of Acme', code: 'jira', description: 'For the agents' };

describe.each(databases)('what a policy says of provider tokens is enforced on %s', (database) => {
  const running: TestServer[] = [];
  const serve = async (policy: HostPolicy, beside?: TestServer) => {
    const server = await startServer({ database, policy, ...(beside && { beside }) });
    running.unshift(server);
    return server;
  };
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close();
  });

  const add = (server: TestServer, list: string, json: object = {}) =>
    request(server, list, { as: 'ana', json: { provider: 'jira', ...texts, values, ...json } });
  const change = (server: TestServer, { id }: ProviderToken, json: object) =>
    request(server, `${acmes}/${id}`, { as: 'ana', method: 'PATCH', headers: { 'If-Match': '*' }, json });
  const lease = (server: TestServer, json: object = {}) =>
    request(server, '/integration/credentials', {
      as: 'ana',
      json: { provider: 'jira', purpose: 'A test', organizationId: 'acme', ...json },
    });

  it.each<[line: string, terms: Partial<Terms>, list: string, json: object, expected: string]>([
    ['owners', { owners: ['user'] }, acmes, {}, '403 not_offered'],
    ['owners', { owners: ['user'] }, own, {}, '201'],
    ['owners', { owners: ['organization'] }, own, {}, '403 not_offered'],
    ['owners', { owners: ['organization'] }, acmes, {}, '201'],
    ['providers', { providers: ['businessmap'] }, acmes, {}, '422 invalid provider:not_offered'],
    ['providers', {}, acmes, { provider: 'jira-data-center' }, '422 invalid provider:not_offered'],
    ['providers', {}, acmes, { provider: 'unheard-of' }, '422 invalid provider:not_offered'],
    ...(['name', 'code', 'description'] as const).flatMap((field) => {
      const fields: Terms['fields'] = { name: 'optional', code: 'optional', description: 'optional' };
      const line = `fields.${field}`;
      const without = { [field]: undefined };
      return [
        [line, { fields: { ...fields, [field]: 'required' } }, acmes, without, `422 invalid ${field}:required`],
        [line, { fields: { ...fields, [field]: 'required' } }, acmes, {}, '201'],
        [line, { fields: { ...fields, [field]: 'optional' } }, acmes, without, '201'],
        [line, { fields: { ...fields, [field]: 'hidden' } }, acmes, {}, `422 invalid ${field}:not_offered`],
        [line, { fields: { ...fields, [field]: 'hidden' } }, acmes, without, '201'],
      ] satisfies [string, Partial<Terms>, string, object, string][];
    }),
  ])('%s: %j, adding to %s: %j', async (_, terms, list, json, expected) => {
    expect(await outcome(await add(await serve(policyWith(terms)), list, json))).toBe(expected);
  });

  it('fields: for tokens stored before the policy changed', async () => {
    const first = await serve(aiCockpitOne);
    const token = await read<ProviderToken>(await add(first, acmes));
    const later = await serve(
      policyWith({ fields: { name: 'hidden', code: 'required', description: 'hidden' } }),
      first,
    );
    expect(await outcome(await change(later, token, { name: 'Another' }))).toBe('422 invalid name:not_offered');
    expect(await outcome(await change(later, token, { code: null }))).toBe('422 invalid code:required');
    expect(await outcome(await change(later, token, { code: 'other' }))).toBe('200');
  });

  it('presentation: added several times at once → one token per provider and owner', async () => {
    const server = await serve(policyWith({ owners: ['user', 'organization'] }, aicHub));
    const nameless = { name: undefined, code: undefined, description: undefined };
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, async () => outcome(await add(server, own, nameless))),
    );
    expect(outcomes.toSorted()).toEqual(['201', ...Array<string>(4).fill('422 invalid provider:duplicate')]);
    expect(await outcome(await add(server, acmes, nameless))).toBe('201');
    const other = { ...nameless, provider: 'businessmap', values: { subdomain: 'acme', apiKey: 'k' } };
    expect(await outcome(await add(server, own, other))).toBe('201');
    const list = () => request(server, own, { as: 'ana' }).then((answer) => read<Page<ProviderToken>>(answer));
    const [token] = (await list()).data.filter(({ provider }) => provider === 'jira');
    expect((await list()).data).toHaveLength(2);
    const headers = { 'If-Match': '"1"' };
    await request(server, `${own}/${token?.id}`, { as: 'ana', method: 'DELETE', headers });
    expect(await outcome(await add(server, own, nameless))).toBe('201');
    // Somebody else's own.
    const json = { provider: 'jira', values };
    expect(await outcome(await request(server, own, { as: 'bruno', json }))).toBe('201');
  });

  it('rawLeases', async () => {
    const first = await serve(aiCockpitOne);
    await add(first, acmes);
    expect(await outcome(await lease(first))).toBe('200');
    expect(await outcome(await lease(await serve(policyWith({ rawLeases: false }), first)))).toBe('403 not_offered');
  });

  it('rawLeases: of the organization in the request', async () => {
    const forAdministrators = { roles: ['administrator' as const], policy: { providerTokens: { rawLeases: true } } };
    const server = await serve({ ...policyWith({ rawLeases: false }), overrides: [forAdministrators] });
    await add(server, acmes);
    // Ana is an administrator of Acme, and a member of Globex.
    expect(await outcome(await lease(server))).toBe('200');
    expect(await outcome(await lease(server, { organizationId: 'globex' }))).toBe('403 not_offered');
    const asCarla = { provider: 'jira', purpose: 'A test', organizationId: 'acme' };
    expect(await outcome(await request(server, '/integration/credentials', { as: 'carla', json: asCarla }))).toBe(
      '403 not_offered',
    );
  });

  it('owners and providers: a token that is no longer offered → no lease, and it can be deleted', async () => {
    const first = await serve(policyWith({ owners: ['user', 'organization'] }));
    const token = await read<ProviderToken>(await add(first, acmes));
    const withoutOwner = await serve(policyWith({ owners: ['user'] }), first);
    expect(await outcome(await lease(withoutOwner))).toBe('404 not_found');
    expect(await outcome(await request(withoutOwner, acmes, { as: 'ana' }))).toBe('403 not_offered');
    const withoutProvider = await serve(policyWith({ providers: ['businessmap'] }), first);
    expect(await outcome(await lease(withoutProvider))).toBe('404 not_found');
    expect(await outcome(await change(withoutProvider, token, { description: 'Other' }))).toBe('403 not_offered');
    const headers = { 'If-Match': '"1"' };
    const deleted = await request(withoutProvider, `${acmes}/${token.id}`, { as: 'ana', method: 'DELETE', headers });
    expect(deleted.status).toBe(204);
  });

  it('null: no provider tokens', async () => {
    const sections = aiCockpitOne.sections.filter(({ id }) => id !== 'providers');
    const server = await serve({ ...aiCockpitOne, sections, providerTokens: null });
    expect(await outcome(await add(server, acmes))).toBe('403 not_offered');
    expect(await outcome(await request(server, '/providers', { as: 'ana' }))).toBe('403 not_offered');
    expect(await outcome(await lease(server))).toBe('403 not_offered');
  });

  it('providers: the catalogue lists those of all organizations of the person', async () => {
    const more = {
      roles: ['member' as const],
      policy: { providerTokens: { providers: ['jira', 'jira-data-center'] } },
    };
    const server = await serve({ ...policyWith({ providers: ['jira'] }), overrides: [more] });
    const offered = async (as: string) =>
      (await read<{ data: Provider[] }>(await request(server, '/providers', { as }))).data.map(({ id }) => id);
    expect(await offered('bruno')).toEqual(['jira']);
    expect(await offered('ana')).toEqual(['jira', 'jira-data-center']);
  });
});
