import { describeContradiction, type HostPolicy, policyWarnings } from '@ai-cockpit/sdk/contract';
import { aicHub, aiCockpitOne, presets } from '@ai-cockpit/sdk/presets';
import { expect, it } from 'vitest';
import { startServer } from './harness.js';

const { apiKeys, providerTokens } = aicHub;
if (!apiKeys || !providerTokens) throw new Error('AIC Hub offers keys and tokens');

const warningsOf = (policy: HostPolicy): string[] => policyWarnings(policy).map(describeContradiction);
const modules = [{ id: 'billing', name: 'Billing' }];
const open = 'is restricted, and not for people who belong to no organization: name the role none in an override too';

it.each(Object.entries(presets))('the preset %s has no warnings', (_, policy) => {
  expect(warningsOf(policy)).toEqual([]);
});

it('a policy with tokens and without raw leases → a warning, as the tokens have no use', () => {
  expect(warningsOf({ ...aicHub, providerTokens: { ...providerTokens, rawLeases: false } })).toEqual([
    'providerTokens.rawLeases: is false, so that no agent gets a credential: people keep tokens that nobody can use',
  ]);
});

it('provider tokens, and no module for agents → a warning', () => {
  const keys = { ...apiKeys, modules };
  expect(warningsOf({ ...aicHub, apiKeys: keys })).toEqual([
    'apiKeys.modules: has no module agents: a key that is restricted to any of these gets no credentials',
  ]);
  expect(warningsOf({ ...aicHub, apiKeys: keys, providerTokens: null })).toEqual([]);
});

it('a module for agents, and no leases → a warning', () => {
  const keys = { ...apiKeys, modules: [...modules, { id: 'agents', name: 'Agents' }] };
  expect(warningsOf({ ...aicHub, apiKeys: keys, providerTokens: null }).join()).toContain('apiKeys.modules.1: keys of');
});

it('keys and tokens of different kinds of owner → a warning', () => {
  const tokens = { ...providerTokens, owners: ['organization' as const] };
  expect(warningsOf({ ...aicHub, providerTokens: tokens })[0]).toContain('providerTokens.owners: has no user');
});

it.each([
  [{ apiKeys: null }, [`apiKeys: ${open} (for viewer)`]],
  [{ providerTokens: { providers: ['jira'] } }, [`providerTokens.providers: ${open} (for viewer)`]],
  [{ apiKeys: { limit: 1, atLimit: 'reject', presentation: 'list' } }, [`apiKeys.limit: ${open} (for viewer)`]],
  [
    { profile: { fields: { firstName: { access: 'hidden' } } } },
    [`profile.fields.firstName.access: ${open} (for viewer)`],
  ],
  [{ layout: 'page' }, []],
])('an override of viewers alone, %j → a warning if it restricts', (policy, expected) => {
  const limited: HostPolicy = { ...aicHub, apiKeys: { ...apiKeys, presentation: 'list', limit: 5, reveal: 'dialog' } };
  expect(warningsOf({ ...limited, overrides: [{ roles: ['viewer'], policy }] })).toEqual(expected);
  expect(warningsOf({ ...limited, overrides: [{ roles: ['viewer', 'none'], policy }] })).toEqual([]);
});

it('a role with more rights → no warning', () => {
  const more = { roles: ['administrator' as const], policy: { apiKeys: { limit: null, atLimit: 'reject' } } };
  expect(warningsOf({ ...aicHub, overrides: [more] })).toEqual([]);
});

it('credentials of organizations only, for people in none → no warning', () => {
  expect(warningsOf({ ...aiCockpitOne, overrides: [{ roles: ['viewer'], policy: { apiKeys: null } }] })).toEqual([]);
});

it('the server logs each warning when it starts', async () => {
  const overrides = [{ roles: ['viewer' as const], policy: { apiKeys: null } }];
  const server = await startServer({ database: 'sqlite', policy: { ...aicHub, overrides } });
  expect(server.logs()).toContain(`policy: apiKeys: ${open} (for viewer)`);
  await server.close();
});
