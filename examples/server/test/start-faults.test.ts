import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { selfSigned } from './certificates.js';
import { encryptionKey } from './harness.js';
import { buildServer, runToEnd } from './server-process.js';

const listening = async <S extends Server | HttpServer>(server: S): Promise<{ server: S; port: number }> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Listening on a port.
  return { server, port: (server.address() as AddressInfo).port };
};

describe('a server that cannot start: one line with the cause, and exit code 1', () => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-faults-'));
  const servers: (Server | HttpServer)[] = [];
  let taken: number;
  let silent: number;
  let web: number;
  let tlsPort: number;
  let closed: number;
  beforeAll(async () => {
    built = await buildServer();
    const tls = await selfSigned();
    const started = await Promise.all([
      listening(createServer()),
      // Takes connections and says nothing.
      listening(createServer(() => {})),
      listening(
        createHttpServer((request, response) => {
          if (request.url === '/missing') response.writeHead(404);
          response.end(request.url === '/empty' ? '{}' : 'Hello');
        }),
      ),
      listening(createTlsServer(tls, (_, response) => response.end('{"keys":[]}'))),
      listening(createServer()),
    ]);
    servers.push(...started.map(({ server }) => server));
    [taken = 0, silent = 0, web = 0, tlsPort = 0, closed = 0] = started.map(({ port }) => port);
    await new Promise((resolve) => started[4].server.close(resolve));
    writeFileSync(join(folder, 'a-file'), 'A text, and no folder');
    mkdirSync(join(folder, 'damaged'));
    for (const name of ['ai-cockpit-one', 'cockpit'])
      writeFileSync(join(folder, 'damaged', `${name}.sqlite`), 'No database at all. '.repeat(500));
    mkdirSync(join(folder, 'demo-keys'));
    writeFileSync(join(folder, 'demo-keys', 'sessions.key.json'), '{"kty":"EC"}');
    mkdirSync(join(folder, 'demo-encryption'));
    writeFileSync(join(folder, 'demo-encryption', 'encryption.key'), 'demo:canarys3cret');
  });
  afterAll(async () => {
    for (const server of servers) {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
    }
    await built.remove();
    rmSync(folder, { recursive: true });
  });

  const demo = { DEMO: '1', PORT: '0', ENCRYPTION_KEYS: encryptionKey };
  const host = {
    PORT: '0',
    ENCRYPTION_KEYS: encryptionKey,
    JWT_ISSUER: 'https://id.example',
    JWT_AUDIENCE: 'cockpit',
    POLICY: 'ai-cockpit-one',
  };
  const database = (url: string) => ({ ...demo, DATABASE_URL: url });

  it.each<[what: string, env: () => Record<string, string>, line: RegExp]>([
    ['a port that is taken', () => ({ ...demo, PORT: String(taken) }), /^PORT: \d+ is taken by another process/],
    [
      'an address of another machine',
      () => ({ ...demo, HOST: '192.0.2.1', DEMO_PUBLIC: '1' }),
      /^HOST: "192.0.2.1" is/,
    ],
    [
      'a host name that DNS lacks',
      () => ({ ...demo, HOST: 'no.invalid', DEMO_PUBLIC: '1' }),
      /^HOST: DNS does not know/,
    ],
    [
      'a data directory in /proc',
      () => ({ ...demo, DATA_DIR: '/proc/cockpit/data' }),
      /^DATA_DIR: "\/proc\/cockpit\/data"/,
    ],
    ['a data directory in /sys', () => ({ ...demo, DATA_DIR: '/sys/cockpit' }), /^DATA_DIR: "\/sys\/cockpit" cannot/],
    [
      'a data directory that is a file',
      () => ({ ...demo, DATA_DIR: join(folder, 'a-file') }),
      /there is a file, not a folder/,
    ],
    [
      'a data directory below a file',
      () => ({ ...demo, DATA_DIR: join(folder, 'a-file/x') }),
      /^DATA_DIR: .* cannot be used/,
    ],
    [
      'a file that is no database',
      () => ({ ...demo, DATA_DIR: join(folder, 'damaged') }),
      /^DATA_DIR: the file .*no SQLite/,
    ],
    [
      'a damaged key of the demo',
      () => ({ ...demo, DATA_DIR: join(folder, 'demo-keys') }),
      /sessions\.key\.json: is not/,
    ],
    [
      'a damaged encryption key of the demo',
      () => ({ ...demo, ENCRYPTION_KEYS: '', MAKE_ENCRYPTION_KEY: '1', DATA_DIR: join(folder, 'demo-encryption') }),
      /encryption\.key: must be id:base64/,
    ],
    [
      'a database that is not there',
      () => database(`postgres://u:canary@127.0.0.1:${closed}/d`),
      /nothing accepts conn/,
    ],
    [
      'a database that does not answer',
      () => database(`postgres://u:canary@127.0.0.1:${silent}/d`),
      /no answer in time/,
    ],
    ['a database at an unknown name', () => database('postgres://u:canary@no.invalid/d'), /DNS does not (know|answer)/],
    [
      'what is no database server',
      () => database(`postgres://u:canary@127.0.0.1:${web}/d`),
      /^DATABASE_URL: the database/,
    ],
    [
      'a database that was not made',
      () => database(inject('postgresUrl').replace(/postgres$/, 'missing')),
      /no such database/,
    ],
    ['a password with a % in it', () => database('postgres://u:canary%ss@db.example/d'), /^DATABASE_URL: has a %/],
    ['a password with a # in it', () => database('postgres://u:1canary#ss@db.example/d'), /^DATABASE_URL: /],
    [
      'keys that are not there',
      () => ({ ...host, JWKS_URL: `http://127.0.0.1:${closed}/` }),
      /^JWKS_URL: .*nothing accepts/,
    ],
    [
      'keys that do not come',
      () => ({ ...host, JWKS_URL: `http://127.0.0.1:${silent}/` }),
      /^JWKS_URL: .*no answer in time/,
    ],
    ['keys at a wrong path', () => ({ ...host, JWKS_URL: `http://127.0.0.1:${web}/missing` }), /^JWKS_URL: .*not 200/],
    [
      'keys that are a page',
      () => ({ ...host, JWKS_URL: `http://127.0.0.1:${web}/` }),
      /^JWKS_URL: .*no JSON Web Key Set/,
    ],
    [
      'keys that are none',
      () => ({ ...host, JWKS_URL: `http://127.0.0.1:${web}/empty` }),
      /^JWKS_URL: .*no JSON Web Key Set/,
    ],
    [
      'keys behind a self-signed certificate',
      () => ({ ...host, JWKS_URL: `https://localhost:${tlsPort}/` }),
      /^JWKS_URL: .*self-signed: trust its authority by NODE_EXTRA_CA_CERTS/,
    ],
    [
      'an SMTP password with a % in it',
      () => ({ ...demo, SMTP_URL: 'smtp://u:canary%ss@h.example' }),
      /^SMTP_URL: has a %/,
    ],
    ['an SMTP password with a # in it', () => ({ ...demo, SMTP_URL: 'smtp://u:1canary#s@h.example' }), /^SMTP_URL: /],
    [
      'an SMTP password with a / in it',
      () => ({ ...demo, SMTP_URL: 'smtp://u:25/canary@h.example' }),
      /^SMTP_URL: ends before/,
    ],
    [
      'a file of a secret that is missing',
      () => ({ ...demo, SMTP_URL_FILE: '/none/x' }),
      /^SMTP_URL_FILE: there is no file/,
    ],
    [
      'a policy that is missing',
      () => ({ ...demo, POLICY: '/none/x.json' }),
      /^POLICY: there is no file "\/none\/x.json"/,
    ],
    ['a folder as the policy', () => ({ ...demo, POLICY: `${folder}/damaged/../x.json/..` }), /^POLICY: /],
    ['pages that are missing', () => ({ ...demo, HOST_PAGES: '/none' }), /^HOST_PAGES: there is no folder "\/none"/],
  ])('%s', async (_, env, line) => {
    const { code, output } = await runToEnd(built.file, { DATA_DIR: join(folder, 'data'), ...env() });
    expect(output).toMatch(new RegExp(line.source, 'm'));
    expect(code).toBe(1);
    expect(output).not.toMatch(/canary|Ready:|\bat .*:\d+:\d+/);
    expect(output.trim().split('\n').slice(0, 3)).toEqual(['The server cannot start:', expect.anything()]);
  });

  it('several invalid settings and files: all are named at once', async () => {
    const policy = join(folder, 'my-host.json');
    const providers = join(folder, 'providers.json');
    writeFileSync(policy, '{"layuot": "tabs"}');
    writeFileSync(providers, '[{"id": "Acme"}]');
    const { output } = await runToEnd(built.file, {
      PORT: '70000',
      LOG_LEVEL: 'wran',
      ALLOWED_ORIGINS: 'https://app.example, https://app.example/path',
      SMTP_URL: 'mail.example',
      POLICY: policy,
      PROVIDERS: providers,
      API_KEY_PEPER: 'x',
    });
    for (const line of [
      /^PORT: "70000" is not a whole number from 0 to 65535\. Example: PORT=4400$/,
      /^LOG_LEVEL: "wran" is not debug, info, warn, error or silent\. Did you mean "warn"\?/,
      /^ALLOWED_ORIGINS: .*"https:\/\/app\.example\/path", which is not an origin/,
      /^SMTP_URL: is not an address/,
      /^JWKS_URL: must be set/,
      /^ENCRYPTION_KEYS: must be set/,
      /^POLICY: layuot: is not known here; there are .*\. Did you mean "layout"\?$/,
      /^PROVIDERS: 0\.id: must be of lower-case letters, digits and hyphens; found "Acme"$/,
      /^API_KEY_PEPER is not a setting\. Did you mean API_KEY_PEPPER\?$/,
    ])
      expect(output).toMatch(new RegExp(line.source, 'm'));
  });
});
