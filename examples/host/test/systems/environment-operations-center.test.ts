import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { complaintsOf } from '../browser.js';
import { startedDemo } from '../started-demo.js';
import { dateInDays, everythingIn } from './page.js';

const system = 'environment-operations-center';

/** Each test is a sentence of what this product's page must show (docs/systems.md); − is what must be refused. */
describe('environment-operations-center', () => {
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

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const field = (name: string) => page.getByRole('textbox', { name });
  const token = () => field('API token');
  const says = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const show = async (person: RegExp): Promise<void> => {
    await demo.signIn(page, person);
    await token().waitFor();
    await field('First name').waitFor();
  };
  /** The page's one Save leads on to the environments, which say that all is saved. */
  const save = async (): Promise<void> => {
    await button('Save').click();
    await page.waitForURL(`**/${system}/environments/`);
    await says('Saved. Your account settings are up to date.');
  };
  const generate = async (): Promise<string> => {
    await button('Generate API token').click();
    await says('Copy it now and store it somewhere safe.');
    return token().inputValue();
  };
  const remove = async (): Promise<void> => {
    await button('Delete API token').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete API token' }).click();
    await says('The API token has been deleted.');
  };

  interface Token {
    id: string;
    status: string;
    version: number;
  }
  const tokensOf = async (user: string): Promise<readonly Token[]> =>
    ((await (await demo.ask(user, 'GET', '/api-keys')).json()) as { data: Token[] }).data;
  const deleteToken = (user: string, { id, version }: Token) =>
    demo.ask(user, 'DELETE', `/api-keys/${id}`, { headers: { 'if-match': `"${version}"` } });
  const askForToken = (user: string, body: object, path = '/api-keys') =>
    demo.ask(user, 'POST', path, { body, headers: { 'idempotency-key': crypto.randomUUID() } });
  const withoutToken = async (user: string): Promise<void> => {
    for (const token of await tokensOf(user)) await deleteToken(user, token);
  };
  /** A token by the API, for the tests of what one may do with it. */
  const withToken = async (user: string, body: object = { expiresInDays: 30 }): Promise<string> => {
    await withoutToken(user);
    const answer = await askForToken(user, body);
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { secret: string }).secret;
  };
  /** A script's call, by the one header that this product asks for. */
  const call = async (value: string): Promise<number> =>
    (await demo.ask(null, 'GET', '/integration/whoami', { headers: { authorization: `Bearer ${value}` } })).status;

  interface Profile {
    firstName: string;
    email: string;
    avatarUrl: string | null;
  }
  const profileOf = async (user: string) => {
    const answer = await demo.ask(user, 'GET', '/profile');
    return { profile: (await answer.json()) as Profile, version: answer.headers.get('etag') ?? '' };
  };
  /** The API's answer to this change of a profile. */
  const change = async (user: string, body: object) => {
    const { version } = await profileOf(user);
    const answer = await demo.ask(user, 'PATCH', '/profile', { body, headers: { 'if-match': version } });
    return { status: answer.status, answer: (await answer.json()) as unknown };
  };
  const menu = () => page.getByRole('banner').getByRole('button', { name: /^Account of/ });
  /** Where the picture that is shown there comes from; nothing where initials stand in its place. */
  const pictureIn = (tag: 'profile-avatar' | 'profile-menu') => page.locator(`${tag} img`);
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    page.locator('profile-avatar input[type="file"]').setInputFiles({ name, mimeType, buffer });
  /** A picture of so many pixels. */
  const picture = async (width: number, height: number, type = 'image/png'): Promise<Buffer> => {
    const drawn = await page.evaluate(
      async ([width, height, type]) => {
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d');
        if (!context) throw new Error('Nothing can be drawn here.');
        context.fillStyle = 'teal';
        context.fillRect(0, 0, width / 2, height);
        return [...new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer())];
      },
      [width, height, type] as const,
    );
    return Buffer.from(drawn);
  };
  const send = async (user: string, type: string, bytes: Buffer): Promise<number> => {
    const { version } = await profileOf(user);
    const answer = await fetch(`${demo.api}/profile/avatar`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${await demo.accessToken(user)}`,
        'content-type': type,
        'if-match': version,
      },
      body: new Uint8Array(bytes),
    });
    return answer.status;
  };

  it('avatar menu on the host’s header', async () => {
    await show(/Ana/);
    await page.getByRole('link', { name: 'Environments', exact: true }).click();
    await page.getByRole('heading', { name: 'Environments' }).waitFor();
    await menu().getByText('AS').waitFor();
    await menu().click();
    const opened = page.locator('profile-menu [part="menu"]');
    for (const text of ['Ana Souza', 'ana@acme.example', 'Administrator']) await opened.getByText(text).waitFor();
    await page.getByRole('menuitem', { name: 'Account settings' }).click();
    await page.getByRole('heading', { name: 'Account settings' }).waitFor();
    await menu().waitFor();
  });

  it('names required', async () => {
    await show(/Bruno/);
    for (const [label, path] of [
      ['First name', 'firstName'],
      ['Last name', 'lastName'],
    ] as const) {
      const present = await field(label).inputValue();
      await field(label).fill('  ');
      await button('Save').click();
      await expect.poll(() => field(label).getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => field(label).evaluate((input) => input.matches(':focus'))).toBe(true);
      await says('Some changes were not saved.');
      await field(label).fill(present);
      expect(await change('bruno', { [path]: ' ' })).toMatchObject({ status: 422, answer: { errors: [{ path }] } });
    }
    expect(new URL(page.url()).pathname).toBe(`/${system}/`);
    await field('First name').fill('Brunello');
    await save();
    expect((await profileOf('bruno')).profile.firstName).toBe('Brunello');
  });

  it('e-mail editable', async () => {
    await show(/Carla/);
    await field('E-mail').fill('carla@');
    await button('Save').click();
    await says('Enter an e-mail address');
    const refused = await change('carla', { email: 'carla@' });
    expect(refused).toMatchObject({ status: 422, answer: { errors: [{ path: 'email' }] } });
    await field('E-mail').fill('carla.mendes@acme.example');
    await save();
    // At once, with no letter to answer first.
    expect((await profileOf('carla')).profile.email).toBe('carla.mendes@acme.example');
    await menu().click();
    await says('carla.mendes@acme.example');
  });

  it('Save tells the host, which may leave the page', async () => {
    await show(/Dora/);
    await page.evaluate(() => {
      document.addEventListener('profile-page-saved', () => (document.body.dataset.told = 'once more'));
      // A host that stays.
      document.querySelector('profile-tabs')?.removeAttribute('data-after-save');
    });
    const told = () => page.evaluate(() => document.body.dataset.told);
    await expect.poll(() => button('Save').count()).toBe(1);
    await page.route('**/v1/profile', (route) =>
      route.request().method() === 'PATCH' ? route.abort('connectionrefused') : route.continue(),
    );
    await field('First name').fill('Dorothea');
    await button('Save').click();
    await says('Some changes were not saved.');
    expect(await told()).toBeUndefined();
    await expect.poll(() => field('First name').inputValue()).toBe('Dorothea');
    await page.unroute('**/v1/profile');
    await button('Save').click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await told()).toBe('once more');
    // This host leaves as soon as it is told, also where nothing had to be saved.
    await page.reload();
    await field('First name').waitFor();
    await expect.poll(() => field('First name').inputValue()).toBe('Dorothea');
    await save();
  });

  it('avatar preview, saved', async () => {
    await show(/Ana/);
    await choose('me.png', 'image/png', await picture(300, 200));
    await page.getByRole('img', { name: 'Preview of the new avatar' }).waitFor();
    await says('Not saved yet.');
    await expect.poll(() => pictureIn('profile-menu').count()).toBe(0);
    expect((await profileOf('ana')).profile.avatarUrl).toBeNull();
    await save();
    await pictureIn('profile-menu').waitFor();
    const { avatarUrl } = (await profileOf('ana')).profile;
    expect(avatarUrl).not.toBeNull();
    const kept = await demo.ask('ana', 'GET', '/profile/avatar');
    expect(kept.headers.get('content-type')).toBe('image/webp');
    await page.goBack();
    await page.getByRole('img', { name: 'Avatar of Ana Souza' }).waitFor();
    await expect
      .poll(() => pictureIn('profile-avatar').evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBe(200);
  });

  it('− wrong type, oversize, not an image → refused, old one kept', async () => {
    await show(/Bruno/);
    expect(await send('bruno', 'image/jpeg', await picture(64, 64, 'image/jpeg'))).toBe(200);
    const { avatarUrl } = (await profileOf('bruno')).profile;
    await page.reload();
    await pictureIn('profile-avatar').waitFor();
    const shown = await pictureIn('profile-avatar').getAttribute('src');
    const small = await picture(64, 64);
    // The beginning of a PNG, which is where it says its size.
    const promised = (width: number, height: number): Buffer => {
      const begun = Buffer.from(small);
      begun.writeUInt32BE(width, 16);
      begun.writeUInt32BE(height, 20);
      return begun;
    };
    // The element scales this picture down; sent as it is, the server refuses it.
    for (const large of [Buffer.concat([small, Buffer.alloc(2_000_001)]), await picture(5000, 3300)])
      expect(await send('bruno', 'image/png', large)).toBe(413);
    for (const [type, bytes, words, status] of [
      ['image/gif', Buffer.from('GIF89a'), 'This file type is not supported.', 415],
      ['image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'file type is not supported', 415],
      ['image/png', promised(30_000, 30_000), 'This picture has too many pixels.', 413],
      ['image/png', Buffer.from('No picture at all.'), 'This file cannot be read as a picture.', 415],
    ] as const) {
      await choose('chosen', type, bytes);
      await page.getByRole('alert').getByText(words).waitFor();
      await expect.poll(() => pictureIn('profile-avatar').getAttribute('src')).toBe(shown);
      expect({ words, status: await send('bruno', type, bytes) }).toEqual({ words, status });
    }
    // A browser shows half a picture, and would send what it shows.
    expect(await send('bruno', 'image/png', small.subarray(0, small.length / 2))).toBe(415);
    await save();
    expect((await profileOf('bruno')).profile.avatarUrl).toBe(avatarUrl);
  });

  it('no token: says so; 90 days, Generate → value, created, expires', async () => {
    await withoutToken('carla');
    await show(/Carla/);
    await says('No API token yet. Generate one to get started.');
    await expect.poll(() => token().inputValue()).toBe('');
    await page.getByRole('radio', { name: '90 days' }).check();
    const value = await generate();
    expect(value).toMatch(/^eoc_[0-9A-Za-z]{48}$/);
    await button('Copy').click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
    const panel = page.getByRole('group', { name: 'Your API token' });
    const written = (days: number) =>
      new Date(Date.now() + days * 86_400_000).toLocaleDateString('en-US', { dateStyle: 'medium' });
    const dateAfter = (term: string) => panel.locator('dl > div').filter({ hasText: term }).locator('time').innerText();
    expect(await dateAfter('Created')).toBe(written(0));
    expect(await dateAfter('Expires')).toBe(written(90));
    expect(await call(value)).toBe(200);
  });

  it('− one exists: cannot generate', async () => {
    const value = await withToken('dora');
    await show(/Dora/);
    await says('Only one API token can exist at a time.');
    await expect.poll(() => page.getByRole('radio').count()).toBe(0);
    await button('Generate API token').focus();
    await page.keyboard.press('Enter');
    const refused = await askForToken('dora', { expiresInDays: 30 });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'limit_reached' });
    expect(await tokensOf('dora')).toHaveLength(1);
    expect(await call(value)).toBe(200);
  });

  it('− custom date in the past', async () => {
    await withoutToken('eve');
    await show(/Eve/);
    await page.getByRole('radio', { name: 'Custom date' }).check();
    const date = page.getByLabel('Expiration date');
    for (const days of [-1, 0]) {
      await date.fill(dateInDays(days));
      await button('Generate API token').click();
      await says(/Choose a date from .+ through .+ \(UTC\)\./);
      await expect.poll(() => date.getAttribute('aria-invalid')).toBe('true');
      const refused = await askForToken('eve', { expiresAt: dateInDays(days) });
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ path: 'expiresAt', code: 'not_in_future' }] });
    }
    expect(await tokensOf('eve')).toHaveLength(0);
    await date.fill(dateInDays(1));
    expect(await call(await generate())).toBe(200);
  });

  it('inside the window: warning', async () => {
    await withToken('ana', { expiresAt: dateInDays(13) });
    await show(/Ana/);
    await says('Expires in');
    const facts = page.locator('api-key-single [part="facts"]');
    await facts.getByText(/^Expires in 1[34] days$/).waitFor();
    await withToken('ana', { expiresAt: dateInDays(16) });
    await page.reload();
    await facts.waitFor();
    await expect.poll(() => facts.getByText('Expires in').count()).toBe(0);
  });

  it('bin → Cancel keeps, Confirm → success message, empty, old value 401', async () => {
    const value = await withToken('bruno');
    await show(/Bruno/);
    const bin = button('Delete API token');
    const confirm = page.getByRole('alertdialog');
    await bin.click();
    await confirm.getByText('future calls need a new one').waitFor();
    await confirm.getByRole('button', { name: 'Cancel' }).click();
    await confirm.waitFor({ state: 'detached' });
    await expect.poll(() => bin.evaluate((element) => element.matches(':focus'))).toBe(true);
    expect(await call(value)).toBe(200);
    await bin.click();
    await confirm.getByRole('button', { name: 'Delete API token' }).click();
    await page.getByRole('status').getByText('The API token has been deleted. Future calls need a new one.').waitFor();
    await expect.poll(() => token().inputValue()).toBe('');
    await says('No API token yet. Generate one to get started.');
    expect(await call(value)).toBe(401);
    expect(await tokensOf('bruno')).toEqual([]);
  });

  it('Save after deleting leaves without a token', async () => {
    const value = await withToken('carla');
    await show(/Carla/);
    await remove();
    await field('First name').fill('Carlotta');
    await save();
    await page.getByRole('link', { name: 'Account settings' }).click();
    await says('No API token yet. Generate one to get started.');
    await expect.poll(() => field('First name').inputValue()).toBe('Carlotta');
    await expect.poll(() => token().inputValue()).toBe('');
    expect(await call(value)).toBe(401);
  });

  it('expired: a new one can be generated', async () => {
    const old = await withToken('dora', { expiresAt: new Date(Date.now() + 10_000).toISOString() });
    await show(/Dora/);
    // The open page learns of it by the clock.
    await page.locator('api-key-single').getByText('Expired', { exact: true }).waitFor();
    expect(await call(old)).toBe(401);
    await page.getByRole('radio', { name: '30 days' }).waitFor();
    const value = await generate();
    expect(await call(value)).toBe(200);
    expect(await call(old)).toBe(401);
    expect(await tokensOf('dora')).toMatchObject([{ status: 'active' }]);
  });

  describe('also', () => {
    it('the value stands in the field until the page is left, and is masked then', async () => {
      await withoutToken('eve');
      await show(/Eve/);
      const value = await generate();
      const asked = page.waitForEvent('dialog');
      const left = page.reload();
      await (await asked).accept();
      await left;
      await expect.poll(() => token().inputValue()).toBe(`eoc_…${value.slice(-4)}`);
      await says('The value was shown only once and cannot be shown again.');
      expect(await everythingIn(page)).not.toContain(value);
      expect(await call(value)).toBe(200);
    });

    it('expires in 30 days by default, 60, 90, 180, 365 or on a date within a year, and in nothing else', async () => {
      await withoutToken('ana');
      await show(/Ana/);
      const choices = page.getByRole('radio');
      await expect
        .poll(() => choices.evaluateAll((inputs) => (inputs as HTMLInputElement[]).map(({ value }) => value)))
        .toEqual([...['30', '60', '90', '180', '365'], 'custom']);
      await expect.poll(() => page.getByRole('radio', { name: '30 days' }).isChecked()).toBe(true);
      for (const [body, path] of [
        [{}, 'expiresInDays'],
        [{ expiresInDays: 45 }, 'expiresInDays'],
        [{ expiresAt: dateInDays(366) }, 'expiresAt'],
        [{ expiresInDays: 30, expiresAt: dateInDays(30) }, 'expiresAt'],
        [{ expiresInDays: 30, name: 'Named' }, 'name'],
      ] as const) {
        const refused = await askForToken('ana', body);
        expect({ body, status: refused.status }).toEqual({ body, status: 422 });
        expect(await refused.json()).toMatchObject({ errors: [{ path }] });
      }
      expect(await tokensOf('ana')).toEqual([]);
    });

    it('whatever the role; one’s own only, and with no other life than the period chosen', async () => {
      await withToken('eve');
      const [made] = await tokensOf('eve');
      if (!made) throw new Error('There is no token.');
      expect((await deleteToken('ana', made)).status).toBe(404);
      expect((await askForToken('ana', { expiresInDays: 30 }, '/organizations/acme/api-keys')).status).toBe(403);
      const extended = await demo.ask('eve', 'PATCH', `/api-keys/${made.id}`, {
        body: { expiresAt: dateInDays(90) },
        headers: { 'if-match': `"${made.version}"` },
      });
      expect(extended.status).toBe(405);
      expect(await tokensOf('eve')).toEqual([made]);
    });

    it('one page: no tabs, no role, no tokens of providers, no notifications', async () => {
      await show(/Ana/);
      const titles = page.locator('profile-tabs').getByRole('heading', { level: 2 });
      await expect.poll(() => titles.allInnerTexts()).toEqual(['Profile', 'API token']);
      await expect.poll(() => page.getByRole('tab').count()).toBe(0);
      await expect.poll(() => page.getByLabel('Role').count()).toBe(0);
      for (const path of ['/provider-tokens', '/notification-settings', '/admin/api-keys']) {
        const refused = await demo.ask('ana', 'GET', path);
        expect({ path, status: refused.status }).toEqual({ path, status: 403 });
      }
    });

    it('an avatar is removed after a confirmation: initials take its place everywhere', async () => {
      await show(/Carla/);
      expect(await send('carla', 'image/png', await picture(64, 64))).toBe(200);
      await page.reload();
      await pictureIn('profile-menu').waitFor();
      await button('Remove avatar').click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove avatar' }).click();
      await says('Avatar removed');
      await pictureIn('profile-menu').waitFor({ state: 'detached' });
      expect((await profileOf('carla')).profile.avatarUrl).toBeNull();
    });

    it('what was typed is asked about before the page is left', async () => {
      await show(/Dora/);
      await field('Last name').fill('Keller-Braun');
      const stay = page.waitForEvent('dialog').then((dialog) => dialog.dismiss());
      await Promise.all([stay, page.getByRole('link', { name: 'Environments', exact: true }).click()]);
      await expect.poll(() => field('Last name').inputValue()).toBe('Keller-Braun');
      await save();
    });
  });
});
