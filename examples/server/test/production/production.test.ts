import { createCockpit } from '@ai-cockpit/sdk';
import { createService } from '@ai-cockpit/sdk/integration';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { type MailServer, startMailServer } from '../mail-server.js';
import { type Issuer, startIssuer } from '../own-issuer.js';
import { until } from '../notifications.js';
import { buildServer, type HostProcess, runToEnd, startHostProcess } from '../server-process.js';
import { commandOf, environment, fileOf, policyPath, runCommand, sqlBlocks } from './example.js';
import { type Front, startFront } from './front.js';

const example = environment();
const { PUBLIC_URL: publicUrl = '', PROFILE_URL: profileUrl = '' } = example;
const baseUrl = `${publicUrl}/v1`;
const smtpPassword = 'of the mail provider';

/** One statement after the other, on a database of the PostgreSQL of this run. */
const runSql = async (url: string, statements: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements.split(';').filter((text) => text.trim())) await client.query(statement);
  await client.end();
};

describe('the production example', () => {
  const administrator = inject('postgresUrl');
  const token = runCommand('openssl rand -base64 32');
  let built: Awaited<ReturnType<typeof buildServer>>;
  let issuer: Issuer;
  let mail: MailServer;
  let env: Record<string, string>;
  let processes: HostProcess[];
  let front: Front;
  const senders: string[] = [];

  /** Host names below example.com are replaced by this machine; each placeholder is made by its own command. */
  const settle = (): Record<string, string> => {
    const { host: databaseHost } = new URL(administrator);
    const made = Object.entries(example).map(([name, value]) => {
      const command = commandOf(name);
      const secret = command ? runCommand(command, { TOKEN: token }) : encodeURIComponent(smtpPassword);
      return [name, value.replace('REPLACE_ME', secret)] as const;
    });
    const settled = Object.fromEntries(made);
    return {
      ...settled,
      PORT: '0',
      DATABASE_URL: settled.DATABASE_URL?.replace('db.example.com:5432', databaseHost) ?? '',
      SMTP_URL: settled.SMTP_URL?.replace('mail.example.com:587', new URL(mail.env.SMTP_URL).host) ?? '',
      JWKS_URL: issuer.jwksUrl,
      POLICY: policyPath,
    };
  };

  beforeAll(async () => {
    built = await buildServer();
    issuer = await startIssuer();
    mail = await startMailServer({
      authOptional: false,
      onAuth({ username, password }, _, done) {
        if (username !== 'cockpit' || password !== smtpPassword) return done(new Error('Wrong password'));
        senders.push(username);
        return done(null, { user: username });
      },
    });
    env = settle();
    const [database = '', organizations = ''] = sqlBlocks();
    await runSql(administrator, database);
    const start = () => startHostProcess(built.file, env);
    processes = await Promise.all([start(), start()]);
    await runSql(env.DATABASE_URL ?? '', organizations);
    const [first, second] = processes.map(({ origin }) => origin);
    front = await startFront([first ?? '', second ?? '']);
  });
  afterAll(async () => {
    await front.close();
    for (const { kill } of processes) await kill();
    await runSql(administrator, 'drop database cockpit with (force); drop role cockpit');
    await issuer.close();
    await mail.stop();
    await built.remove();
  });

  const session = () =>
    issuer.sign({
      ...{ iss: example.JWT_ISSUER ?? '', aud: example.JWT_AUDIENCE ?? '', sub: 'user-1' },
      ...{ given_name: 'Jo', family_name: 'Hart', preferred_username: 'jo', email: 'jo@example.com' },
    });
  const cockpit = createCockpit({ baseUrl, fetch: (request) => front.fetch(request), getAccessToken: session });
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
    front.fetch(new Request(publicUrl + path, init));
  const byCookie = async (origin: string, name: string): Promise<Response> =>
    ask('/v1/api-keys', {
      method: 'POST',
      headers: {
        ...{ Cookie: `${example.SESSION_COOKIE}=${await session()}`, Origin: origin },
        ...{ 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
      },
      body: JSON.stringify({ name, expiresInDays: 30 }),
    });

  it('unchanged: refused, with a line for each placeholder', async () => {
    const { code, output } = await runToEnd(built.file, { ...example, POLICY: policyPath, PORT: '0' });
    expect(code).toBe(1);
    const names = Object.keys(example).filter((name) => example[name]?.includes('REPLACE_ME'));
    expect(names).toEqual(['DATABASE_URL', 'ENCRYPTION_KEYS', 'API_KEY_PEPPERS', 'SERVICE_TOKENS', 'SMTP_URL']);
    for (const name of names) expect(output).toMatch(new RegExp(`^${name}: still has a placeholder`, 'm'));
    expect(output.trim().split('\n')).toHaveLength(1 + names.length);
  });

  it('has known settings only, and starts without a warning', () => {
    expect(readConfig(env).warnings).toEqual([]);
    for (const { logs } of processes) expect(logs()).not.toMatch(/"level":(?:40|50|60)/);
  });

  it('paths, ports and timeouts of its files agree', () => {
    const unit = fileOf('cockpit@.service');
    expect(fileOf('cockpit.env')).toContain(/EnvironmentFile=(.+)/.exec(unit)?.[1]);
    expect(unit).toContain('ExecStart=/usr/bin/node examples/server/dist/main.js');
    expect(unit).toContain('Environment=PORT=%i');
    expect(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1])).toBeGreaterThan(10);
    expect(fileOf('nginx.conf')).toContain(`location ${new URL(publicUrl).pathname}/ {`);
    expect(fileOf('nginx.conf')).toContain(`server_name ${new URL(publicUrl).host};`);
    const ports = [...fileOf('nginx.conf').matchAll(/server 127\.0\.0\.1:(\d+);/g)].map(([, port]) => port);
    for (const port of ports) expect(fileOf('README.md')).toContain(`cockpit@${port}`);
    for (const path of [example.POLICY, '/etc/nginx/conf.d/cockpit.conf', '/etc/systemd/system/cockpit@.service'])
      expect(fileOf('README.md')).toContain(path);
  });

  it('answers /livez and /readyz behind its proxy', async () => {
    for (const path of ['/livez', '/healthz']) expect((await ask(path)).status, path).toBe(200);
    expect(await (await ask('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('a session → a profile with the organizations of the table', async () => {
    const profile = await cockpit.profile.get();
    expect(profile).toMatchObject({ id: 'user-1', firstName: 'Jo', lastName: 'Hart', email: 'jo@example.com' });
    expect(profile.organizations).toEqual([{ id: 'acme', name: 'Acme', role: 'administrator' }]);
  });

  it('creates a key by cookie from its own origin, and from no other', async () => {
    const own = await byCookie(new URL(publicUrl).origin, 'Nightly build');
    expect(own.status).toBe(201);
    expect((await byCookie('https://evil.example', 'Forged')).status).toBe(403);
    // The contract's answer to this operation.
    const { secret } = (await own.json()) as { secret: string };
    expect(secret).toMatch(/^exco_/);
    const headers = { 'X-API-KEY': secret };
    expect((await ask('/v1/integration/whoami', { headers })).status).toBe(200);
  });

  it('records the client address that its own proxy names, and no other', async () => {
    const headers = { 'X-API-KEY': 'exco_wrong', 'X-Forwarded-For': '203.0.113.9', Forwarded: 'for=198.51.100.1' };
    await ask('/v1/integration/whoami', { headers });
    const client = new pg.Client({ connectionString: env.DATABASE_URL });
    await client.connect();
    const sources = async () => {
      const { rows } = await client.query<{ source: string }>(
        `select source from cockpit.activity where outcome <> 'done'`,
      );
      return rows.map(({ source }) => source);
    };
    await until(async () => (await sources()).includes('203.0.113.9'), 'the refused key is noted');
    expect(await sources()).not.toContain('198.51.100.1');
    await client.end();
  });

  it('an event → a mail through the mail server, with links through the proxy', async () => {
    const { version } = await cockpit.notificationSettings.get();
    await cockpit.notificationSettings.update({ enabled: true }, { version });
    const service = createService({ baseUrl, serviceToken: token, fetch: (request) => front.fetch(request) });
    await service.publishEvent({
      ...{ id: 'job-7', type: 'job.completed', subject: 'organization:acme', title: 'Demand forecast' },
      ...{ occurredAt: new Date().toISOString(), link: `${new URL(profileUrl).origin}/jobs/7` },
    });
    await until(() => mail.mails.length > 0, 'the mail is there');
    const [sent] = mail.mails;
    expect(sent).toMatchObject({
      recipient: 'jo@example.com',
      from: { name: 'Example', address: 'no-reply@example.com' },
    });
    expect(senders).toContain('cockpit');
    const [unsubscribe = ''] = new RegExp(`${publicUrl}/v1/unsubscribe\\S+`).exec(sent?.text ?? '') ?? [];
    const page = await front.fetch(new Request(unsubscribe));
    expect([page.status, page.headers.get('Location')]).toEqual([303, `${profileUrl}#notifications`]);
  });

  it('SIGTERM to one process → the other serves, and no request is lost', async () => {
    expect(await processes[1]?.terminate()).toMatchObject({ code: 0 });
    for (let request = 0; request < 4; request += 1) expect((await cockpit.profile.get()).id).toBe('user-1');
  });
});
