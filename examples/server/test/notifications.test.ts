import { createHash } from 'node:crypto';
import { aicHub, aipConsole } from '@ai-cockpit/sdk/presets';
import { createService } from '@ai-cockpit/sdk/integration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audienceOf } from '../src/domain/notifications/audience.js';
import { startServer, type TestServer } from './harness.js';
import { type MailServer, startMailServer } from './mail-server.js';
import {
  databases,
  eventOf,
  optIn,
  patchSettings,
  publish,
  serviceToken,
  settingsOf,
  startConsole,
} from './notifications.js';
import { outcome, read, request } from './request.js';

describe.each(databases)('notifications on %s', (database) => {
  let mail: MailServer;
  let server: TestServer;
  beforeAll(async () => {
    mail = await startMailServer();
    server = await startConsole(mail, { database });
  });
  afterAll(async () => {
    await server.close();
    await mail.stop();
  });

  const lastTwoSubjects = () =>
    mail.mails
      .slice(-2)
      .map(({ subject }) => subject)
      .sort();

  /** The recipients of the mails since the last call. */
  const mailedBy = async (work: () => Promise<unknown>): Promise<string[]> => {
    const before = mail.mails.length;
    await work();
    await server.settled();
    return mail.mails
      .slice(before)
      .map(({ recipient }) => recipient)
      .sort();
  };

  describe('settings', () => {
    it('are off by default, and go to the address of the profile', async () => {
      expect(await settingsOf(server, 'eve')).toEqual({
        email: 'eve@acme.example',
        enabled: false,
        events: aipConsole.notifications?.events,
        locale: 'en',
        timeZone: null,
        delivery: 'ready',
        queue: null,
        version: 1,
      });
    });

    it('a change with the current version → saved; with another version → 412', async () => {
      const headers = { 'If-Match': '"1"' };
      const patch = { email: ' eve.mail@acme.example ', enabled: true, events: ['job.failed'], locale: 'ja' };
      const change = (json: object, headers: Record<string, string> = {}) =>
        request(server, '/notification-settings', { as: 'eve', method: 'PATCH', json, headers });
      expect(await outcome(await change(patch))).toBe('428 version_required');
      const changed = await change(patch, headers);
      expect(changed.headers.get('ETag')).toBe('"2"');
      expect(await read(changed)).toMatchObject({ ...patch, email: 'eve.mail@acme.example', version: 2 });
      expect(await outcome(await change({ enabled: false }, headers))).toBe('412 version_stale');
      expect(await settingsOf(server, 'eve')).toMatchObject({ enabled: true, version: 2 });
      expect(await read(await patchSettings(server, 'eve', { enabled: false }))).toMatchObject({
        enabled: false,
        events: ['job.failed'],
      });
    });

    it('two first changes at once → one is applied', async () => {
      const first = (events: string[]) =>
        request(server, '/notification-settings', {
          as: 'frank',
          method: 'PATCH',
          json: { events },
          headers: { 'If-Match': '"1"' },
        });
      const outcomes = await Promise.all(
        [first(['job.failed']), first(['job.stopped'])].map(async (sent) => outcome(await sent)),
      );
      expect(outcomes.sort()).toEqual(['200', '412 version_stale']);
    });

    it.each([
      [{ email: 'nowhere' }, 'email:format'],
      [{ email: '' }, 'email:format'],
      [{ email: 'a@b.example\r\nBcc: c@d.example' }, 'email:format'],
      [{ events: ['job.failed', 'rain.fallen'] }, 'events.1:not_offered'],
      [{ enabled: 'yes' }, 'enabled:type'],
      [{ locale: 'tlh' }, 'locale:format'],
      [{ timeZone: 'Mars/Olympus_Mons' }, 'timeZone:format'],
      [{ timeZone: '+02:00' }, 'timeZone:format'],
      [{ timeZone: '' }, 'timeZone:format'],
      [{ timeZone: 'A'.repeat(101) }, 'timeZone:too_long'],
      [{ timeZone: 60 }, 'timeZone:type'],
      [{ delivery: 'ready' }, 'delivery:unknown'],
    ])('refuse %j', async (json, fault) => {
      const { version } = await settingsOf(server, 'bruno');
      const headers = { 'If-Match': `"${version}"` };
      const refused = await request(server, '/notification-settings', { as: 'bruno', method: 'PATCH', json, headers });
      expect(await outcome(refused)).toBe(`422 invalid ${fault}`);
      expect(await settingsOf(server, 'bruno')).toMatchObject({ version: 1 });
    });

    it('switching on without an address → 422', async () => {
      expect(await outcome(await patchSettings(server, 'somebody', { enabled: true }))).toBe(
        '422 invalid email:required',
      );
      expect(await outcome(await patchSettings(server, 'somebody', { enabled: true, email: 's@b.example' }))).toBe(
        '200',
      );
    });

    it('no session → 401; a policy without notifications → 403', async () => {
      expect(await outcome(await request(server, '/notification-settings'))).toBe('401 unauthenticated');
      const without = await startServer({ database, policy: aicHub });
      expect(await outcome(await request(without, '/notification-settings', { as: 'ana' }))).toBe('403 not_offered');
      const patch = { as: 'ana', method: 'PATCH', json: { enabled: true }, headers: { 'If-Match': '"1"' } };
      expect(await outcome(await request(without, '/notification-settings', patch))).toBe('403 not_offered');
      await without.close();
    });

    it('say if no mail server is configured; an administrator sees how many mails wait', async () => {
      const without = await startConsole({ ...mail, env: { ...mail.env, SMTP_URL: '' } }, { database });
      await optIn(without, 'ana');
      await publish(without, eventOf());
      const { delivery, queue } = await settingsOf(without, 'ana');
      expect({ delivery, waiting: queue?.waiting }).toEqual({ delivery: 'not_configured', waiting: 1 });
      expect(Date.parse(queue?.oldestAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
      expect(await settingsOf(without, 'bruno')).toMatchObject({ delivery: 'not_configured', queue: null });
      await without.close();
    });
  });

  describe('events', () => {
    beforeAll(async () => {
      await optIn(server, 'ana', { email: 'ana.mail@acme.example' });
      await optIn(server, 'carla', { events: ['job.failed'] });
      await optIn(server, 'dora');
    });

    it.each(aipConsole.notifications?.events ?? [])(
      '%s → a mail to each person who opted in, and to no other',
      async (type) => {
        const mailed = await mailedBy(() => publish(server, eventOf({ type })));
        // Bruno and Eve belong to Acme and want nothing; Dora wants all, and belongs elsewhere.
        expect(mailed).toEqual(
          type === 'job.failed' ? ['ana.mail@acme.example', 'carla@acme.example'] : ['ana.mail@acme.example'],
        );
      },
    );

    it('a mail has the outcome, the application, the time and a link to the host', async () => {
      const event = eventOf({
        type: 'job.failed',
        title: 'Rain & <b>Sun</b>',
        link: 'https://cockpit.example/jobs/7?a=1&b=2',
      });
      await mailedBy(() => publish(server, event));
      const sent = mail.mails.find(
        ({ recipient, subject }) => recipient.startsWith('ana') && subject?.includes('Rain'),
      );
      expect(sent?.subject).toBe('Job failed: Rain & <b>Sun</b>');
      expect(sent?.from?.address).toBe('no-reply@cockpit.example');
      expect(sent?.text).toContain('When: November 20, 2026 at 8:30 AM UTC');
      expect(sent?.text).toContain('Go to AIP Console: https://cockpit.example/jobs/7?a=1&b=2');
      expect(sent?.html).toContain('Rain &amp; &lt;b&gt;Sun&lt;/b&gt;');
      expect(sent?.html).not.toContain('<b>Sun');
      expect(sent?.html).toContain('href="https://cockpit.example/jobs/7?a=1&amp;b=2"');
    });

    it('a mail has one recipient, whatever the address contains', async () => {
      const link = 'https://cockpit.example/jobs \u202Ehttps://evil.example/';
      await mailedBy(() => publish(server, eventOf({ link })));
      const encoded = 'https://cockpit.example/jobs%20%E2%80%AEhttps://evil.example/';
      expect(mail.mails.at(-1)?.text).toContain(`Go to AIP Console: ${encoded}`);
      expect(mail.mails.at(-1)?.html).toContain(`href="${encoded}"`);
    });

    it("a mail is in the person's language, with the host's own wording", async () => {
      const messages = { 'pt-BR': { 'notifications.event.job.completed': 'Tarefa pronta' } };
      const own = await startConsole(mail, { database, policy: { ...aipConsole, messages } });
      await optIn(own, 'ana', { locale: 'pt-BR' });
      await publish(own, eventOf());
      await publish(own, eventOf({ type: 'job.failed' }));
      await own.settled();
      expect(lastTwoSubjects()).toEqual(['Job com falha: Demand forecast', 'Tarefa pronta: Demand forecast']);
      expect(mail.mails.at(-1)?.text).toMatch(/20 de novembro de 2026.* UTC/);
      await own.close();
    });

    it('a custom event → the host’s wording, or its name', async () => {
      const events = ['backup.done', 'backup.late'];
      const messages = { en: { 'notifications.event.backup.done': 'Backup done' } };
      const own = await startConsole(mail, {
        database,
        policy: { ...aipConsole, notifications: { events }, messages },
      });
      await optIn(own, 'ana');
      for (const type of events) await publish(own, eventOf({ type }));
      await own.settled();
      expect(lastTwoSubjects()).toEqual(['Backup done: Demand forecast', 'backup.late: Demand forecast']);
      await own.close();
    });

    it('the same event published several times at once → one mail', async () => {
      const event = eventOf();
      const mailed = await mailedBy(async () => {
        const answers = await Promise.all(Array.from({ length: 5 }, () => publish(server, event)));
        expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
        expect(await read(await publish(server, { ...event, title: 'Another' }))).toEqual({
          id: event.id,
          recipients: 1,
          reason: null,
        });
      });
      expect(mailed).toEqual(['ana.mail@acme.example']);
    });

    it.each([
      ['a person', { subject: 'user:ana' }, ['ana.mail@acme.example']],
      ['another organization', { subject: 'organization:globex' }, ['ana.mail@acme.example', 'dora@globex.example']],
      [
        'an organization, narrowed',
        { subject: 'organization:globex', recipients: ['dora', 'carla'] },
        ['dora@globex.example'],
      ],
      ['an application of the host', { subject: 'forecast', recipients: ['dora', 'eve'] }, ['dora@globex.example']],
      ['nobody known', { subject: 'organization:initech' }, []],
      ['a person, for another', { subject: 'user:ana', recipients: ['dora'] }, []],
      ['a person who does not exist', { subject: 'user:nobody' }, []],
      ['an application of the host, for nobody who asked', { subject: 'forecast', recipients: ['eve'] }, []],
    ])(
      'an event about %s → mails to those who may see it, and their number in the answer',
      async (_, event, mailed) => {
        let answer: unknown;
        expect(
          await mailedBy(async () => {
            answer = await read(await publish(server, eventOf(event)));
          }),
        ).toEqual(mailed);
        const isUnknown = ['organization:initech', 'user:nobody'].includes(event.subject);
        const why = isUnknown ? 'unknown_subject' : 'no_subscribers';
        expect(answer).toMatchObject({ recipients: mailed.length, reason: mailed.length > 0 ? null : why });
      },
    );

    it('a person who has left → no mail', async () => {
      await optIn(server, 'bruno');
      await server.store.directory.removeMembership('bruno', 'acme');
      expect(await mailedBy(() => publish(server, eventOf()))).toEqual(['ana.mail@acme.example']);
    });

    it('a hundred recipients → as many directory requests as for one', async () => {
      const { store } = server;
      const people = Array.from({ length: 100 }, (_, index) => `of-many-${index}`);
      await store.directory.addOrganization({ id: 'umbrella', name: 'Umbrella' });
      for (const person of people) await store.directory.setMembership(person, 'umbrella', 'member');
      const settings = { email: null, enabled: 1, declined: '[]', locale: 'en', timeZone: null, version: 2 };
      for (const userId of people) await store.notificationSettings.add({ ...settings, userId });
      const asked: string[] = [];
      const noted = <T>(name: string, answer: T): T => {
        asked.push(name);
        return answer;
      };
      const directory = {
        ...store.directory,
        admits: (id: string) => noted('admits', store.directory.admits(id)),
        memberships: (id: string) => noted('memberships', store.directory.memberships(id)),
        members: (id: string) => noted('members', store.directory.members(id)),
      };
      const audience = await audienceOf({ store, directory }, eventOf({ subject: 'organization:umbrella' }));
      expect(audience.sort()).toEqual(people.sort());
      expect(asked).toEqual(['members']);
    });

    it.each([
      [{ type: 'rain.fallen' }, 'type:not_offered'],
      [{ link: 'https://cockpit.example.evil.example/' }, 'link:not_offered'],
      [{ link: 'https://evil.example/cockpit.example' }, 'link:not_offered'],
      [{ link: 'https://cockpit.example@evil.example/' }, 'link:not_offered'],
      [{ link: 'javascript:alert(1)//https://cockpit.example' }, 'link:format'],
      [{ subject: 'forecast' }, 'recipients:required'],
      [{ title: 'Forecast\r\nBcc: everybody@evil.example' }, 'title:characters'],
      [{ title: 'Forecast \u202Etxt.exe' }, 'title:characters'],
      [{ occurredAt: 'yesterday' }, 'occurredAt:format'],
      [{ id: '' }, 'id:too_short'],
      // A character that PostgreSQL can neither store nor search.
      [{ id: 'forecast\0' }, 'id:characters'],
      [{ subject: 'organization:acme\0' }, 'subject:characters'],
      [{ priority: 1 }, 'priority:unknown'],
    ])('an event with %j → 422', async (event, fault) => {
      expect(
        await mailedBy(async () =>
          expect(await outcome(await publish(server, { ...eventOf(), ...event }))).toBe(`422 invalid ${fault}`),
        ),
      ).toEqual([]);
    });

    it('without a service token → 401', async () => {
      const service = createService({ baseUrl: server.baseUrl, serviceToken });
      const event = eventOf({ subject: 'user:nobody' });
      expect(await service.publishEvent(event)).toEqual({ id: event.id, recipients: 0, reason: 'unknown_subject' });
      const as = (headers: Record<string, string>) => request(server, '/integration/events', { json: event, headers });
      const wrong: Record<string, string>[] = [
        {},
        { Authorization: 'Bearer wrong' },
        { Authorization: `Bearer ${await server.session('ana')}` },
        { 'X-API-KEY': serviceToken },
        { Cookie: `${server.sessionCookie}=${serviceToken}` },
        { Authorization: `Bearer ${createHash('sha256').update(serviceToken).digest('hex')}` },
      ];
      for (const headers of wrong) expect(await outcome(await as(headers))).toBe('401 unauthenticated');
      const notForServices = await request(server, '/profile', {
        headers: { Authorization: `Bearer ${serviceToken}` },
      });
      expect(await outcome(notForServices)).toBe('401 unauthenticated');
      expect(`${server.logs()}${await server.dump()}`).not.toContain(serviceToken);
    });
  });
});
