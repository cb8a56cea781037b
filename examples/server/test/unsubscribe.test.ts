import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.js';
import { Keyring } from '../src/domain/keyring.js';
import { UnsubscribeLinks } from '../src/domain/notifications/unsubscribe-links.js';
import { encryptionKey, type TestServer } from './harness.js';
import { type MailServer, startMailServer } from './mail-server.js';
import { databases, eventOf, optIn, publish, settingsOf, startConsole } from './notifications.js';
import { outcome, request } from './request.js';

const day = 24 * 60 * 60 * 1000;

describe.each(databases)('unsubscribing on %s', (database) => {
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
  beforeEach(() => optIn(server, 'ana'));

  const header = (name: string) => mail.mails.at(-1)?.headers.find(({ key }) => key === name)?.value ?? '';

  /** The path of the link in the mail that has just come. */
  const linkInMail = async (): Promise<string> => {
    await publish(server, eventOf({ subject: 'user:ana' }));
    await server.settled();
    const [, url = ''] = /^<(.*)>$/.exec(header('list-unsubscribe')) ?? [];
    expect(mail.mails.at(-1)?.text).toContain(`Unsubscribe: ${url}`);
    expect(mail.mails.at(-1)?.html).toContain(`href="${url}"`);
    const base = 'https://cockpit.example/test/v1';
    expect(url.startsWith(`${base}/unsubscribe?token=`)).toBe(true);
    return url.slice(base.length);
  };
  const follow = (path: string, method = 'GET') =>
    fetch(server.baseUrl + path, {
      method,
      redirect: 'manual',
      // A mail program's (RFC 8058); and a cookie that a browser would send along.
      ...(method === 'POST' && {
        body: 'List-Unsubscribe=One-Click',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: `${server.sessionCookie}=whatever` },
      }),
    });
  const isOn = async () => (await settingsOf(server, 'ana')).enabled;

  it('a mail has the headers for one-click unsubscribe', async () => {
    await linkInMail();
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  it('one click needs no session, and is recorded in the activity', async () => {
    const path = await linkInMail();
    expect((await follow(path, 'POST')).status).toBe(204);
    expect(await isOn()).toBe(false);
    expect((await follow(path, 'POST')).status).toBe(204);
    const told = await server.store.db
      .selectFrom('activity')
      .select(['ownerId', 'actorKind'])
      .where('action', '=', 'notification_settings.unsubscribed')
      .execute();
    expect(told).toEqual([{ ownerId: 'ana', actorKind: 'none' }]);
  });

  it('a link that is only opened, as by a mail scanner → nothing changes, and it leads to the switch', async () => {
    const followed = await follow(await linkInMail());
    expect(followed.status).toBe(303);
    expect(followed.headers.get('Location')).toBe('https://cockpit.example/test/#notifications');
    expect(followed.headers.get('Cache-Control')).toBe('no-store');
    expect(await isOn()).toBe(true);
  });

  it('an expired link → leads to the switch', async () => {
    const path = await linkInMail();
    server.advance(89 * day);
    expect((await follow(path, 'POST')).status).toBe(204);
    await optIn(server, 'ana');
    server.advance(2 * day);
    expect(await outcome(await follow(path, 'POST'))).toBe('400 malformed');
    expect(await isOn()).toBe(true);
    expect((await follow(path)).status).toBe(303);
  });

  it('a forged or incomplete link → 400', async () => {
    const path = await linkInMail();
    const [claims = '', tag = ''] = path.replace('/unsubscribe?token=', '').split('.');
    const forged = (userId: string) =>
      Buffer.from(JSON.stringify([userId, server.clock.now() + day])).toString('base64url');
    for (const token of [
      'x',
      `${claims}.`,
      claims,
      `${claims}.${tag}.${tag}`,
      `${forged('bruno')}.${tag}`,
      `${claims}.${'A'.repeat(43)}`,
    ])
      expect(await outcome(await follow(`/unsubscribe?token=${token}`, 'POST'))).toBe('400 malformed');
    expect(await outcome(await follow('/unsubscribe', 'POST'))).toBe('400 malformed token:required');
    expect(await outcome(await follow('/unsubscribe'))).toBe('400 malformed token:required');
    expect(await isOn()).toBe(true);
  });

  it('a link of another host with the same keys → 400', async () => {
    const keyring = new Keyring(readConfig({ DEMO: '1', ENCRYPTION_KEYS: encryptionKey }).encryptionKeys ?? []);
    const now = server.clock.now();
    const pathFor = async (host: string) => {
      const api = `https://cockpit.example/${host}/v1`;
      return (await new UnsubscribeLinks(keyring, api, new URL(api).pathname).write('ana', now)).slice(api.length);
    };
    expect(await outcome(await follow(await pathFor('other'), 'POST'))).toBe('400 malformed');
    expect(await isOn()).toBe(true);
    expect((await follow(await pathFor('test'), 'POST')).status).toBe(204);
  });

  it('the token of a link is in no log', async () => {
    const path = await linkInMail();
    await follow(path);
    await follow(path, 'POST');
    const token = path.split('=')[1] ?? '';
    expect(token.length).toBeGreaterThan(40);
    expect(`${server.logs()}${await server.dump()}`).not.toContain(token);
  });

  it('a link made under an older encryption key → still works', async () => {
    const path = await linkInMail();
    const keys = 'new:QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=,test:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=';
    const rolled = await startConsole(mail, { database, beside: server, env: { ENCRYPTION_KEYS: keys } });
    expect((await fetch(rolled.baseUrl + path, { method: 'POST' })).status).toBe(204);
    await rolled.close();
    expect(await isOn()).toBe(false);
  });

  it('a key or session in a query → still refused elsewhere', async () => {
    expect(await outcome(await request(server, '/profile?token=x', { as: 'ana' }))).toBe('401 unauthenticated');
  });
});
