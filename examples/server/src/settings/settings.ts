import {
  addressRange,
  encryptionKeys,
  flag,
  integer,
  type Kind,
  list,
  mailbox,
  matching,
  oneOf,
  origin,
  path,
  peppers,
  pepper,
  serviceUrl,
  text,
  webUrl,
} from './kinds.js';
import { serviceTokens } from './service-tokens.js';

/** One setting: what reads it, what the README and the fault lines say of it. */
export interface Setting<T> {
  kind: Kind<T>;
  /** The default, as it would be written. */
  default?: string;
  unit?: string;
  /** A value, as it would be written. */
  example: string;
  /** Its value is never shown, and may come from the file that `NAME_FILE` names. */
  isSecret?: true;
  /** One or two sentences, in Markdown. */
  about: string;
}

/** The type of a setting's value: never `null` if there is a default. */
export type ValueOf<S> = S extends { kind: Kind<infer T> } ? (S extends { default: string } ? T : T | null) : never;

const setting = <T, const S extends Omit<Setting<T>, 'kind'>>(kind: Kind<T>, its: S): S & { kind: Kind<T> } => ({
  ...its,
  kind,
});

const serving = {
  PORT: setting(integer(0, 65535), {
    default: '4400',
    example: '4400',
    about: 'The port to listen on; `0` takes a free one.',
  }),
  HOST: setting(text, {
    default: '127.0.0.1',
    example: '0.0.0.0',
    about: 'The address to listen on; `0.0.0.0` for every network of the machine.',
  }),
  MAX_CONNECTIONS: setting(integer(1, 100_000), {
    default: '2000',
    example: '500',
    about: 'Connections at the same time; more are closed unanswered, and the log says so.',
  }),
  REQUEST_TIMEOUT: setting(integer(1, 3600), {
    default: '30',
    unit: 'seconds',
    example: '60',
    about: 'In which a whole request has to arrive; else 408.',
  }),
  IDLE_TIMEOUT: setting(integer(1, 3600), {
    default: '40',
    unit: 'seconds',
    example: '60',
    about: 'After which a connection is closed whose client does not take its answer.',
  }),
  PUBLIC_URL: setting(webUrl, {
    example: 'https://cockpit.example.com',
    about:
      'How people reach the server: the origin that may write with the session cookie, and [the path](#behind-a-proxy) ' +
      'that every address begins with. By default, `http://HOST:PORT`.',
  }),
  ALLOWED_ORIGINS: setting(list(origin), {
    default: '',
    example: 'https://app.example.com',
    about: 'Other origins whose pages may call, [exactly](#pages-on-other-origins), separated by commas.',
  }),
  TRUSTED_PROXIES: setting(list(addressRange), {
    default: '',
    example: '10.0.0.0/8,2001:db8::5',
    about:
      'The [proxies](#behind-a-proxy) that are believed in what they say of the client: addresses and ranges, separated ' +
      'by commas.',
  }),
  KEEP_ALIVE_TIMEOUT: setting(integer(1, 3600), {
    default: '65',
    unit: 'seconds',
    example: '125',
    about:
      'How long a connection without a request is kept. Longer than the proxy or load balancer in front keeps its own: ' +
      'else a request of its may meet a closing connection (502).',
  }),
  LOG_LEVEL: setting(oneOf('debug', 'info', 'warn', 'error', 'silent'), {
    default: 'info',
    example: 'warn',
    about: '`debug`, `info`, `warn`, `error` or `silent`; JSON lines on standard output.',
  }),
};

const storing = {
  DATA_DIR: setting(path, {
    default: '.data',
    example: '/var/lib/cockpit',
    about: 'The folder of the SQLite files, and of the demo’s keys.',
  }),
  DATABASE_URL: setting(serviceUrl('a postgres:// address', /^postgres(ql)?:$/, { hasPath: true }), {
    example: 'postgres://cockpit:password@db.example.com:5432/cockpit',
    isSecret: true,
    about:
      'PostgreSQL instead of SQLite; each product in a schema of its own. [PgBouncer](#databases) may stand before it.',
  }),
  ACTIVITY_RETENTION_DAYS: setting(integer(1, 36_500), {
    default: '400',
    unit: 'days',
    example: '730',
    about: 'How long activity [is kept](#what-is-kept-and-for-how-long), and a key that has expired or been revoked.',
  }),
};

const secrets = {
  ENCRYPTION_KEYS: setting(encryptionKeys, {
    example: 'first:base64 from `openssl rand -base64 32`',
    isSecret: true,
    about:
      'Required: `id:base64 of 32 bytes`, several separated by commas. New secrets are encrypted under the first. ' +
      'To make one: `openssl rand -base64 32`.',
  }),
  API_KEY_PEPPER: setting(pepper, {
    example: 'the output of `openssl rand -base64 32`',
    isSecret: true,
    about:
      'A pepper: stored hashes of API keys are then HMACs, useless without it. Keys made before it was set go on ' +
      'working. Beside `API_KEY_PEPPERS`, an older one.',
  }),
  API_KEY_PEPPERS: setting(peppers, {
    example: '2026:the output of `openssl rand -base64 32`',
    isSecret: true,
    about:
      'Several peppers, so that one can be [rolled](#rolling-keys): `id:pepper`, separated by commas, the current one ' +
      'first.',
  }),
};

const sessions = {
  JWKS_URL: setting(webUrl, {
    example: 'https://id.example.com/.well-known/jwks.json',
    about: 'The public keys of the issuer whose sessions are taken. Required, except in the demo.',
  }),
  JWT_ISSUER: setting(text, {
    example: 'https://id.example.com',
    about: 'The `iss` of a session, exactly. Required beside `JWKS_URL`.',
  }),
  JWT_AUDIENCE: setting(text, {
    example: 'cockpit',
    about: 'An `aud` of a session, exactly. Required beside `JWKS_URL`.',
  }),
  CLOCK_TOLERANCE: setting(integer(0, 300), {
    default: '30',
    unit: 'seconds',
    example: '60',
    about: 'How far the clocks of two machines may be apart, as the issuer’s of sessions and this server’s.',
  }),
  SESSION_COOKIE: setting(matching(/^[A-Za-z0-9_-]+$/, 'the name of a cookie: letters, digits, _ and -'), {
    example: 'session',
    about: 'The name of the cookie that may hold a session, beside bearer tokens.',
  }),
  INTROSPECTION_URL: setting(webUrl, {
    example: 'https://id.example.com/introspect',
    about:
      'Where to ask, with each request of a session, whether it [has been ended](#sessions-that-are-ended) (RFC 7662).',
  }),
  INTROSPECTION_AUTHORIZATION: setting(
    matching(/^[\x21-\x7e]+( [\x21-\x7e]+)+$/, 'a header such as Basic … or Bearer …'),
    {
      example: 'Bearer token',
      isSecret: true,
      about: 'The `Authorization` header to ask with. Required beside `INTROSPECTION_URL`.',
    },
  ),
};

const offering = {
  POLICY: setting(path, {
    example: '/etc/cockpit/my-host.json',
    about:
      'The name of a preset, or the path of a `.json` file. With an issuer, required: what is served at `/v1`. In the ' +
      'demo: one more product, at `/{file name}/`.',
  }),
  PROVIDERS: setting(path, {
    example: '/etc/cockpit/providers.json',
    about: 'The path of a `.json` file: [providers of the host’s own](#providers-of-ones-own), beside those that ship.',
  }),
  PROFILE_URL: setting(webUrl, {
    example: 'https://app.example.com/me',
    about:
      'The host’s page with the profile, where mails lead. By default `PUBLIC_URL` and `/`; in the demo, the ' +
      'product’s page.',
  }),
  SERVICE_TOKENS: setting(serviceTokens, {
    default: '',
    example: `jobs:${'0'.repeat(8)}…`,
    isSecret: true,
    about:
      'The host’s own services, which may publish events: `name:SHA-256 in hex`, separated by commas. To make one’s ' +
      'hash: `printf %s "$TOKEN" | sha256sum`.',
  }),
};

const mail = {
  SMTP_URL: setting(serviceUrl('an smtp:// or smtps:// address', /^smtps?:$/, { hasPath: false }), {
    example: 'smtp://user:password@mail.example.com:587',
    isSecret: true,
    about:
      'The mail server. A password goes over TLS only, except to this machine. Needs `MAIL_FROM` and `PUBLIC_URL`; the ' +
      'demo needs neither. Without it nothing is sent, and people are told so. A certificate of an authority of your own: ' +
      '`NODE_EXTRA_CA_CERTS`, [below](#certificates).',
  }),
  MAIL_FROM: setting(mailbox, {
    example: 'Example <no-reply@example.com>',
    about: 'The sender of mail, `Name <address>`. An address alone is sent with the name of the product.',
  }),
};

const demo = {
  DEMO: setting(flag, {
    default: '0',
    example: '1',
    about:
      '`1` serves the demo, which signs anybody in as anybody, with every preset at `/{its name}/`. `npm start` sets it. ' +
      'Refused where `NODE_ENV` is `production`.',
  }),
  DEMO_PUBLIC: setting(flag, {
    default: '0',
    example: '1',
    about: '`1` lets the demo listen on addresses that other machines reach.',
  }),
  HOST_PAGES: setting(path, {
    example: 'examples/host/dist',
    about: 'A folder of pages to serve beside the APIs.',
  }),
  MAKE_ENCRYPTION_KEY: setting(flag, {
    default: '0',
    example: '1',
    about: '`1` makes a key in `DATA_DIR` where `ENCRYPTION_KEYS` is not set.',
  }),
  CATCH_MAIL: setting(flag, {
    default: '0',
    example: '1',
    about:
      '`1` keeps mail, where `SMTP_URL` is not set, for everybody to read at `/mail`, and as JSON at ' +
      '`/mail/messages.json`.',
  }),
};

/** By the heading they stand under in the README. */
export const settingGroups = {
  Serving: serving,
  Storing: storing,
  'Keys and secrets': secrets,
  Sessions: sessions,
  'Policy and features': offering,
  Mail: mail,
  'The demo': demo,
} satisfies Record<string, Record<string, Setting<unknown>>>;

/** Every setting, by its name in the environment. A new one goes into one of the groups above, and nowhere else. */
export const settings = {
  ...serving,
  ...storing,
  ...secrets,
  ...sessions,
  ...offering,
  ...mail,
  ...demo,
};

export type Settings = { [Name in keyof typeof settings]: ValueOf<(typeof settings)[Name]> };
