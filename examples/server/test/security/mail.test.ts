import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aipConsole } from '@ai-cockpit/sdk/presets';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, databases, encryptionKey, startServer, system, type TestServer } from '../harness.js';
import { type MailServer, startMailServer } from '../mail-server.js';
import {
  eventOf,
  optIn,
  patchSettings,
  publish,
  serviceTokens,
  settingsOf,
  startConsole,
  until,
} from '../notifications.js';
import { request } from '../request.js';
import { buildServer, startProcess } from '../server-process.js';

const minute = 60_000;
const people = ['ana', 'bruno', 'carla', 'eve'];

describe.each(databases)('the outbox on %s', (database) => {
  let mail: MailServer;
  let server: TestServer;
  const start = async (...of: Parameters<typeof startMailServer>) => {
    mail = await startMailServer(...of);
    server = await startConsole(mail, { database });
  };
  beforeEach(() => start());
  afterEach(async () => {
    await server.close();
    await mail.stop();
  });

  const waiting = async () => (await server.store.outbox.waiting()).waiting;
  const allSent = () => until(async () => (await waiting()) === 0, 'nothing waited');
  const idsOf = ({ mails }: MailServer) => mails.map(({ messageId = '' }) => messageId);
  const states = async () =>
    (await server.store.db.selectFrom('mail').select('state').orderBy('state').execute()).map(({ state }) => state);

  it('63 the mail server is down for a while → each mail is sent once when it is back', async () => {
    for (const person of people) await optIn(server, person);
    await mail.stop();
    for (let count = 0; count < 5; count++) expect((await publish(server, eventOf())).status).toBe(202);
    // Attempts fail, again and again.
    for (let count = 0; count < 5; count++) {
      server.advance(minute);
      await request(server, '/notification-settings', { as: 'ana' });
      await publish(server, eventOf({ subject: 'user:ana' }));
      await server.settled();
    }
    expect(mail.mails).toEqual([]);
    expect(await waiting()).toBe(25);
    expect((await settingsOf(server, 'ana')).queue?.waiting).toBe(25);
    expect(server.logs()).toContain('the mail server is not available');
    expect(server.logs()).not.toContain('@acme.example');

    await mail.start();
    server.advance(minute);
    await allSent();
    expect(mail.mails).toHaveLength(25);
    expect(new Set(idsOf(mail)).size).toBe(25);
    expect((await settingsOf(server, 'ana')).queue).toEqual({ waiting: 0, oldestAt: null });
    expect(server.logs()).toContain('the mail server is back');
    // And no more of them later.
    server.advance(60 * minute);
    await publish(server, eventOf({ subject: 'user:ana' }));
    await allSent();
    expect(mail.mails).toHaveLength(26);
  });

  it('63 a restart of the server → waiting mails are still sent', async () => {
    await optIn(server, 'ana');
    await mail.stop();
    await publish(server, eventOf());
    await server.settled();
    const again = await startConsole(mail, { database, beside: server });
    await mail.start();
    server.advance(minute);
    await allSent();
    await again.close();
    expect(mail.mails).toHaveLength(1);
  });

  it('63 two processes at once → each mail is sent once', async () => {
    for (const person of people) await optIn(server, person);
    await mail.stop();
    for (let count = 0; count < 10; count++) await publish(server, eventOf());
    await server.settled();
    const others = [
      await startConsole(mail, { database, beside: server }),
      await startConsole(mail, { database, beside: server }),
    ];
    await mail.start();
    server.advance(minute);
    await Promise.all([server, ...others].map((each) => publish(each, eventOf({ subject: 'user:ana' }))));
    await allSent();
    for (const other of others) await other.close();
    expect(mail.mails).toHaveLength(43);
    expect(new Set(idsOf(mail)).size).toBe(43);
  });

  it('a mail that is no longer wanted when it is due → not sent', async () => {
    for (const person of people) await optIn(server, person);
    await mail.stop();
    await publish(server, eventOf());
    await server.settled();
    await patchSettings(server, 'ana', { enabled: false });
    await patchSettings(server, 'bruno', { events: ['job.failed'] });
    await server.store.directory.removeMembership('carla', 'acme');
    await server.store.directory.removePerson('eve', server.clock.now());
    await mail.start();
    server.advance(minute);
    await allSent();
    expect(mail.mails).toEqual([]);
    expect(await states()).toEqual(Array.from({ length: 4 }, () => 'unwanted'));
  });

  it('a changed address or language → the current one is used when the mail is sent', async () => {
    await optIn(server, 'ana');
    await mail.stop();
    await publish(server, eventOf());
    await server.settled();
    await patchSettings(server, 'ana', { email: 'new@acme.example', locale: 'es' });
    await mail.start();
    server.advance(minute);
    await allSent();
    expect(mail.mails.map(({ recipient, subject }) => `${recipient} ${subject}`)).toEqual([
      'new@acme.example Trabajo completado: Demand forecast',
    ]);
  });

  it('a sent mail → only the fact is stored', async () => {
    await optIn(server, 'ana');
    await publish(server, eventOf({ title: 'canary-title' }));
    await allSent();
    const [row] = await server.store.db.selectFrom('mail').selectAll().execute();
    expect(row).toMatchObject({ state: 'sent', contents: '' });
    server.advance(61 * 24 * 60 * minute);
    await server.sweep();
    expect(await server.store.db.selectFrom('mail').selectAll().execute()).toEqual([]);
    expect(await server.store.db.selectFrom('publishedEvent').selectAll().execute()).toEqual([]);
  });

  it('a permanent refusal → no retry, an activity entry for the person, and other mails are sent', async () => {
    await server.close();
    await mail.stop();
    await start({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('carla') ? Object.assign(new Error('No such mailbox'), { responseCode: 550 }) : null),
    });
    for (const person of people) await optIn(server, person);
    await publish(server, eventOf());
    await allSent();
    expect(mail.mails.map(({ recipient }) => recipient).sort()).toEqual([
      'ana@acme.example',
      'bruno@acme.example',
      'eve@acme.example',
    ]);
    expect(await states()).toEqual(['refused', 'sent', 'sent', 'sent']);
    const told = await server.store.db
      .selectFrom('activity')
      .select(['ownerId', 'outcome', 'detail'])
      .where('action', '=', 'mail.refused')
      .execute();
    expect(told).toEqual([{ ownerId: 'carla', outcome: 'refused', detail: '{"reason":"EENVELOPE 550 RCPT TO"}' }]);
  });

  it('a temporary refusal → retried later, and other mails are sent meanwhile', async () => {
    await server.close();
    await mail.stop();
    let busy = true;
    await start({
      onRcptTo: ({ address }, _session, done) =>
        done(busy && address.startsWith('carla') ? Object.assign(new Error('Later'), { responseCode: 451 }) : null),
    });
    for (const person of people) await optIn(server, person);
    await publish(server, eventOf());
    await until(() => mail.mails.length === 3, 'the others were sent');
    await server.settled();
    expect(await waiting()).toBe(1);
    busy = false;
    server.advance(2 * minute);
    await allSent();
    expect(mail.mails.map(({ recipient }) => recipient).at(-1)).toBe('carla@acme.example');
  });

  it('five days of failures → no further retry', async () => {
    await server.close();
    await mail.stop();
    await start({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('Later'), { responseCode: 451 })),
    });
    await optIn(server, 'ana');
    await publish(server, eventOf());
    await server.settled();
    expect(await waiting()).toBe(1);
    server.advance(5 * 24 * 60 * minute + minute);
    await allSent();
    expect(await states()).toEqual(['refused']);
  });

  it('no mail server for long → old mails are dropped, and not sent when it comes', async () => {
    await server.close();
    const unconfigured = { ...mail, env: { ...mail.env, SMTP_URL: '' } };
    server = await startConsole(unconfigured, { database });
    await optIn(server, 'ana');
    await publish(server, eventOf());
    server.advance(6 * 24 * 60 * minute);
    await publish(server, eventOf({ title: 'Demand of today' }));
    await server.sweep();
    expect(await waiting()).toBe(1);
    const configured = await startConsole(mail, { database, beside: server });
    await allSent();
    await configured.close();
    expect(mail.mails.map(({ subject }) => subject)).toEqual(['Job completed: Demand of today']);
    expect(await states()).toEqual(['refused', 'sent']);
  });
});

describe.each(databases)('a server killed on %s', (database) => {
  let built: Awaited<ReturnType<typeof buildServer>>;
  const folder = mkdtempSync(join(tmpdir(), 'cockpit-mail-'));
  beforeAll(async () => {
    built = await buildServer();
  });
  afterAll(async () => {
    await built.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('63 between the acceptance of a mail and its record → sends it again, under the same Message-ID', async () => {
    const policy = join(folder, `${system}.json`);
    writeFileSync(policy, JSON.stringify(aipConsole));
    const databaseUrl = database === 'postgres' ? await createDatabase() : undefined;
    let kill = () => {};
    const mail = await startMailServer({}, () => kill());
    const dataDir = join(folder, database);
    const killed = await startProcess(built.file, {
      ...mail.env,
      DATA_DIR: dataDir,
      ENCRYPTION_KEYS: encryptionKey,
      SERVICE_TOKENS: serviceTokens,
      POLICY: policy,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    });
    const served = killed.of(system);
    const gone = new Promise<void>((resolve, reject) => {
      // The mail server has the whole mail, and says so to nobody.
      kill = () => void killed.kill().then(resolve, reject);
    });
    await optIn(served, 'ana');
    expect((await publish(served, eventOf())).status).toBe(202);
    await gone;
    kill = () => {};

    const later = { now: () => Date.now() + 5 * minute };
    const again = await startServer({
      database,
      policy: aipConsole,
      env: mail.env,
      beside: { clock: later, dataDir, databaseUrl },
    });
    await until(async () => (await again.store.outbox.waiting()).waiting === 0, 'nothing waited');
    await again.close();
    await mail.stop();
    const [first, second, ...more] = mail.mails;
    expect(more).toEqual([]);
    expect(second?.messageId).toMatch(/^<\w+@cockpit\.example>$/);
    expect(second?.messageId).toBe(first?.messageId);
    expect(second?.text).toBe(first?.text);
  });
});
