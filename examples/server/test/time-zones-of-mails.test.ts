import { type HostPolicy, relativeTime } from '@ai-cockpit/sdk/contract';
import { aipConsole } from '@ai-cockpit/sdk/presets';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, type TestServer } from './harness.js';
import { type MailServer, startMailServer } from './mail-server.js';
import { eventOf, optIn, patchSettings, publish, settingsOf, startConsole } from './notifications.js';
import { mint, minted, request, withApiKeys } from './request.js';

/** Half past ten in the evening in UTC; in Honolulu it is noon, in Kiritimati it is noon of the next day. */
const now = Date.parse('2026-12-01T22:30:00Z');

const policy: HostPolicy = {
  ...withApiKeys({ owner: 'user', fields: { name: 'required', description: 'optional' } }),
  notifications: aipConsole.notifications,
};

/** As a page says it, which goes by the zone of its machine. */
const onPageIn = (zone: string, expires: string): string => {
  const { TZ } = process.env;
  process.env.TZ = zone;
  try {
    return relativeTime(expires, now, 'en', { isAhead: true });
  } finally {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  }
};

describe.each(databases)('dates in mails on %s', (database) => {
  let mail: MailServer;
  let server: TestServer;
  beforeEach(async () => {
    mail = await startMailServer();
    server = await startConsole(mail, { database, policy, clock: { now: () => now } });
  });
  afterEach(async () => {
    await server.close();
    await mail.stop();
  });

  const mailOf = async (act: () => Promise<unknown>) => {
    await act();
    await server.sweep();
    await server.settled();
    const { subject = '', text = '' } = mail.mails.at(-1) ?? {};
    return { subject, text };
  };
  const createKey = async (expiresAt: string) =>
    minted(await mint(server, '/api-keys', { name: 'Nightly', expiresAt }, 'ana'));

  it.each([
    // Half past midnight of the 4th in UTC.
    [null, '2026-12-04T00:30:00Z', 'in 3 days', 'December 4, 2026 at 12:30 AM UTC'],
    ['Pacific/Honolulu', '2026-12-04T00:30:00Z', 'in 2 days', 'December 3, 2026 at 2:30 PM HST'],
    ['Pacific/Kiritimati', '2026-12-04T00:30:00Z', 'in 2 days', 'December 4, 2026 at 2:30 PM GMT+14'],
    // A date is that date everywhere, and today is another date in each zone.
    ['Pacific/Honolulu', '2026-12-04', 'in 3 days', 'December 4, 2026 at 11:59 PM UTC'],
    ['Pacific/Kiritimati', '2026-12-04', 'in 2 days', 'December 4, 2026 at 11:59 PM UTC'],
    // Over for the calendar of Kiritimati soon, and not for the key.
    ['Pacific/Kiritimati', '2026-12-02', 'today', 'December 2, 2026 at 11:59 PM UTC'],
  ])('the zone %s, as on the page: a key that expires %s → %s', async (zone, expires, when, at) => {
    await optIn(server, 'ana', { timeZone: zone });
    const { subject, text } = await mailOf(() => createKey(expires));
    expect(subject).toBe(`API key “Nightly” expires ${when}`);
    expect(text).toContain(`Expires: ${at}`);
    expect(onPageIn(zone ?? 'UTC', expires)).toBe(when);
  });

  it('a mail about an event → the person’s zone and language', async () => {
    await optIn(server, 'ana', { timeZone: 'Pacific/Kiritimati', locale: 'ja' });
    const { text } = await mailOf(() => publish(server, eventOf({ occurredAt: '2026-12-01T20:05:00Z' })));
    expect(text).toContain('日時：2026年12月2日 10:05 GMT+14');
  });

  it('a zone that this machine does not know → UTC', async () => {
    await optIn(server, 'ana');
    await server.store.db.updateTable('notificationSettings').set({ timeZone: 'Mars/Olympus_Mons' }).execute();
    expect(await settingsOf(server, 'ana')).toMatchObject({ enabled: true });
    const { subject, text } = await mailOf(() => createKey('2026-12-04T00:30:00Z'));
    expect(subject).toBe('API key “Nightly” expires in 3 days');
    expect(text).toContain('Expires: December 4, 2026 at 12:30 AM UTC');
  });

  it('the saved zone stays until another one or none is saved', async () => {
    expect(await settingsOf(server, 'ana')).toMatchObject({ timeZone: null });
    await optIn(server, 'ana', { timeZone: 'Asia/Kolkata' });
    await patchSettings(server, 'ana', { enabled: false });
    expect(await settingsOf(server, 'ana')).toMatchObject({ timeZone: 'Asia/Kolkata' });
    await patchSettings(server, 'ana', { timeZone: null });
    expect(await settingsOf(server, 'ana')).toMatchObject({ timeZone: null });
    expect((await request(server, '/notification-settings', { as: 'ana' })).status).toBe(200);
  });
});
