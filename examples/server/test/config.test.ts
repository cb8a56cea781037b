import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aiCockpitOne, presets } from '@ai-cockpit/sdk/presets';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { originOf } from '../src/adapters/http-server.js';
import { configurationFault } from './configuration-fault.js';

const key = `one:${'A'.repeat(43)}=`;
const host = {
  ENCRYPTION_KEYS: key,
  JWKS_URL: 'https://id.example/jwks',
  JWT_ISSUER: 'https://id.example',
  JWT_AUDIENCE: 'cockpit',
  POLICY: 'ai-cockpit-one',
};

describe('the configuration', () => {
  it('has defaults for the demo', () => {
    const config = readConfig({ DEMO: '1', ENCRYPTION_KEYS: key, DATABASE_URL: '' });
    expect(config).toMatchObject({ port: 4400, host: '127.0.0.1', dataDir: '.data', databaseUrl: null, issuer: null });
    expect(config.products.map(({ name }) => name)).toEqual(Object.keys(presets));
  });

  it.each([' ', '\t', '\r', '\n', '\r\n', '\ufeff', '\u00a0', '\u200b'])(
    'a value with %j around it, as of a file that it was read from, is read without that',
    (edge) => {
      const around = (value: string) => edge + value + edge;
      const hex = 'ab'.repeat(32);
      const config = readConfig({
        ...Object.fromEntries(Object.entries(host).map(([name, value]) => [name, around(value)])),
        ENCRYPTION_KEYS: `${around(key)},${around(key.replace('one', 'two'))}`,
        SERVICE_TOKENS: around(`jobs:${hex}`),
        PORT: around('4401'),
        DATABASE_URL: edge,
      });
      expect(config).toMatchObject({ port: 4401, databaseUrl: null, issuer: { audience: 'cockpit' } });
      expect(config.encryptionKeys?.map(({ id }) => id)).toEqual(['one', 'two']);
      expect(config.serviceTokens[0]?.hash).toEqual(new Uint8Array(32).fill(0xab));
    },
  );

  it.each([' ', '\n', '\ufeff', '\u200b'])(
    'a pepper that ends with %j → refused, not trimmed, as stored hashes depend on each character',
    (edge) => {
      const message = configurationFault({ ...host, API_KEY_PEPPER: 'canary'.repeat(6) + edge });
      expect(message).toMatch(
        /^API_KEY_PEPPER: must not begin or end with white space or an invisible character\. Example: .+$/,
      );
      expect(message).not.toContain('canary');
      expect(configurationFault({ ...host, API_KEY_PEPPER: 'canary'.repeat(6) })).toBe('');
    },
  );

  it.each(['"', "'", '`'])(
    'a key in quotation marks %s is refused by the name of its setting, and not echoed',
    (mark) => {
      const message = configurationFault({ ...host, ENCRYPTION_KEYS: mark + key + mark });
      expect(message).toContain('ENCRYPTION_KEYS: must be id:base64');
      expect(message).not.toContain('AAAA');
      const tokens = configurationFault({ ...host, SERVICE_TOKENS: `${mark}jobs:${'ab'.repeat(32)}${mark}` });
      expect(tokens).toContain('SERVICE_TOKENS: must be name:hash');
      expect(tokens).not.toContain('abab');
    },
  );

  it.each([
    ['DATABASE_URL', 'postgres://cockpit:REPLACE_ME@db.example/cockpit'],
    ['DATABASE_URL', 'postgres://cockpit:<password>@db.example/cockpit'],
    ['API_KEY_PEPPER', 'change-me-before-production-please-do'],
    ['API_KEY_PEPPERS', `2026:REPLACE_ME-${'0'.repeat(32)}`],
    ['ENCRYPTION_KEYS', 'first:REPLACE_ME'],
    ['INTROSPECTION_AUTHORIZATION', 'Bearer <the token>'],
    ['JWT_AUDIENCE', '<audience>'],
    ['JWKS_URL', 'https://replace_me/jwks'],
    ['SERVICE_TOKENS', 'jobs:REPLACE_ME'],
    ['SMTP_URL', 'smtp://u:CHANGE_ME@mail.example'],
  ])('%s with a placeholder in it, as %s, is refused by the name of the setting', (name, value) => {
    expect(configurationFault({ ...host, [name]: value }).split('\n')).toContainEqual(
      expect.stringMatching(`^${name}: still has a placeholder where a value of your own belongs\\. Example: ${name}=`),
    );
  });

  it('a placeholder in the file of a secret is refused too, and what only looks like one is not', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cockpit-placeholder-'));
    const file = join(folder, 'pepper');
    writeFileSync(file, 'REPLACE_ME');
    expect(configurationFault({ ...host, API_KEY_PEPPER_FILE: file })).toMatch(
      /^API_KEY_PEPPER: still has a placeholder/,
    );
    rmSync(folder, { recursive: true });
    const mail = { SMTP_URL: 'smtp://u:3%3C4%3E5@mail.example', MAIL_FROM: 'Example <no-reply@example.com>' };
    const pepper = `${'replacement'.repeat(3)}exchange-method`;
    expect(
      configurationFault({ ...host, ...mail, PUBLIC_URL: 'https://cockpit.example', API_KEY_PEPPER: pepper }),
    ).toBe('');
  });

  it('an issuer of the host → one policy is served', () => {
    expect(readConfig(host).products).toEqual([{ name: 'ai-cockpit-one', policy: aiCockpitOne }]);
  });

  it('reads a policy from a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cockpit-policy-'));
    const file = join(folder, 'my-host.json');
    writeFileSync(file, JSON.stringify({ ...aiCockpitOne, layout: 'page' }));
    expect(readConfig({ ...host, POLICY: file }).products).toMatchObject([
      { name: 'my-host', policy: { layout: 'page' } },
    ]);
    expect(readConfig({ DEMO: '1', ENCRYPTION_KEYS: key, POLICY: file }).products).toHaveLength(
      Object.keys(presets).length + 1,
    );
    writeFileSync(file, JSON.stringify({ ...aiCockpitOne, layout: 'round' }));
    expect(configurationFault({ ...host, POLICY: file })).toBe(
      'POLICY: layout: "round" is not "tabs", "sections" or "page"',
    );
    rmSync(folder, { recursive: true });
  });

  it('refuses a contradictory policy, overrides included', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cockpit-policy-'));
    const file = join(folder, 'my-host.json');
    const faultOf = (change: object): string => {
      writeFileSync(file, JSON.stringify({ ...aiCockpitOne, ...change }));
      return configurationFault({ ...host, POLICY: file });
    };
    const { apiKeys } = aiCockpitOne;
    const unknown = /is not known here; there are .*, limit, .*\. Did you mean "limit"\?$/;
    expect(faultOf({ apiKeys: { ...apiKeys, limt: 1 } })).toMatch(/^POLICY: apiKeys\.limt: /);
    expect(faultOf({ apiKeys: { ...apiKeys, limt: 1 } })).toMatch(unknown);
    expect(faultOf({ apiKeys: { ...apiKeys, format: { prefix: 'My_Host' } } })).toMatch(
      /^POLICY: apiKeys\.format\.prefix: /,
    );
    const overridden = (policy: object) => faultOf({ overrides: [{ roles: ['member'], policy }] });
    expect(overridden({ apiKeys: { limt: 1 } })).toMatch(/^POLICY: overrides\.0\.policy\.apiKeys\.limt: /);
    expect(overridden({ apiKeys: { limt: 1 } })).toMatch(unknown);
    expect(overridden({ apiKeys: { limit: 'one' } })).toBe(
      'POLICY: overrides.0.policy.apiKeys.limit: "one" is not of type number or null',
    );
    expect(overridden({ apiKeys: { limit: 1 } })).toBe('');
    rmSync(folder, { recursive: true });
  });

  it('reads the mail server and the service tokens', () => {
    const config = readConfig({
      ...host,
      SMTP_URL: 'smtps://cockpit:s3cret@mail.example',
      MAIL_FROM: 'Example <no-reply@example.com>',
      PUBLIC_URL: 'https://app.example',
      PROFILE_URL: 'https://app.example/me#top',
      SERVICE_TOKENS: `jobs:${'ab'.repeat(32)}`,
      CATCH_MAIL: '1',
    });
    expect(config).toMatchObject({
      smtp: { url: 'smtps://cockpit:s3cret@mail.example', from: 'Example <no-reply@example.com>' },
      catchMail: false,
      profileUrl: 'https://app.example/me',
      serviceTokens: [{ name: 'jobs', hash: new Uint8Array(32).fill(0xab) }],
    });
    expect(readConfig(host)).toMatchObject({ smtp: null, catchMail: false, profileUrl: null, serviceTokens: [] });
    expect(readConfig({ DEMO: '1', ENCRYPTION_KEYS: key, CATCH_MAIL: '1' }).catchMail).toBe(true);
    // A host with people of its own is no demo: nobody is to read its mail.
    expect(readConfig({ ...host, CATCH_MAIL: '1' }).catchMail).toBe(false);
    expect(readConfig({ DEMO: '1', ENCRYPTION_KEYS: key, SMTP_URL: 'smtp://localhost:2525' }).smtp).toEqual({
      url: 'smtp://localhost:2525',
      from: 'cockpit@localhost',
    });
    const smtp = { ...host, SMTP_URL: 'smtp://a:s3cret@mail.example' };
    expect(configurationFault(smtp)).toContain('SMTP_URL: needs MAIL_FROM beside it');
    expect(configurationFault({ ...smtp, MAIL_FROM: 'a@b.example' })).toBe(
      'SMTP_URL: needs PUBLIC_URL beside it: mails lead there',
    );
    for (const from of [
      'nobody',
      'a@b.example, c@d.example',
      'A <a@b.example>\r\nBcc: c@d.example',
      '<a@b> x',
      '=?utf-8?Q?x?= <a@b.example>',
    ])
      expect(configurationFault({ ...smtp, MAIL_FROM: from })).toContain('is not an address, as in: Example');
    expect(
      configurationFault({ ...smtp, MAIL_FROM: 'a@b.example', SMTP_URL: 'http://a:s3cret@mail.example' }),
    ).toContain(
      'SMTP_URL: must be an smtp:// or smtps:// address. Example: SMTP_URL=smtp://user:password@mail.example.com:587',
    );
    expect(configurationFault({ ...host, SERVICE_TOKENS: 'jobs:s3cret' })).not.toContain('s3cret');
  });

  it.each([
    ['sha256sum', (hash: string) => `${hash}  -`],
    ['sha256sum, in binary mode', (hash: string) => `${hash} *-`],
    ['shasum, with a line break', (hash: string) => `${hash}  -\n`],
    ['OpenSSL', (hash: string) => `SHA2-256(stdin)= ${hash}`],
    ['an older OpenSSL', (hash: string) => `(stdin)= ${hash}`],
    ['a program that writes capitals', (hash: string) => hash.toUpperCase()],
  ])('accepts the hash of a service token as %s prints it', (_, printed) => {
    const service = { name: 'jobs', hash: new Uint8Array(32).fill(0xab) };
    const SERVICE_TOKENS = `jobs:${printed('ab'.repeat(32))}, jobs:${printed('ab'.repeat(32))}`;
    expect(readConfig({ ...host, SERVICE_TOKENS }).serviceTokens).toEqual([service, service]);
    const short = configurationFault({ ...host, SERVICE_TOKENS: `jobs:${printed('ab'.repeat(31))}` });
    expect(short).toMatch(/^SERVICE_TOKENS: must be name:hash, .*64 hexadecimal digits, as sha256sum prints it/);
  });

  it('names each missing or wrong setting, without its value', () => {
    expect(configurationFault({})).toContain('ENCRYPTION_KEYS: must be set');
    expect(configurationFault({ ...host, MAKE_ENCRYPTION_KEY: '1', ENCRYPTION_KEYS: '' })).toContain(
      'ENCRYPTION_KEYS: must be set',
    );
    expect(configurationFault({ ENCRYPTION_KEYS: 'one:c2hvcnQ=' })).not.toContain('c2hvcnQ=');
    expect(configurationFault({ ENCRYPTION_KEYS: `${key},${key}` })).toContain('two keys of the same id');
    expect(configurationFault({ ...host, JWT_ISSUER: '' })).toContain('JWT_ISSUER');
    expect(configurationFault({ ...host, INTROSPECTION_URL: 'https://id.example/introspect' })).toContain(
      'INTROSPECTION_AUTHORIZATION',
    );
    expect(configurationFault({ ...host, INTROSPECTION_AUTHORIZATION: 'Bearer s3cret' })).toContain(
      'INTROSPECTION_URL',
    );
    expect(configurationFault({ ...host, INTROSPECTION_AUTHORIZATION: 's3cret' })).not.toContain('s3cret');
    expect(configurationFault({ ...host, POLICY: '' })).toContain('JWKS_URL: needs POLICY beside it');
    expect(configurationFault({ ...host, POLICY: 'unheard-of' })).toContain('is not ai-cockpit-one, aic-hub, ');
    expect(configurationFault({ ...host, ALLOWED_ORIGINS: 'https://app.example/path' })).toContain('ALLOWED_ORIGINS');
    expect(configurationFault({ ...host, PORT: 'abc', DATABASE_URL: 'mysql://x' })).toBe(
      'PORT: "abc" is not a whole number from 0 to 65535. Example: PORT=4400\n' +
        'DATABASE_URL: must be a postgres:// address. ' +
        'Example: DATABASE_URL=postgres://cockpit:password@db.example.com:5432/cockpit',
    );
  });
});

it('derives its own origin, on an IPv6 address too', () => {
  expect(originOf('127.0.0.1', 4400)).toBe('http://127.0.0.1:4400');
  expect(new URL(originOf('::1', 4400)).origin).toBe('http://[::1]:4400');
});
