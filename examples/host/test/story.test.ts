import { describe, expect, it } from 'vitest';
import { runAgent } from './agent.js';
import { complaintsOf, tabTo } from './browser.js';
import { startedDemo } from './started-demo.js';
import { everythingIn } from './systems/page.js';

const token = 'ATATT3-a-jira-token-that-must-not-be-seen-again';
const address = 'agent@acme.example';

describe('AI Cockpit One, from sign-in to an agent at work', () => {
  const demo = startedDemo();
  const whoAmI = (key: string) => fetch(`${demo.api}/integration/whoami`, { headers: { 'X-API-KEY': key } });

  it('changes a name, adds the organization’s Jira token, creates a key, and lets an agent work', async () => {
    const page = await demo.open();
    const complaints = complaintsOf(page);
    await page.goto(demo.server.origin);
    await page.getByRole('link', { name: /AI Cockpit One/ }).click();
    await page.getByRole('button', { name: /Ana/ }).click();

    // Their name.
    await page.getByLabel('First name').fill('Anabel');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    await page.getByText('Anabel Souza').waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Anabel');

    // The organization's token for agents.
    await page.getByRole('tab', { name: 'Providers' }).click();
    await page.getByRole('button', { name: 'Add token' }).first().click();
    const tokenDialog = page.getByRole('dialog');
    await tokenDialog.getByLabel('Provider').selectOption('jira');
    await tokenDialog.getByRole('link', { name: /Jira/ }).waitFor();
    await tokenDialog.getByLabel('Site').fill('acme.atlassian.net');
    await tokenDialog.getByLabel('E-mail').fill(address);
    await tokenDialog.getByLabel(/token/i).last().fill(token);
    await tokenDialog.getByLabel('Name').fill('Jira of Acme');
    await tokenDialog.getByLabel('Code').fill('jira');
    await tokenDialog.getByRole('button', { name: 'Add token' }).click();
    await page.getByRole('rowheader', { name: /Jira of Acme/ }).waitFor();
    expect(await everythingIn(page)).not.toContain(token);

    // A key of the active organization, shown once.
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'Create API key' }).first().click();
    const keyDialog = page.getByRole('dialog');
    await keyDialog.getByText('For Acme').waitFor();
    await keyDialog.getByLabel('Description').fill('Nightly report');
    await keyDialog.getByLabel('Module').selectOption('agents');
    await keyDialog.getByRole('button', { name: 'Create API key' }).click();
    const value = keyDialog.getByRole('textbox', { name: 'API key' });
    const key = await value.inputValue();
    expect(key).toMatch(/^aico_[0-9A-Za-z]{48}$/);
    await keyDialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await keyDialog.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
    await keyDialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('rowheader', { name: /Nightly report/ }).waitFor();
    expect(await everythingIn(page)).not.toContain(key);

    // Another program.
    expect((await whoAmI(key)).status).toBe(200);
    const agent = await runAgent(demo.api, key);
    expect(agent.said).toContain('belongs to Acme (organization)');
    expect(agent.said).toContain('https://acme.atlassian.net');
    expect(agent.said).toMatch(/authorization: \[redacted\]/i);
    expect(agent.said).not.toContain(token);
    expect(agent.status).toBe(0);
    const lease = await fetch(`${demo.api}/integration/credentials`, {
      method: 'POST',
      headers: { 'X-API-KEY': key, 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'jira', purpose: 'test' }),
    });
    const { headers } = (await lease.json()) as { headers: Record<string, string> };
    expect(Object.values(headers)).toEqual([`Basic ${btoa(`${address}:${token}`)}`]);

    // The server goes down without a word, and nothing is lost.
    await demo.server.kill();
    await demo.server.start();
    await page.reload();
    await page.getByRole('rowheader', { name: /Nightly report/ }).waitFor();
    expect(await everythingIn(page)).not.toContain(key);
    expect((await whoAmI(key)).status).toBe(200);

    // The key is deleted: cancel keeps it, confirm ends it.
    await page.getByRole('button', { name: /Actions for Nightly report/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    expect((await whoAmI(key)).status).toBe(200);
    await page.getByRole('button', { name: /Actions for Nightly report/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /Delete/ })
      .click();
    await page.getByText('Acme has no API keys yet.').waitFor();
    expect((await whoAmI(key)).status).toBe(401);
    expect((await runAgent(demo.api, key)).status).toBe(1);

    expect(demo.server.log).not.toContain(token);
    expect(demo.server.log).not.toContain(key);
    expect(complaints).toEqual([]);
  });

  it('X-API-KEY: valid → 200, wrong → 401, revoked → 401', async () => {
    const accessToken = await demo.accessToken('bruno');
    const authorization = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const created = await fetch(`${demo.api}/organizations/acme/api-keys`, {
      method: 'POST',
      headers: { ...authorization, 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ description: 'To be revoked' }),
    });
    const { apiKey, secret } = (await created.json()) as { apiKey: { id: string }; secret: string };
    expect((await whoAmI(secret)).status).toBe(200);
    expect((await whoAmI(`${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`)).status).toBe(401);
    await fetch(`${demo.api}/organizations/acme/api-keys/${apiKey.id}/revoke`, {
      method: 'POST',
      headers: authorization,
      body: '{}',
    });
    const revoked = await whoAmI(secret);
    expect(revoked.status).toBe(401);
    expect(revoked.headers.get('www-authenticate')).toBeTruthy();
  });

  it('the same by keyboard alone', async () => {
    const page = await demo.open();
    const press = (key: string) => page.keyboard.press(key);
    const write = (text: string) => page.keyboard.type(text);
    await page.goto(demo.server.origin);
    await tabTo(page, 'AI Cockpit One');
    await press('Enter');
    await page.getByRole('button', { name: /Dora/ }).waitFor();
    await tabTo(page, 'Dora');
    await press('Enter');
    await page.getByLabel('First name').waitFor();

    await tabTo(page, 'First name');
    await press('ControlOrMeta+a');
    await write('Dorothea');
    await tabTo(page, 'Save');
    await press('Enter');
    await page.getByText('Saved').waitFor();

    await page.keyboard.press('Control+Home');
    await tabTo(page, 'Profile');
    await press('ArrowRight');
    await page.getByRole('button', { name: 'Add token' }).first().waitFor();
    await tabTo(page, 'Add token');
    await press('Enter');
    await tabTo(page, 'Provider');
    await write('Jira');
    await tabTo(page, 'Name');
    await write('Jira of Globex');
    await tabTo(page, 'Site');
    await write('globex.atlassian.net');
    await tabTo(page, 'E-mail');
    await write(address);
    await tabTo(page, 'API token');
    await write(token);
    await press('Enter');
    await page.getByRole('rowheader', { name: /Jira of Globex/ }).waitFor();

    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await tabTo(page, 'Providers');
    await press('ArrowRight');
    await page.getByRole('button', { name: 'Create API key' }).first().waitFor();
    await tabTo(page, 'Create API key');
    await press('Enter');
    await tabTo(page, 'Description');
    await write('Made without a mouse');
    await press('Enter');
    await page.getByRole('button', { name: 'Copy', exact: true }).waitFor();
    await tabTo(page, 'Copy');
    await press('Enter');
    await page.getByText('Copied').waitFor();
    const key = await page.evaluate(() => navigator.clipboard.readText());
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await whoAmI(key)).status).toBe(200);

    await tabTo(page, 'Actions for Made without a mouse');
    await press('Enter');
    await page.getByRole('menuitem', { name: 'Delete' }).and(page.locator(':focus')).waitFor();
    await press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await tabTo(page, 'Delete API key');
    await press('Enter');
    await page.getByText('Globex has no API keys yet.').waitFor();
    expect((await whoAmI(key)).status).toBe(401);
    await page.context().close();
  });

  it('explains to a viewer why there are no keys', async () => {
    const page = await demo.open();
    await demo.signIn(page, /Eve/);
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByText('in Acme doesn’t include access to').waitFor();
    await page.context().close();
  });
});
