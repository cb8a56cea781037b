import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { HostPolicy } from '@ai-cockpit/sdk/contract';
import { presets } from '@ai-cockpit/sdk/presets';
import * as z from 'zod/mini';
import { fromBase64, type Bytes } from './bytes.js';
import { ContradictoryPolicy, HostPolicies } from './domain/policy.js';
import { type Catalogue, catalogueOf } from './providers/catalogue.js';
import { catalogue, HostProviders } from './providers/index.js';
import type { ServiceToken } from './routes/callers.js';
import type { SmtpOptions } from './smtp.js';

/** Settings that cannot be served with: one line for each that is wrong, none of which repeats a value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export interface EncryptionKey {
  id: string;
  bytes: Bytes;
}

const text = (what: string) => z.string(what).check(z.minLength(1, what));
const url = (what: string) => z.url({ protocol: /^https?$/, error: what });

const fail = (message: string): never => {
  throw new ConfigurationError(message);
};

const readServiceTokens = (list: string): ServiceToken[] =>
  list
    .split(',')
    .filter(Boolean)
    .map((entry) => {
      const [name = '', hex = ''] = entry.split(':');
      return { name, hash: Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)) };
    });

/** Whom the demo's mail is from, unless it is said. */
export const demoSender = 'AI Cockpit <cockpit@localhost>';

const mailbox = /^(?:[^<>"\p{Cc}]+ )?<[^<>\s@]+@[^<>\s@]+>$|^[^<>\s@]+@[^<>\s@]+$/u;

const keyForm = 'must be id:base64 of 32 bytes, several separated by commas, the current one first';

/** @param name The setting, for the message. */
export const readEncryptionKeys = (list: string, name = 'ENCRYPTION_KEYS'): EncryptionKey[] => {
  const keys = list.split(',').map((entry) => {
    const [, id, encoded] = /^([A-Za-z0-9._-]{1,50}):([A-Za-z0-9+/]{43}=)$/.exec(entry.trim()) ?? [];
    if (!id || !encoded) return fail(`${name} ${keyForm}`);
    return { id, bytes: fromBase64(encoded) };
  });
  if (new Set(keys.map(({ id }) => id)).size < keys.length) fail(`${name} has two keys of the same id`);
  return keys;
};

/** A policy and the name it is served under. */
interface NamedPolicy {
  name: string;
  policy: HostPolicy;
}

/** Where to look; for members that do not belong there, which. */
const placesOf = (issue: z.core.$ZodIssue): string[] => {
  const members = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const paths = members.length ? members.map((member) => [...issue.path, member]) : [issue.path];
  return paths.map((path) => path.join('.') || '(the whole)');
};

const readPolicy = (setting: string, providers: Catalogue): NamedPolicy => {
  const preset = Object.hasOwn(presets, setting) ? presets[setting] : undefined;
  if (preset) return { name: setting, policy: preset };
  if (!setting.endsWith('.json'))
    return fail(`POLICY must be one of ${Object.keys(presets).join(', ')}, or the path of a .json file`);
  const name = basename(setting, '.json');
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
    fail('POLICY: the file name must be of lower-case letters, digits and hyphens');
  try {
    const policy = HostPolicy.parse(JSON.parse(readFileSync(setting, 'utf8')));
    // Throws where it contradicts itself, or where what is left after an override is none.
    new HostPolicies(policy, providers.keys());
    return { name, policy };
  } catch (error) {
    if (error instanceof ContradictoryPolicy)
      return fail(`POLICY: the policy contradicts itself\n${error.message.replace(/^/gm, '  ')}`);
    if (!(error instanceof z.core.$ZodError)) return fail('POLICY: the file could not be read as JSON');
    const places = error.issues.map((issue) => placesOf(issue).join(', '));
    return fail(`POLICY: the file is not a host policy; see ${places.join(', ')}`);
  }
};

/** In words: without them, zod/mini says no more than that an input is invalid. */
const inWords = { error: z.locales.en().localeError };

const readCatalogue = (path: string | undefined): Catalogue => {
  if (path === undefined) return catalogue;
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return fail('PROVIDERS: the file could not be read as JSON');
  }
  const { data, error } = HostProviders.safeParse(written, inWords);
  if (data) return new Map([...catalogue, ...catalogueOf(data)]);
  const reasons = error.issues.flatMap((issue) => {
    const message = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message;
    return placesOf(issue).map((place) => `PROVIDERS: ${place}: ${message}`);
  });
  return fail(reasons.join('\n'));
};

const withPresets = (configured: NamedPolicy[]): NamedPolicy[] => {
  const named = Object.entries(presets).map(([name, policy]) => ({ name, policy }));
  return [...named.filter(({ name }) => !configured.some((policy) => policy.name === name)), ...configured];
};

const isOrigin = (value: string): boolean => URL.canParse(value) && new URL(value).origin === value;

const Environment = z.object({
  PORT: z._default(
    z.coerce
      .number('must be a port')
      .check(z.int('must be a port'), z.gte(0, 'must be a port'), z.lte(65535, 'must be a port')),
    4400,
  ),
  HOST: z._default(text('must not be empty'), '127.0.0.1'),
  DATA_DIR: z._default(text('must not be empty'), '.data'),
  DATABASE_URL: z.optional(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' })),
  PUBLIC_URL: z.optional(url('must be an http(s) URL')),
  ALLOWED_ORIGINS: z._default(z.string(), ''),
  JWKS_URL: z.optional(url('must be an http(s) URL')),
  INTROSPECTION_URL: z.optional(url('must be an http(s) URL')),
  INTROSPECTION_AUTHORIZATION: z.optional(
    z.string().check(z.regex(/^[\x21-\x7e]+( [\x21-\x7e]+)+$/, 'must be a header such as Basic … or Bearer …')),
  ),
  JWT_ISSUER: z.optional(text('must not be empty')),
  JWT_AUDIENCE: z.optional(text('must not be empty')),
  ENCRYPTION_KEYS: z.optional(z.string()),
  SERVICE_TOKENS: z._default(
    z
      .string()
      .check(
        z.regex(
          /^$|^[A-Za-z0-9._-]+:[0-9a-f]{64}(,[A-Za-z0-9._-]+:[0-9a-f]{64})*$/,
          'must be name:sha256hex, several separated by commas',
        ),
      ),
    '',
  ),
  SMTP_URL: z.optional(z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' })),
  MAIL_FROM: z.optional(
    z.string().check(z.regex(mailbox, 'must be an address, as in: Example <no-reply@example.com>')),
  ),
  PROFILE_URL: z.optional(url('must be an http(s) URL')),
  POLICY: z.optional(text('must not be empty')),
  PROVIDERS: z.optional(text('must not be empty')),
  SESSION_COOKIE: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]+$/, 'must be a cookie name'))),
  API_KEY_PEPPER: z.optional(z.string().check(z.minLength(32, 'must have at least 32 characters'))),
  LOG_LEVEL: z._default(
    z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent'),
    'info',
  ),
  HOST_PAGES: z.optional(text('must not be empty')),
  MAKE_ENCRYPTION_KEY: z._default(z.enum(['0', '1'], 'must be 0 or 1'), '0'),
  CATCH_MAIL: z._default(z.enum(['0', '1'], 'must be 0 or 1'), '0'),
  NODE_ENV: z.optional(z.string()),
});

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | null;
  publicUrl: string | null;
  allowedOrigins: string[];
  /** The providers that ship, and the host's own. */
  catalogue: Catalogue;
  /** One, for a host with an issuer of its own; in the demo every preset, and the configured policy. */
  systems: NamedPolicy[];
  /** `null` serves the demo, whose sessions it makes itself. */
  issuer: { jwksUrl: string; issuer: string; audience: string } | null;
  /** Who knows whether a session has been ended; `null` where nobody is asked. */
  introspection: { url: string; authorization: string } | null;
  encryptionKeys: EncryptionKey[] | null;
  /** The demo may make an encryption key where none is configured. */
  makeEncryptionKey: boolean;
  serviceTokens: ServiceToken[];
  /** `null` where no mail is sent. */
  smtp: SmtpOptions | null;
  /** The demo may keep mail to itself, for everybody to read, where it has no server to send it by. */
  catchMail: boolean;
  /** `null` for where the demo's pages are, or the start of `PUBLIC_URL`. */
  profileUrl: string | null;
  sessionCookie: string | null;
  pepper: string | null;
  logLevel: string;
  hostPages: string | null;
}

/** An empty variable counts as one that is not set. */
export const readConfig = (variables: Readonly<Record<string, string | undefined>>): Config => {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(set);
  if (!parsed.success)
    throw new ConfigurationError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'),
    );
  const env = parsed.data;

  const allowedOrigins = env.ALLOWED_ORIGINS.split(',')
    .map((origin) => origin.trim())
    .filter(Boolean);
  if (!allowedOrigins.every(isOrigin))
    fail('ALLOWED_ORIGINS must be origins such as https://app.example.com, separated by commas');

  let issuer: Config['issuer'] = null;
  if (env.JWKS_URL) {
    const { JWKS_URL: jwksUrl, JWT_ISSUER, JWT_AUDIENCE } = env;
    if (!JWT_ISSUER || !JWT_AUDIENCE) return fail('JWKS_URL needs JWT_ISSUER and JWT_AUDIENCE beside it');
    if (!env.POLICY) return fail('POLICY must be set: the name of a preset, or the path of a .json file');
    issuer = { jwksUrl, issuer: JWT_ISSUER, audience: JWT_AUDIENCE };
  } else if (env.NODE_ENV === 'production') {
    fail('JWKS_URL must be set in production: the demo, which signs anybody in, is served without it');
  }

  const { INTROSPECTION_URL: introspectionUrl, INTROSPECTION_AUTHORIZATION: authorization } = env;
  if (introspectionUrl && !authorization) fail('INTROSPECTION_URL needs INTROSPECTION_AUTHORIZATION beside it');
  if (authorization && !introspectionUrl) fail('INTROSPECTION_AUTHORIZATION needs INTROSPECTION_URL beside it');

  const makeEncryptionKey = env.MAKE_ENCRYPTION_KEY === '1' && !issuer;
  if (!env.ENCRYPTION_KEYS && !makeEncryptionKey)
    fail(`ENCRYPTION_KEYS must be set: it ${keyForm}. To make one: openssl rand -base64 32`);

  const mailFrom = env.MAIL_FROM ?? (issuer ? null : demoSender);
  if (env.SMTP_URL && !mailFrom) fail('SMTP_URL needs MAIL_FROM beside it');
  // Nobody could unsubscribe at the address that the server listens on.
  if (env.SMTP_URL && issuer && !env.PUBLIC_URL) fail('SMTP_URL needs PUBLIC_URL beside it: mails lead there');

  const providers = readCatalogue(env.PROVIDERS);
  const configured = env.POLICY ? [readPolicy(env.POLICY, providers)] : [];
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL ?? null,
    publicUrl: env.PUBLIC_URL ?? null,
    allowedOrigins,
    catalogue: providers,
    systems: issuer ? configured : withPresets(configured),
    issuer,
    introspection: introspectionUrl && authorization ? { url: introspectionUrl, authorization } : null,
    encryptionKeys: env.ENCRYPTION_KEYS ? readEncryptionKeys(env.ENCRYPTION_KEYS) : null,
    makeEncryptionKey,
    serviceTokens: readServiceTokens(env.SERVICE_TOKENS),
    smtp: env.SMTP_URL && mailFrom ? { url: env.SMTP_URL, from: mailFrom } : null,
    catchMail: env.CATCH_MAIL === '1' && !issuer && !env.SMTP_URL,
    profileUrl: env.PROFILE_URL?.replace(/#.*$/, '') ?? null,
    sessionCookie: env.SESSION_COOKIE ?? null,
    pepper: env.API_KEY_PEPPER ?? null,
    logLevel: env.LOG_LEVEL,
    hostPages: env.HOST_PAGES ?? null,
  };
};
