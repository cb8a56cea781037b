import { statSync } from 'node:fs';
import type { AddressRange } from './values/addresses.js';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { presets } from '@ai-cockpit/sdk/presets';
import type { ConnectionLimits } from './adapters/http-connections.js';
import type { Catalogue } from './providers/catalogue.js';
import type { PepperSetting } from './domain/peppers.js';
import type { KeyWrapping } from './ports/key-wrapping.js';
import { catalogue } from './providers/index.js';
import type { ServiceToken } from './ports/service-token.js';
import type { EncryptionKey } from './settings/kinds.js';
import { type NamedPolicy, readPolicy } from './settings/policy-file.js';
import { readProviders } from './settings/providers-file.js';
import { readSettings } from './settings/read-settings.js';
import { redactLine, shown } from './documents/shown.js';
import type { SmtpOptions } from './adapters/smtp-mail-server.js';

/** Settings that cannot be served with: one line for each that is wrong, none of which repeats a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const conjunction = new Intl.ListFormat('en-GB');

/** Settings that only the demo reads. */
const demoOnly = ['DEMO_PUBLIC', 'HOST_PAGES', 'MAKE_ENCRYPTION_KEY', 'CATCH_MAIL'] as const;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Whether what listens there is reached from this machine alone. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || (isIP(host) !== 0 && loopback.check(host, isIPv6(host) ? 'ipv6' : 'ipv4'));

/** The sender of the demo's mail, unless it is said: each product in its own name. */
export const demoSender = 'cockpit@localhost';

const withPresets = (configured: NamedPolicy[]): NamedPolicy[] => {
  const named = Object.entries(presets).map(([name, policy]) => ({ name, policy }));
  return [...named.filter(({ name }) => !configured.some((policy) => policy.name === name)), ...configured];
};

/** An address that others are written below: nothing behind its path, and no slash at its end. */
const withoutEnd = (address: string): string => {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
};

export interface Config {
  port: number;
  host: string;
  connections: ConnectionLimits;
  dataDir: string;
  databaseUrl: string | null;
  publicUrl: string | null;
  allowedOrigins: string[];
  /** Proxies whose forwarding headers are trusted. */
  trustedProxies: AddressRange[];
  /** How far the clocks of two machines may be apart. */
  clockToleranceSeconds: number;
  /** The providers that ship, and the host's own. */
  catalogue: Catalogue;
  /** One, for a host with an issuer of its own; in the demo every preset, and the configured policy. */
  products: NamedPolicy[];
  /** `null` serves the demo, whose sessions it makes itself. */
  issuer: { jwksUrl: string; issuer: string; audience: string } | null;
  /** The endpoint that tells whether a session was ended; `null` if there is none. */
  introspection: { url: string; authorization: string } | null;
  encryptionKeys: EncryptionKey[] | null;
  /** A key-management service, which only a program of the host's own can give. */
  keyWrapping: KeyWrapping | null;
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
  /** The current one first. */
  peppers: PepperSetting[];
  activityRetentionDays: number;
  logLevel: string;
  hostPages: string | null;
  /** Warnings: the server starts, and an operator should read them. One line each. */
  warnings: string[];
}

/**
 * All settings and the files that they name, checked at once.
 *
 * @throws ConfigurationError with one line for each fault
 */
export const readConfig = (variables: Readonly<Record<string, string | undefined>>): Config => {
  const { values: env, given, faults, warnings } = readSettings(variables);
  const isDemo = env.DEMO;

  /** Says that one setting needs others beside it. */
  const needs = (name: keyof typeof env, others: readonly (keyof typeof env)[], why = ''): void => {
    if (!given.has(name)) return;
    const missing = others.filter((other) => !given.has(other));
    if (missing.length > 0) faults.push(`${name}: needs ${conjunction.format(missing)} beside it${why}`);
  };
  needs('JWKS_URL', ['JWT_ISSUER', 'JWT_AUDIENCE', 'POLICY']);
  needs('INTROSPECTION_URL', ['INTROSPECTION_AUTHORIZATION']);
  needs('INTROSPECTION_AUTHORIZATION', ['INTROSPECTION_URL']);
  if (!isDemo) {
    needs('SMTP_URL', ['MAIL_FROM']);
    // Recipients cannot open the address that the server listens on, and so could not unsubscribe.
    needs('SMTP_URL', ['PUBLIC_URL'], ': mails lead there');
  }
  const isDemoKnown = !faults.some((fault) => fault.startsWith('DEMO: '));
  if (isDemoKnown && !isDemo && !given.has('JWKS_URL'))
    faults.push(
      'JWKS_URL: must be set, with JWT_ISSUER, JWT_AUDIENCE and POLICY: whose sessions are taken. To try the demo ' +
        'instead, which signs anybody in: DEMO=1',
    );
  const ofIssuer = (['JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'] as const).find((name) => given.has(name));
  if (isDemo && ofIssuer)
    faults.push(`DEMO: 1 signs anybody in, and ${ofIssuer} is set too: leave ${ofIssuer} out, or set DEMO=0`);
  if (isDemo && variables.NODE_ENV === 'production')
    faults.push('DEMO: 1 signs anybody in, and NODE_ENV is production: leave one of the two out');
  if (isDemo && !env.DEMO_PUBLIC && !isLoopback(env.HOST))
    faults.push(
      `HOST: ${shown(env.HOST)} is not this machine's own address, and the demo signs anybody in: leave HOST out, or ` +
        'set DEMO_PUBLIC=1 if everybody there may be anybody',
    );
  if (!isDemo) for (const name of demoOnly) if (given.has(name)) warnings.push(`${name} does nothing without DEMO=1`);

  const makeEncryptionKey = env.MAKE_ENCRYPTION_KEY && isDemo;
  if (!given.has('ENCRYPTION_KEYS') && !makeEncryptionKey)
    faults.push(
      'ENCRYPTION_KEYS: must be set: id:base64 of 32 bytes. Example: ENCRYPTION_KEYS="first:$(openssl rand -base64 32)"',
    );

  const isPagesFolder = !env.HOST_PAGES || statSync(env.HOST_PAGES, { throwIfNoEntry: false })?.isDirectory();
  if (isDemo && !isPagesFolder) faults.push(`HOST_PAGES: there is no folder ${shown(env.HOST_PAGES)}`);

  const fromFile = <T extends object>(name: string, read: T | { faults: string[] }): T | null => {
    if (!('faults' in read)) return read;
    faults.push(...read.faults.map((fault) => redactLine(`${name}: ${fault}`)));
    return null;
  };
  const own = env.PROVIDERS ? fromFile('PROVIDERS', readProviders(env.PROVIDERS)) : { providers: catalogue };
  const providers = own?.providers ?? catalogue;
  const named = env.POLICY ? fromFile('POLICY', readPolicy(env.POLICY, own && providers)) : null;
  const configured = named ? [named.policy] : [];

  if (faults.length > 0) throw new ConfigurationError([...faults, ...warnings].join('\n'));
  const unnamed = env.API_KEY_PEPPER === null ? [] : [{ id: null, text: env.API_KEY_PEPPER }];
  const peppers = [...(env.API_KEY_PEPPERS ?? []), ...unnamed];
  const mailFrom = env.MAIL_FROM ?? demoSender;
  return {
    port: env.PORT,
    host: env.HOST,
    connections: {
      maxConnections: env.MAX_CONNECTIONS,
      requestTimeout: env.REQUEST_TIMEOUT,
      keepAliveTimeout: env.KEEP_ALIVE_TIMEOUT,
      idleTimeout: env.IDLE_TIMEOUT,
    },
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    publicUrl: env.PUBLIC_URL && withoutEnd(env.PUBLIC_URL),
    allowedOrigins: env.ALLOWED_ORIGINS,
    trustedProxies: env.TRUSTED_PROXIES,
    clockToleranceSeconds: env.CLOCK_TOLERANCE,
    catalogue: providers,
    products: isDemo ? withPresets(configured) : configured,
    issuer:
      env.JWKS_URL && env.JWT_ISSUER && env.JWT_AUDIENCE
        ? { jwksUrl: env.JWKS_URL, issuer: env.JWT_ISSUER, audience: env.JWT_AUDIENCE }
        : null,
    introspection:
      env.INTROSPECTION_URL && env.INTROSPECTION_AUTHORIZATION
        ? { url: env.INTROSPECTION_URL, authorization: env.INTROSPECTION_AUTHORIZATION }
        : null,
    encryptionKeys: env.ENCRYPTION_KEYS,
    keyWrapping: null,
    makeEncryptionKey,
    serviceTokens: env.SERVICE_TOKENS,
    smtp: env.SMTP_URL ? { url: env.SMTP_URL, from: mailFrom } : null,
    catchMail: env.CATCH_MAIL && isDemo && !env.SMTP_URL,
    profileUrl: env.PROFILE_URL?.replace(/#.*$/, '') ?? null,
    sessionCookie: env.SESSION_COOKIE,
    peppers,
    activityRetentionDays: env.ACTIVITY_RETENTION_DAYS,
    logLevel: env.LOG_LEVEL,
    hostPages: env.HOST_PAGES,
    warnings,
  };
};
