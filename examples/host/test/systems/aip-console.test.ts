import type { NotificationSettings, NotificationSettingsPatch } from '@ai-cockpit/sdk/contract';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../../../server/test/mail-server.js';
import { complaintsOf, tabTo } from '../browser.js';
import { startedDemo } from '../started-demo.js';
import { everythingIn } from './page.js';

type Demo = ReturnType<typeof startedDemo>;

/** One mail as the demo has caught it (`/mail/messages.json`). */
interface CaughtMail {
  id: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  headers: { name: string; value: string }[];
}

const system = 'aip-console';
const form = /^[^.]{8}\.[^.]{32}$/;
const empty = 'No API key found. Generate one to create it.';
/** People whose first organization is Acme, by role. */
const people = { administrator: 'ana', manager: 'bruno', member: 'carla', viewer: 'eve' };

const settingsOf = async (demo: Demo, user: string): Promise<NotificationSettings> =>
  (await (await demo.ask(user, 'GET', '/notification-settings')).json()) as NotificationSettings;

const patchSettings = async (demo: Demo, user: string, body: NotificationSettingsPatch): Promise<Response> => {
  const { version } = await settingsOf(demo, user);
  return demo.ask(user, 'PATCH', '/notification-settings', { body, headers: { 'if-match': `"${version}"` } });
};

/** Something happens in a host application. */
const happens = async (demo: Demo, event: { type: string; title: string; subject?: string }): Promise<void> => {
  const answer = await fetch(`${demo.server.origin}/${system}/demo/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  expect(answer.status).toBe(202);
};

const sections = (page: Page) => page.locator('profile-tabs').getByRole('heading', { level: 2 }).getByRole('button');
const switchIn = (page: Page) => page.getByRole('switch', { name: 'I want to receive e-mail notifications' });
/** And shows it, though it was the mouse that led there. */
const hasFocus = (page: Page): Promise<boolean> =>
  switchIn(page).evaluate(
    (it) => (it.getRootNode() as ShadowRoot).activeElement === it && it.matches(':focus-visible'),
  );

/** Each test is a sentence of what this product's page must show (docs/systems.md); − is what must be refused. */
describe('aip-console', () => {
  const demo = startedDemo({}, system);
  let page: Page;
  let complaints: string[];
  beforeEach(async () => {
    page = await demo.open();
    complaints = complaintsOf(page);
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  const confirm = () => page.getByRole('alertdialog');
  const generate = () => page.locator('api-key-single form').getByRole('button', { name: 'Generate API key' });
  const remove = () => page.locator('api-key-single').getByRole('button', { name: 'Delete API key' });
  /** The field of the key that there is, if any; and the one of a value that is shown once. */
  const field = () => page.getByRole('textbox', { name: 'API key' });
  const value = () => page.locator('secret-reveal').getByRole('textbox', { name: 'API key' });

  const whoAmI = async (headers: Record<string, string>): Promise<number> =>
    (await demo.ask(null, 'GET', '/integration/whoami', { headers })).status;
  const isTaken = async (key: string): Promise<boolean> => (await whoAmI({ 'x-api-key': key })) === 200;
  /** Those that work: what has been replaced is listed as revoked. */
  const keysOf = async (user: string) =>
    (
      (await (await demo.ask(user, 'GET', '/api-keys')).json()) as {
        data: { id: string; version: number; status: string }[];
      }
    ).data.filter(({ status }) => status === 'active');
  /** A key by the API, in the place of the one before it. */
  const createKey = async (user: string): Promise<string> => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const answer = await demo.ask(user, 'POST', '/api-keys', { body: {}, headers });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { secret: string }).secret;
  };
  /** Generates by the page, and gives what is shown once; `again` where there is one already. */
  const generated = async ({ again = false } = {}): Promise<string> => {
    await generate().click();
    if (again) await confirm().getByRole('button', { name: 'Generate API key' }).click();
    await value().waitFor();
    return value().inputValue();
  };
  const close = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Done' }).click();
  };

  const mails = async (): Promise<CaughtMail[]> =>
    ((await (await fetch(`${demo.server.origin}/mail/messages.json`)).json()) as { data: CaughtMail[] }).data;
  const mailAbout = async (title: string): Promise<CaughtMail> => {
    const find = async () => (await mails()).find(({ subject }) => subject.endsWith(`: ${title}`));
    await expect.poll(find, { timeout: 30_000 }).toBeDefined();
    const mail = await find();
    if (!mail) throw new Error(`The mail about ${title} is gone.`);
    return mail;
  };
  const nothingWaits = () =>
    expect.poll(async () => (await settingsOf(demo, 'ana')).queue?.waiting, { timeout: 30_000 }).toBe(0);

  it('none: the empty sentence, Delete inert', async () => {
    await demo.signIn(page, /Eve/);
    await page.getByText(empty).waitFor();
    await expect.poll(() => field().inputValue()).toBe('');
    await expect.poll(() => remove().getAttribute('aria-disabled')).toBe('true');
    await remove().click({ force: true });
    await remove().press('Enter');
    await expect.poll(() => page.getByRole('alertdialog').count()).toBe(0);
    await page.getByText(empty).waitFor();
    expect(await keysOf('eve')).toEqual([]);
    const nothing = await demo.ask('eve', 'DELETE', '/api-keys/none', { headers: { 'if-match': '"1"' } });
    expect(nothing.status).toBe(404);
  });

  it('any role generates 41 characters, 8.32', async () => {
    for (const person of [/Ana/, /Bruno/, /Carla/, /Eve/]) {
      const own = await demo.open();
      await demo.signIn(own, person);
      await own.getByRole('button', { name: 'Generate API key' }).click();
      const shown = own.locator('secret-reveal').getByRole('textbox', { name: 'API key' });
      await shown.waitFor();
      const key = await shown.inputValue();
      expect(key).toHaveLength(41);
      expect(key).toMatch(form);
      expect(await isTaken(key)).toBe(true);
      await own.context().close();
    }
    for (const user of Object.values(people)) expect(await keysOf(user)).toHaveLength(1);
  });

  it('call with X-API-KEY alone works; wrong → 401', async () => {
    await demo.signIn(page, /Carla/);
    await generate().waitFor();
    const key = await generated({ again: (await keysOf('carla')).length > 0 });
    await page.getByText('Send it as X-API-KEY: <key>.').waitFor();
    expect(await whoAmI({ 'x-api-key': key })).toBe(200);
    // As an alternative to what is expected of any key.
    expect(await whoAmI({ authorization: `Bearer ${key}` })).toBe(200);
    const wrong = key.slice(0, -1) + (key.endsWith('x') ? 'y' : 'x');
    const others: Record<string, string>[] = [wrong, key.slice(0, 8), 'x'].map((guess) => ({ 'x-api-key': guess }));
    for (const headers of [...others, {}]) {
      const answer = await demo.ask(null, 'GET', '/integration/whoami', { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).not.toBeNull();
    }
  });

  it('generate again: old → 401 at once, new → 200', async () => {
    const old = await createKey('carla');
    await demo.signIn(page, /Carla/);
    await generate().click();
    await confirm().getByText('The current API key stops working immediately', { exact: false }).waitFor();
    await confirm().getByRole('button', { name: 'Cancel' }).click();
    expect(await isTaken(old)).toBe(true);
    const key = await generated({ again: true });
    expect([await isTaken(old), await isTaken(key)]).toEqual([false, true]);
    expect(key).not.toBe(old);
    expect(await keysOf('carla')).toHaveLength(1);
  });

  it('− failed regeneration: the old one survives', async () => {
    const old = await createKey('carla');
    await demo.signIn(page, /Carla/);
    await generate().click();
    await page.route('**/v1/api-keys', (route) =>
      route.request().method() === 'POST' ? route.abort('connectionrefused') : route.continue(),
    );
    await confirm().getByRole('button', { name: 'Generate API key' }).click();
    await page.getByRole('alert').getByText('The server could not be reached.', { exact: false }).waitFor();
    await expect.poll(() => value().count()).toBe(0);
    expect(await isTaken(old)).toBe(true);
    // A client that asks for more than the policy has changes nothing either.
    const refused = await demo.ask('carla', 'POST', '/api-keys', {
      body: { name: 'Mine', expiresInDays: 30 },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(refused.status).toBe(422);
    expect(await isTaken(old)).toBe(true);
    // Nor does a server that ends in the midst of it.
    await demo.server.kill();
    await demo.server.start();
    expect(await isTaken(old)).toBe(true);
    await page.unroute('**/v1/api-keys');
    await generate().click();
    if (await confirm().count()) await confirm().getByRole('button', { name: 'Generate API key' }).click();
    await value().waitFor();
    expect([await isTaken(old), await isTaken(await value().inputValue())]).toEqual([false, true]);
  });

  it('− two users: independent', async () => {
    const [ofBruno, ofCarla] = [await createKey('bruno'), await createKey('carla')];
    await demo.signIn(page, /Bruno/);
    const next = await generated({ again: true });
    expect([await isTaken(ofBruno), await isTaken(next), await isTaken(ofCarla)]).toEqual([false, true, true]);
    await close();
    await remove().click();
    await confirm().getByRole('button', { name: 'Delete API key' }).click();
    await page.getByText(empty).waitFor();
    expect([await isTaken(next), await isTaken(ofCarla)]).toEqual([false, true]);
    const [key] = await keysOf('carla');
    const path = `/api-keys/${key?.id}`;
    const ifMatch = { 'if-match': `"${key?.version}"` };
    // Not even the administrator's.
    for (const user of ['bruno', 'ana']) {
      expect((await demo.ask(user, 'GET', path)).status).toBe(404);
      expect((await demo.ask(user, 'DELETE', path, { headers: ifMatch })).status).toBe(404);
    }
    expect((await demo.ask('ana', 'GET', '/admin/api-keys')).status).toBe(403);
    expect(await isTaken(ofCarla)).toBe(true);
  });

  it('address and switch saved', async () => {
    await demo.signIn(page, /Carla/);
    await switchIn(page).waitFor();
    const address = page.getByRole('textbox', { name: 'E-mail address for notifications' });
    // Her own, until she says another.
    await expect.poll(() => address.inputValue()).toBe('carla@acme.example');
    await expect.poll(() => switchIn(page).isChecked()).toBe(false);
    await switchIn(page).click();
    await address.fill('alerts@carla.example');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await switchIn(page).waitFor();
    await expect.poll(() => switchIn(page).isChecked()).toBe(true);
    await expect.poll(() => address.inputValue()).toBe('alerts@carla.example');
    expect(await settingsOf(demo, 'carla')).toMatchObject({ enabled: true, email: 'alerts@carla.example' });
    // Where mail goes is not who somebody is.
    expect(await (await demo.ask('carla', 'GET', '/profile')).text()).not.toContain('alerts@');
  });

  it('− invalid or empty address refused', async () => {
    await demo.signIn(page, /Eve/);
    await switchIn(page).waitFor();
    const address = page.getByRole('textbox', { name: 'E-mail address for notifications' });
    const before = await settingsOf(demo, 'eve');
    // Turned off, no address is needed.
    await switchIn(page).check();
    for (const [typed, said] of [
      ['', 'Enter e-mail address for notifications.'],
      ['nowhere', 'Enter an e-mail address such as ana@example.com.'],
      ['a@b@c.example', 'Enter an e-mail address such as ana@example.com.'],
    ] as const) {
      await address.fill(typed);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText(said).waitFor();
      await expect.poll(() => address.getAttribute('aria-invalid')).toBe('true');
      await expect
        .poll(() => address.evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input))
        .toBe(true);
      await expect.poll(() => address.inputValue()).toBe(typed);
      const refused = await patchSettings(demo, 'eve', { email: typed, enabled: true });
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ path: 'email' }] });
    }
    expect(await settingsOf(demo, 'eve')).toEqual(before);
  });

  it('each of the five events mails whoever opted in, nobody else', async () => {
    // Of Acme, opted in; of Globex; of Acme, opted in and out of four of five; of Acme, never asked.
    await patchSettings(demo, 'bruno', { enabled: true, email: 'bruno@mail.example' });
    await patchSettings(demo, 'dora', { enabled: true });
    await patchSettings(demo, 'carla', { enabled: true, email: 'carla@mail.example', events: ['job.failed'] });
    await patchSettings(demo, 'ana', { enabled: false });
    await demo.signIn(page, /Ana/);
    await page.getByRole('link', { name: 'Jobs' }).click();
    await page.getByRole('textbox', { name: 'Application' }).fill('Churn model');
    const outcomes = {
      'A job is completed': 'Job completed',
      'A job fails': 'Job failed',
      'A job is stopped by a user': 'Job stopped by a user',
      'An application is created': 'Application created',
      'A new version is created': 'New version created',
    };
    for (const what of Object.keys(outcomes)) {
      await page.getByLabel('What happens').selectOption(what);
      const answer = page.waitForResponse('**/demo/events');
      await page.getByRole('button', { name: 'Run' }).click();
      expect((await answer).status()).toBe(202);
    }
    await page.getByText('Done. Subscribers will get an e-mail.').waitFor();
    const ofThem = async (address: string) =>
      (await mails()).filter(({ to, subject }) => to.includes(address) && subject.endsWith(': Churn model'));
    await expect.poll(async () => (await ofThem('bruno@mail.example')).length, { timeout: 30_000 }).toBe(5);
    await nothingWaits();
    const told = (await mails()).filter(({ subject }) => subject.endsWith(': Churn model'));
    expect(told.map(({ to, subject }) => `${to.join()} ${subject}`).sort()).toEqual(
      [
        ...Object.values(outcomes).map((outcome) => `bruno@mail.example ${outcome}: Churn model`),
        'carla@mail.example Job failed: Churn model',
      ].sort(),
    );
    // The outcome, the application, when; and back to the host.
    for (const { text, html } of told) {
      expect(text).toMatch(/^Application: Churn model\nWhen: \w+ \d+, \d{4} at \d+:\d\d [AP]M UTC$/m);
      expect(text).toContain(`: ${demo.server.origin}/${system}/\n`);
      expect(html).toContain(`<a href="${demo.server.origin}/${system}/"`);
    }
    // An open set, but only of what the policy has.
    const other = await fetch(`${demo.server.origin}/${system}/demo/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'job.forgotten' }),
    });
    expect(other.status).toBe(422);
  });

  describe('with a mail server of the host', () => {
    const environment: NodeJS.ProcessEnv = {};
    let mailServer: MailServer;
    beforeAll(async () => {
      mailServer = await startMailServer();
      environment.SMTP_URL = mailServer.env.SMTP_URL;
    });
    afterAll(() => mailServer.stop());
    const host = startedDemo(environment, system);

    it('mail server down: kept and retried, and the administrator is told', async () => {
      await patchSettings(host, 'bruno', { enabled: true });
      await mailServer.stop();
      await happens(host, { type: 'job.failed', title: 'Night run' });
      const queueOf = async (user: string) => (await settingsOf(host, user)).queue;
      expect(await queueOf('ana')).toMatchObject({ waiting: 1 });
      // A mail in progress when a server ends is retried minutes later, so the server ends between two attempts.
      await expect.poll(() => host.server.log).toContain('the mail server is not available');
      // Not even a server that ends loses it.
      await host.server.kill();
      await host.server.start();
      expect(await queueOf('ana')).toMatchObject({ waiting: 1 });
      expect(await queueOf('bruno')).toBeNull();

      const waits = page.getByText('1 e-mail is waiting to be sent.');
      await host.signIn(page, /Ana/);
      await switchIn(page).waitFor();
      await waits.waitFor();
      const others = await host.open();
      await host.signIn(others, /Bruno/);
      await switchIn(others).waitFor();
      await expect.poll(() => others.getByText('to be sent', { exact: false }).count()).toBe(0);
      await others.context().close();

      // The other products of this server have mail of their own.
      const sent = () => mailServer.mails.filter(({ subject }) => subject === 'Job failed: Night run');
      await mailServer.start();
      // However often it has failed, the server tries again within a minute.
      await expect
        .poll(() => sent().map(({ recipient }) => recipient), { timeout: 75_000 })
        .toEqual(['bruno@acme.example']);
      await expect.poll(async () => (await queueOf('ana'))?.waiting).toBe(0);
      await page.reload();
      await switchIn(page).waitFor();
      await expect.poll(() => waits.count()).toBe(0);
      expect(sent()).toHaveLength(1);
    }, 150_000);
  });

  it('unsubscribe link → profile page, switch in focus; signed out: sign in, then there; one-click unsubscribe by mail clients too', async () => {
    await patchSettings(demo, 'bruno', { enabled: true, email: 'bruno@mail.example' });
    await happens(demo, { type: 'job.completed', title: 'First', subject: 'user:bruno' });
    const mail = await mailAbout('First');
    /** In a mail program, which is another site: what opens is a window of its own. */
    const follow = async (): Promise<Page> => {
      await page.goto(`/mail/${mail.id}`);
      const link = page.frameLocator('iframe').getByRole('link', { name: 'Unsubscribe' });
      const [opened] = await Promise.all([page.waitForEvent('popup'), link.click()]);
      return opened;
    };

    let landed = await follow();
    await landed.getByRole('dialog', { name: 'Sign in to AIP Console' }).getByRole('button', { name: /Bruno/ }).click();
    await expect.poll(() => hasFocus(landed)).toBe(true);
    expect(new URL(landed.url()).pathname + new URL(landed.url()).hash).toBe(`/${system}/#notifications`);
    // Nothing has been done by following it, as scanners of mail do.
    await expect.poll(() => switchIn(landed).isChecked()).toBe(true);
    expect((await settingsOf(demo, 'bruno')).enabled).toBe(true);
    await landed.close();

    landed = await follow();
    await expect.poll(() => hasFocus(landed)).toBe(true);
    await landed.keyboard.press('Space');
    await landed.keyboard.press('Enter');
    await landed.getByText('Saved', { exact: true }).waitFor();
    expect((await settingsOf(demo, 'bruno')).enabled).toBe(false);
    await landed.close();

    await patchSettings(demo, 'bruno', { enabled: true });
    const header = (name: string) => mail.headers.find((each) => each.name === name)?.value ?? '';
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const [, url = ''] = /^<(.*)>$/.exec(header('list-unsubscribe')) ?? [];
    const oneClick = (address: string) =>
      fetch(address, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    expect((await oneClick(`${url}x`)).status).toBe(400);
    expect((await settingsOf(demo, 'bruno')).enabled).toBe(true);
    expect((await oneClick(url)).status).toBe(204);
    expect((await settingsOf(demo, 'bruno')).enabled).toBe(false);
    await happens(demo, { type: 'job.completed', title: 'After that', subject: 'user:bruno' });
    await nothingWaits();
    expect((await mails()).filter(({ subject }) => subject.endsWith('After that'))).toEqual([]);
  });

  describe('also', () => {
    it('the login name opens the menu, which leads to the profile; the login name heads both', async () => {
      await demo.signIn(page, /Bruno/);
      await page.goto(`/${system}/jobs/`);
      const menu = page.locator('profile-menu');
      await menu.getByRole('button', { name: /bruno/ }).click();
      await menu.getByText('Bruno Lima').waitFor();
      await expect.poll(() => menu.getByText(/Manager/).count()).toBe(0);
      await menu.getByRole('menuitem', { name: 'Profile' }).click();
      await page.waitForURL(`**/${system}/`);
      const who = page.locator('profile-form');
      await who.getByText('bruno', { exact: true }).waitFor();
      await who.getByText('Bruno Lima').waitFor();
      await who.getByText('Managed by your identity provider.').waitFor();
      await expect.poll(() => who.getByText(/Manager|@acme/).count()).toBe(0);
      const { headers } = await demo.ask('bruno', 'GET', '/profile');
      for (const [name, text] of Object.entries({ firstName: 'Bo', loginName: 'bo', email: 'bo@acme.example' })) {
        const refused = await demo.ask('bruno', 'PATCH', '/profile', {
          body: { [name]: text },
          headers: { 'if-match': headers.get('etag') ?? '' },
        });
        expect([name, refused.status >= 400]).toEqual([name, true]);
      }
    });

    it('sections that open and close, the key’s first, both open', async () => {
      await demo.signIn(page, /Carla/);
      await sections(page).first().waitFor();
      await expect.poll(() => sections(page).allInnerTexts()).toEqual(['API key', 'Notifications']);
      const expanded = () => sections(page).evaluateAll((all) => all.map((each) => each.ariaExpanded));
      expect(await expanded()).toEqual(['true', 'true']);
      await switchIn(page).waitFor();
      await generate().waitFor();
      await sections(page).first().click();
      expect(await expanded()).toEqual(['false', 'true']);
      await expect.poll(() => generate().isVisible()).toBe(false);
      await sections(page).first().click();
      await generate().waitFor();
    });

    it('who one is on top: a round icon, and the login name below it', async () => {
      await demo.signIn(page, /Carla/);
      const name = page.getByRole('heading', { level: 2, name: 'carla' });
      await name.waitFor();
      const icon = page.locator('profile-form [part="avatar"]');
      const [above, below] = await Promise.all([icon.boundingBox(), name.boundingBox()]);
      expect((above?.y ?? Infinity) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
      expect(above?.width).toBe(above?.height);
      expect(await icon.evaluate((element) => getComputedStyle(element).borderRadius)).toBe('50%');
    });

    it('documentation that names both headers, each at the address where it is taken', async () => {
      const key = await createKey('carla');
      await page.goto('/aip-console/documentation/');
      await page.getByText('is an alternative to the Authorization header', { exact: false }).waitFor();
      await page.getByText(demo.api, { exact: false }).first().waitFor();
      const commands = await page.locator('pre').allInnerTexts();
      expect(commands).toHaveLength(2);
      for (const command of commands) {
        const [, name = '', value = '', address = ''] = /^curl -H "([\w-]+): (.+)" (\S+)$/.exec(command.trim()) ?? [];
        const asked = (secret: string) => fetch(address, { headers: { [name]: value.replace('<your key>', secret) } });
        expect([command, (await asked(key)).status]).toEqual([command, 200]);
        expect([command, (await asked(`${key.slice(0, -1)}!`)).status]).toEqual([command, 401]);
      }
    });

    it('the value once, with a way to copy it, and from then on only that there is a key', async () => {
      await createKey('carla');
      await demo.signIn(page, /Carla/);
      const key = await generated({ again: true });
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
      await page.getByText('Copied').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
      await page.getByRole('button', { name: 'Done' }).click();
      for (const reloaded of [false, true]) {
        if (reloaded) await page.reload();
        await page.getByText('The value was shown only once', { exact: false }).waitFor();
        const everything = await everythingIn(page);
        expect(everything).not.toContain(key);
        expect(everything).not.toContain(key.slice(-4));
      }
      const list = await (await demo.ask('carla', 'GET', '/api-keys')).text();
      expect(list).not.toContain(key.slice(-4));
    });

    it('nothing is asked before a key: no name, no description, no module, no expiry', async () => {
      await demo.signIn(page, /Carla/);
      await generate().waitFor();
      await expect.poll(() => page.locator('api-key-single form').locator('input, select, textarea').count()).toBe(0);
      for (const more of [{ name: 'Mine' }, { description: 'Mine' }, { module: 'projects' }, { expiresInDays: 30 }]) {
        const refused = await demo.ask('carla', 'POST', '/api-keys', {
          body: more,
          headers: { 'idempotency-key': crypto.randomUUID() },
        });
        expect(refused.status).toBe(422);
        expect(await refused.json()).toMatchObject({ errors: [{ path: Object.keys(more)[0] }] });
      }
    });

    it('deleted, once that is confirmed: refused at once, and there is none', async () => {
      const key = await createKey('carla');
      await demo.signIn(page, /Carla/);
      await remove().click();
      await confirm().getByText('future calls need a new one', { exact: false }).waitFor();
      await confirm().getByRole('button', { name: 'Cancel' }).click();
      expect(await isTaken(key)).toBe(true);
      await remove().click();
      await confirm().getByRole('button', { name: 'Delete API key' }).click();
      await page.getByText('The API key has been deleted. Future calls need a new one.').waitFor();
      await page.getByText(empty).waitFor();
      expect(await isTaken(key)).toBe(false);
      await expect.poll(() => remove().getAttribute('aria-disabled')).toBe('true');
    });

    it('by keyboard alone: generated, copied, closed, and mail switched on', async () => {
      const ofEve = await keysOf('eve');
      for (const { id, version } of ofEve)
        await demo.ask('eve', 'DELETE', `/api-keys/${id}`, { headers: { 'if-match': `"${version}"` } });
      await demo.signIn(page, /Eve/);
      await page.getByText(empty).waitFor();
      await tabTo(page, 'Generate API key');
      await page.keyboard.press('Enter');
      await value().waitFor();
      await tabTo(page, 'Copy');
      await page.keyboard.press('Enter');
      await page.getByText('Copied').waitFor();
      await tabTo(page, 'Done');
      await page.keyboard.press('Enter');
      await tabTo(page, 'I want to receive');
      await page.keyboard.press('Space');
      await tabTo(page, 'Save');
      await page.keyboard.press('Enter');
      await page.getByText('Saved', { exact: true }).waitFor();
      expect(await settingsOf(demo, 'eve')).toMatchObject({ enabled: true });
      expect(await keysOf('eve')).toHaveLength(1);
    });
  });

  describe('where no mail server is set up', () => {
    const silent = startedDemo({ CATCH_MAIL: '0' }, system);

    it('the page says so, and keeps what is chosen', async () => {
      await silent.signIn(page, /Carla/);
      await switchIn(page).waitFor();
      await page
        .getByText('No mail server is set up yet. Nothing is sent until an administrator sets one up.', {
          exact: false,
        })
        .waitFor();
      await switchIn(page).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved', { exact: true }).waitFor();
      expect(await settingsOf(silent, 'carla')).toMatchObject({ enabled: true, delivery: 'not_configured' });
    });
  });
});
