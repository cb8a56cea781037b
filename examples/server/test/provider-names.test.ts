import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostPolicy, ProviderToken } from '@ai-cockpit/sdk/contract';
import { aicHub } from '@ai-cockpit/sdk/presets';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestServer } from './harness.js';
import { type MailServer, startMailServer } from './mail-server.js';
import { optIn, startConsole } from './notifications.js';
import { read, request } from './request.js';

const day = 24 * 60 * 60 * 1000;

const tracker = {
  id: 'acme-tracker',
  name: 'Acme Tracker',
  fields: [{ id: 'token', label: 'Token', kind: 'secret' }],
  requests: [{ baseUrl: 'https://tracker.acme.example/api', headers: { Authorization: 'Bearer {token}' } }],
  messages: { ja: { name: 'アクメ・トラッカー' }, pt: { name: 'Rastreador Acme' } },
};

const policy: HostPolicy = {
  ...aicHub,
  providerTokens: aicHub.providerTokens && { ...aicHub.providerTokens, providers: ['acme-tracker'] },
  notifications: { events: ['job.failed'] },
  messages: { es: { 'provider.acme-tracker.name': 'Rastreador' } },
};

describe('the name of a provider in other languages', () => {
  let folder: string;
  let mail: MailServer;
  let server: TestServer;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cockpit-providers-'));
    const file = join(folder, 'providers.json');
    writeFileSync(file, JSON.stringify([tracker]));
    mail = await startMailServer();
    server = await startConsole(mail, { database: 'sqlite', policy, env: { PROVIDERS: file } });
    const json = { provider: 'acme-tracker', values: { token: 'canary-token' } };
    expect((await request(server, '/provider-tokens', { as: 'ana', json })).status).toBe(201);
  });
  afterEach(async () => {
    await server.close();
    await mail.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['en', 'Provider token “Acme Tracker” expires tomorrow'],
    ['ja', 'プロバイダートークン「アクメ・トラッカー」の有効期限が切れます（明日）'],
    // By its language where it has nothing for the country, and in the host's words over its own.
    ['pt-BR', 'Token de provedor “Rastreador Acme” expira amanhã'],
    ['es', 'Token de proveedor “Rastreador” caduca mañana'],
  ] as const)('a mail about a token without a name: %s', async (locale, subject) => {
    await optIn(server, 'ana', { locale });
    await server.store.db
      .updateTable('providerToken')
      .set({ expiresAt: server.clock.now() + day })
      .execute();
    await server.sweep();
    await server.settled();
    expect(mail.mails.map((sent) => sent.subject)).toEqual([subject]);
  });

  it.each(['Acme Tr', 'トラッカー', 'rastreador'])('a search: %s', async (text) => {
    const found = await request(server, `/provider-tokens?q=${encodeURIComponent(text)}`, { as: 'ana' });
    expect((await read<{ data: ProviderToken[] }>(found)).data).toHaveLength(1);
  });
});
