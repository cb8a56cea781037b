import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aipConsole } from '@ai-cockpit/sdk/presets';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailTexts } from '../src/domain/notifications/mail-texts.js';
import { checkPolicy } from '../src/documents/policy-faults.js';
import { messageFaults } from '../src/settings/message-faults.js';
import type { TestServer } from './harness.js';
import { type MailServer, startMailServer } from './mail-server.js';
import { eventOf, optIn, publish, startConsole, until } from './notifications.js';
import { mint, minted } from './request.js';

const plain: HostPolicy = { ...aipConsole, messages: {} };
delete plain.productName;
const harbour: HostPolicy = {
  ...plain,
  apiKeys: plain.apiKeys && {
    ...plain.apiKeys,
    noun: 'apiToken',
    expiry: { ...plain.apiKeys.expiry, mode: 'optional' },
    columns: ['createdAt', 'lastUsedAt', 'expiresAt', 'status'],
  },
  notifications: { events: ['ship.arrived', 'job.failed'] },
  productName: 'Harbour Desk',
  accentColor: '#ffd54f',
  messages: {
    en: { 'noun.apiToken': 'access code', 'notifications.event.ship.arrived': 'Ship arrived' },
    ja: { productName: '港湾デスク', 'mail.open': '{product} へ' },
  },
};

describe('mails', () => {
  let mail: MailServer;
  let server: TestServer;
  beforeEach(async () => {
    mail = await startMailServer();
  });
  afterEach(async () => {
    await server.close();
    await mail.stop();
  });

  const start = async (policy: HostPolicy, env: Record<string, string> = {}) => {
    server = await startConsole(mail, { database: 'sqlite', policy, env });
  };
  const nextMail = async (act: () => Promise<unknown>) => {
    const before = mail.mails.length;
    await act();
    await until(() => mail.mails.length > before, 'a mail came');
    const sent = mail.mails.at(-1);
    const text = sent?.text ?? '';
    return { subject: sent?.subject, html: String(sent?.html), text, lines: text.split('\n') };
  };

  it('name the product, and the application once where the event is about one', async () => {
    await start(harbour);
    await optIn(server, 'ana');
    const { subject, lines, text } = await nextMail(() => publish(server, eventOf({ type: 'job.failed' })));
    expect(subject).toBe('Job failed: Demand forecast');
    expect(lines.slice(0, 3)).toEqual(['Job failed', '', 'Application: Demand forecast']);
    expect(text.split('Demand forecast')).toHaveLength(2);
    expect(text).toContain('Open in Harbour Desk: https://cockpit.example/jobs/7');
    expect(text).toContain('because e-mail notifications are turned on in your Harbour Desk profile.');
    expect(text).not.toContain('in cockpit.example');
  });

  it('a custom event names its application, or none', async () => {
    await start(harbour);
    await optIn(server, 'ana');
    const event = eventOf({ type: 'ship.arrived', title: 'Aurora' });
    const arrived = await nextMail(() => publish(server, event));
    expect(arrived.subject).toBe('Ship arrived: Aurora');
    expect(arrived.lines.slice(0, 3)).toEqual(['Ship arrived: Aurora', '', 'When: November 20, 2026 at 8:30 AM UTC']);
    expect(arrived.text).not.toContain('Application');
    const named = await nextMail(() => publish(server, { ...event, id: 'another', application: 'Berth plan' }));
    expect(named.lines.slice(0, 3)).toEqual(['Ship arrived: Aurora', '', 'Application: Berth plan']);
  });

  it('MAIL_FROM without a name → the product as the sender’s name, in the language of the mail', async () => {
    await start(harbour, { MAIL_FROM: 'no-reply@cockpit.example' });
    for (const [locale, name] of [
      ['en', 'Harbour Desk'],
      ['ja', '港湾デスク'],
    ] as const) {
      await optIn(server, 'ana', { locale });
      await nextMail(() => publish(server, eventOf({ id: locale, type: 'job.failed' })));
      expect(mail.mails.at(-1)?.from).toEqual({ name, address: 'no-reply@cockpit.example' });
    }
  });

  it('use the host’s noun for a key', async () => {
    await start(harbour);
    const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const { subject } = await nextMail(async () => {
      await minted(await mint(server, '/api-keys', { expiresAt }, 'ana'));
      await server.sweep();
    });
    expect(subject).toMatch(/^Access code “.+” expires in 5 days$/);
  });

  it('follow the host’s texts and product name in the language of the person', async () => {
    await start(harbour);
    await optIn(server, 'ana', { locale: 'ja' });
    const { text } = await nextMail(() => publish(server, eventOf({ type: 'job.failed' })));
    expect(text).toContain('港湾デスク へ：https://cockpit.example/jobs/7');
    expect(text).toContain('港湾デスク のプロフィール');
  });

  it('have a button in the host’s accent colour, with readable text', async () => {
    await start(harbour);
    await optIn(server, 'ana');
    const light = await nextMail(() => publish(server, eventOf({ type: 'job.failed' })));
    expect(light.html).toContain('background: #ffd54f; color: #000000');
    await server.close();
    await start({ ...harbour, accentColor: '#256b35' });
    await optIn(server, 'ana');
    const dark = await nextMail(() => publish(server, eventOf({ type: 'job.failed' })));
    expect(dark.html).toContain('background: #256b35; color: #ffffff');
  });

  it('name the host of the profile page where the policy names no product', async () => {
    await start(plain);
    await optIn(server, 'ana');
    const { text } = await nextMail(() => publish(server, eventOf()));
    expect(text).toContain('Open in cockpit.example: ');
  });
});

it('a policy’s product name, colour and texts of mails are checked when the server starts', () => {
  const faultsOf = (policy: HostPolicy) => {
    const result = checkPolicy(policy, undefined);
    return 'faults' in result ? result.faults : [];
  };
  expect(faultsOf(harbour)).toEqual([]);
  expect(faultsOf({ ...harbour, productName: ' ', accentColor: 'gold' })).toEqual([
    'productName: has to be a name that can be seen, or left out; found " "',
    'accentColor: has to be a colour as #2f5fd0, or left out; found "gold"',
  ]);
  expect(messageFaults(harbour)).toEqual([]);
  expect(messageFaults({ messages: { en: { 'mail.opens': 'Go' } } }).join()).toContain('Did you mean "mail.open"?');
});

it('the texts of mails are listed in the documentation with their English', () => {
  const listed = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8').matchAll(
    /^\| `mail\.(\w+)` *\| `(.*?)` *\|$/gm,
  );
  expect(Object.fromEntries([...listed].map(([, id, text]) => [id, text]))).toEqual(mailTexts.en);
});
