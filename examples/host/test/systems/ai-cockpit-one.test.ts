import { DatabaseSync } from 'node:sqlite';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAgent } from '../agent.js';
import { complaintsOf } from '../browser.js';
import { startedDemo } from '../started-demo.js';
import { dateInDays, everythingIn } from './page.js';

/** Each test is a sentence of what this product's page must show (docs/systems.md); − is what must be refused. */
describe('ai-cockpit-one', () => {
  const demo = startedDemo({}, 'ai-cockpit-one');
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

  const show = async (section: 'Profile' | 'Providers' | 'API keys', person = /Ana/): Promise<void> => {
    await demo.signIn(page, person);
    await page.getByRole('tab', { name: section }).click();
  };
  const dialog = () => page.getByRole('dialog');
  const rows = (name: string | RegExp) => page.getByRole('rowheader', { name });
  const choose = async (row: string, action: string): Promise<void> => {
    await page.getByRole('button', { name: `Actions for ${row}` }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };

  interface JiraToken {
    name: string;
    code: string;
    token: string;
  }
  const fillJira = async ({ name, code, token }: JiraToken): Promise<void> => {
    await page.getByRole('button', { name: 'Add token' }).first().click();
    await dialog().getByLabel('Provider').selectOption('jira');
    await dialog().getByLabel('Site').fill('acme.atlassian.net');
    await dialog().getByLabel('E-mail').fill('agent@acme.example');
    await dialog().getByLabel('API token').fill(token);
    await dialog().getByLabel('Name').fill(name);
    await dialog().getByLabel('Code').fill(code);
    await dialog().getByRole('button', { name: 'Add token' }).click();
  };

  /** A key by the API, for the tests of what one may do with it. */
  const createKey = async (body: object, organization = 'acme') => {
    const answer = await demo.ask('bruno', 'POST', `/organizations/${organization}/api-keys`, {
      body,
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(answer.status).toBe(201);
    return (await answer.json()) as { apiKey: { id: string; maskedValue: string }; secret: string };
  };
  const whoAmI = (key: string, query = '') =>
    demo.ask(null, 'GET', `/integration/whoami${query}`, { headers: { 'x-api-key': key } });
  const lease = (key: string, code: string) =>
    demo.ask(null, 'POST', '/integration/credentials', {
      body: { provider: 'jira', code, purpose: 'test' },
      headers: { 'x-api-key': key },
    });

  it('names saved and still there after reload', async () => {
    await show('Profile', /Dora/);
    await page.getByLabel('First name').fill('Dorothea');
    await page.getByLabel('Last name').fill('Keller-Braun');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Dorothea');
    await expect.poll(() => page.getByLabel('Last name').inputValue()).toBe('Keller-Braun');
  });

  it('e-mail and role read-only with the reason', async () => {
    await show('Profile');
    for (const [label, value] of [
      ['E-mail', 'ana@acme.example'],
      ['Role', 'Administrator'],
    ] as const) {
      const field = page.getByLabel(label);
      await expect.poll(() => field.inputValue()).toBe(value);
      await expect.poll(() => field.getAttribute('readonly')).not.toBeNull();
      const reason = await field.getAttribute('aria-describedby');
      await expect.poll(() => page.locator(`#${reason}`).innerText()).toBe('Managed by your organization.');
    }
    const version = { 'if-match': (await demo.ask('ana', 'GET', '/profile')).headers.get('etag') ?? '' };
    const refused = await demo.ask('ana', 'PATCH', '/profile', { body: { email: 'x@acme.example' }, headers: version });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'field_not_editable', errors: [{ path: 'email' }] });
  });

  it('− save fails: error shown, typed text kept', async () => {
    await show('Profile');
    await page.getByLabel('First name').fill('Anabel');
    await page.route('**/v1/profile', (route) =>
      route.request().method() === 'PATCH' ? route.abort('connectionrefused') : route.continue(),
    );
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('what you typed is still here', { exact: false }).waitFor();
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Anabel');
    await page.unroute('**/v1/profile');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
  });

  it('Jira token added with user/e-mail, listed', async () => {
    await show('Providers');
    await fillJira({ name: 'Jira of Acme', code: 'jira-acme', token: 'ATATT3-listed' });
    await rows('Jira of Acme').waitFor();
    const list = (await (await demo.ask('ana', 'GET', '/organizations/acme/provider-tokens')).json()) as {
      data: { name: string; values: Record<string, string> }[];
    };
    expect(list.data.find(({ name }) => name === 'Jira of Acme')?.values).toMatchObject({
      email: 'agent@acme.example',
    });
  });

  it('a provider that needs no user shows no such field', async () => {
    await show('Providers');
    await page.getByRole('button', { name: 'Add token' }).first().click();
    await dialog().getByLabel('Provider').selectOption('azure-devops');
    await dialog()
      .getByRole('textbox', { name: /^Azure DevOps organization/ })
      .waitFor();
    expect(
      await dialog()
        .getByLabel(/user|e-mail/i)
        .count(),
    ).toBe(0);
    await dialog().getByLabel('Provider').selectOption('jira');
    await dialog().getByLabel('E-mail').waitFor();
  });

  it('guide link opens the provider’s page', async () => {
    await show('Providers');
    await page.getByRole('button', { name: 'Add token' }).first().click();
    await dialog().getByLabel('Provider').selectOption('jira');
    const guide = dialog().getByRole('link', { name: /Create a token in Jira/ });
    await expect.poll(() => guide.getAttribute('rel')).toContain('noopener');
    // Nothing here leads outside: that page is answered by this test.
    await page
      .context()
      .route('https://support.atlassian.com/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>Manage API tokens</title>' }),
      );
    const [opened] = await Promise.all([page.waitForEvent('popup'), guide.click()]);
    await expect.poll(() => opened.title()).toBe('Manage API tokens');
    expect(new URL(opened.url()).host).toBe('support.atlassian.com');
    expect(await opened.evaluate(() => window.opener === null)).toBe(true);
  });

  it('search filters, no match has an empty state', async () => {
    await show('Providers');
    for (const [name, code] of [
      ['Board of Rome', 'rome'],
      ['Board of Oslo', 'oslo'],
    ] as const)
      await demo.ask('ana', 'POST', '/provider-tokens', {
        body: { provider: 'azure-devops', name, code, values: { organization: 'acme', token: 'x'.repeat(52) } },
      });
    await page.reload();
    await rows('Board of Rome').waitFor();
    await page.getByRole('searchbox').fill('oslo');
    await rows('Board of Rome').waitFor({ state: 'detached' });
    await rows('Board of Oslo').waitFor();
    await page.getByRole('searchbox').fill('Atlantis');
    await page.getByText('No token matches “Atlantis”.').waitFor();
  });

  it('edited token: the agent is given the new value', async () => {
    await show('Providers');
    await fillJira({ name: 'To be renewed', code: 'renewed', token: 'ATATT3-old' });
    await rows('To be renewed').waitFor();
    await choose('To be renewed', 'Edit');
    await dialog().getByLabel('API token').fill('ATATT3-new');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    const { secret } = await createKey({ description: 'Agent of the edited token' });
    const { headers } = (await (await lease(secret, 'renewed')).json()) as { headers: Record<string, string> };
    expect(Object.values(headers)).toEqual([`Basic ${btoa('agent@acme.example:ATATT3-new')}`]);
  });

  it('delete: cancel keeps it, confirm removes it, the agent then fails clearly', async () => {
    await show('Providers');
    await fillJira({ name: 'Short-lived', code: 'short-lived', token: 'ATATT3-short' });
    await rows('Short-lived').waitFor();
    const { secret } = await createKey({ description: 'Agent of the deleted token' });
    const confirm = page.getByRole('alertdialog');
    await choose('Short-lived', 'Delete');
    await confirm.getByText('This removes the credential from the server.').waitFor();
    await confirm.getByRole('button', { name: 'Cancel' }).click();
    expect((await lease(secret, 'short-lived')).status).toBe(200);
    await choose('Short-lived', 'Delete');
    await confirm.getByRole('button', { name: 'Delete token' }).click();
    await rows('Short-lived').waitFor({ state: 'detached' });
    expect((await lease(secret, 'short-lived')).status).toBe(404);
    const list = await demo.ask('ana', 'GET', '/organizations/acme/provider-tokens');
    for (const { id } of ((await list.json()) as { data: { id: string }[] }).data) {
      const { headers } = await demo.ask('ana', 'GET', `/organizations/acme/provider-tokens/${id}`);
      await demo.ask('ana', 'DELETE', `/organizations/acme/provider-tokens/${id}`, {
        headers: { 'if-match': headers.get('etag') ?? '' },
      });
    }
    const agent = await runAgent(demo.api, secret);
    expect(agent.status).toBe(1);
    expect(agent.said).toContain('There is no Jira token');
  });

  it('two organizations: keys of the chosen one only, and the create dialog names the organization', async () => {
    await createKey({ description: 'Only of Acme' });
    const globex = await demo.ask('dora', 'POST', '/organizations/globex/api-keys', {
      body: { description: 'Only of Globex' },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(globex.status).toBe(201);
    await show('API keys');
    await rows('Only of Acme').waitFor();
    await expect.poll(() => rows('Only of Globex').count()).toBe(0);
    await page.getByRole('button', { name: 'Create API key' }).first().click();
    await dialog().getByText('For Acme').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Organization' }).click();
    await page.getByRole('option', { name: /Globex/ }).click();
    await rows('Only of Globex').waitFor();
    await page.getByRole('status').filter({ hasText: 'API keys of Globex' }).waitFor();
    await expect.poll(() => rows('Only of Acme').count()).toBe(0);
  });

  it('key with module and date: whole value once, copyable; closed and reloaded: masked only', async () => {
    await show('API keys');
    await page.getByRole('button', { name: 'Create API key' }).first().click();
    await dialog().getByLabel('Description').fill('With module and date');
    await dialog().getByLabel('Module').selectOption('projects');
    await dialog().getByLabel('Expiration date').fill(dateInDays(30));
    await dialog().getByRole('button', { name: 'Create API key' }).click();
    const value = await dialog().getByRole('textbox', { name: 'API key' }).inputValue();
    expect(value).toMatch(/^aico_[0-9A-Za-z]{48}$/);
    await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog().getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
    await dialog().getByRole('button', { name: 'Close' }).click();
    const row = page.getByRole('row').filter({ has: rows('With module and date') });
    for (const reloaded of [false, true]) {
      if (reloaded) await page.reload();
      await row.getByText(`aico_…${value.slice(-4)}`).waitFor();
      await row.getByText('Projects').waitFor();
      expect(await everythingIn(page)).not.toContain(value);
    }
    expect(await (await whoAmI(value)).json()).toMatchObject({ module: 'projects' });
  });

  it('− past date refused', async () => {
    await show('API keys');
    await page.getByRole('button', { name: 'Create API key' }).first().click();
    await dialog().getByLabel('Description').fill('Dead on arrival');
    for (const days of [-1, 0]) {
      await dialog().getByLabel('Expiration date').fill(dateInDays(days));
      await dialog().getByRole('button', { name: 'Create API key' }).click();
      const date = dialog().getByLabel('Expiration date');
      await expect.poll(() => date.getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => dialog().getByLabel('Description').inputValue()).toBe('Dead on arrival');
      const refused = await demo.ask('ana', 'POST', '/organizations/acme/api-keys', {
        body: { description: 'Dead on arrival', expiresAt: dateInDays(days) },
        headers: { 'idempotency-key': crypto.randomUUID() },
      });
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ path: 'expiresAt' }] });
    }
  });

  it('− expired key → 401', async () => {
    const expiresAt = new Date(Date.now() + 10_000).toISOString();
    const { secret } = await createKey({ description: 'Of ten seconds', expiresAt });
    expect((await whoAmI(secret)).status).toBe(200);
    await expect.poll(async () => (await whoAmI(secret)).status, { timeout: 60_000 }).toBe(401);
    await show('API keys');
    const row = page.getByRole('row').filter({ has: rows('Of ten seconds') });
    await row.getByText('Expired', { exact: true }).waitFor();
  });

  it('− key for another module → 403', async () => {
    const { secret } = await createKey({ description: 'For reports', module: 'reports' });
    expect((await whoAmI(secret, '?module=reports')).status).toBe(200);
    expect((await whoAmI(secret, '?module=projects')).status).toBe(403);
    expect((await lease(secret, 'any')).status).toBe(403);
  });

  it('− no access: tab absent or explained', async () => {
    await show('API keys', /Eve/);
    await page.getByText('in Acme doesn’t include access to').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Create API key' }).count()).toBe(0);
    expect((await demo.ask('eve', 'GET', '/organizations/acme/api-keys')).status).toBe(403);
  });

  it('− duplicate code: error on that field', async () => {
    await show('Providers');
    await fillJira({ name: 'The first', code: 'the-same', token: 'ATATT3-first' });
    await rows('The first').waitFor();
    await fillJira({ name: 'The second', code: 'the-same', token: 'ATATT3-second' });
    const code = dialog().getByLabel('Code');
    await expect.poll(() => code.getAttribute('aria-invalid')).toBe('true');
    await expect
      .poll(() => code.evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input))
      .toBe(true);
    await expect.poll(() => dialog().getByLabel('Name').inputValue()).toBe('The second');
    await code.fill('another');
    await dialog().getByRole('button', { name: 'Add token' }).click();
    await rows('The second').waitFor();
  });

  it('terms and documentation open', async () => {
    await show('Profile');
    for (const [name, heading] of [
      [/Terms and conditions/, 'Terms and conditions'],
      [/Documentation/, 'Documentation'],
    ] as const) {
      const [opened] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name }).click()]);
      await opened.getByRole('heading', { level: 1, name: heading }).waitFor();
      await opened.close();
    }
  });

  /** Further requirements of the product. */
  describe('also', () => {
    const addToken = (person: string, path: string, token: object = {}) =>
      demo.ask(person, 'POST', path, {
        body: { provider: 'azure-devops', values: { organization: 'acme', token: 'x'.repeat(52) }, ...token },
      });
    const tableOf = (owner: string) => page.getByRole('table', { name: owner });

    it('tabs: Profile, Providers, API keys; links: terms and conditions, documentation', async () => {
      await show('Profile');
      await expect.poll(() => page.getByRole('tab').allInnerTexts()).toEqual(['Profile', 'Providers', 'API keys']);
      const links = await page.locator('profile-tabs').getByRole('link').allInnerTexts();
      expect(links.map((link) => link.split('\n')[0])).toEqual(['Terms and conditions', 'Documentation']);
    });

    it('neither login name nor image, no notifications, nobody’s list of all keys', async () => {
      await show('Profile');
      await page.getByLabel('First name').waitFor();
      const fields = await page.getByRole('tabpanel').getByRole('textbox').all();
      const names = await Promise.all(fields.map((field) => field.getAttribute('name')));
      expect(names).toEqual(['firstName', 'lastName', 'email', 'role']);
      await expect.poll(() => page.locator('profile-avatar, notification-settings').count()).toBe(0);
      for (const path of ['/notification-settings', '/admin/api-keys']) {
        const refused = await demo.ask('ana', 'GET', path);
        expect(refused.status).toBe(403);
        expect(await refused.json()).toMatchObject({ code: 'not_offered' });
      }
    });

    it('the five providers are to choose from, in their order, and no other is taken', async () => {
      await show('Providers');
      await page.getByRole('button', { name: 'Add token' }).first().click();
      const choice = dialog().getByLabel('Provider');
      await choice.waitFor();
      expect((await choice.locator('option').allInnerTexts()).slice(1)).toEqual([
        'Jira',
        'Businessmap',
        'Azure DevOps',
        'ServiceNow',
        'GitHub Projects',
      ]);
      const refused = await addToken('ana', '/organizations/acme/provider-tokens', {
        provider: 'jira-data-center',
        name: 'Another',
        code: 'another-provider',
      });
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ path: 'provider', code: 'not_offered' }] });
    });

    it('provider, then owner, name, code, what that provider asks for, description', async () => {
      await show('Providers');
      await page.getByRole('button', { name: 'Add token' }).first().click();
      await dialog().getByLabel('Provider').selectOption('jira');
      await dialog().getByLabel('E-mail').waitFor();
      const controls = await dialog().locator('select, input, textarea').all();
      const names = await Promise.all(controls.map((control) => control.getAttribute('name')));
      expect(names.map((name) => name?.replace('values.', ''))).toEqual([
        'provider',
        ...['owner', 'owner', 'name', 'code'],
        ...['site', 'email', 'token', 'description'],
      ]);
      for (const missing of ['name', 'code']) {
        const named = { name: 'Half', code: 'half', [missing]: undefined };
        const refused = await addToken('ana', '/organizations/acme/provider-tokens', named);
        expect(refused.status).toBe(422);
        expect(await refused.json()).toMatchObject({ errors: [{ path: missing, code: 'required' }] });
      }
    });

    it('a token is the organization’s or the user’s: one’s own nobody else sees or uses', async () => {
      const code = 'of-ana';
      await show('Providers');
      await page.getByRole('button', { name: 'Add token' }).first().click();
      await dialog().getByLabel('Provider').selectOption('azure-devops');
      await dialog().getByRole('radio', { name: 'Only me' }).check();
      await dialog().getByLabel('Name').fill('Ana’s boards');
      await dialog().getByLabel('Code').fill(code);
      await dialog()
        .getByRole('textbox', { name: /^Azure DevOps organization/ })
        .fill('acme');
      await dialog().locator('input[type="password"]').fill('x'.repeat(52));
      await dialog().getByRole('button', { name: 'Add token' }).click();
      await tableOf('Personal').getByRole('rowheader', { name: 'Ana’s boards' }).waitFor();
      const listed = async (person: string, path: string) =>
        ((await (await demo.ask(person, 'GET', path)).json()) as { data: { name: string }[] }).data.map(
          ({ name }) => name,
        );
      expect(await listed('bruno', '/provider-tokens')).not.toContain('Ana’s boards');
      expect(await listed('bruno', '/organizations/acme/provider-tokens')).not.toContain('Ana’s boards');
      const asked = { body: { provider: 'azure-devops', code, purpose: 'test', organizationId: 'acme' } };
      expect((await demo.ask('ana', 'POST', '/integration/credentials', asked)).status).toBe(200);
      expect((await demo.ask('bruno', 'POST', '/integration/credentials', asked)).status).toBe(404);
    });

    it('the secret is never shown again; leaving it blank on edit keeps it', async () => {
      await show('Providers');
      await fillJira({ name: 'Kept as it is', code: 'kept', token: 'ATATT3-kept' });
      await rows('Kept as it is').waitFor();
      await choose('Kept as it is', 'Edit');
      await dialog().getByLabel('Name').fill('Renamed and kept');
      await expect.poll(() => dialog().getByLabel('API token').inputValue()).toBe('');
      expect(await everythingIn(page)).not.toContain('ATATT3-kept');
      await dialog().getByRole('button', { name: 'Save' }).click();
      await rows('Renamed and kept').waitFor();
      const list = await demo.ask('ana', 'GET', '/organizations/acme/provider-tokens?limit=100');
      expect(await list.text()).not.toContain('ATATT3-kept');
      const { secret } = await createKey({ description: 'Agent of the kept token' });
      const { headers } = (await (await lease(secret, 'kept')).json()) as { headers: Record<string, string> };
      expect(Object.values(headers)).toEqual([`Basic ${btoa('agent@acme.example:ATATT3-kept')}`]);
    });

    it('a broken credential: advice to make a new token at the provider and update it here', async () => {
      await show('Providers');
      await fillJira({ name: 'Out of date', code: 'out-of-date', token: 'ATATT3-out-of-date' });
      await rows('Out of date').waitFor();
      const { secret } = await createKey({ description: 'Agent of the ended token' });
      // No check against the provider has told the server yet.
      const data = new DatabaseSync(`${demo.dataDir}/ai-cockpit-one.sqlite`);
      data.prepare('update provider_token set expires_at = ? where code = ?').run(Date.now(), 'out-of-date');
      data.close();
      expect((await lease(secret, 'out-of-date')).status).toBe(409);
      await page.reload();
      const row = page.getByRole('row').filter({ has: rows(/^Out of date/) });
      await row.getByText('Expired', { exact: true }).waitFor();
      await row.getByText('Create a new token in Jira, then update it here.').waitFor();
      await row.getByRole('link', { name: 'Create a token in Jira' }).waitFor();
      await choose('Out of date', 'Edit');
      await dialog().getByLabel('API token').fill('ATATT3-up-to-date');
      await dialog().getByRole('button', { name: 'Save' }).click();
      await row.getByText('Not checked yet').waitFor();
      expect((await lease(secret, 'out-of-date')).status).toBe(200);
    });

    it('keys are the organization’s, with a description and no name; a key of one’s own is not offered', async () => {
      for (const [path, body, status] of [
        ['/api-keys', { description: 'Of my own' }, 403],
        ['/organizations/acme/api-keys', { name: 'Named', description: 'With a name' }, 422],
        ['/organizations/acme/api-keys', {}, 422],
        ['/organizations/acme/api-keys', { description: 'For days', expiresInDays: 30 }, 422],
      ] as const) {
        const headers = { 'idempotency-key': crypto.randomUUID() };
        expect((await demo.ask('ana', 'POST', path, { body, headers })).status).toBe(status);
      }
    });

    it('a key works through its date, which is the date shown', async () => {
      const expiresAt = dateInDays(3);
      const { apiKey } = await createKey({ description: 'Through its date', expiresAt });
      expect(apiKey).toMatchObject({ expiresAt: `${expiresAt}T23:59:59.000Z`, expiresOn: expiresAt });
      await show('API keys');
      const row = page.getByRole('row').filter({ has: rows('Through its date') });
      const shown = new Date(expiresAt).toLocaleDateString('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
      await row.getByText(shown).waitFor();
    });

    it('a member sees the organization’s keys and tokens, and changes none; the page says so', async () => {
      await createKey({ description: 'Seen by members' });
      await show('API keys', /Carla/);
      await rows('Seen by members').waitFor();
      await page.getByText('Your role in Acme lets you view these API keys, but not create or delete them.').waitFor();
      await expect.poll(() => page.getByRole('button', { name: /Create API key|Actions for/ }).count()).toBe(0);
      const headers = { 'idempotency-key': crypto.randomUUID() };
      const body = { description: 'By a member' };
      expect((await demo.ask('carla', 'POST', '/organizations/acme/api-keys', { body, headers })).status).toBe(403);
      const named = { name: 'By a member', code: 'by-a-member' };
      expect((await addToken('carla', '/organizations/acme/provider-tokens', named)).status).toBe(403);
      expect((await addToken('carla', '/provider-tokens', named)).status).toBe(201);
    });

    it('keep tokens and keys private: advice on both tabs', async () => {
      await show('Providers');
      await page.getByText('Keep them private: do not share them, and keep them out of source control.').waitFor();
      await page.getByRole('tab', { name: 'API keys' }).click();
      await page.getByText('API keys are like passwords: do not share them', { exact: false }).waitFor();
      await page.getByText('If one is lost', { exact: false }).waitFor();
    });
  });
});
