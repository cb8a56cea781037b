import { aicHub, aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases, type TestServer } from './harness.js';
import { type MailServer, startMailServer } from './mail-server.js';
import { optIn, patchSettings, startConsole } from './notifications.js';
import { mint, minted, read, request, withApiKeys } from './request.js';

const day = 24 * 60 * 60 * 1000;
const dateIn = (days: number) => new Date(Date.now() + days * day).toISOString();

const personal = withApiKeys({ owner: 'user', fields: { name: 'required', description: 'optional' } });

describe.each(databases)('expiry warnings on %s', (database) => {
  let mail: MailServer;
  let server: TestServer;
  beforeEach(async () => {
    mail = await startMailServer();
    server = await startConsole(mail, { database, policy: personal });
  });
  afterEach(async () => {
    await server.close();
    await mail.stop();
  });

  const restart = async (policy: typeof personal) => {
    await server.close();
    server = await startConsole(mail, { database, policy });
  };
  /** The mails sent within so many days, with a sweep every twelve hours. */
  const mailedWithin = async (days: number): Promise<string[]> => {
    const before = mail.mails.length;
    for (let halves = 0; halves < 2 * days; halves++) {
      await server.sweep();
      await server.settled();
      server.advance(day / 2);
    }
    return mail.mails.slice(before).map(({ recipient, subject }) => `${recipient}: ${subject}`);
  };
  const key = async (json: object = { name: 'Nightly', expiresAt: dateIn(40) }, as = 'ana') =>
    (await minted(await mint(server, '/api-keys', json, as))).apiKey;

  it('30, 7 and 1 days before → one mail each', async () => {
    await key();
    expect(await mailedWithin(41)).toEqual([
      'ana@acme.example: API key “Nightly” expires in 30 days',
      'ana@acme.example: API key “Nightly” expires in 7 days',
      'ana@acme.example: API key “Nightly” expires tomorrow',
    ]);
    const [last] = mail.mails.slice(-1);
    expect(last?.text).toContain('Open your profile: https://cockpit.example/test/#api-keys');
    expect(last?.text).toMatch(/Expires: .* UTC/);
    expect(last?.headers.find(({ key }) => key === 'list-unsubscribe-post')?.value).toBe('List-Unsubscribe=One-Click');
  });

  it('two processes → one mail', async () => {
    await key({ name: 'Nightly', expiresAt: dateIn(5) });
    const beside = await startConsole(mail, { database, policy: personal, beside: server });
    await Promise.all([server.sweep(), beside.sweep()]);
    await Promise.all([server.settled(), beside.settled()]);
    await beside.close();
    expect(mail.mails).toHaveLength(1);
  });

  it('a server that was down → the last due warning is mailed late', async () => {
    await key({ name: 'Nightly', expiresAt: dateIn(40) });
    server.advance(38 * day);
    expect(await mailedWithin(1)).toEqual(['ana@acme.example: API key “Nightly” expires in 2 days']);
  });

  it('a key without expiry, a revoked or a deleted key → no mail', async () => {
    const { id } = await key({ name: 'Revoked', expiresAt: dateIn(10) });
    await key({ name: 'Endless' });
    await request(server, `/api-keys/${id}/revoke`, { as: 'ana', json: {} });
    expect(await mailedWithin(12)).toEqual([]);
  });

  it('a key revoked while its mail waits → no mail', async () => {
    await mail.stop();
    const { id } = await key({ name: 'Nightly', expiresAt: dateIn(5) });
    await server.sweep();
    await server.settled();
    await request(server, `/api-keys/${id}/revoke`, { as: 'ana', json: {} });
    await mail.start();
    server.advance(60_000);
    expect(await mailedWithin(1)).toEqual([]);
  });

  it('an organization’s key → mailed to those who manage the organization', async () => {
    await restart(aiCockpitOne);
    for (const as of ['bruno', 'carla', 'dora', 'eve']) await request(server, '/profile', { as });
    const json = { description: 'For the agents', expiresAt: dateIn(5) };
    await minted(await mint(server, '/organizations/acme/api-keys', json, 'ana'));
    const mailed = await mailedWithin(1);
    expect(mailed.sort()).toEqual([
      'ana@acme.example: API key “For the agents” expires in 5 days',
      'bruno@acme.example: API key “For the agents” expires in 5 days',
    ]);
  });

  it('a provider token → the mail links to the provider tokens', async () => {
    await restart(aiCockpitOne);
    const values = { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'canary-token' };
    const json = { provider: 'jira', name: 'Agents', code: 'agents', values };
    const added = await request(server, '/organizations/acme/provider-tokens', { as: 'ana', json });
    const { id } = await read<{ id: string }>(added);
    const expiresAt = Date.now() + 6 * day;
    await server.store.db.updateTable('providerToken').set({ expiresAt }).where('id', '=', id).execute();
    expect(await mailedWithin(1)).toEqual(['ana@acme.example: Provider token “Agents” expires in 6 days']);
    expect(mail.mails.at(-1)?.text).toContain('https://cockpit.example/test/#providers');
    expect(mail.mails.at(-1)?.text).not.toContain('canary-token');
  });

  it('a provider token without a name → the mail names the provider', async () => {
    await restart(aicHub);
    const values = { site: 'acme.atlassian.net', email: 'bot@acme.example', token: 'canary-token' };
    await request(server, '/provider-tokens', { as: 'ana', json: { provider: 'jira', values } });
    await server.store.db
      .updateTable('providerToken')
      .set({ expiresAt: Date.now() + day })
      .execute();
    expect(await mailedWithin(0.5)).toEqual(['ana@acme.example: Provider token “Jira” expires tomorrow']);
  });

  it('a person without settings → mailed; a person who switched warnings off → no mail', async () => {
    await server.close();
    server = await startConsole(mail, {
      database,
      policy: { ...personal, notifications: { events: ['job.failed'] } },
    });
    await key({ name: 'Of Ana', expiresAt: dateIn(5) }, 'ana');
    await key({ name: 'Of Bruno', expiresAt: dateIn(5) }, 'bruno');
    await key({ name: 'Of Carla', expiresAt: dateIn(5) }, 'carla');
    await optIn(server, 'ana', { email: 'ana.mail@acme.example', locale: 'pt-BR' });
    await patchSettings(server, 'bruno', { enabled: false });
    const mailed = await mailedWithin(1);
    expect(mailed.sort()).toEqual([
      'ana.mail@acme.example: Chave de API “Of Ana” expira em 5 dias',
      'carla@acme.example: API key “Of Carla” expires in 5 days',
    ]);
  });

  it('one-click unsubscribe works for a product without a switch on its page', async () => {
    await key({ name: 'Nightly', expiresAt: dateIn(9) });
    expect(await mailedWithin(1)).toHaveLength(1);
    const [{ text = '', headers } = { headers: [] }] = mail.mails;
    expect(text).toContain('use “Unsubscribe” in your mail program');
    // Nor does a page bring them back, which is said before it is done.
    expect(text).toContain('only an administrator of AI Cockpit One can turn them back on.');
    const [, link = ''] =
      /^<https:\/\/cockpit.example\/test\/v1(.*)>$/.exec(
        headers.find(({ key }) => key === 'list-unsubscribe')?.value ?? '',
      ) ?? [];
    expect((await request(server, link, { method: 'POST' })).status).toBe(204);
    expect(await mailedWithin(9)).toEqual([]);
  });
});
