import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { complaintsOf } from '../browser.js';
import { startedDemo } from '../started-demo.js';
import { everythingIn } from './page.js';

/** Each test is a sentence of what this product's page must show (docs/systems.md); − is what must be refused. */
describe('aic-hub', () => {
  const demo = startedDemo({}, 'aic-hub');
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

  const show = async (section: 'Profile' | 'API keys' | 'Provider tokens', person: RegExp): Promise<void> => {
    await demo.signIn(page, person);
    await page.getByRole('tab', { name: section }).click();
  };
  const dialog = () => page.getByRole('dialog');
  const confirm = () => page.getByRole('alertdialog');
  const row = (name: string | RegExp) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: typeof name === 'string' }) });
  const provider = (name: string) => row(new RegExp(`^${name}`));
  const choose = async (name: string, action: string): Promise<void> => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };

  const openCreate = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Create API key' }).first().click();
    await dialog().getByLabel('Name').waitFor();
  };
  /** Presses Create in the open dialog, and gives what is shown once. */
  const createdKey = async (name: string): Promise<string> => {
    await dialog().getByLabel('Name').fill(name);
    await dialog().getByRole('button', { name: 'Create API key' }).click();
    return dialog().getByRole('textbox', { name: 'API key' }).inputValue();
  };
  /** A key by the API, for the tests of what one may do with it. */
  const createKey = async (user: string, name: string): Promise<string> => {
    const answer = await demo.ask(user, 'POST', '/api-keys', {
      body: { name },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { secret: string }).secret;
  };
  const whoAmI = async (key: string): Promise<number> =>
    (await demo.ask(null, 'GET', '/integration/whoami', { headers: { 'x-api-key': key } })).status;

  interface Token {
    id: string;
    provider: string;
    version: number;
    values: Record<string, string>;
  }
  const tokensOf = async (user: string): Promise<readonly Token[]> =>
    ((await (await demo.ask(user, 'GET', '/provider-tokens')).json()) as { data: Token[] }).data;
  /** Somebody who has not connected anything. */
  const disconnect = async (user: string): Promise<void> => {
    for (const { id, version } of await tokensOf(user))
      await demo.ask(user, 'DELETE', `/provider-tokens/${id}`, { headers: { 'if-match': `"${version}"` } });
  };
  /** The credential for Jira that an agent leases with this key. */
  const leased = async (key: string): Promise<unknown> => {
    const answer = await demo.ask(null, 'POST', '/integration/credentials', {
      body: { provider: 'jira', purpose: 'test' },
      headers: { 'x-api-key': key },
    });
    return answer.status === 200 ? ((await answer.json()) as { headers: unknown }).headers : answer.status;
  };
  const jiraHeaders = (email: string, token: string) => ({ Authorization: `Basic ${btoa(`${email}:${token}`)}` });

  const addJira = async (email: string, token: string): Promise<void> => {
    await provider('Jira').getByRole('button', { name: 'Add token' }).click();
    await dialog().getByLabel('Site').fill('acme.atlassian.net');
    await dialog().getByLabel('E-mail').fill(email);
    await dialog().getByLabel('API token').fill(token);
    await dialog().getByRole('button', { name: 'Add token' }).click();
    await dialog().waitFor({ state: 'detached' });
  };

  it('Edit beside name, Save, Cancel leaves it unchanged', async () => {
    await show('Profile', /Dora/);
    const edit = page.getByRole('button', { name: 'Edit' });
    // Until the profile has been read, the header alone shows the name.
    await edit.waitFor();
    const name = page.getByText('Dora Keller', { exact: true }).last();
    const [ofName, ofEdit] = await Promise.all([name.boundingBox(), edit.boundingBox()]);
    if (!ofName || !ofEdit) throw new Error('Name and Edit are not both in sight.');
    expect(ofEdit.x).toBeGreaterThan(ofName.x + ofName.width);
    expect(Math.abs(ofEdit.y + ofEdit.height / 2 - (ofName.y + ofName.height / 2))).toBeLessThan(6);

    await edit.click();
    await page.getByLabel('First name').fill('Theodora');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await name.waitFor();
    expect(await (await demo.ask('dora', 'GET', '/profile')).json()).toMatchObject({ firstName: 'Dora' });

    await edit.click();
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Dora');
    await page.getByLabel('First name').fill('Dorothea');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('Dorothea Keller').last().waitFor();
    await expect.poll(() => page.getByLabel('First name').count()).toBe(0);
  });

  it('named key shown once', async () => {
    await show('API keys', /Bruno/);
    await openCreate();
    const value = await createdKey('Shown once');
    expect(value).toMatch(/^aich_[0-9A-Za-z]{48}$/);
    await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog().getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
    await dialog().getByRole('button', { name: 'Close' }).click();
    await row('Shown once').waitFor();
    expect(await everythingIn(page)).not.toContain(value);
    await page.reload();
    await row('Shown once').waitFor();
    expect(await everythingIn(page)).not.toContain(value);
    expect(await whoAmI(value)).toBe(200);
  });

  it('− closed uncopied: not recoverable, said so before closing', async () => {
    await show('API keys', /Bruno/);
    await openCreate();
    const value = await createdKey('Never stored');
    await dialog().getByText('You won’t be able to see it again.', { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    await dialog()
      .getByText('Close without copying? You won’t be able to see this API key again.', { exact: false })
      .waitFor();
    await dialog().getByRole('button', { name: 'Go back' }).click();
    await expect.poll(() => dialog().getByRole('textbox', { name: 'API key' }).inputValue()).toBe(value);
    await dialog().getByRole('button', { name: 'Close' }).click();
    await dialog().getByRole('button', { name: 'Close anyway' }).click();
    await row('Never stored').waitFor();
    await page.getByRole('button', { name: 'Actions for Never stored' }).click();
    await expect.poll(() => page.getByRole('menuitem').allInnerTexts()).toEqual(['Delete']);
    const list = await demo.ask('bruno', 'GET', '/api-keys');
    expect(await list.text()).not.toContain(value.slice(-4));
  });

  it('list has name, created, last used, no value', async () => {
    const value = await createKey('bruno', 'Of the list');
    await show('API keys', /Bruno/);
    await row('Of the list').waitFor();
    await expect.poll(() => page.getByRole('columnheader').allInnerTexts()).toEqual(['Name', 'Created', 'Last used']);
    const [created = '', lastUsed] = await row('Of the list').getByRole('cell').allInnerTexts();
    expect(created).toMatch(/now|second/);
    expect(lastUsed).toBe('Never');
    const everything = await everythingIn(page);
    expect(everything).not.toContain(value);
    expect(everything).not.toContain(value.slice(-4));
  });

  it('a call with the key moves “last used”', async () => {
    const value = await createKey('bruno', 'About to be used');
    await show('API keys', /Bruno/);
    await row('About to be used').getByText('Never').waitFor();
    expect(await whoAmI(value)).toBe(200);
    // Written a moment after the answer.
    await expect
      .poll(async () => {
        await page.reload();
        await row('About to be used').waitFor();
        return row('About to be used').getByText('Never').count();
      })
      .toBe(0);
    const lastUsed = row('About to be used').getByRole('cell').nth(1);
    await expect.poll(() => lastUsed.innerText()).toMatch(/now|second/);
  });

  it('delete warns it is irreversible, then 401', async () => {
    const value = await createKey('bruno', 'To be deleted');
    await show('API keys', /Bruno/);
    await choose('To be deleted', 'Delete');
    await confirm()
      .getByText(
        '“To be deleted” stops working immediately. Programs that use it will be rejected. This cannot be undone.',
      )
      .waitFor();
    await confirm().getByRole('button', { name: 'Cancel' }).click();
    expect(await whoAmI(value)).toBe(200);
    await choose('To be deleted', 'Delete');
    await confirm().getByRole('button', { name: 'Delete API key' }).click();
    await row('To be deleted').waitFor({ state: 'detached' });
    expect(await whoAmI(value)).toBe(401);
    await page.reload();
    await page.getByRole('heading', { name: 'Your API keys' }).waitFor();
    await expect.poll(() => row('To be deleted').count()).toBe(0);
  });

  it('each configured provider has its own Add Token', async () => {
    await disconnect('carla');
    await show('Provider tokens', /Carla/);
    await provider('Jira').waitFor();
    await expect.poll(() => page.getByRole('rowheader').evaluateAll((cells) => cells.length)).toBe(4);
    for (const [name, fields] of [
      ['Jira', ['Site', 'E-mail', 'API token']],
      ['Businessmap', ['Subdomain', 'API key']],
      ['Azure DevOps', ['Azure DevOps organization', 'Personal access token']],
      ['ServiceNow', ['Instance', 'Sign in with', 'User', 'Password']],
    ] as const) {
      await provider(name).getByText('No token yet').waitFor();
      await provider(name).getByRole('button', { name: 'Add token' }).click();
      await dialog()
        .getByRole('heading', { name: `Add token for ${name}` })
        .waitFor();
      // Said once: the title has it.
      expect(await dialog().getByRole('definition').count()).toBe(0);
      // Only what that provider asks for: no name, no code.
      const labels = await dialog().locator('label').allInnerTexts();
      expect(labels.map((label) => label.replace(/\s+(required|optional)$/, ''))).toEqual(fields);
      await dialog().getByRole('button', { name: 'Cancel' }).click();
      await dialog().waitFor({ state: 'detached' });
    }
    const named = await demo.ask('carla', 'POST', '/provider-tokens', {
      body: { provider: 'azure-devops', name: 'Mine', values: { organization: 'acme', token: 'x'.repeat(52) } },
    });
    expect(named.status).toBe(422);
    const elsewhere = await demo.ask('carla', 'POST', '/provider-tokens', {
      body: { provider: 'github-projects', values: { token: 'x'.repeat(40) } },
    });
    expect(elsewhere.status).toBe(422);
    expect(await elsewhere.json()).toMatchObject({ errors: [{ path: 'provider', code: 'not_offered' }] });
  });

  it('value never in a response or the DOM after saving', async () => {
    await disconnect('carla');
    const secret = 'ATATT3-never-to-be-seen-again';
    const answers: Promise<string>[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/v1/')) answers.push(response.text().catch(() => ''));
    });
    await show('Provider tokens', /Carla/);
    await addJira('carla@acme.example', secret);
    await provider('Jira').getByText('Not checked yet').waitFor();
    await choose('Jira', 'Edit');
    await dialog().getByLabel('API token').waitFor();
    expect(await everythingIn(page)).not.toContain(secret);
    await page.reload();
    await provider('Jira').waitFor();
    expect(await everythingIn(page)).not.toContain(secret);
    const [token] = await tokensOf('carla');
    const direct = await demo.ask('carla', 'GET', `/provider-tokens/${token?.id}`);
    const said = [...(await Promise.all(answers)), await direct.text()].join('\n');
    expect(said).toContain('carla@acme.example');
    expect(said).not.toContain(secret);
    expect(said).not.toContain(btoa(`carla@acme.example:${secret}`));
  });

  it('edit with a blank secret keeps it', async () => {
    await disconnect('carla');
    await show('Provider tokens', /Carla/);
    await addJira('carla@acme.example', 'ATATT3-kept');
    await choose('Jira', 'Edit');
    const secret = dialog().getByLabel('API token');
    await dialog().getByText('Leave blank to keep the current value.', { exact: false }).waitFor();
    await expect.poll(() => secret.inputValue()).toBe('');
    await dialog().getByLabel('E-mail').fill('carla.diaz@acme.example');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    const key = await createKey('carla', 'Agent of the kept token');
    expect(await leased(key)).toEqual(jiraHeaders('carla.diaz@acme.example', 'ATATT3-kept'));
    // One that has expired at the provider: the agent is given what took its place.
    await choose('Jira', 'Edit');
    await secret.fill('ATATT3-renewed');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(await leased(key)).toEqual(jiraHeaders('carla.diaz@acme.example', 'ATATT3-renewed'));
  });

  it('− user B neither sees nor uses A’s token', async () => {
    await Promise.all([disconnect('carla'), disconnect('bruno')]);
    await show('Provider tokens', /Carla/);
    await addJira('carla@acme.example', 'ATATT3-of-carla');
    const [token] = await tokensOf('carla');
    const [keyOfCarla, keyOfBruno] = [await createKey('carla', 'Of Carla'), await createKey('bruno', 'Of Bruno')];
    expect(await leased(keyOfCarla)).toEqual(jiraHeaders('carla@acme.example', 'ATATT3-of-carla'));

    const other = await demo.open();
    await demo.signIn(other, /Bruno/);
    await other.getByRole('tab', { name: 'Provider tokens' }).click();
    await other.getByRole('row', { name: /^Jira.*No token yet/ }).waitFor();
    expect(await everythingIn(other)).not.toContain('carla@acme.example');
    await other.context().close();

    expect(await leased(keyOfBruno)).toBe(404);
    expect(await tokensOf('bruno')).toEqual([]);
    const path = `/provider-tokens/${token?.id}`;
    const ifMatch = { 'if-match': '"1"' };
    for (const [method, options] of [
      ['GET', {}],
      ['PATCH', { body: { values: { email: 'bruno@acme.example' } }, headers: ifMatch }],
      ['DELETE', { headers: ifMatch }],
    ] as const)
      expect((await demo.ask('bruno', method, path, options)).status).toBe(404);
    expect(await leased(keyOfCarla)).toEqual(jiraHeaders('carla@acme.example', 'ATATT3-of-carla'));
  });

  it('− empty or duplicate name refused', async () => {
    await createKey('bruno', 'Taken');
    await show('API keys', /Bruno/);
    await openCreate();
    const name = dialog().getByLabel('Name');
    for (const [typed, said, sent] of [
      ['', 'Enter name.', {}],
      ['   ', 'Enter name.', { name: '   ' }],
      ['  Taken ', 'This name is already in use.', { name: '  Taken ' }],
    ] as const) {
      await name.fill(typed);
      await dialog().getByRole('button', { name: 'Create API key' }).click();
      await dialog().getByText(said).waitFor();
      await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
      const hasFocus = () => name.evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input);
      await expect.poll(hasFocus).toBe(true);
      await expect.poll(() => name.inputValue()).toBe(typed);
      const refused = await demo.ask('bruno', 'POST', '/api-keys', {
        body: sent,
        headers: { 'idempotency-key': crypto.randomUUID() },
      });
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ path: 'name' }] });
    }
    // Somebody else's names are their own.
    await createKey('carla', 'Taken');
    expect(await createdKey('Not taken')).not.toBe('');
  });

  it('− server down: retry, nothing typed is lost', async () => {
    await disconnect('ana');
    await show('Profile', /Ana/);
    const problem = page.getByRole('alert').filter({ hasText: 'The server could not be reached.' });
    const kept = () => problem.getByText('What you typed is still here.', { exact: false }).waitFor();

    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('First name').fill('Anabel');
    await demo.server.kill();
    await page.getByRole('button', { name: 'Save' }).click();
    await kept();
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Anabel');
    await demo.server.start();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();

    await page.getByRole('tab', { name: 'API keys' }).click();
    await openCreate();
    await dialog().getByLabel('Name').fill('Despite everything');
    await demo.server.kill();
    await dialog().getByRole('button', { name: 'Create API key' }).click();
    await kept();
    await expect.poll(() => dialog().getByLabel('Name').inputValue()).toBe('Despite everything');
    await demo.server.start();
    expect(await createdKey('Despite everything')).not.toBe('');
    await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog().getByRole('button', { name: 'Close' }).click();
    await row('Despite everything').waitFor();
    await expect.poll(() => row('Despite everything').count()).toBe(1);

    await page.getByRole('tab', { name: 'Provider tokens' }).click();
    await provider('Jira').getByRole('button', { name: 'Add token' }).click();
    await dialog().getByLabel('Site').fill('acme.atlassian.net');
    await dialog().getByLabel('E-mail').fill('ana@acme.example');
    await dialog().getByLabel('API token').fill('ATATT3-typed-once');
    await demo.server.kill();
    await dialog().getByRole('button', { name: 'Add token' }).click();
    await kept();
    for (const [label, value] of [
      ['Site', 'acme.atlassian.net'],
      ['E-mail', 'ana@acme.example'],
      ['API token', 'ATATT3-typed-once'],
    ] as const)
      await expect.poll(() => dialog().getByLabel(label).inputValue()).toBe(value);
    await demo.server.start();
    await dialog().getByRole('button', { name: 'Add token' }).click();
    await dialog().waitFor({ state: 'detached' });
    await provider('Jira').getByText('Not checked yet').waitFor();

    // A failed read is shown as an error, and repeated once the server is back.
    await demo.server.kill();
    await page.evaluate(() =>
      document.querySelector('profile-tabs')?.replaceWith(document.createElement('profile-tabs')),
    );
    await problem.first().waitFor();
    await demo.server.start();
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('Anabel Souza').last().waitFor();
  });

  describe('also', () => {
    it('three tabs, and a way to the documentation', async () => {
      await demo.signIn(page, /Eve/);
      await page.getByRole('tab').first().waitFor();
      await expect
        .poll(() => page.getByRole('tab').allInnerTexts())
        .toEqual(['Profile', 'API keys', 'Provider tokens']);
      const way = page.locator('profile-tabs').getByRole('link', { name: /Documentation/ });
      const [opened] = await Promise.all([page.waitForEvent('popup'), way.click()]);
      await opened.getByRole('heading', { level: 1, name: 'Documentation' }).waitFor();
    });

    it('e-mail to read, as the identity provider controls it; no role', async () => {
      await show('Profile', /Eve/);
      const email = page.locator('profile-form').getByRole('definition').filter({ hasText: 'eve@acme.example' });
      await email.waitFor();
      await page.getByText('Managed by your identity provider.').waitFor();
      await page.getByRole('button', { name: 'Edit' }).click();
      await expect.poll(() => page.getByLabel('E-mail').getAttribute('readonly')).not.toBeNull();
      expect(
        await page
          .locator('profile-form')
          .getByText(/Role|Viewer/)
          .count(),
      ).toBe(0);
      const { headers } = await demo.ask('eve', 'GET', '/profile');
      const refused = await demo.ask('eve', 'PATCH', '/profile', {
        body: { email: 'x@acme.example' },
        headers: { 'if-match': headers.get('etag') ?? '' },
      });
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ code: 'field_not_editable', errors: [{ path: 'email' }] });
    });

    it('keys and tokens of one’s own whatever the role, and an organization’s for nobody', async () => {
      await disconnect('eve');
      await show('API keys', /Eve/);
      await openCreate();
      await dialog().getByText('For you').waitFor();
      const value = await createdKey('Of a viewer');
      await dialog().getByText('Send it as X-API-KEY: <key>.').waitFor();
      await dialog().getByRole('button', { name: 'Copy', exact: true }).click();
      await dialog().getByRole('button', { name: 'Close' }).click();
      expect(await whoAmI(value)).toBe(200);
      await page.getByRole('tab', { name: 'Provider tokens' }).click();
      await addJira('eve@acme.example', 'ATATT3-of-eve');
      await provider('Jira').getByText('Not checked yet').waitFor();
      for (const [path, body] of [
        ['/organizations/acme/api-keys', { name: 'Of Acme' }],
        [
          '/organizations/acme/provider-tokens',
          { provider: 'azure-devops', values: { organization: 'acme', token: 'x' } },
        ],
        ['/admin/api-keys', undefined],
      ] as const) {
        const refused = await demo.ask('ana', body ? 'POST' : 'GET', path, {
          body,
          headers: { 'idempotency-key': crypto.randomUUID() },
        });
        expect(refused.status).toBe(403);
        expect(await refused.json()).toMatchObject({ code: 'not_offered' });
      }
    });

    it('a key has a name and nothing else: no expiry, no description, no module', async () => {
      await show('API keys', /Eve/);
      await openCreate();
      await expect.poll(() => dialog().locator('input, select, textarea').count()).toBe(1);
      for (const more of [{ expiresInDays: 30 }, { description: 'More' }, { module: 'projects' }]) {
        const refused = await demo.ask('eve', 'POST', '/api-keys', {
          body: { name: 'With more', ...more },
          headers: { 'idempotency-key': crypto.randomUUID() },
        });
        expect(refused.status).toBe(422);
        expect(await refused.json()).toMatchObject({ errors: [{ path: Object.keys(more)[0] }] });
      }
    });

    it('like passwords: no sharing, no source control; compromised, deleted and made anew', async () => {
      await show('API keys', /Eve/);
      const advice = page.locator('api-key-list').getByText('like passwords', { exact: false });
      await expect.poll(() => advice.innerText()).toMatch(/do not share.*source control.*lost.*create a new one/s);
      await page.getByRole('tab', { name: 'Provider tokens' }).click();
      await page.getByText('Keep them private: do not share them, and keep them out of source control.').waitFor();
    });

    it('one token a provider: where there is one, there is nothing to add', async () => {
      await disconnect('eve');
      await show('Provider tokens', /Eve/);
      await addJira('eve@acme.example', 'ATATT3-the-only-one');
      await provider('Jira').getByText('Not checked yet').waitFor();
      await expect.poll(() => provider('Jira').getByRole('button', { name: 'Add token' }).count()).toBe(0);
      const second = await demo.ask('eve', 'POST', '/provider-tokens', {
        body: { provider: 'jira', values: { site: 'acme.atlassian.net', email: 'e@acme.example', token: 'ATATT3-2' } },
      });
      expect(second.status).toBe(422);
      expect(await second.json()).toMatchObject({ errors: [{ path: 'provider', code: 'duplicate' }] });
    });

    it('a token is deleted: the connection is gone, and its row offers to add another', async () => {
      await disconnect('eve');
      await show('Provider tokens', /Eve/);
      await addJira('eve@acme.example', 'ATATT3-soon-gone');
      const key = await createKey('eve', 'Agent of the token soon gone');
      expect(await leased(key)).toEqual(jiraHeaders('eve@acme.example', 'ATATT3-soon-gone'));
      await choose('Jira', 'Delete');
      await confirm().getByText('The connection to Jira ends immediately, and agents can no longer use it.').waitFor();
      await confirm().getByRole('button', { name: 'Delete token' }).click();
      await provider('Jira').getByText('No token yet').waitFor();
      const add = provider('Jira').getByRole('button', { name: 'Add token' });
      await expect.poll(() => add.evaluate((it) => (it.getRootNode() as ShadowRoot).activeElement === it)).toBe(true);
      expect(await leased(key)).toBe(404);
    });
  });
});
