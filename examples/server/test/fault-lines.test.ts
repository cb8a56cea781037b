import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne, aipConsole } from '@ai-cockpit/sdk/presets';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { HostPolicies } from '../src/domain/policy.js';
import { catalogue } from '../src/providers/index.js';
import { fileFault } from '../src/settings/files.js';
import { settings } from '../src/settings/settings.js';
import { configurationFault } from './configuration-fault.js';

const demo = { DEMO: '1', ENCRYPTION_KEYS: `one:${'A'.repeat(43)}=` };
// Relative, so that lines have the whole of it.
mkdirSync('.cache', { recursive: true });
const folder = mkdtempSync(join('.cache', 'faults-'));
const policyFile = join(folder, 'my-host.json');
const providersFile = join(folder, 'providers.json');
afterAll(() => rmSync(folder, { recursive: true }));

/** Each line that the server says of these settings when it is started; the test's own folder is shown as `…`. */
const faultsOf = (variables: Record<string, string>): string[] => {
  const fault = configurationFault(variables);
  return fault === '' ? [] : fault.replaceAll(folder, '…').split('\n');
};
const policyFaults = (policy: unknown): string[] => {
  writeFileSync(policyFile, JSON.stringify(policy));
  return faultsOf({ ...demo, POLICY: policyFile });
};
const providerFaults = (definition: unknown): string[] => {
  writeFileSync(providersFile, JSON.stringify([definition]));
  return faultsOf({ ...demo, PROVIDERS: providersFile });
};

const { layout, ...withoutLayout } = aiCockpitOne;
const { apiKeys, providerTokens } = aiCockpitOne;
const overridden = (policy: object, ...roles: string[]) => ({ ...aiCockpitOne, overrides: [{ roles, policy }] });

/** By the fault: a policy, and each line. Contradictions between its terms are in contradictions.test.ts. */
const policies: Record<string, [policy: unknown, ...lines: string[]]> = {
  'a misspelled term': [
    { ...withoutLayout, layuot: layout },
    'layout: is missing; it must be "tabs", "sections" or "page"',
    'layuot: is not known here; there are layout, saving, profile, providerTokens, apiKeys, notifications, administration, productName, accentColor, messages, sections and overrides. Did you mean "layout"?',
  ],
  'a term of another type': [
    { ...aiCockpitOne, apiKeys: 'none' },
    'apiKeys: "none" is not of type { noun, verb, owner, presentation, limit, atLimit, fields, uniqueNames, modules, expiry, rotation, format, mask, removal, reveal, columns, warnDaysBeforeExpiry, header } or null',
  ],
  'a term that is null and cannot be': [
    { ...aiCockpitOne, profile: null },
    'profile: null is not of type { fields, editing, menu }',
  ],
  'a list that is none': [
    { ...aiCockpitOne, providerTokens: { ...providerTokens, owners: 'user' } },
    'providerTokens.owners: "user" is not of type array of "user" or "organization"',
  ],
  'a number that is none': [
    { ...aiCockpitOne, apiKeys: { ...apiKeys, limit: '5' } },
    'apiKeys.limit: "5" is not of type number or null',
  ],
  'a value that there is not': [
    { ...aiCockpitOne, apiKeys: { ...apiKeys, noun: 'apikey' } },
    'apiKeys.noun: "apikey" is not "apiKey" or "apiToken". Did you mean "apiKey"?',
  ],
  'a value that is cut': [
    overridden({}, 'admin'),
    'overrides.0.roles.0: "admin" is not "administrator", "manager", "member", "viewer" or "none". Did you mean "administrator"?',
  ],
  'a section that there is not': [
    { ...aiCockpitOne, sections: [{ id: 'notification' }] },
    'sections.0.id: "notification" is not "profile", "providers", "api-keys", "notifications", "activity", "terms" or "documentation". Did you mean "notifications"?',
  ],
  'a prefix that is none': [
    { ...aiCockpitOne, apiKeys: { ...apiKeys, format: { prefix: 'My_Host' } } },
    'apiKeys.format.prefix: must be 2 to 10 lower-case letters and digits, the first a letter; found "My_Host"',
  ],
  'a form of values that there is not': [
    { ...aiCockpitOne, apiKeys: { ...apiKeys, format: { stile: '8.32' } } },
    'apiKeys.format.prefix: is missing; it must be of type string',
    'apiKeys.format.stile: is not known here; there are prefix and style. Did you mean "style"?',
  ],
  'a form of values that is a text': [
    { ...aiCockpitOne, apiKeys: { ...apiKeys, format: 'aic' } },
    'apiKeys.format: "aic" is not of type { prefix } or { style: "8.32" }',
  ],
  'two forms of values': [
    { ...aiCockpitOne, apiKeys: { ...apiKeys, format: { prefix: 'aic', style: '8.32' } } },
    'apiKeys.format: has prefix and style; it must be { prefix } or { style: "8.32" }',
  ],
  'a form of values in an override, beside the one for everybody': [
    overridden({ apiKeys: { format: { style: '8.32' } } }, 'member'),
    'overrides.0.policy.apiKeys.format: has prefix and style; it must be { prefix } or { style: "8.32" }. In an override, null takes a member away',
  ],
  'a misspelled term in an override': [
    overridden({ layuot: 'page' }, 'member'),
    'overrides.0.policy.layuot: is not known here; there are layout, saving, profile, providerTokens, apiKeys, notifications, administration, productName, accentColor, messages, sections and overrides. Did you mean "layout"?',
  ],
  'overrides within an override': [
    overridden({ overrides: [] }, 'member'),
    'overrides.0.policy.overrides: an override has none of its own: write another beside this one',
  ],
  'an override that takes away what is needed': [
    overridden({ profile: null }, 'member'),
    'overrides.0.policy.profile: is missing; it must be of type { fields, editing, menu }',
  ],
  'overrides that fit each by itself, and not together': [
    {
      ...aipConsole,
      overrides: [
        { roles: ['member', 'viewer'], policy: { notifications: null, sections: [{ id: 'profile' }] } },
        { roles: ['viewer'], policy: { notifications: {} } },
      ],
    },
    'notifications.events: is missing; it must be of type array of string (for viewer, with all its overrides)',
  ],
  'wording that is no text': [
    { ...aiCockpitOne, messages: { en: { 'profile.firstName': 5 } } },
    'messages.en.profile.firstName: 5 is not of type string',
  ],
  'wording for no text, beside another fault': [
    { ...aiCockpitOne, layout: 'round', messages: { en: { 'profile.fristName': 'Given name' } } },
    'layout: "round" is not "tabs", "sections" or "page"',
    'messages.en.profile.fristName: is no id of a text; beginning with profile. there are profile.edit, profile.email, profile.firstName, profile.lastName, profile.loginName, profile.managedBy.identityProvider, profile.managedBy.organization, profile.name, profile.noRole, profile.readOnly or profile.role. Did you mean "profile.firstName"?',
  ],
  'wording in a language that is written with an underscore': [
    { ...aiCockpitOne, messages: { pt_BR: { 'profile.firstName': 'Nome' } } },
    'messages.pt_BR: is not a language tag, as en or pt-BR. Did you mean "pt-BR"?',
  ],
  'a document that is no policy': [
    [],
    '(the whole): [] is not of type { layout, saving, profile, providerTokens, apiKeys, notifications, administration, productName, accentColor, messages, sections, overrides }',
  ],
  'a secret as the name of a term': [
    { ...aiCockpitOne, aic_4eC39HqLyjWDarjtT1zdp7dc: true },
    '[redacted]: is not known here; there are layout, saving, profile, providerTokens, apiKeys, notifications, administration, productName, accentColor, messages, sections and overrides',
  ],
  'a secret as a value': [
    { ...aiCockpitOne, layout: 'aic_4eC39HqLyjWDarjtT1zdp7dc' },
    'layout: "[redacted]" is not "tabs", "sections" or "page"',
  ],
};

const tracker = {
  id: 'tracker',
  name: 'Tracker',
  fields: [
    { id: 'server', label: 'Server', kind: 'host' },
    { id: 'method', label: 'Method', kind: 'choice', options: [{ id: 'token', label: 'Token' }] },
    { id: 'token', label: 'Token', kind: 'secret' },
  ],
  requests: [{ baseUrl: 'https://{server}', headers: { Authorization: 'Bearer {token}' } }],
};
const [server, method, token] = tracker.fields;
const [request] = tracker.requests;
const text = { id: 'team', label: 'Team', kind: 'text' };
const withField = (field: object) => ({ ...tracker, fields: [...tracker.fields, field] });
const withRequest = (change: object) => ({ ...tracker, requests: [{ ...request, ...change }] });

/** By the fault: a definition, and each line. More are in provider-catalogue.test.ts. */
const definitions: Record<string, [definition: unknown, ...lines: string[]]> = {
  'an id of a provider with a capital': [
    { ...tracker, id: 'Tracker' },
    'id: must be of lower-case letters, digits and hyphens; found "Tracker"',
  ],
  'no name': [{ ...tracker, name: '' }, 'name: Too small: expected string to have >=1 characters; found ""'],
  'a name that is too long': [
    { ...tracker, name: 'a'.repeat(101) },
    'name: Too big: expected string to have <=100 characters; found "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"',
  ],
  'no fields': [
    { ...tracker, fields: [] },
    'fields: Too small: expected array to have >=1 items; found []',
    'requests.0.baseUrl: {server} stands for no field; there is none',
    'requests.0.headers.Authorization: {token} stands for no field; there is none',
  ],
  'a misspelled member of a field': [
    withField({ ...text, placeholdr: 'blue' }),
    'fields.3.placeholdr: is not known here; there are id, label, kind, required, hint, placeholder, options, when, pattern, addresses, path and pages. Did you mean "placeholder"?',
  ],
  'a kind that is nearly one': [
    withField({ ...text, kind: 'txt' }),
    'fields.3.kind: "txt" is not "text", "email", "host", "url", "secret", "password" or "choice". Did you mean "text"?',
  ],
  'an id of a field with a hyphen': [
    withField({ ...text, id: 'team-name' }),
    'fields.3.id: must be of letters and digits; found "team-name"',
  ],
  'options of a text': [
    withField({ ...text, options: [{ id: 'a', label: 'A' }] }),
    'fields.3.options: belong to a choice, and to it only: leave them out of one of kind text',
  ],
  'a choice without options': [
    { ...tracker, fields: [server, token, { ...method, options: undefined }] },
    'fields.2.options: belong to a choice, and to it only; found none',
  ],
  'two options of one id': [
    withField({ ...text, kind: 'choice', options: [1, 2].map(() => ({ id: 'a', label: 'A' })) }),
    'fields.3.options: has two of the same id: each has an id of its own; found "a"',
  ],
  'addresses of a secret': [
    withField({ ...text, kind: 'email', addresses: [{ from: 'https://{}.example.com' }] }),
    'fields.3.addresses: belong to a text or a url: leave them out of one of kind email',
  ],
  'an address without a place': [
    withField({ ...text, addresses: [{ from: 'http://example.com' }] }),
    'fields.3.addresses.0.from: must be https://host/path with one {}; found "http://example.com"',
  ],
  'a value made of an address with another brace': [
    withField({ ...text, addresses: [{ from: 'https://{}.example.com', to: '{team}' }] }),
    'fields.3.addresses: may hold no braces but {} in `to`; found "{team}"',
  ],
  'pages of a host': [
    withField({ ...text, kind: 'host', pages: ['browse'] }),
    'fields.3.pages: belong to a url with a path: leave them out of one of kind host',
  ],
  'pages of a url without a path': [
    withField({ ...text, kind: 'url', pages: ['browse'] }),
    'fields.3.pages: belong to a url with a path: leave them out of one of kind url, or let path be true',
  ],
  'a condition on a field that is nearly a choice': [
    withField({ ...text, when: { field: 'metod', value: 'token' } }),
    'fields.3.when.field: must name an option of a choice before it; found "metod", there is method. Did you mean "method"?',
  ],
  'a condition on an option that is nearly one': [
    withField({ ...text, when: { field: 'method', value: 'tokn' } }),
    'fields.3.when.value: must name an option of a choice before it; found "tokn", there is token. Did you mean "token"?',
  ],
  'a header that is a number': [
    withRequest({ headers: { A: 5 } }),
    'requests.0.headers.A: 5 is not of type string or { basic }',
  ],
  'a header that is of two kinds': [
    withRequest({ headers: { A: { bsic: ['{token}', ''] } } }),
    'requests.0.headers.A.basic: is missing; it must be of type [string, string]',
    'requests.0.headers.A.bsic: is not known here; there are basic. Did you mean "basic"?',
  ],
  'an endpoint whose name has a hyphen': [
    withRequest({ endpoints: { 'a-b': 'https://{server}/a' } }),
    'requests.0.endpoints.a-b: must be of letters and digits; found "a-b"',
  ],
  'endpoints elsewhere': [
    withRequest({ endpoints: { search: 'https://search.example', files: 'https://{server}s' } }),
    'requests.0.endpoints.search: must begin with the base URL, https://{server}; found "https://search.example"',
    'requests.0.endpoints.files: must begin with the base URL, https://{server}; found "https://{server}s"',
  ],
  'a condition of a request on a text': [
    { ...withField(text), requests: [request, { ...request, when: { field: 'team', hosts: ['.ghe.com'] } }] },
    'requests.1.when.field: must name a field of kind host or url; found "team", there is server',
  ],
  'a condition of a request on a field that is nearly one': [
    withRequest({ when: { field: 'sever', hosts: ['.ghe.com'] } }),
    'requests.0.when.field: must name a field of kind host or url; found "sever", there is server. Did you mean "server"?',
  ],
  'a condition of a request where there is no address': [
    {
      ...tracker,
      fields: [token],
      requests: [{ ...request, baseUrl: 'https://a.example', when: { field: 'token', hosts: ['a.example'] } }],
    },
    'requests.0.when.field: must name a field of kind host or url; found "token", there is none',
  ],
  'no secret': [
    { ...tracker, fields: [server], requests: [{ baseUrl: 'https://{server}', headers: {} }] },
    'fields: must have a secret, of kind secret or password; found host',
  ],
  'a secret that is not sent': [
    withRequest({ headers: {} }),
    'fields.2: is a secret that no request sends: a header has to hold {token}',
  ],
  'a text that is too long in a message': [
    { ...tracker, messages: { es: { 'fields.token.label': '' } } },
    'messages.es.fields.token.label: Too small: expected string to have >=1 characters; found ""',
  ],
  'a language tag with an underscore': [
    { ...tracker, messages: { pt_BR: {} } },
    'messages.pt_BR: must be a language tag, as en or pt-BR; found "pt_BR". Did you mean "pt-BR"?',
  ],
  'a message for a text that is nearly one': [
    { ...tracker, messages: { es: { 'fields.tokn.label': 'Token' } } },
    'messages.es.fields.tokn.label: stands for no text of this provider; there are name, fields.server.label, fields.method.label, fields.method.options.token or fields.token.label. Did you mean "fields.token.label"?',
  ],
};

/** By the setting: a value, and the line. */
const values: Record<string, [value: string, ...lines: string[]]> = {
  PORT: ['4400a', 'PORT: "4400a" is not a whole number from 0 to 65535. Example: PORT=4400'],
  HOST: [
    '0.0.0.0',
    `HOST: "0.0.0.0" is not this machine's own address, and the demo signs anybody in: leave HOST out, or set DEMO_PUBLIC=1 if everybody there may be anybody`,
  ],
  MAX_CONNECTIONS: ['0', 'MAX_CONNECTIONS: "0" is not a whole number from 1 to 100000. Example: MAX_CONNECTIONS=500'],
  REQUEST_TIMEOUT: [
    '30s',
    'REQUEST_TIMEOUT: "30s" is not a whole number from 1 to 3600, in seconds. Example: REQUEST_TIMEOUT=60',
  ],
  IDLE_TIMEOUT: ['-1', 'IDLE_TIMEOUT: "-1" is not a whole number from 1 to 3600, in seconds. Example: IDLE_TIMEOUT=60'],
  PUBLIC_URL: [
    'cockpit.example.com',
    'PUBLIC_URL: "cockpit.example.com" is not an http:// or https:// address. Example: PUBLIC_URL=https://cockpit.example.com',
  ],
  ALLOWED_ORIGINS: [
    'https://a.example,https://b.example/path',
    'ALLOWED_ORIGINS: "https://a.example,https://b.example/path" has "https://b.example/path", which is not an origin such as https://app.example.com. Example: ALLOWED_ORIGINS=https://app.example.com',
  ],
  TRUSTED_PROXIES: [
    '10.0.0.0/8,proxy',
    'TRUSTED_PROXIES: "10.0.0.0/8,proxy" has "proxy", which is not an address or a range such as 10.0.0.0/8. Example: TRUSTED_PROXIES=10.0.0.0/8,2001:db8::5',
  ],
  KEEP_ALIVE_TIMEOUT: [
    '65.5',
    'KEEP_ALIVE_TIMEOUT: "65.5" is not a whole number from 1 to 3600, in seconds. Example: KEEP_ALIVE_TIMEOUT=125',
  ],
  LOG_LEVEL: [
    'wran',
    'LOG_LEVEL: "wran" is not debug, info, warn, error or silent. Did you mean "warn"? Example: LOG_LEVEL=warn',
  ],
  DATABASE_URL: [
    'mysql://cockpit:canary@db.example',
    'DATABASE_URL: must be a postgres:// address. Example: DATABASE_URL=postgres://cockpit:password@db.example.com:5432/cockpit',
  ],
  ACTIVITY_RETENTION_DAYS: [
    'forever',
    'ACTIVITY_RETENTION_DAYS: "forever" is not a whole number from 1 to 36500, in days. Example: ACTIVITY_RETENTION_DAYS=730',
  ],
  ENCRYPTION_KEYS: [
    'canary',
    'ENCRYPTION_KEYS: must be id:base64 of 32 bytes, several separated by commas, the current one first. Example: ENCRYPTION_KEYS=first:base64 from `openssl rand -base64 32`',
  ],
  API_KEY_PEPPER: [
    'canary',
    'API_KEY_PEPPER: must be at least 32 characters. Example: API_KEY_PEPPER=the output of `openssl rand -base64 32`',
  ],
  API_KEY_PEPPERS: [
    'canary',
    'API_KEY_PEPPERS: must be id:pepper of at least 32 characters, without spaces or commas; several separated by commas. Example: API_KEY_PEPPERS=2026:the output of `openssl rand -base64 32`',
  ],
  JWKS_URL: [
    'https://ana:canary@id.example',
    'JWKS_URL: "https://[redacted]@id.example" must have no user or password in it. Example: JWKS_URL=https://id.example.com/.well-known/jwks.json',
    'JWKS_URL: needs JWT_ISSUER, JWT_AUDIENCE and POLICY beside it',
    'DEMO: 1 signs anybody in, and JWKS_URL is set too: leave JWKS_URL out, or set DEMO=0',
  ],
  CLOCK_TOLERANCE: [
    '301',
    'CLOCK_TOLERANCE: "301" is not a whole number from 0 to 300, in seconds. Example: CLOCK_TOLERANCE=60',
  ],
  SESSION_COOKIE: [
    'my session',
    'SESSION_COOKIE: "my session" is not the name of a cookie: letters, digits, _ and -. Example: SESSION_COOKIE=session',
  ],
  INTROSPECTION_URL: [
    'ftp://id.example',
    'INTROSPECTION_URL: "ftp://id.example" is not an http:// or https:// address. Example: INTROSPECTION_URL=https://id.example.com/introspect',
    'INTROSPECTION_URL: needs INTROSPECTION_AUTHORIZATION beside it',
  ],
  INTROSPECTION_AUTHORIZATION: [
    'canary',
    'INTROSPECTION_AUTHORIZATION: must be a header such as Basic … or Bearer … Example: INTROSPECTION_AUTHORIZATION=Bearer token',
    'INTROSPECTION_AUTHORIZATION: needs INTROSPECTION_URL beside it',
  ],
  POLICY: [
    'ai-cokpit-one',
    'POLICY: "ai-cokpit-one" is not ai-cockpit-one, aic-hub, duplocloud, environment-operations-center or aip-console, nor the path of a .json file. Did you mean "ai-cockpit-one"?',
  ],
  PROVIDERS: [
    'nowhere/providers.json',
    'PROVIDERS: there is no file "nowhere/providers.json", as there is no folder "nowhere"',
  ],
  PROFILE_URL: [
    '/me',
    'PROFILE_URL: "/me" is not an http:// or https:// address. Example: PROFILE_URL=https://app.example.com/me',
  ],
  SERVICE_TOKENS: [
    'jobs:canary',
    'SERVICE_TOKENS: must be name:hash, several separated by commas; a hash is 64 hexadecimal digits, as sha256sum prints it. Example: SERVICE_TOKENS=jobs:00000000…',
  ],
  SMTP_URL: [
    'smtp://mail:ca%nary@mail.example',
    'SMTP_URL: has a % in its user or password that stands for nothing; characters such as % # / ? @ : in a user or password are written percent-encoded, % as %25. Example: SMTP_URL=smtp://user:password@mail.example.com:587',
  ],
  MAIL_FROM: [
    'Example',
    'MAIL_FROM: "Example" is not an address, as in: Example <no-reply@example.com>. Example: MAIL_FROM=Example <no-reply@example.com>',
  ],
  DEMO: ['yes', 'DEMO: "yes" is not 0 or 1. Example: DEMO=1'],
  DEMO_PUBLIC: ['true', 'DEMO_PUBLIC: "true" is not 0 or 1. Example: DEMO_PUBLIC=1'],
  HOST_PAGES: ['nowhere/pages', 'HOST_PAGES: there is no folder "nowhere/pages"'],
  MAKE_ENCRYPTION_KEY: ['yes', 'MAKE_ENCRYPTION_KEY: "yes" is not 0 or 1. Example: MAKE_ENCRYPTION_KEY=1'],
  CATCH_MAIL: ['on', 'CATCH_MAIL: "on" is not 0 or 1. Example: CATCH_MAIL=1'],
};
/** Any text is one of these. */
const anyText = ['DATA_DIR', 'JWT_ISSUER', 'JWT_AUDIENCE'];

/** By the fault: settings, and each line. */
const others: Record<string, [variables: Record<string, string>, ...lines: string[]]> = {
  'nothing at all': [
    {},
    'JWKS_URL: must be set, with JWT_ISSUER, JWT_AUDIENCE and POLICY: whose sessions are taken. To try the demo instead, which signs anybody in: DEMO=1',
    'ENCRYPTION_KEYS: must be set: id:base64 of 32 bytes. Example: ENCRYPTION_KEYS="first:$(openssl rand -base64 32)"',
  ],
  'an issuer alone': [
    { ENCRYPTION_KEYS: demo.ENCRYPTION_KEYS, JWKS_URL: 'https://id.example' },
    'JWKS_URL: needs JWT_ISSUER, JWT_AUDIENCE and POLICY beside it',
  ],
  'an issuer in the demo': [
    { ...demo, JWKS_URL: 'https://id.example', JWT_ISSUER: 'i', JWT_AUDIENCE: 'a', POLICY: 'aic-hub' },
    'DEMO: 1 signs anybody in, and JWKS_URL is set too: leave JWKS_URL out, or set DEMO=0',
  ],
  'the demo in production': [
    { ...demo, NODE_ENV: 'production' },
    'DEMO: 1 signs anybody in, and NODE_ENV is production: leave one of the two out',
  ],
  'an introspection alone': [
    { ...demo, INTROSPECTION_URL: 'https://id.example' },
    'INTROSPECTION_URL: needs INTROSPECTION_AUTHORIZATION beside it',
  ],
  'an authorization alone': [
    { ...demo, INTROSPECTION_AUTHORIZATION: 'Bearer canary' },
    'INTROSPECTION_AUTHORIZATION: needs INTROSPECTION_URL beside it',
  ],
  'mail alone': [
    { ...demo, DEMO: '0', SMTP_URL: 'smtp://mail.example' },
    'SMTP_URL: needs MAIL_FROM beside it',
    'SMTP_URL: needs PUBLIC_URL beside it: mails lead there',
    'JWKS_URL: must be set, with JWT_ISSUER, JWT_AUDIENCE and POLICY: whose sessions are taken. To try the demo instead, which signs anybody in: DEMO=1',
  ],
  'a secret in two places': [
    { ...demo, ENCRYPTION_KEYS_FILE: '/run/key' },
    'ENCRYPTION_KEYS: is set, and ENCRYPTION_KEYS_FILE too: set one of them',
  ],
  'a secret in a file that is not there': [
    { DEMO: '1', ENCRYPTION_KEYS_FILE: join(folder, 'key') },
    'ENCRYPTION_KEYS_FILE: there is no file "…/key"',
  ],
  'a secret in an empty file': [
    { DEMO: '1', ENCRYPTION_KEYS_FILE: join(folder, 'empty') },
    'ENCRYPTION_KEYS_FILE: the file "…/empty" is empty; it must hold id:base64 of 32 bytes, several separated by commas, the current one first',
  ],
  'a pepper with a space at its end': [
    { ...demo, API_KEY_PEPPER: `${'canary'.repeat(6)} ` },
    'API_KEY_PEPPER: must not begin or end with white space or an invisible character. Example: API_KEY_PEPPER=the output of `openssl rand -base64 32`',
  ],
  'two peppers of an id': [
    { ...demo, API_KEY_PEPPERS: `a:${'x'.repeat(32)},a:${'y'.repeat(32)}` },
    'API_KEY_PEPPERS: has two peppers of the same id. Example: API_KEY_PEPPERS=2026:the output of `openssl rand -base64 32`',
  ],
  'two encryption keys of an id': [
    { DEMO: '1', ENCRYPTION_KEYS: `${demo.ENCRYPTION_KEYS},${demo.ENCRYPTION_KEYS}` },
    'ENCRYPTION_KEYS: has two keys of the same id. Example: ENCRYPTION_KEYS=first:base64 from `openssl rand -base64 32`',
  ],
  'a password that ends the address of a database': [
    { ...demo, DATABASE_URL: 'postgres://cockpit:ca/nary@db.example' },
    'DATABASE_URL: is not an address; characters such as % # / ? @ : in a user or password are written percent-encoded, % as %25. Example: DATABASE_URL=postgres://cockpit:password@db.example.com:5432/cockpit',
  ],
  'an address of a mail server that is none': [
    { ...demo, SMTP_URL: 'smtp://a:can ary@' },
    'SMTP_URL: is not an address; characters such as % # / ? @ : in a user or password are written percent-encoded, % as %25. Example: SMTP_URL=smtp://user:password@mail.example.com:587',
  ],
  'an address that ends before its host': [
    { ...demo, SMTP_URL: 'smtp://mail.example/#nary@mail.example' },
    'SMTP_URL: ends before its host; characters such as % # / ? @ : in a user or password are written percent-encoded, % as %25. Example: SMTP_URL=smtp://user:password@mail.example.com:587',
  ],
  'a policy in a device': [
    { ...demo, POLICY: join(folder, 'device.json') },
    'POLICY: there is a pipe or device, not a file, at "…/device.json"',
  ],
  'a policy in a file that is too large': [
    { ...demo, POLICY: join(folder, 'large.json') },
    'POLICY: there is a file of more than 1 MB at "…/large.json"',
  ],
  'a policy in another encoding': [
    { ...demo, POLICY: join(folder, 'latin-1.json') },
    'POLICY: there is text that is not UTF-8 in "…/latin-1.json"',
  ],
  'a policy in a file that leads to itself': [
    { ...demo, POLICY: join(folder, 'loop.json') },
    'POLICY: (ELOOP) there is a file that cannot be read, "…/loop.json"',
  ],
  'a setting whose name is continued, and a value too': [
    { ...demo, LOG_LEVEL: 'warning', POLICY_FILE: 'my-host.json' },
    'LOG_LEVEL: "warning" is not debug, info, warn, error or silent. Did you mean "warn"? Example: LOG_LEVEL=warn',
    'POLICY_FILE is not a setting: POLICY is no secret, and is set itself.',
  ],
  'a setting that is nearly one': [
    { ...demo, PORT: 'a', POLCIY: 'aic-hub' },
    'PORT: "a" is not a whole number from 0 to 65535. Example: PORT=4400',
    'POLCIY is not a setting. Did you mean POLICY?',
  ],
  'a setting of the demo without it': [
    { ENCRYPTION_KEYS: demo.ENCRYPTION_KEYS, HOST_PAGES: 'pages', JWKS_URL: 'https://id.example' },
    'JWKS_URL: needs JWT_ISSUER, JWT_AUDIENCE and POLICY beside it',
    'HOST_PAGES does nothing without DEMO=1',
  ],
  'a policy in a file whose name is none': [
    { ...demo, POLICY: 'My_Host.json' },
    'POLICY: "My_Host.json" must be named in lower-case letters, digits and hyphens, as my-host.json',
  ],
  'a policy in a file that is nearly there': [
    { ...demo, POLICY: join(folder, 'mein-host.json') },
    'POLICY: there is no file "…/mein-host.json". Did you mean "my-host.json"?',
  ],
  'a policy in a folder that is not there': [
    { ...demo, POLICY: '/nowhere2/at/all/my-host.json' },
    'POLICY: there is no file "/nowhere2/at/all/my-host.json", as there is no folder "/nowhere2/at/all"',
  ],
  'a policy in a folder': [
    { ...demo, POLICY: join(folder, 'folder.json') },
    'POLICY: there is a folder, not a file, at "…/folder.json"',
  ],
  'a policy that is no JSON': [
    { ...demo, POLICY: join(folder, 'broken.json') },
    'POLICY: line 2, column 14: the file is not JSON from here on',
  ],
  'five wrong settings': [
    { ...demo, PORT: 'a', LOG_LEVEL: 'b', CLOCK_TOLERANCE: 'c', POLICY: 'd', MAIL_FROM: 'e' },
    'PORT: "a" is not a whole number from 0 to 65535. Example: PORT=4400',
    'LOG_LEVEL: "b" is not debug, info, warn, error or silent. Example: LOG_LEVEL=warn',
    'CLOCK_TOLERANCE: "c" is not a whole number from 0 to 300, in seconds. Example: CLOCK_TOLERANCE=60',
    'MAIL_FROM: "e" is not an address, as in: Example <no-reply@example.com>. Example: MAIL_FROM=Example <no-reply@example.com>',
    'POLICY: "d" is not ai-cockpit-one, aic-hub, duplocloud, environment-operations-center or aip-console, nor the path of a .json file',
  ],
};

describe('a fault is one line with its place, the value that was found, what is allowed, and a near match', () => {
  writeFileSync(join(folder, 'empty'), '\n');
  writeFileSync(join(folder, 'broken.json'), '{\n  "layout": tabs\n}');
  mkdirSync(join(folder, 'folder.json'));
  symlinkSync('loop.json', join(folder, 'loop.json'));
  symlinkSync('/dev/zero', join(folder, 'device.json'));
  writeFileSync(join(folder, 'large.json'), ' '.repeat(1_100_000));
  writeFileSync(join(folder, 'latin-1.json'), Buffer.from('{"a": "é"}', 'latin1'));

  it.each(Object.entries(policies))('of a policy: %s', (_, [policy, ...lines]) => {
    expect(policyFaults(policy)).toEqual(lines.map((line) => `POLICY: ${line}`));
  });

  it('of a policy passed by a program', () => {
    // A program in JavaScript, whose types nobody has checked.
    const given = { ...aiCockpitOne, apiKeys: { ...apiKeys, noun: 'apikey' } } as unknown as HostPolicy;
    expect(() => new HostPolicies(given, catalogue.keys())).toThrow(
      /^apiKeys\.noun: "apikey" is not "apiKey" or "apiToken"\. Did you mean "apiKey"\?$/,
    );
  });

  it.each(Object.entries(definitions))('of a provider: %s', (_, [definition, ...lines]) => {
    expect(providerFaults(definition)).toEqual(lines.map((line) => `PROVIDERS: 0.${line}`));
  });

  it.each(Object.entries(values))('of the setting %s', (name, [value, ...lines]) => {
    expect(faultsOf({ ...demo, [name]: value })).toEqual(lines);
    expect(lines[0]).toMatch(new RegExp(`^${name}: `));
    expect(lines.join()).not.toContain('nary');
  });

  it('of a file without read permission', () => {
    const error = Object.assign(new Error('denied'), { code: 'EACCES' });
    expect(fileFault(error, 'my-host.json')).toBe('this process may not read the file "my-host.json"');
  });

  it('of each setting that can be invalid', () => {
    expect(Object.keys(settings).filter((name) => !(name in values))).toEqual(anyText);
  });

  it.each(Object.entries(others))('of several settings: %s', (_, [variables, ...lines]) => {
    expect(faultsOf(variables)).toEqual(lines);
    expect(lines.join()).not.toContain('nary');
  });
});

/** The files whose texts are lines of faults. */
const sources = [
  ...['host-policy-contradictions', 'host-policy'].map((name) => `../../../packages/sdk/src/contract/${name}.ts`),
  ...['files', 'kinds', 'message-faults', 'policy-file', 'read-settings', 'service-tokens'].map(
    (name) => `../src/settings/${name}.ts`,
  ),
  ...['document-faults', 'policy-faults'].map((name) => `../src/documents/${name}.ts`),
  ...['definition', 'definition-faults', 'index'].map((name) => `../src/providers/${name}.ts`),
  '../src/config.ts',
];
const tables = ['fault-lines', 'contradictions', 'provider-catalogue', 'config', 'secret-files'].map(
  (name) => `./${name}.test.ts`,
);
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
/** Parts of texts between the values that are put in: those with several words. */
const phrasesIn = (code: string): string[] => {
  const phrases: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      phrases.push(node.text.trim());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', code, ts.ScriptTarget.Latest));
  return phrases.filter((phrase) => /[a-z]+ [a-z]+ [a-z]+/.test(phrase));
};

it('the tables cover each text of a configuration error', () => {
  const lines = tables
    .map(read)
    .join('\n')
    .replaceAll(/\\(['"`])/g, '$1');
  const missing = sources.flatMap((source) =>
    phrasesIn(read(source))
      .filter((phrase) => !lines.includes(phrase))
      .map((phrase) => `${source}: ${phrase}`),
  );
  expect(missing).toEqual([]);
});
