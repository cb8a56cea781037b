import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { complaintsOf, tabTo } from '../browser.js';
import { startedDemo } from '../started-demo.js';
import { dateInDays, everythingIn } from './page.js';

/** Each test is a sentence of what this product's page must show (docs/systems.md); − is what must be refused. */
describe('duplocloud', () => {
  const demo = startedDemo({}, 'duplocloud');
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

  const columns = ['Name', 'Value', 'Owner', 'Created', 'Last used', 'Expires', 'Status'];
  /** One's own list does not say whose each token is. */
  const ownColumns = columns.filter((column) => column !== 'Owner');
  const menu = () => page.locator('profile-menu');
  const dialog = () => page.getByRole('dialog', { name: /token/i });
  const confirm = (on = page) => on.getByRole('alertdialog');
  const row = (name: string, on = page) =>
    on.getByRole('row').filter({ has: on.getByRole('rowheader', { name, exact: true }) });
  const cell = async (name: string, column: string): Promise<string> =>
    (await row(name).locator(`[data-label="${column}"]`).innerText()).trim();
  const choose = async (name: string, action: string, on = page): Promise<void> => {
    await on.getByRole('button', { name: `Actions for ${name}` }).click();
    await on.getByRole('menuitem', { name: action }).click();
  };
  const showUserTokens = async (person: RegExp): Promise<void> => {
    await demo.signIn(page, person);
    await page.goto(`${demo.server.origin}/duplocloud/ai-admin/access-control/user-tokens/`);
    await page.getByRole('heading', { level: 1, name: 'Access control' }).waitFor();
  };

  const openCreate = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Create API token' }).first().click();
    await dialog().getByLabel('Name').waitFor();
  };
  const submit = () => dialog().getByRole('button', { name: 'Create API token' });
  const value = () => dialog().getByRole('textbox', { name: 'API token' });
  /** Makes a token in the page, and leaves its value shown. */
  const createdToken = async (name: string): Promise<string> => {
    await openCreate();
    await dialog().getByLabel('Name').fill(name);
    await submit().click();
    return value().inputValue();
  };

  interface Token {
    id: string;
    name: string;
    status: string;
    expiresAt: string | null;
    version: number;
  }
  const askToCreate = (user: string, body: object): Promise<Response> =>
    demo.ask(user, 'POST', '/api-keys', { body, headers: { 'idempotency-key': crypto.randomUUID() } });
  /** A token by the API, for the tests of what one may do with it. */
  const createToken = async (user: string, name: string, more: object = {}) => {
    const answer = await askToCreate(user, { name, ...more });
    expect(answer.status).toBe(201);
    return (await answer.json()) as { apiKey: Token; secret: string };
  };
  const tokensOf = async (user: string): Promise<readonly Token[]> =>
    ((await (await demo.ask(user, 'GET', '/api-keys?limit=100')).json()) as { data: Token[] }).data;
  const whoAmI = async (secret: string): Promise<number> =>
    (await demo.ask(null, 'GET', '/integration/whoami', { headers: { authorization: `Bearer ${secret}` } })).status;

  it('avatar menu shows name and role', async () => {
    for (const [person, name, role, entries] of [
      [/Ana/, 'Ana Souza', 'Administrator', ['Profile', 'User tokens']],
      [/Eve/, 'Eve Okafor', 'Viewer', ['Profile']],
    ] as const) {
      await showUserTokens(person);
      const open = menu().getByRole('button', { name: `Account of ${name}` });
      await open.click();
      await menu().getByText(name, { exact: true }).waitFor();
      await menu().getByText(role, { exact: true }).waitFor();
      // The host's own stand before the product's in the document, and after it for whoever sees them.
      expect((await menu().getByRole('menuitem').allInnerTexts()).sort()).toEqual(entries);
      await menu().getByRole('menuitem', { name: 'Profile' }).click();
      await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('dialog', { name: 'Sign in to DuploCloud AI Suite' }).waitFor();
    }
  });

  it('User Info + table', async () => {
    await createToken('carla', 'Below the block');
    await demo.signIn(page, /Carla/);
    const info = page.getByRole('region', { name: 'User info' });
    for (const [label, shown, reason] of [
      ['Name', 'Carla Mendes', 'Managed by your identity provider.'],
      ['E-mail', 'carla@acme.example', 'Managed by your identity provider.'],
      ['Role', 'Member', 'Managed by your organization.'],
    ] as const) {
      const field = info.locator('profile-form [part="field"]').filter({ hasText: label });
      expect((await field.innerText()).split('\n').map((line) => line.trim())).toEqual([label, shown, reason]);
    }
    await expect.poll(() => info.locator('input, select, textarea, button').count()).toBe(0);
    const table = page.getByRole('region', { name: 'API tokens' });
    await row('Below the block').waitFor();
    await expect.poll(() => table.getByRole('columnheader').allInnerTexts()).toEqual(ownColumns);
    const [block, below] = await Promise.all([info.boundingBox(), table.boundingBox()]);
    expect(below?.y).toBeGreaterThanOrEqual((block?.y ?? 0) + (block?.height ?? Infinity));

    const version = { 'if-match': (await demo.ask('carla', 'GET', '/profile')).headers.get('etag') ?? '' };
    for (const body of [{ firstName: 'Carola' }, { lastName: 'M.' }, { email: 'c@acme.example' }]) {
      const refused = await demo.ask('carla', 'PATCH', '/profile', { body, headers: version });
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({
        code: 'field_not_editable',
        errors: [{ path: Object.keys(body)[0] }],
      });
    }
  });

  it.each([1280, 360])('administrator finds the list under AI Admin → Access control, at %s px', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await demo.signIn(page, /Ana/);
    const navigation = page.getByRole('navigation', { name: 'DuploCloud AI Suite' });
    const area = navigation.getByRole('listitem').filter({ hasText: 'AI Admin' });
    await area.first().getByRole('link', { name: 'Access control' }).waitFor();
    await tabTo(page, 'Access control');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/duplocloud/ai-admin/access-control/user-tokens/');
    await page.getByRole('heading', { level: 1, name: 'Access control' }).waitFor();
    const tab = page.getByRole('navigation', { name: 'Access control' }).getByRole('link', { name: 'User tokens' });
    await expect.poll(() => tab.getAttribute('aria-current')).toBe('page');
    await expect
      .poll(() => navigation.getByRole('link', { name: 'Access control' }).getAttribute('aria-current'))
      .toBe('page');
    await page.getByRole('cell', { name: 'Eve Okafor' }).first().waitFor();
    await tabTo(page, 'Profile');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
  });

  it('− non-administrator: the navigation has no AI Admin', async () => {
    await demo.signIn(page, /Eve/);
    await page.getByRole('heading', { level: 2, name: 'API tokens' }).first().waitFor();
    const navigation = page.getByRole('navigation', { name: 'DuploCloud AI Suite' });
    await expect.poll(() => navigation.innerText()).toBe('Profile');
    await expect.poll(() => page.getByRole('link', { name: 'Access control' }).count()).toBe(0);
  });

  it('administrator sees everybody’s keys, all seven columns, search, sort, pages', async () => {
    await createToken('bruno', 'Aardvark');
    await createToken('dora', 'Of another organization');
    for (let number = 0; number < 26; number += 1) await createToken('eve', `Batch ${number}`);
    await createToken('carla', 'Zebra');
    await showUserTokens(/Ana/);
    await row('Zebra').waitFor();
    await expect.poll(() => page.getByRole('columnheader').allInnerTexts()).toEqual(columns);
    expect(await cell('Zebra', 'Owner')).toBe('Carla Mendes');
    expect(await cell('Batch 25', 'Owner')).toBe('Eve Okafor');

    const names = () => page.getByRole('rowheader').allInnerTexts();
    expect((await names()).length).toBe(25);
    await page.getByRole('button', { name: 'Next' }).click();
    await row('Aardvark').waitFor();
    expect(await names()).not.toContain('Zebra');
    await page.getByRole('button', { name: 'Previous' }).click();
    await row('Zebra').waitFor();

    const sort = (column: string) => page.getByRole('columnheader', { name: column }).getByRole('button').click();
    await sort('Name');
    await expect.poll(async () => (await names())[0]).toBe('Aardvark');
    await sort('Name');
    await expect.poll(async () => (await names())[0]).toBe('Zebra');
    await sort('Owner');
    await expect.poll(() => page.getByRole('row').nth(1).getByText('Ana Souza').count()).toBe(1);

    const search = page.getByRole('searchbox');
    await search.fill('lima');
    await page.getByRole('cell', { name: 'Eve Okafor' }).first().waitFor({ state: 'detached' });
    await row('Aardvark').waitFor();
    expect(new Set(await page.locator('[data-label="Owner"]').allInnerTexts())).toEqual(new Set(['Bruno Lima']));
    await search.fill('Of another organization');
    await page.getByText('No API token matches “Of another organization”.').waitFor();
  });

  it('tomorrow accepted, today and yesterday and malformed refused', async () => {
    await demo.signIn(page, /Bruno/);
    await openCreate();
    await dialog().getByLabel('Name').fill('Through tomorrow');
    const date = dialog().getByLabel('Expiration date');
    const refusedWith = async (text: string | RegExp): Promise<void> => {
      await submit().click();
      await dialog().getByText(text).waitFor();
      await expect.poll(() => date.getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => dialog().getByLabel('Name').inputValue()).toBe('Through tomorrow');
    };
    for (const days of [0, -1]) {
      await date.fill(dateInDays(days));
      await refusedWith(/Choose .+ or a later date \(UTC\)\./);
    }
    // A day that there is not: the browser has no value for it, which must not be taken for a token without an end.
    await date.fill('');
    await date.focus();
    await page.keyboard.type('02302031');
    await refusedWith('Enter a valid date.');
    await date.fill(dateInDays(1));
    await submit().click();
    await value().waitFor();
    expect((await tokensOf('bruno')).filter(({ name }) => name === 'Through tomorrow')).toMatchObject([
      { expiresAt: `${dateInDays(1)}T23:59:59.000Z` },
    ]);

    for (const expiresAt of [dateInDays(0), dateInDays(-1), '2031-02-30', '30/12/2031', '2031-1-5', 'tomorrow', 5]) {
      const refused = await askToCreate('bruno', { name: 'Not to be', expiresAt });
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ path: 'expiresAt' }] });
    }
    expect((await tokensOf('bruno')).filter(({ name }) => name === 'Not to be')).toEqual([]);
  });

  it('no name: cannot create', async () => {
    await demo.signIn(page, /Bruno/);
    await openCreate();
    const name = dialog().getByLabel('Name');
    const before = await tokensOf('bruno');
    for (const typed of ['', '   ']) {
      await name.fill(typed);
      await submit().click();
      await dialog().getByText('Enter name.').waitFor();
      await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
      const hasFocus = () => name.evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input);
      await expect.poll(hasFocus).toBe(true);
    }
    for (const body of [{}, { name: '' }, { name: '   ' }]) {
      const refused = await askToCreate('bruno', body);
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ path: 'name' }] });
    }
    expect(await tokensOf('bruno')).toEqual(before);
  });

  it('Copy equals the value', async () => {
    await demo.signIn(page, /Bruno/);
    const secret = await createdToken('To be copied');
    expect(secret).toMatch(/^duplo_[0-9A-Za-z]{48}$/);
    await dialog().getByText('You won’t be able to see it again.', { exact: false }).waitFor();
    await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog().getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await dialog().getByRole('button', { name: 'Close' }).click();
    await row('To be copied').waitFor();
    await expect.poll(() => dialog().count()).toBe(0);
    expect(await whoAmI(secret)).toBe(200);
  });

  it('− clipboard denied: text is selectable and the failure is visible', async () => {
    await demo.signIn(page, /Bruno/);
    // Permissions that are not granted are denied.
    await page.context().clearPermissions();
    await page.context().grantPermissions(['geolocation'], { origin: demo.server.origin });
    const secret = await createdToken('Not to be copied');
    // Nor does the page let the button copy in any other way.
    await page.evaluate(() =>
      addEventListener('copy', (event) => event.stopImmediatePropagation(), { capture: true, once: true }),
    );
    await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog().getByRole('status').getByText('Could not copy.', { exact: false }).waitFor();
    const selected = () =>
      value().evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd));
    expect(await selected()).toBe(secret);
    // Still not taken as stored: closing asks.
    await dialog().getByRole('button', { name: 'Close' }).click();
    await dialog().getByText('Close without copying?', { exact: false }).waitFor();
    await dialog().getByRole('button', { name: 'Go back' }).click();
    await expect.poll(() => value().inputValue()).toBe(secret);
    // By hand, as that was said: what is selected is copied by the keyboard, and counts.
    await value().focus();
    expect(await selected()).toBe(secret);
    await page.keyboard.press('ControlOrMeta+c');
    await dialog().getByText('Copied').waitFor();
    await dialog().getByRole('button', { name: 'Close' }).click();
    await row('Not to be copied').waitFor();
  });

  it('reload: only the last four', async () => {
    await demo.signIn(page, /Bruno/);
    const secret = await createdToken('Reloaded');
    await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog().getByRole('button', { name: 'Close' }).click();
    await row('Reloaded').waitFor();
    await page.reload();
    await row('Reloaded').waitFor();
    expect(await cell('Reloaded', 'Value')).toBe(`…${secret.slice(-4)}`);
    const everything = await everythingIn(page);
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(secret.slice(-5));
    for (const [who, path] of [
      ['bruno', '/api-keys?limit=100'],
      ['ana', '/admin/api-keys?q=Reloaded'],
    ] as const) {
      const answer = await (await demo.ask(who, 'GET', path)).text();
      expect(answer).toContain(`…${secret.slice(-4)}`);
      expect(answer).not.toContain(secret.slice(-5));
    }
  });

  it('a call sets “last used”', async () => {
    const { secret } = await createToken('bruno', 'About to be used');
    await demo.signIn(page, /Bruno/);
    await row('About to be used').waitFor();
    expect(await cell('About to be used', 'Last used')).toBe('Never');
    expect(await whoAmI(secret)).toBe(200);
    // Written a moment after the answer.
    await expect
      .poll(async () => {
        await page.reload();
        await row('About to be used').waitFor();
        return cell('About to be used', 'Last used');
      })
      .toMatch(/now|second/);
  });

  it('revoked or expired → 401 and status', async () => {
    const expiring = await createToken('bruno', 'Of ten seconds', {
      expiresAt: new Date(Date.now() + 10_000).toISOString(),
    });
    const { secret } = await createToken('bruno', 'To be revoked');
    expect(await Promise.all([whoAmI(secret), whoAmI(expiring.secret)])).toEqual([200, 200]);
    await demo.signIn(page, /Bruno/);
    await row('To be revoked').waitFor();
    expect(await cell('To be revoked', 'Status')).toBe('Active');
    await choose('To be revoked', 'Revoke');
    await confirm().getByText('“To be revoked” stops working immediately', { exact: false }).waitFor();
    await confirm().getByRole('button', { name: 'Cancel' }).click();
    expect(await whoAmI(secret)).toBe(200);
    await choose('To be revoked', 'Revoke');
    await confirm().getByRole('button', { name: 'Revoke API token' }).click();
    await row('To be revoked').getByText('Revoked', { exact: true }).waitFor();
    expect(await whoAmI(secret)).toBe(401);

    await expect.poll(() => whoAmI(expiring.secret), { timeout: 60_000 }).toBe(401);
    await page.reload();
    await row('Of ten seconds').getByText('Expired', { exact: true }).waitFor();
    await row('To be revoked').getByText('Revoked', { exact: true }).waitFor();
  });

  it('− non-administrator → 403 on the admin list', async () => {
    const { apiKey, secret } = await createToken('carla', 'Out of reach');
    for (const user of ['bruno', 'carla', 'dora', 'eve']) {
      const list = await demo.ask(user, 'GET', '/admin/api-keys');
      expect(list.status).toBe(403);
      expect(await list.json()).toMatchObject({ code: 'forbidden' });
      const revoke = await demo.ask(user, 'POST', `/admin/api-keys/${apiKey.id}/revoke`, { body: {} });
      expect(revoke.status).toBe(403);
    }
    expect((await demo.ask(null, 'GET', '/admin/api-keys')).status).toBe(401);
    expect(await whoAmI(secret)).toBe(200);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await showUserTokens(/Bruno/);
    await page.getByText('in Acme doesn’t include access to').waitFor();
    await expect.poll(() => page.getByRole('table').count()).toBe(0);
    expect(asked.filter((url) => url.includes('/admin/'))).toEqual([]);
  });

  it('− double click or a lost answer: one key, not two', async () => {
    await demo.signIn(page, /Carla/);
    await openCreate();
    await dialog().getByLabel('Name').fill('Clicked twice');
    await submit().dblclick();
    await value().waitFor();
    await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog().getByRole('button', { name: 'Close' }).click();
    await row('Clicked twice').waitFor();
    await expect.poll(() => row('Clicked twice').count()).toBe(1);

    await page.route('**/v1/api-keys', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      // The server has done it: only its answer does not come.
      expect((await route.fetch()).status()).toBe(201);
      return route.abort('connectionreset');
    });
    await openCreate();
    await dialog().getByLabel('Name').fill('Answered once');
    await submit().click();
    await dialog().getByRole('alert').getByText('What you typed is still here.', { exact: false }).waitFor();
    await expect.poll(() => dialog().getByLabel('Name').inputValue()).toBe('Answered once');
    await page.unroute('**/v1/api-keys');
    await submit().click();
    const secret = await value().inputValue();
    expect(await whoAmI(secret)).toBe(200);
    await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog().getByRole('button', { name: 'Close' }).click();
    await row('Answered once').waitFor();
    await expect.poll(() => row('Answered once').count()).toBe(1);
    const names = (await tokensOf('carla')).map(({ name }) => name);
    for (const name of ['Clicked twice', 'Answered once'])
      expect(names.filter((each) => each === name)).toEqual([name]);
  });

  it('an administrator revokes another’s key: gone for both', async () => {
    const { apiKey, secret } = await createToken('carla', 'Left on a train');
    const hers = await demo.open();
    await demo.signIn(hers, /Carla/);
    await row('Left on a train', hers).getByText('Active', { exact: true }).waitFor();

    await showUserTokens(/Ana/);
    await page.getByRole('searchbox').fill('train');
    await choose('Left on a train', 'Revoke');
    await confirm()
      .getByText('“Left on a train”, owned by Carla Mendes, stops working immediately', { exact: false })
      .waitFor();
    await confirm().getByRole('button', { name: 'Revoke API token' }).click();
    await row('Left on a train').getByText('Revoked', { exact: true }).waitFor();
    expect(await whoAmI(secret)).toBe(401);
    // Only its owner can delete a key that has ended.
    await expect.poll(() => page.getByRole('button', { name: 'Actions for Left on a train' }).count()).toBe(0);
    const known = { 'if-match': `"${apiKey.version + 1}"` };
    expect((await demo.ask('ana', 'DELETE', `/api-keys/${apiKey.id}`, { headers: known })).status).toBe(404);

    await hers.reload();
    await row('Left on a train', hers).getByText('Revoked', { exact: true }).waitFor();
    await choose('Left on a train', 'Delete', hers);
    await confirm(hers).getByRole('button', { name: 'Delete API token' }).click();
    await row('Left on a train', hers).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('searchbox').fill('train');
    await page.getByText('No API token matches “train”.').waitFor();
    await hers.context().close();
  });

  describe('also', () => {
    it('an active token is revoked before it is deleted', async () => {
      const { apiKey } = await createToken('eve', 'Still working');
      const path = `/api-keys/${apiKey.id}`;
      const refused = await demo.ask('eve', 'DELETE', path, { headers: { 'if-match': `"${apiKey.version}"` } });
      expect(refused.status).toBe(409);
      expect(await refused.json()).toMatchObject({ code: 'not_revoked' });
      await demo.signIn(page, /Eve/);
      for (const [action, button] of [
        ['Revoke', 'Revoke API token'],
        ['Delete', 'Delete API token'],
      ] as const) {
        await page.getByRole('button', { name: 'Actions for Still working' }).click();
        await expect.poll(() => page.getByRole('menuitem').allInnerTexts()).toEqual([action]);
        await page.getByRole('menuitem', { name: action }).click();
        await confirm().getByRole('button', { name: button }).click();
        await confirm().waitFor({ state: 'detached' });
      }
      await row('Still working').waitFor({ state: 'detached' });
      expect((await demo.ask('eve', 'GET', path)).status).toBe(404);
    });

    it('whoever is signed in has tokens, as many as they like, and one without a date is permanent', async () => {
      await demo.signIn(page, /Dora/);
      await page.getByText('You have no API tokens yet.').or(row('Of another organization')).first().waitFor();
      for (const name of ['First', 'Second']) {
        await createdToken(name);
        await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
        await dialog().getByRole('button', { name: 'Close' }).click();
        await row(name).waitFor();
        expect(await cell(name, 'Expires')).toBe('Never');
      }
    });

    it('a name and a date are all that is asked for, and that is taken', async () => {
      await demo.signIn(page, /Dora/);
      await openCreate();
      const labels = await dialog().locator('label').allInnerTexts();
      expect(labels.map((label) => label.replace(/\s+(required|optional)$/, ''))).toEqual(['Name', 'Expiration date']);
      for (const more of [{ expiresInDays: 30 }, { description: 'More' }, { module: 'agents' }]) {
        const refused = await askToCreate('dora', { name: 'With more', ...more });
        expect(refused.status).toBe(422);
        expect(await refused.json()).toMatchObject({ errors: [{ path: Object.keys(more)[0] }] });
      }
      for (const path of ['/organizations/globex/api-keys', '/provider-tokens']) {
        const refused = await demo.ask('dora', 'GET', path);
        expect(refused.status).toBe(403);
        expect(await refused.json()).toMatchObject({ code: 'not_offered' });
      }
    });

    it('the list of everybody’s stays an administrator’s, whichever organization is active', async () => {
      await showUserTokens(/Ana/);
      await page.locator('organization-select').getByRole('combobox').click();
      await page.getByRole('option', { name: /Globex/ }).click();
      await page.reload();
      await page.getByRole('cell', { name: 'Eve Okafor' }).first().waitFor();
      await menu().getByRole('button').click();
      await menu().getByText('Member', { exact: true }).waitFor();
      await menu().getByRole('menuitem', { name: 'User tokens' }).waitFor();
    });
  });
});
