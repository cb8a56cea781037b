import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contradictionsIn, type HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole, environmentOperationsCenter, presets } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../src/providers/index.js';
import { buildServer, runToEnd } from './server-process.js';
import { configurationFault } from './configuration-fault.js';

const settings = { DEMO: '1', ENCRYPTION_KEYS: `one:${'A'.repeat(43)}=` };
const folder = mkdtempSync(join(tmpdir(), 'cockpit-policy-'));
const file = join(folder, 'my-host.json');
afterAll(() => rmSync(folder, { recursive: true }));

/** The server's errors about a policy when it reads its configuration; empty if it accepts the policy. */
const refusalOf = (policy: HostPolicy): string[] => {
  writeFileSync(file, JSON.stringify(policy));
  const fault = configurationFault({ ...settings, POLICY: file });
  const lines = fault === '' ? [] : fault.split('\n');
  for (const line of lines) expect(line).toMatch(/^POLICY: /);
  return lines.map((line) => line.replace('POLICY: ', ''));
};

type Keys = NonNullable<HostPolicy['apiKeys']>;
type Tokens = NonNullable<HostPolicy['providerTokens']>;
type Fields = HostPolicy['profile']['fields'];

const whole = <T>(terms: T | null): T => {
  if (!terms) throw new Error('The preset says nothing of it');
  return terms;
};
const one: Keys = whole(aiCockpitOne.apiKeys);
const eoc: Keys = whole(environmentOperationsCenter.apiKeys);
const tokens: Tokens = whole(aiCockpitOne.providerTokens);

const keys = (change: Partial<Keys>): HostPolicy => ({ ...aiCockpitOne, apiKeys: { ...one, ...change } });
const expiry = (change: Partial<Keys['expiry']>): HostPolicy => keys({ expiry: { ...one.expiry, ...change } });
const choices = (change: Partial<Keys['expiry']>): HostPolicy =>
  keys({ expiry: { ...eoc.expiry, maxInDays: 365, ...change } });
const providerTokens = (change: Partial<Tokens>): HostPolicy => ({
  ...aiCockpitOne,
  providerTokens: { ...tokens, ...change },
});
const fields = (change: Partial<Fields>): HostPolicy => ({
  ...aiCockpitOne,
  profile: { editing: 'open', fields: { ...aiCockpitOne.profile.fields, ...change } },
});
const sections = (...given: HostPolicy['sections']): HostPolicy => ({ ...aiCockpitOne, sections: given });
const { avatar } = environmentOperationsCenter.profile.fields;

/** By the fault: the policy, and each line that is said of it. */
const contradictions: Record<string, [HostPolicy, ...string[]]> = {
  'no section at all': [
    sections(),
    'sections: there is none, and so nothing on the page: name one or more of profile, providers, api-keys, notifications, activity, terms, and documentation',
  ],
  'a product name that cannot be seen': [
    { ...aiCockpitOne, productName: ' ' },
    'productName: has to be a name that can be seen, or left out; found " "',
  ],
  'a colour that is none': [
    { ...aiCockpitOne, accentColor: 'blue' },
    'accentColor: has to be a colour as #2f5fd0, or left out; found "blue"',
  ],
  'a section twice': [
    sections({ id: 'profile' }, { id: 'api-keys' }, { id: 'profile' }),
    'sections.2: profile is named twice: name it once',
  ],
  'a section of provider tokens that nothing is said of': [
    { ...aiCockpitOne, providerTokens: null },
    'sections.1: the section providers has nothing to show: providerTokens is null. Leave the section out, or say the terms',
  ],
  'a section of keys that nothing is said of': [
    { ...aiCockpitOne, apiKeys: null },
    'sections.2: the section api-keys has nothing to show: apiKeys is null. Leave the section out, or say the terms',
  ],
  'a section of notifications that nothing is said of': [
    sections({ id: 'notifications' }),
    'sections.0: the section notifications has nothing to show: notifications is null. Leave the section out, or say the terms',
  ],
  'a section of fields that are all hidden': [
    fields({
      firstName: { access: 'hidden' },
      lastName: { access: 'hidden' },
      email: { access: 'hidden' },
      role: { access: 'hidden' },
    }),
    'sections.0: the section profile has nothing to show: every field is hidden. Leave the section out, or let one be read or edit',
  ],
  'terms without an address': [
    sections({ id: 'terms' }),
    'sections.0: the section terms is a page of yours: it needs its href, a path of your own, or an https: address',
  ],
  'a link that runs a script': [
    sections({ id: 'documentation', href: 'javascript:alert(1)' }),
    'sections.0.href: has to be a path of your own, or an https: address; found "javascript:alert(1)"',
  ],
  'a link that anybody can read along': [
    sections({ id: 'documentation', href: 'http://docs.example/' }),
    'sections.0.href: has to be a path of your own, or an https: address; found "http://docs.example/"',
  ],
  'what is required of people who cannot edit it': [
    fields({ email: { access: 'read', required: true } }),
    'profile.fields.email.required: nobody can be required to fill in what they cannot edit (read): leave it out, or let access be edit',
  ],
  'a role that people give themselves': [
    fields({ role: { access: 'edit' } }),
    'profile.fields.role.access: people do not edit it themselves: it can be read or hidden, not edit',
  ],
  'a login name that people give themselves': [
    fields({ loginName: { access: 'edit' } }),
    'profile.fields.loginName.access: people do not edit it themselves: it can be read or hidden, not edit',
  ],
  'two kinds of Save': [
    { ...aiCockpitOne, saving: 'page', profile: { ...aiCockpitOne.profile, editing: 'explicit' } },
    'profile.editing: explicit has a Save of its own beside the names, saving: page has one for all: choose editing: open, or saving: section',
  ],
  'a menu that says what nobody knows': [
    { ...aiCockpitOne, profile: { ...aiCockpitOne.profile, menu: { fields: ['role', 'role', 'shoe size'] } } },
    'profile.menu.fields.1: role is named twice: name it once',
    'profile.menu.fields.2: nothing is known of shoe size: there are loginName, email, and role',
  ],
  'a picture that is required': [
    fields({ avatar: { ...avatar, required: true } }),
    'profile.fields.avatar.required: a picture cannot be required: one starts without. Leave it out',
  ],
  'a picture of no bytes': [
    fields({ avatar: { ...avatar, maxBytes: 0 } }),
    'profile.fields.avatar.maxBytes: has to be a whole number from 1; found 0',
  ],
  'a picture of half a pixel': [
    fields({ avatar: { ...avatar, maxPixels: 0.5 } }),
    'profile.fields.avatar.maxPixels: has to be a whole number from 1; found 0.5',
  ],
  'a picture of no kind': [
    fields({ avatar: { ...avatar, mediaTypes: [] } }),
    'profile.fields.avatar.mediaTypes: a picture that can be edited needs at least one of image/webp, image/png, and image/jpeg; found []',
  ],
  'a picture of a kind that nobody can read': [
    fields({ avatar: { ...avatar, mediaTypes: ['image/png', 'image/svg+xml'] } }),
    'profile.fields.avatar.mediaTypes.1: image/svg+xml cannot be read: only image/webp, image/png, and image/jpeg can',
  ],
  'tokens of nobody': [
    providerTokens({ owners: [] }),
    'providerTokens.owners: nobody can own a token: name user, organization or both; found []',
  ],
  'owners named twice': [
    providerTokens({ owners: ['user', 'user'] }),
    'providerTokens.owners.1: user is named twice: name it once',
  ],
  'no provider': [
    providerTokens({ providers: [] }),
    'providerTokens.providers: there is no provider to choose: name one of jira, jira-data-center, businessmap, azure-devops, servicenow, and github-projects, or let providerTokens be null',
  ],
  'a provider twice': [
    providerTokens({ providers: ['jira', 'jira'] }),
    'providerTokens.providers.1: jira is named twice: name it once',
  ],
  'a provider that the catalogue does not know': [
    providerTokens({ providers: ['jira', 'gitlab'] }),
    'providerTokens.providers.1: gitlab is not in the catalogue, which knows jira, jira-data-center, businessmap, azure-devops, servicenow, and github-projects',
  ],
  'a limit of no keys': [
    keys({ limit: 0 }),
    'apiKeys.limit: has to be a whole number from 1, or null for any number; found 0. For no keys at all, let apiKeys be null',
  ],
  'a limit of half a key': [
    keys({ limit: 1.5 }),
    'apiKeys.limit: has to be a whole number from 1, or null for any number; found 1.5. For no keys at all, let apiKeys be null',
  ],
  'keys that are replaced at no limit': [
    keys({ atLimit: 'replace' }),
    'apiKeys.atLimit: there is no limit at which a key could be replaced: choose reject, or a limit other than null',
  ],
  'many keys in a panel for one': [
    keys({ presentation: 'single' }),
    'apiKeys.presentation: single shows one key, but the limit is null: choose limit: 1, or list',
  ],
  'five keys in a panel for one': [
    keys({ presentation: 'single', limit: 5 }),
    'apiKeys.presentation: single shows one key, but the limit is 5: choose limit: 1, or list',
  ],
  'a value shown in a panel that is not there': [
    keys({ reveal: 'inline' }),
    'apiKeys.reveal: inline is for the panel of a single key, and a list has none: choose dialog, or single',
  ],
  'unique names of keys that have none': [
    keys({ uniqueNames: true }),
    'apiKeys.uniqueNames: keys have no name (fields.name is hidden): let it be false, or fields.name be optional or required',
  ],
  'the prefix of a form that has none': [
    keys({ format: { style: '8.32' } }),
    'apiKeys.mask: keys of the form 8.32 have no prefix to show: choose last4 or hidden',
  ],
  'what is no header': [
    keys({ header: 'X-API-KEY: ' }),
    'apiKeys.header: is not the name of a header, as X-API-KEY; found "X-API-KEY: "',
  ],
  'a header that says something else': [
    keys({ header: 'Cookie' }),
    'apiKeys.header: Cookie says something else: a key cannot come in it. Choose another, as X-API-KEY',
  ],
  'a module without a name': [
    keys({ modules: [{ id: 'agents', name: ' ' }] }),
    'apiKeys.modules.0: a module needs an id and a name that can be seen; found {"id":"agents","name":" "}',
  ],
  'a module twice': [
    keys({
      modules: [
        { id: 'agents', name: 'Agents' },
        { id: 'agents', name: 'Bots' },
      ],
    }),
    'apiKeys.modules.1.id: agents is named twice: each module has an id of its own',
  ],
  'two modules of one name': [
    keys({
      modules: [
        { id: 'agents', name: 'Agents' },
        { id: 'bots', name: 'Agents' },
      ],
    }),
    'apiKeys.modules.1.name: two modules are called Agents: each has a name of its own',
  ],
  'texts of a module that it has none of, for no language, and that nobody sees': [
    keys({
      modules: [
        {
          id: 'agents',
          name: 'Agents',
          messages: { ja: { nmae: 'エージェント' }, pt_BR: { name: 'Agentes' }, es: { name: ' ' } },
        },
      ],
    }),
    'apiKeys.modules.0.messages.pt_BR: is not a language tag, as en or pt-BR. Did you mean "pt-BR"?',
    'apiKeys.modules.0.messages.ja.nmae: stands for no text of a module: there is name. Did you mean "name"?',
    'apiKeys.modules.0.messages.es.name: has to be a name that can be seen; found " "',
  ],
  'rotation without a choice': [
    keys({ rotation: { graceSecondsChoices: [] } }),
    'apiKeys.rotation.graceSecondsChoices: there is nothing to choose from: name periods, or let rotation be null; found []',
  ],
  'rotation into the past': [
    keys({ rotation: { graceSecondsChoices: [0, -60, 0] } }),
    'apiKeys.rotation.graceSecondsChoices.2: 0 is named twice: name it once',
    'apiKeys.rotation.graceSecondsChoices.1: has to be a whole number of seconds, from 0; found -60',
  ],
  'terms of an expiry that there is none of': [
    keys({
      expiry: { mode: 'none', input: 'choices', choicesInDays: [30], defaultInDays: 30, maxInDays: 90, custom: true },
    }),
    'apiKeys.expiry.choicesInDays: keys do not expire (mode is none): there is nothing to choose, and it has to be []; found [30]',
    'apiKeys.expiry.defaultInDays: keys do not expire (mode is none): there is no default, and it has to be null; found 30',
    'apiKeys.expiry.maxInDays: keys do not expire (mode is none): it has to be null, or mode optional or required; found 90',
    'apiKeys.columns.6: the column expiresAt would be empty: keys do not expire (expiry.mode is none). Leave it out',
  ],
  'choices without a choice': [
    choices({ choicesInDays: [], defaultInDays: null, custom: false }),
    'apiKeys.expiry.choicesInDays: there is nothing to choose from: name periods, or choose input: date; found []',
  ],
  'choices that nobody is shown': [
    expiry({ choicesInDays: [30] }),
    'apiKeys.expiry.choicesInDays: nobody is shown them: input is date. Let it be [] or, for both, choose input: choices with custom: true; found [30]',
  ],
  'a choice twice': [
    choices({ choicesInDays: [30, 30] }),
    'apiKeys.expiry.choicesInDays.1: 30 is named twice: name it once',
  ],
  'a choice beyond the maximum': [
    choices({ maxInDays: 100, choicesInDays: [30, 180] }),
    'apiKeys.expiry.choicesInDays.1: 180 days are more than maxInDays, 100',
  ],
  'a choice of no days': [
    choices({ choicesInDays: [0, 30] }),
    'apiKeys.expiry.choicesInDays.0: has to be a whole number of days, from 1; found 0',
  ],
  'a default that is no choice': [
    choices({ choicesInDays: [30, 90], defaultInDays: 45 }),
    'apiKeys.expiry.defaultInDays: 45 is not among the choices 30 and 90',
  ],
  'a default beyond the maximum': [
    expiry({ maxInDays: 30, defaultInDays: 45 }),
    'apiKeys.expiry.defaultInDays: 45 days are more than maxInDays, 30',
  ],
  'a default of no days': [
    expiry({ defaultInDays: 0 }),
    'apiKeys.expiry.defaultInDays: has to be a whole number of days, from 1; found 0',
  ],
  'a maximum of no days': [
    expiry({ maxInDays: 0 }),
    'apiKeys.expiry.maxInDays: has to be a whole number of days, from 1; found 0',
  ],
  'a warning no days before': [
    keys({ warnDaysBeforeExpiry: 0 }),
    'apiKeys.warnDaysBeforeExpiry: has to be a whole number of days, from 1; found 0',
  ],
  'a table of no columns': [
    keys({ columns: [] }),
    'apiKeys.columns: a table needs at least one of name, description, maskedValue, owner, module, status, createdAt, createdBy, lastUsedAt, and expiresAt',
  ],
  'a column twice': [
    keys({ columns: ['description', 'description'] }),
    'apiKeys.columns.1: description is named twice: name it once',
  ],
  'a column that nothing is known of': [
    keys({ columns: ['description', 'colour'] }),
    'apiKeys.columns.1: nothing is known of colour: there are name, description, maskedValue, owner, module, status, createdAt, createdBy, lastUsedAt, and expiresAt',
  ],
  'columns of what is not there': [
    keys({
      fields: { name: 'hidden', description: 'hidden' },
      mask: 'hidden',
      modules: [],
      columns: ['createdAt', 'name', 'description', 'maskedValue', 'module'],
    }),
    'apiKeys.columns.1: the column name would be empty: keys have no name (fields.name is hidden). Leave it out',
    'apiKeys.columns.2: the column description would be empty: keys have no description (fields.description is hidden). Leave it out',
    'apiKeys.columns.3: the column maskedValue would be empty: nothing of the value is shown again (mask is hidden). Leave it out',
    'apiKeys.columns.4: the column module would be empty: there are no modules. Leave it out',
  ],
  'an event twice': [
    { ...aipConsole, notifications: { events: ['job.failed', 'job.failed'] } },
    'notifications.events.1: job.failed is named twice: name it once',
  ],
  'an event that nobody can publish': [
    { ...aipConsole, notifications: { events: ['job.failed', 'Job failed'] } },
    'notifications.events.1: no event can be of the kind Job failed: write it as job.completed is, in lower-case words joined by . _ or -. Did you mean "job.failed"?',
  ],
  "everybody's keys where there are none": [
    { ...aiCockpitOne, sections: [{ id: 'profile' }], apiKeys: null, administration: { listsAllKeys: true } },
    'administration.listsAllKeys: there are no keys to list: apiKeys is null. Let it be false',
  ],
  'messages in no language': [
    { ...aiCockpitOne, messages: { 'not a tag': { 'profile.firstName': 'Given name' } } },
    'messages.not a tag: is not a language tag, as en or pt-BR',
  ],
  'messages for texts that there are not': [
    {
      ...aiCockpitOne,
      messages: { en: { 'profile.fristName': 'Given name', 'profile.firstName': 'Given name', nuon: 'x' } },
      overrides: [{ roles: ['viewer'], policy: { messages: { es: { 'profile.lastNam': 'Apellido' } } } }],
    },
    'messages.en.profile.fristName: is no id of a text; beginning with profile. there are profile.edit, profile.email, profile.firstName, profile.lastName, profile.loginName, profile.managedBy.identityProvider, profile.managedBy.organization, profile.name, profile.noRole, profile.readOnly or profile.role. Did you mean "profile.firstName"?',
    'messages.en.nuon: is no id of a text',
    'overrides.0.policy.messages.es.profile.lastNam: is no id of a text; beginning with profile. there are profile.edit, profile.email, profile.firstName, profile.lastName, profile.loginName, profile.managedBy.identityProvider, profile.managedBy.organization, profile.name, profile.noRole, profile.readOnly or profile.role. Did you mean "profile.lastName"?',
  ],
  'an override for nobody': [
    { ...aiCockpitOne, overrides: [{ roles: [], policy: { layout: 'page' } }] },
    'overrides.0.roles: it is for nobody: name one or more of administrator, manager, member, viewer, and none',
  ],
};

describe('a policy that contradicts itself is refused, with the reason', () => {
  it.each(Object.entries(contradictions))('%s', (_, [policy, ...reasons]) => {
    expect(refusalOf(policy)).toEqual(reasons);
  });

  it('suggests the nearest text id for an unknown one', () => {
    const [said] = refusalOf({ ...aiCockpitOne, messages: { en: { 'profile.fristName': 'Given name' } } });
    expect(said).toMatch(/\. Did you mean "profile\.firstName"\?$/);
    expect(refusalOf({ ...aiCockpitOne, messages: { en: { 'provider.acme-tracker': 'Tracker' } } })).toEqual([]);
    expect(refusalOf({ ...aiCockpitOne, messages: { en: { 'notifications.event.job.late': 'Late' } } })).toEqual([]);
    expect(
      refusalOf({ ...aiCockpitOne, messages: { pl: { 'apiKey.remaining.few': 'Kilka', 'profile.edit@apiKey': 'x' } } }),
    ).toEqual([]);
  });

  it('names the roles, if only their policies are contradictory', () => {
    const [said, ...more] = refusalOf({
      ...aiCockpitOne,
      overrides: [
        { roles: ['member', 'viewer'], policy: { apiKeys: { limit: 0 } } },
        { roles: ['administrator'], policy: { apiKeys: { limit: 3 } } },
      ],
    });
    expect(said).toMatch(/^apiKeys\.limit: has to be .* \(for member and viewer\)$/);
    expect(more).toEqual([]);
  });

  it('names the member of an override that has no effect', () => {
    const without = { roles: ['viewer' as const], policy: { apiKeys: null } };
    expect(refusalOf({ ...aiCockpitOne, overrides: [without] })).toEqual([]);
    const named = { ...without, policy: { ...without.policy, sections: [{ id: 'profile' }, { id: 'api-keys' }] } };
    expect(refusalOf({ ...aiCockpitOne, overrides: [named] })).toEqual([
      expect.stringMatching(/^sections\.1: the section api-keys has nothing to show: .* \(for viewer\)$/),
    ]);
    const columns = { roles: ['member' as const], policy: { apiKeys: { columns: ['name'] } } };
    expect(refusalOf({ ...aiCockpitOne, overrides: [columns] })).toEqual([
      expect.stringMatching(/^apiKeys\.columns\.0: the column name would be empty: .* \(for member\)$/),
    ]);
  });

  it('reports a contradiction that holds for all roles once', () => {
    const said = refusalOf({ ...keys({ limit: 0 }), overrides: [{ roles: ['member'], policy: { layout: 'page' } }] });
    expect(said).toEqual([expect.stringMatching(/^apiKeys\.limit: .*null$/)]);
  });
});

describe('a policy without a contradiction', () => {
  it.each(Object.entries(presets))('%s', (_, policy) => {
    expect(contradictionsIn(policy, { providers: catalogue.keys() })).toEqual([]);
    expect(refusalOf(policy)).toEqual([]);
  });

  it('may be unusual, and remove a restriction for one role', () => {
    expect(
      refusalOf({
        ...keys({ limit: 2, expiry: { ...one.expiry, maxInDays: 90 } }),
        overrides: [
          { roles: ['administrator'], policy: { apiKeys: { limit: null, expiry: { maxInDays: null } } } },
          { roles: ['viewer'], policy: { apiKeys: null, layout: 'page' } },
          { roles: ['member'], policy: { profile: { fields: { firstName: { access: 'read' } } } } },
        ],
      }),
    ).toEqual([]);
    expect(
      refusalOf(sections({ id: 'terms', href: '/legal' }, { id: 'documentation', href: 'https://docs.example' })),
    ).toEqual([]);
    expect(refusalOf({ ...sections({ id: 'api-keys', href: 'keys' }), apiKeys: null })).toEqual([]);
  });

  it('may name any provider, if no catalogue is given', () => {
    expect(contradictionsIn(providerTokens({ providers: ['gitlab'] }))).toEqual([]);
  });
});

describe('the started server', () => {
  let server: Awaited<ReturnType<typeof buildServer>>;
  beforeAll(async () => {
    server = await buildServer();
  });
  afterAll(() => server.remove());

  it('ends at once, and says why it refuses the policy', async () => {
    writeFileSync(file, JSON.stringify(keys({ atLimit: 'replace' })));
    const { code, output } = await runToEnd(server.file, { ...settings, DATA_DIR: folder, PORT: '0', POLICY: file });
    expect(code).toBe(1);
    expect(output).toBe(
      'The server cannot start:\n' +
        'POLICY: apiKeys.atLimit: there is no limit at which a key could be replaced: choose reject, or a limit other than null\n',
    );
  });
});
