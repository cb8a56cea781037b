import { afterEach, describe, expect, it } from 'vitest';
import type { SMTPServerOptions } from 'smtp-server';
import type { Mail } from '../src/ports/mail.js';
import { smtpMailServer } from '../src/smtp.js';
import { type MailServer, startMailServer } from './mail-server.js';

const letter: Mail = {
  messageId: '<one@cockpit.example>',
  date: Date.parse('2026-11-20T08:30:00Z'),
  to: 'ana@acme.example',
  subject: 'Größe: 日本 ✓',
  text: 'Text\n',
  html: '<p>HTML</p>',
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

  it('carries a mail as it is, with what mail programs need for one click', async () => {
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
  ])('73 a title that looks like an encoded word is shown as it was typed: %s', async (subject) => {
    expect(await send({}, undefined, { subject })).toEqual({ outcome: 'accepted' });
    expect(mail?.mails[0]).toMatchObject({ subject, recipient: letter.to });
    const names = mail?.mails[0]?.headers.map(({ key }) => key);
    expect(names).not.toContain('bcc');
    expect(new Set(names).size).toBe(names?.length);
  });

  it('73 an address that looks like an encoded word is shown as it was typed', async () => {
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
  ])('tells %s from the rest, and no address in the reason', async (_, options, wanted) => {
    const delivery = await send(options);
    expect(delivery).toMatchObject(wanted);
    expect(delivery.reason).toMatch(/^[A-Z]+ \d* ?/);
    expect(JSON.stringify(delivery)).not.toContain('canary');
  });

  it('tells a server that is not there', async () => {
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

  it('gives its password to no other machine without TLS', async () => {
    // Leads to this machine, but does not say so.
    const delivery = await send(askingForPassword, withPassword('0.0.0.0'));
    expect(delivery).toEqual({ outcome: 'unavailable', reason: expect.stringMatching(/^ETLS/) as string });
    expect(signIns).toEqual([]);
  });
});
