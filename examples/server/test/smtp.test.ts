import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aipConsole } from '@ai-cockpit/sdk/presets';
import type { SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Mail } from '../src/ports/mail.js';
import { smtpMailServer } from '../src/adapters/smtp-mail-server.js';
import { type Certificate, selfSigned } from './certificates.js';
import { encryptionKey, system } from './harness.js';
import { type MailServer, startMailServer } from './mail-server.js';
import { eventOf, optIn, publish, serviceTokens, until } from './notifications.js';
import { buildServer, startProcess } from './server-process.js';

const letter: Mail = {
  messageId: '<one@cockpit.example>',
  date: Date.parse('2026-11-20T08:30:00Z'),
  to: 'ana@acme.example',
  subject: 'Größe: 日本 ✓',
  text: 'Text\n',
  html: '<p>HTML</p>',
  senderName: 'Example',
  unsubscribeUrl: `https://cockpit.example/v1/unsubscribe?token=${'x'.repeat(150)}`,
};

const refusing = (responseCode: number) => Object.assign(new Error('No: canary@acme.example'), { responseCode });

describe('SMTP', () => {
  let mail: MailServer | undefined;
  afterEach(() => mail?.stop());

  const send = async (
    options: SMTPServerOptions = {},
    url = (server: MailServer) => server.env.SMTP_URL,
    changes: Partial<Mail> = {},
  ) => {
    mail = await startMailServer(options);
    const server = smtpMailServer({ url: url(mail), from: mail.env.MAIL_FROM });
    const delivery = await server.send({ ...letter, ...changes });
    server.close();
    return delivery;
  };

  it('sends a mail unchanged, with the headers for one-click unsubscribe', async () => {
    expect(await send()).toEqual({ outcome: 'accepted' });
    const [received] = mail?.mails ?? [];
    expect(received).toMatchObject({
      recipient: letter.to,
      messageId: letter.messageId,
      subject: letter.subject,
      from: { address: 'no-reply@cockpit.example', name: 'Cockpit' },
      date: '2026-11-20T08:30:00.000Z',
    });
    const headers = new Map(received?.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('list-unsubscribe')).toBe(`<${letter.unsubscribeUrl}>`);
    expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(received?.text?.trim()).toBe('Text');
    expect(received?.html?.trim()).toBe('<p>HTML</p>');
  });

  it.each([
    '=?utf-8?Q?=0D=0ABcc:_canary@evil.example?=',
    '=?UTF-8?B?SW52b2ljZQ==?=',
    'Report =?iso-8859-1?q?=A1Hola?= of today',
    '=?utf-8?Q?a?= =?utf-8?Q?b?=',
    '=?utf-8?Q?never closed',
    '=?=?utf-8?B?PT9=?=?=',
    `${'=?utf-8?Q?long?= 日本 '.repeat(12)}end`,
    'a =? b ?= c',
    'Größe: =?utf-8?Q?x?=',
  ])('73 a title that looks like an encoded word → shown as typed: %s', async (subject) => {
    expect(await send({}, undefined, { subject })).toEqual({ outcome: 'accepted' });
    expect(mail?.mails[0]).toMatchObject({ subject, recipient: letter.to });
    const names = mail?.mails[0]?.headers.map(({ key }) => key);
    expect(names).not.toContain('bcc');
    expect(new Set(names).size).toBe(names?.length);
  });

  it('73 an address that looks like an encoded word → shown as typed', async () => {
    const to = '=?utf-8?q?ceo?=@acme.example';
    expect(await send({}, undefined, { to })).toEqual({ outcome: 'accepted' });
    expect(mail?.mails[0]).toMatchObject({ recipient: to, to: [{ address: to, name: '' }] });
  });

  it.each<[string, SMTPServerOptions, object]>([
    ['a mailbox that is not there', { onRcptTo: (_, __, done) => done(refusing(550)) }, { outcome: 'refused' }],
    ['a mailbox that is full', { onRcptTo: (_, __, done) => done(refusing(452)) }, { outcome: 'deferred' }],
    [
      'a mail that is not taken',
      { onData: (stream, _, done) => void stream.resume().on('end', () => done(refusing(554))) },
      { outcome: 'refused' },
    ],
    [
      'a mail that is not taken now',
      { onData: (stream, _, done) => void stream.resume().on('end', () => done(refusing(451))) },
      { outcome: 'deferred' },
    ],
    ['a sender that is not allowed', { onMailFrom: (_, __, done) => done(refusing(550)) }, { outcome: 'unavailable' }],
    ['a server that is about to close', { onRcptTo: (_, __, done) => done(refusing(421)) }, { outcome: 'unavailable' }],
    ['a server that takes nobody', { onConnect: (_, done) => done(refusing(554)) }, { outcome: 'unavailable' }],
  ])('reports %s, without an address in the reason', async (_, options, wanted) => {
    const delivery = await send(options);
    expect(delivery).toMatchObject(wanted);
    expect(delivery.reason).toMatch(/^[A-Z]+ \d* ?/);
    expect(JSON.stringify(delivery)).not.toContain('canary');
  });

  it('reports a server that is not reachable', async () => {
    mail = await startMailServer();
    await mail.stop();
    const server = smtpMailServer({ url: mail.env.SMTP_URL, from: mail.env.MAIL_FROM });
    expect(await server.send(letter)).toMatchObject({ outcome: 'unavailable' });
    await mail.start();
    expect(await server.send(letter)).toEqual({ outcome: 'accepted' });
    server.close();
  });

  const withPassword = (host: string) => (server: MailServer) =>
    server.env.SMTP_URL.replace('127.0.0.1', `cockpit:p%40ss@${host}`);
  const signIns: string[] = [];
  const askingForPassword: SMTPServerOptions = {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) => {
      signIns.push(`${username} ${password}`);
      done(null, { user: username });
    },
  };

  it('signs in with the name and password of its address', async () => {
    expect(await send(askingForPassword, withPassword('127.0.0.1'))).toEqual({ outcome: 'accepted' });
    expect(signIns.splice(0)).toEqual(['cockpit p@ss']);
  });

  it('sends no password to another machine without TLS', async () => {
    // Leads to this machine, but does not say so.
    const delivery = await send(askingForPassword, withPassword('0.0.0.0'));
    expect(delivery).toEqual({ outcome: 'unavailable', reason: expect.stringMatching(/^ETLS/) as string });
    expect(signIns).toEqual([]);
  });

  const wrongPassword: SMTPServerOptions = {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_, __, done) => done(new Error('canary')),
  };
  const at = (change: (url: string) => string) => (server: MailServer) => change(server.env.SMTP_URL);
  const onLocalhost = at((url) => url.replace('127.0.0.1', 'localhost'));
  const overTls = at((url) => url.replace('smtp:', 'smtps:').replace('127.0.0.1', 'localhost'));
  const withTls = (certificate: Certificate, more: SMTPServerOptions = {}): SMTPServerOptions => ({
    ...certificate,
    disabledCommands: [],
    ...more,
  });

  it.each<
    [what: string, options: () => Promise<SMTPServerOptions>, url: (server: MailServer) => string, words: RegExp]
  >([
    [
      'a self-signed certificate of STARTTLS',
      async () => withTls(await selfSigned()),
      onLocalhost,
      /self-signed: trust its authority by NODE_EXTRA_CA_CERTS/,
    ],
    [
      'a self-signed certificate of TLS from the start',
      async () => withTls(await selfSigned(), { secure: true }),
      overTls,
      /self-signed: trust its authority by NODE_EXTRA_CA_CERTS/,
    ],
    [
      'a certificate that has expired',
      async () => withTls(await selfSigned({ isExpired: true })),
      onLocalhost,
      /the certificate has expired/,
    ],
    ['TLS where there is none', () => Promise.resolve({}), overTls, /there is no TLS at that port/],
    [
      'no STARTTLS where a password needs it',
      () => Promise.resolve(askingForPassword),
      withPassword('0.0.0.0'),
      /offers no STARTTLS/,
    ],
    [
      'a password that is refused',
      () => Promise.resolve(wrongPassword),
      withPassword('127.0.0.1'),
      /refuses the user or the password/,
    ],
    [
      'a host name that DNS lacks',
      () => Promise.resolve({}),
      at(() => 'smtp://mail.invalid:25'),
      /DNS does not (know|answer)/,
    ],
    ['a closed port', () => Promise.resolve({}), at(() => 'smtp://127.0.0.1:1'), /nothing accepts connections/],
  ])('names the cause: %s', async (_, options, url, words) => {
    const delivery = await send(await options(), url);
    expect(delivery).toMatchObject({ outcome: 'unavailable', reason: expect.stringMatching(words) as string });
    expect(delivery.reason).not.toMatch(/canary|p@ss|p%40ss/);
  });

  it('a server that accepts connections and is silent → reported as not answering', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    // Listening on a port.
    const { port } = silent.address() as AddressInfo;
    const server = smtpMailServer({ url: `smtp://127.0.0.1:${port}`, from: 'a@b.example' });
    expect(await server.check()).toMatch(/did not greet in time/);
    server.close();
    silent.close();
  });
});

describe('a server that is given a mail server with a certificate of its own', () => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-smtp-'));
  beforeAll(async () => {
    built = await buildServer();
  });
  afterAll(async () => {
    await built.remove();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['logs the cause at its start', false],
    ['sends by it where NODE_EXTRA_CA_CERTS names its authority', true],
  ])('%s', async (_, isTrusted) => {
    const certificate = await selfSigned();
    const mail = await startMailServer({ ...certificate, disabledCommands: [] });
    const authority = join(folder, 'ca.pem');
    const policy = join(folder, 'test.json');
    writeFileSync(authority, certificate.cert);
    writeFileSync(policy, JSON.stringify(aipConsole));
    const server = await startProcess(built.file, {
      ...mail.env,
      SMTP_URL: mail.env.SMTP_URL.replace('127.0.0.1', 'localhost'),
      DATA_DIR: join(folder, String(isTrusted)),
      ENCRYPTION_KEYS: encryptionKey,
      SERVICE_TOKENS: serviceTokens,
      POLICY: policy,
      ...(isTrusted && { NODE_EXTRA_CA_CERTS: authority }),
    });
    if (isTrusted) {
      await optIn(server.of(system), 'ana');
      expect((await publish(server.of(system), eventOf())).status).toBe(202);
      await until(() => mail.mails.length === 1, 'the mail arrived');
      expect(server.logs()).not.toContain('the mail server cannot be used');
    } else {
      await until(() => /self-signed.*the mail server cannot be used/.test(server.logs()), 'the log said the cause');
    }
    await server.kill();
    await mail.stop();
  });
});
