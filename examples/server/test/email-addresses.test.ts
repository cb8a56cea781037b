import { format as textOf } from 'node:util';
import type { Activity, Page, Profile } from '@ai-cockpit/sdk/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { startServer, type TestServer } from './harness.js';
import { type MailServer, startMailServer } from './mail-server.js';
import { databases, eventOf, optIn, patchSettings, publish, settingsOf, startConsole } from './notifications.js';
import { outcome, read, request } from './request.js';

type Envelope = { from: string; to: string; smtpUtf8: boolean };

describe.each(databases)('e-mail addresses on %s', (database) => {
  let mail: MailServer;
  let server: TestServer;
  let envelopes: Envelope[] = [];

  /** The address in the SMTP dialogue; the test server's parsed address has the domain decoded again. */
  const noteCommand = (_: unknown, format: unknown, ...values: unknown[]) => {
    const line = textOf(format, ...values);
    const from = /MAIL FROM:<([^>]*)>(.*)/.exec(line);
    const to = /RCPT TO:<([^>]*)>/.exec(line);
    if (from) sender = { from: from[1] ?? '', smtpUtf8: from[2]?.includes('SMTPUTF8') ?? false };
    if (to) envelopes.push({ ...sender, to: to[1] ?? '' });
  };
  let sender: Omit<Envelope, 'to'> = { from: '', smtpUtf8: false };

  const start = async (hideSMTPUTF8: boolean, { isAway = false } = {}) => {
    envelopes = [];
    const ignore = () => {};
    const logger = {
      level: ignore,
      trace: ignore,
      debug: noteCommand,
      info: ignore,
      warn: ignore,
      error: ignore,
      fatal: ignore,
    };
    mail = await startMailServer({ hideSMTPUTF8, logger });
    if (isAway) await mail.stop();
    server = await startConsole(mail, { database });
  };
  afterEach(async () => {
    await server.close();
    await mail.stop();
  });

  const activityOf = async (as: string) =>
    (await read<Page<Activity>>(await request(server, '/activity', { as }))).data.filter(
      ({ action }) => action === 'mail.refused',
    );
  const publishToAll = async () => {
    expect((await publish(server, eventOf())).status).toBe(202);
    await server.settled();
  };

  describe('a mail server that offers SMTPUTF8', () => {
    // Beside a local part beyond ASCII the domain may be so, too (RFC 6531, 3.3).
    it.each([
      ['jos\u00e9@exemplo.com', 'jos\u00e9@exemplo.com', true],
      ['jose\u0301@m\u00fcller.de', 'jos\u00e9@m\u00fcller.de', true],
      ['\u7528\u6237@\u4f8b\u5b50.\u4e2d\u56fd', '\u7528\u6237@\u4f8b\u5b50.\u4e2d\u56fd', true],
      ['ana@M\u00dcLLER.de', 'ana@xn--mller-kva.de', false],
      ["o'neil&co@example.com", "o'neil&co@example.com", false],
      ['\ufeff ana@acme.example\u200b\r\n', 'ana@acme.example', false],
    ])('%j in the settings: mailed at %s, SMTPUTF8 requested only where needed', async (typed, to, smtpUtf8) => {
      await start(false);
      await optIn(server, 'ana', { email: typed });
      await publishToAll();
      expect(envelopes).toEqual([{ from: 'no-reply@cockpit.example', to, smtpUtf8 }]);
      expect(mail.mails[0]?.to?.[0]?.address).toBeTruthy();
      expect(await activityOf('ana')).toEqual([]);
    });
  });

  describe('a mail server without SMTPUTF8', () => {
    it('an address that needs SMTPUTF8 → no mail, an activity entry with the cause; other addresses are mailed', async () => {
      await start(true);
      await optIn(server, 'ana', { email: 'jos\u00e9@exemplo.com' });
      await optIn(server, 'bruno', { email: 'bruno@m\u00fcller.de' });
      await optIn(server, 'carla');
      await publishToAll();
      await publishToAll();
      expect(envelopes.map(({ to }) => to).sort()).toEqual([
        'bruno@xn--mller-kva.de',
        'bruno@xn--mller-kva.de',
        'carla@acme.example',
        'carla@acme.example',
      ]);
      expect(await activityOf('ana')).toMatchObject([
        { outcome: 'refused', count: 2, detail: { reason: 'SMTPUTF8 is not offered by the mail server' } },
      ]);
      expect(await activityOf('bruno')).toEqual([]);
      expect(await server.store.outbox.waiting()).toMatchObject({ waiting: 0 });
      // Where it is offered from then on, the same address is mailed.
      await patchSettings(server, 'ana', { email: 'jose@exemplo.com' });
      await publishToAll();
      expect(envelopes.map(({ to }) => to)).toContain('jose@exemplo.com');
    });

    it('down, and then up → the mail waits, and its refusal is recorded then', async () => {
      // From the start: the server asks then what the mail server offers.
      await start(true, { isAway: true });
      await optIn(server, 'ana', { email: 'jos\u00e9@exemplo.com' });
      await publishToAll();
      expect(await server.store.outbox.waiting()).toMatchObject({ waiting: 1 });
      expect(await activityOf('ana')).toEqual([]);
      await mail.start();
      server.advance(60_000);
      await publishToAll();
      expect(await activityOf('ana')).toMatchObject([{ count: 2 }]);
      expect(await server.store.outbox.waiting()).toMatchObject({ waiting: 0 });
    });
  });

  describe('the people table that a host fills', () => {
    it.each([
      [' Ana@M\u00dcLLER.de\r\n', 'Ana@m\u00fcller.de', 'Ana@xn--mller-kva.de'],
      ['jose\u0301@exemplo.com', 'jos\u00e9@exemplo.com', 'jos\u00e9@exemplo.com'],
      ['ana@acme.example\u200b', 'ana@acme.example', 'ana@acme.example'],
      ['Ana <ana@acme.example>', 'Ana <ana@acme.example>', null],
      ['ana@intranet', 'ana@intranet', null],
      ['ana@acme.example, eve@evil.example', 'ana@acme.example, eve@evil.example', null],
      ['', '', null],
    ])('%j: shown as %j, mailed at %s', async (filled, shown, mailed) => {
      await start(false);
      await request(server, '/profile', { as: 'ana' });
      await server.store.db.updateTable('person').set({ email: filled }).where('id', '=', 'ana').execute();
      expect((await read<Profile>(await request(server, '/profile', { as: 'ana' }))).email).toBe(shown);
      expect((await settingsOf(server, 'ana')).email).toBe(mailed === null ? '' : shown);
      const optingIn = await patchSettings(server, 'ana', { enabled: true });
      expect(await outcome(optingIn)).toBe(mailed === null ? '422 invalid email:required' : '200');
      await publishToAll();
      expect(envelopes.map(({ to }) => to)).toEqual(mailed === null ? [] : [mailed]);
    });
  });
});

describe('MAIL_FROM', () => {
  const sender = (MAIL_FROM: string) => () =>
    readConfig({ DEMO: '1', ENCRYPTION_KEYS: `one:${'A'.repeat(43)}=`, MAIL_FROM });

  it.each([
    'no-reply@m\u00fcller.de',
    'Cockpit <no-reply@m\u00fcller.de>',
    'Cockpit \u682a\u5f0f\u4f1a\u793e <no-reply@example.com>',
    'cockpit@localhost',
  ])('%j: taken', (from) => {
    expect(sender(from)).not.toThrow();
  });

  it.each(['no-reply@exa\u200bmple.com', 'no\u00adreply@example.com', 'Cockpit <no-reply@m\u00fcller>', 'no-reply'])(
    '%j: refused',
    (from) => {
      expect(sender(from)).toThrow(/^MAIL_FROM: .+ is not an address, as in: /);
    },
  );
});

describe.each(databases)('names in tables that a host fills, on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database });
    await request(server, '/profile', { as: 'ana' });
  });
  afterAll(() => server.close());

  it.each([
    ['Ac\u00adme\u200b', 'Acme'],
    ['  Acme\u00a0', 'Acme'],
    ['\u200b', 'acme'],
    ['\u3164\u2800', 'acme'],
    ['', 'acme'],
    ['👩‍👩‍👧 Acme', '👩‍👩‍👧 Acme'],
    ['شرکت نمونه‌ای', 'شرکت نمونه‌ای'],
  ])('an organization %j: shown as %j, in the profile as with its keys', async (filled, shown) => {
    await server.store.db.updateTable('organization').set({ name: filled }).where('id', '=', 'acme').execute();
    const profile = await read<Profile>(await request(server, '/profile', { as: 'ana' }));
    expect(profile.organizations[0]).toMatchObject({ id: 'acme', name: shown });
    const policy = await read<{ organization: { name: string } }>(await request(server, '/policy', { as: 'ana' }));
    expect(policy.organization.name).toBe(shown);
  });

  it.each([
    ['An\u00ada\u200b', '\u3164', 'login', 'Ana', 'Ana'],
    ['\u200b', '\u00ad', 'lo\u00adgin', '', 'login'],
    ['', '\u2800', '\u3164', '', 'ana@acme.example'],
    ['नेहा', 'शर्मा', '', 'नेहा', 'नेहा शर्मा'],
  ])(
    'a person %j %j, %j: shown by the visible characters of the name',
    async (firstName, lastName, loginName, shown, named) => {
      const filled = { firstName, lastName, loginName, email: 'ana@acme.example' };
      await server.store.db.updateTable('person').set(filled).where('id', '=', 'ana').execute();
      expect((await read<Profile>(await request(server, '/profile', { as: 'ana' }))).firstName).toBe(shown);
      const json = {
        provider: 'github-projects',
        name: `T ${named}`,
        code: `c-${Math.random()}`.replace('.', ''),
        values: { token: 't' },
      };
      expect(await outcome(await request(server, '/provider-tokens', { as: 'ana', json }))).toBe('201');
      const { data } = await read<Page<Activity>>(await request(server, '/activity', { as: 'ana' }));
      expect(data[0]?.actor?.name).toBe(named);
    },
  );
});
