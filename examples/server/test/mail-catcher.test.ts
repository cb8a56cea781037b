import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aipConsole } from '@ai-cockpit/sdk/presets';
import type { CaughtMail } from '../src/demo/caught-mail.js';
import { startServer, type TestServer } from './harness.js';
import { optIn } from './notifications.js';
import { outcome, read } from './request.js';

describe('the demo without a mail server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database: 'sqlite', policy: aipConsole, env: { CATCH_MAIL: '1' } });
    await optIn(server, 'ana');
  });
  afterAll(() => server.close());

  const happens = (json: unknown) =>
    fetch(`${server.systemUrl}/demo/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(json),
    });
  const caught = async () =>
    (await read<{ data: CaughtMail[] }>(await fetch(`${server.origin}/mail/messages.json`))).data;

  it('lists its mails at /mail, the newest first', async () => {
    expect(await (await fetch(`${server.origin}/mail`)).text()).toContain('No mail yet.');
    for (const title of ['First', 'Second <script>']) {
      expect((await happens({ type: 'job.completed', title })).status).toBe(202);
      await server.settled();
    }
    const [second, first] = await caught();
    expect(first).toMatchObject({ to: ['ana@acme.example'], subject: 'Job completed: First' });
    expect(first?.text).toContain(`${server.origin}/test/v1/unsubscribe?token=`);
    const list = await fetch(`${server.origin}/mail`);
    expect(list.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(await list.text()).toContain('Job completed: Second &lt;script&gt;');
    const page = await (await fetch(`${server.origin}/mail/${second?.id}`)).text();
    expect(page).toContain('Job completed: Second &lt;script&gt;');
    expect(page).toContain(`<iframe title="HTML" sandbox="allow-popups allow-popups-to-escape-sandbox"`);
    const shown = await fetch(`${server.origin}/mail/${second?.id}/html`);
    expect(shown.headers.get('Content-Security-Policy')).toMatch(/^sandbox allow-popups [^;]*; default-src 'none'/);
    expect(await shown.text()).toContain('Second &lt;script&gt;');
    expect((await fetch(`${server.origin}/mail/none`)).status).toBe(404);
  });

  it('offers only events of its policy', async () => {
    expect(await outcome(await happens({ type: 'rain.fallen' }))).toBe('422 invalid type:not_offered');
    expect(await outcome(await happens({}))).toBe('422 invalid type:required');
    expect(await outcome(await happens({ type: 'job.failed', link: 'https://evil.example' }))).toBe(
      '422 invalid link:unknown',
    );
  });

  it('a mail server, or mail switched off → no such page', async () => {
    const without = await startServer({ database: 'sqlite', policy: aipConsole });
    for (const path of ['/mail', '/mail/messages.json']) expect((await fetch(without.origin + path)).status).toBe(404);
    await without.close();
  });
});
