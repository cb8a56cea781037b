import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { complaintsOf } from './browser.js';
import { startedDemo } from './started-demo.js';

const policy = fileURLToPath(new URL('sixth-policy/harbour-desk.json', import.meta.url));

/** A product that nobody has thought of: one JSON file, and not a line of code. */
describe('a policy that is written as JSON only', () => {
  const demo = startedDemo({ POLICY: policy }, 'harbour-desk');
  const mint = (user: string, body: object) =>
    demo.ask(user, 'POST', '/api-keys', { body, headers: { 'idempotency-key': crypto.randomUUID() } });
  /** `201`, or `422 expiresInDays:not_offered`. */
  const outcome = async (asked: Promise<Response>): Promise<string> => {
    const answer = await asked;
    if (answer.ok) return String(answer.status);
    const { code, errors = [] } = (await answer.json()) as { code: string; errors?: { path: string; code: string }[] };
    return [answer.status, errors.length ? errors.map((fault) => `${fault.path}:${fault.code}`).join(' ') : code].join(
      ' ',
    );
  };
  const secretOf = async (asked: Promise<Response>): Promise<string> =>
    ((await (await asked).json()) as { secret: string }).secret;
  const whoAmI = async (key: string, query = ''): Promise<number> =>
    (await demo.ask(null, 'GET', `/integration/whoami${query}`, { headers: { authorization: `Bearer ${key}` } }))
      .status;

  const open = async (person: RegExp): Promise<{ page: Page; complaints: string[] }> => {
    const page = await demo.open();
    const complaints = complaintsOf(page);
    await demo.signIn(page, person);
    return { page, complaints };
  };

  it('is listed among all products, in the log and on the page, with its own sign-in', async () => {
    expect(demo.server.log).toContain(`Harbour Desk: ${demo.server.origin}/harbour-desk/\n`);
    expect(demo.server.log).toContain(`AI Cockpit One: ${demo.server.origin}/ai-cockpit-one/\n`);
    const page = await demo.open();
    const complaints = complaintsOf(page);
    await page.goto('/');
    await page.getByRole('listitem').getByRole('link', { name: 'Harbour Desk' }).click();
    await page.getByRole('dialog', { name: 'Sign in to Harbour Desk' }).waitFor();
    expect(await page.title()).toBe('Profile · Harbour Desk');
    await page.goto('/harbour-desk/documentation/');
    expect(await page.title()).toBe('Documentation · Harbour Desk');
    await page.getByRole('link', { name: 'Harbour Desk' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('has a page with a profile, tokens and notifications that work', async () => {
    const { page, complaints } = await open(/Carla/);
    const dialog = page.getByRole('dialog');
    await page.getByRole('tab').first().waitFor();
    await expect
      .poll(() => page.getByRole('tab').allTextContents())
      .toEqual(['API tokens', 'Providers', 'Profile', 'Notifications', 'Activity']);

    // A token, for a choice of days, shown once.
    await page.getByRole('button', { name: 'Generate API token' }).first().click();
    await dialog.getByLabel('Name').fill('Crane');
    await dialog.getByLabel('Module').selectOption('berths');
    await expect.poll(() => dialog.getByRole('radio').count()).toBe(2);
    await expect.poll(() => dialog.getByRole('radio', { name: '7 days' }).isChecked()).toBe(true);
    await dialog.getByRole('button', { name: 'Generate API token' }).click();
    const token = await dialog.getByRole('textbox', { name: 'API token' }).inputValue();
    expect(token).toMatch(/^[0-9A-Za-z]{8}\.[0-9A-Za-z]{32}$/);
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog.getByText('Copied').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /Crane/ }) });
    await row.getByText(`…${token.slice(-4)}`).waitFor();
    await row.getByText('Berths').waitFor();
    expect(await whoAmI(token, '?module=berths')).toBe(200);
    expect(await whoAmI(token, '?module=agents')).toBe(403);

    // It is revoked first: there is no way to delete it before.
    await row.getByRole('button', { name: /Actions for/ }).click();
    await expect.poll(() => page.getByRole('menuitem').allTextContents()).toEqual([expect.stringContaining('Revoke')]);
    await page.getByRole('menuitem', { name: 'Revoke' }).click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /Revoke/ })
      .click();
    await row.getByText('Revoked').waitFor();
    expect(await whoAmI(token)).toBe(401);

    // A token for agents, of one's own: no code is asked for.
    await page.getByRole('tab', { name: 'Providers' }).click();
    await page.getByRole('button', { name: 'Add token' }).first().click();
    await dialog.getByLabel('Provider').waitFor();
    await expect
      .poll(() => dialog.getByLabel('Provider').locator('option').allTextContents())
      .toEqual(expect.not.arrayContaining(['ServiceNow']));
    await dialog.getByLabel('Provider').selectOption('jira');
    await expect.poll(() => dialog.getByLabel('Code').count()).toBe(0);
    await dialog.getByLabel('Site').fill('harbour.atlassian.net');
    await dialog.getByLabel('E-mail').fill('carla@acme.example');
    await dialog.getByLabel('API token').fill('ATATT3-of-the-harbour');
    await dialog.getByLabel('Name').fill('Jira of the harbour');
    await dialog.getByRole('button', { name: 'Add token' }).click();
    await page.getByRole('rowheader', { name: /Jira of the harbour/ }).waitFor();

    // Her first name; the last one is not hers to change.
    await page.getByRole('tab', { name: 'Profile' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('First name').fill('Carlotta');
    await expect.poll(() => page.getByLabel('Last name').isEditable()).toBe(false);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tabpanel').getByText('Saved', { exact: true }).waitFor();
    await page.getByText('Carlotta Mendes').first().waitFor();

    // Notifications: the host's events, one of them with the host's own text.
    await page.getByRole('tab', { name: 'Notifications' }).click();
    await page.getByLabel('E-mail address for notifications').fill('carla@harbour.example');
    await page.getByRole('switch').check();
    await page.getByLabel('Ship arrived').waitFor();
    await page.getByLabel('ship.delayed').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('tabpanel').getByText('Saved', { exact: true }).waitFor();
    const settings = await demo.ask('carla', 'GET', '/notification-settings');
    expect(await settings.json()).toMatchObject({
      email: 'carla@harbour.example',
      enabled: true,
      events: ['ship.arrived'],
    });

    // The activity, and the sign-out link.
    await page.getByRole('tab', { name: 'Activity' }).click();
    await page.getByRole('tabpanel').getByText('Crane').first().waitFor();
    await page.getByRole('link', { name: 'Documentation' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is enforced by the server, for every role', async () => {
    const days = { expiresInDays: 7 };
    expect(await outcome(mint('bruno', { name: 'One', ...days, description: 'A crane', module: 'agents' }))).toBe(
      '201',
    );
    expect(await outcome(mint('bruno', days))).toBe('422 name:required');
    expect(await outcome(mint('bruno', { name: 'One', ...days }))).toBe('422 name:duplicate');
    expect(await outcome(mint('bruno', { name: 'Two', ...days, module: 'reports' }))).toBe('422 module:not_offered');
    expect(await outcome(mint('bruno', { name: 'Two' }))).toBe('422 expiresInDays:required');
    expect(await outcome(mint('bruno', { name: 'Two', expiresInDays: 14 }))).toBe('422 expiresInDays:not_offered');
    expect(await outcome(mint('bruno', { name: 'Two', expiresAt: '2999-01-01' }))).toBe('422 expiresAt:not_offered');
    const organizations = demo.ask('bruno', 'GET', '/organizations/acme/api-keys');
    expect(await outcome(organizations)).toBe('403 not_offered');

    const token = {
      provider: 'jira',
      name: 'J',
      values: { site: 'a.atlassian.net', email: 'b@c.example', token: 't' },
    };
    const add = (body: object) => outcome(demo.ask('bruno', 'POST', '/provider-tokens', { body }));
    expect(await add({ ...token, code: 'j' })).toBe('422 code:not_offered');
    expect(await add({ ...token, name: undefined })).toBe('422 name:required');
    expect(await add({ ...token, provider: 'servicenow' })).toBe('422 provider:not_offered');
    expect(await add(token)).toBe('201');
    const lease = { body: { provider: 'jira', purpose: 'To see' } };
    expect(await outcome(demo.ask('bruno', 'POST', '/integration/credentials', lease))).toBe('200');

    const change = async (user: string, body: object) => {
      const headers = { 'if-match': '*' };
      return outcome(demo.ask(user, 'PATCH', '/profile', { body, headers }));
    };
    expect(await change('bruno', { lastName: 'Other' })).toBe('403 lastName:not_editable');
    expect(await change('bruno', { firstName: '' })).toMatch(/^422 firstName:/);
    expect(await change('bruno', { email: 'bruno@harbour.example' })).toBe('200');
    expect(await change('eve', { email: 'eve@harbour.example' })).toBe('403 email:not_editable');

    const events = {
      body: { email: 'b@c.example', enabled: true, events: ['job.failed'] },
      headers: { 'if-match': '*' },
    };
    expect(await outcome(demo.ask('bruno', 'PATCH', '/notification-settings', events))).toMatch(/^422 events/);
  });

  it('at the limit, replaces the oldest token; a role without tokens has none', async () => {
    const [first, second, third] = [
      await secretOf(mint('dora', { name: 'First', expiresInDays: 7 })),
      await secretOf(mint('dora', { name: 'Second', expiresInDays: 30 })),
      await secretOf(mint('dora', { name: 'Third', expiresInDays: 7 })),
    ];
    expect([await whoAmI(first), await whoAmI(second), await whoAmI(third)]).toEqual([401, 200, 200]);
    for (const name of ['A', 'B', 'C']) expect(await outcome(mint('ana', { name, expiresInDays: 7 }))).toBe('201');
    expect(await outcome(mint('eve', { name: 'None', expiresInDays: 7 }))).toBe('403 not_offered');
    expect(await outcome(demo.ask('ana', 'GET', '/admin/api-keys'))).toBe('200');
    expect(await outcome(demo.ask('bruno', 'GET', '/admin/api-keys'))).toMatch(/^403/);

    const { page, complaints } = await open(/Eve/);
    await page.getByRole('tab').first().waitFor();
    await expect.poll(() => page.getByRole('tab').allTextContents()).not.toContain('API tokens');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
