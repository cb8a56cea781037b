import type { HostPolicy, OwnerKind, Policy, PolicyRole } from '@ai-cockpit/sdk/contract';
import { policyRoles } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { outcome, read, request } from './request.js';

const { apiKeys, providerTokens } = aiCockpitOne;
if (!apiKeys || !providerTokens) throw new Error('AI Cockpit One offers keys and tokens');

const base: HostPolicy = {
  ...aiCockpitOne,
  apiKeys: { ...apiKeys, owner: 'user' },
  providerTokens: { ...providerTokens, owners: ['user', 'organization'] },
  administration: { listsAllKeys: true },
};

/** Policies that take something away from, or give something to, one role. */
const policies: Record<string, (role: PolicyRole) => HostPolicy> = {
  'nothing of keys, tokens and mail': (role) => ({
    ...base,
    overrides: [
      {
        roles: [role],
        policy: {
          apiKeys: null,
          providerTokens: null,
          notifications: null,
          profile: { fields: { firstName: { access: 'read' }, avatar: { access: 'hidden' } } },
        },
      },
    ],
  }),
  'the organization’s keys and tokens alone': (role) => ({
    ...base,
    overrides: [
      { roles: [role], policy: { apiKeys: { owner: 'organization' }, providerTokens: { owners: ['organization'] } } },
    ],
  }),
  'other providers, and no raw leases': (role) => ({
    ...base,
    overrides: [{ roles: [role], policy: { providerTokens: { providers: ['businessmap'], rawLeases: false } } }],
  }),
};

/** The roles in a person's two organizations, in this order. */
type Pair = readonly [PolicyRole, PolicyRole];

/** Persons with one role that is restricted and one that is not, in both orders, and with neither. */
const pairsOf = (restricted: PolicyRole): Pair[] => {
  const other = restricted === 'manager' ? 'member' : 'manager';
  const both: Pair[] =
    restricted === 'none'
      ? [[other, 'none']]
      : [
          [restricted, other],
          [other, restricted],
          [restricted, 'none'],
        ];
  return [...both, ['none', 'none']];
};
const idOf = ([first, second]: Pair): string => `${first}-${second}`;

const places = ['first', 'second'] as const;
const jira = { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'jira-token' };

/** Whether a request is refused for the policy's sake; what else is wrong with it comes later. */
const isOffered = (result: string): boolean => !/^403 (?:not_offered|field_not_editable)/.test(result);

describe.each(databases)('getPolicy and enforcement agree, on %s', (database) => {
  describe.each(
    Object.entries(policies).flatMap(([name, policyFor]) =>
      policyRoles.map((role) => [name, role, policyFor] as const),
    ),
  )('%s for %s', (_, restricted, policyFor) => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startServer({ database, policy: policyFor(restricted) });
      const { directory } = server.store;
      for (const id of places) await directory.addOrganization({ id, name: id });
      for (const pair of pairsOf(restricted))
        for (const [index, role] of pair.entries())
          if (role !== 'none') await directory.setMembership(idOf(pair), places[index] ?? '', role);
    });
    afterAll(() => server.close());

    const drawn = async (as: string, organizationId?: string): Promise<Policy> =>
      read(await request(server, `/policy${organizationId ? `?organizationId=${organizationId}` : ''}`, { as }));
    const ask = async (as: string, path: string, sent: { method?: string; json?: unknown } = {}): Promise<string> =>
      outcome(await request(server, path, { as, ...sent }));

    it.each(pairsOf(restricted))(
      'a person who is %s in the first organization and %s in the second',
      async (...pair) => {
        const as = idOf(pair);
        const active = places.filter((_, index) => pair[index] !== 'none');
        const home = await drawn(as);
        expect(home.organization?.id ?? null).toBe(active[0] ?? null);

        // The person's own: by their first organization, whichever is active.
        for (const organizationId of active) {
          const { profile, notifications } = await drawn(as, organizationId);
          expect({ profile, notifications }).toEqual({
            profile: home.profile,
            notifications: home.notifications,
          });
        }
        const owns = (kind: OwnerKind, { providerTokens }: Policy) => providerTokens?.owners.includes(kind) ?? false;
        const own = {
          keys: home.apiKeys?.owner === 'user',
          tokens: owns('user', home),
          mail: home.notifications !== null,
          firstName: home.profile.fields.firstName.access === 'edit',
          avatar: home.profile.fields.avatar.access !== 'hidden',
        };
        const token = { provider: 'jira', name: `Of ${as}`, code: 'own', values: jira };
        const addedToken = await ask(as, '/provider-tokens', { json: token });
        expect({
          keys: isOffered(await ask(as, '/api-keys')),
          tokens: isOffered(await ask(as, '/provider-tokens')),
          mail: isOffered(await ask(as, '/notification-settings')),
          firstName: isOffered(await ask(as, '/profile', { method: 'PATCH', json: { firstName: 'A' } })),
          avatar: isOffered(await ask(as, '/profile/avatar')),
        }).toEqual(own);
        expect(isOffered(await ask(as, '/api-keys', { json: {} }))).toBe(own.keys);
        expect(isOffered(await ask(as, '/api-keys/unknown'))).toBe(own.keys);
        expect(isOffered(await ask(as, '/api-keys/unknown/revoke', { json: {} }))).toBe(own.keys);
        expect(isOffered(await ask(as, '/notification-settings', { method: 'PATCH', json: {} }))).toBe(own.mail);
        expect(isOffered(addedToken)).toBe(own.tokens);
        if (own.tokens) {
          const isDrawn = home.providerTokens?.providers.includes('jira');
          expect(addedToken).toBe(isDrawn ? '201' : '422 invalid provider:not_offered');
          const lease = { provider: 'jira', purpose: 'A test' };
          const leased = await ask(as, '/integration/credentials', { json: lease });
          if (isDrawn) expect(leased).toBe(home.providerTokens?.rawLeases ? '200' : '403 not_offered');
        }
        const everywhere = [home, ...(await Promise.all(active.map((id) => drawn(as, id))))];
        expect(isOffered(await ask(as, '/providers'))).toBe(everywhere.some((policy) => policy.providerTokens));
        const administers = pair.includes('administrator');
        expect(everywhere.map(({ administration }) => administration !== null)).toEqual(
          everywhere.map(() => home.administration !== null),
        );
        expect(await ask(as, '/admin/api-keys')).toBe(
          home.administration?.listsAllKeys ? '200' : administers ? '403 not_offered' : '403 forbidden',
        );

        // An organization's: by the role in that organization.
        for (const organizationId of active) {
          const policy = await drawn(as, organizationId);
          const path = `/organizations/${organizationId}`;
          const hasAccess = policy.organization?.access !== 'none';
          const expected = (offered: boolean) => (hasAccess ? (offered ? '200' : '403 not_offered') : '403 forbidden');
          expect(await ask(as, `${path}/api-keys`)).toBe(expected(policy.apiKeys?.owner === 'organization'));
          if (hasAccess || !policy.providerTokens)
            expect(await ask(as, `${path}/provider-tokens`)).toBe(expected(owns('organization', policy)));
          else expect(await ask(as, `${path}/provider-tokens`)).toBe('403 forbidden');
          // The policy that the page draws for personal resources is the enforced one.
          if (owns('user', policy)) {
            expect(owns('user', home)).toBe(true);
            expect(policy.providerTokens?.providers).toEqual(home.providerTokens?.providers);
          }
          if (policy.apiKeys?.owner === 'user') expect(policy.apiKeys).toEqual(home.apiKeys);
        }
      },
    );
  });
});
