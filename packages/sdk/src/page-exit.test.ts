import type * as Sdk from './index.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { json, never, scriptedServer } from './testing/scripted-server.js';

/** A browser's page, as far as leaving it goes: the event is the platform's own. */
const page = new EventTarget();

describe('a page that is left', () => {
  let sdk: typeof Sdk;
  beforeEach(async () => {
    vi.resetModules();
    vi.stubGlobal('window', page);
    sdk = await import('./index.js');
  });
  afterEach(() => vi.unstubAllGlobals());
  const leave = () => page.dispatchEvent(new Event('pagehide'));

  it('disposes all secrets; later secrets work as before', () => {
    const secret = new sdk.Secret('canary');
    leave();
    expect(() => secret.reveal()).toThrow(TypeError);
    expect(new sdk.Secret('another').reveal()).toBe('another');
  });

  it.each(['create an API key', 'add a provider token', 'replace a provider token'])(
    'aborts the call to %s with a PageLeftError',
    async (what) => {
      const { baseUrl, received } = await scriptedServer(never);
      const { apiKeys, providerTokens } = sdk.createCockpit({ baseUrl });
      const calls: Record<string, () => Promise<unknown>> = {
        'create an API key': () => apiKeys.create({ description: 'Left' }),
        'add a provider token': () => providerTokens.create({ provider: 'jira', name: 'Left', values: {} }),
        'replace a provider token': () => providerTokens.update('1', { values: { token: 'canary' } }, { version: 1 }),
      };
      const call = calls[what]?.().catch((error: unknown) => error);
      await vi.waitUntil(() => received.length === 1);
      leave();
      expect(await call).toMatchObject({ name: 'PageLeftError', code: 'page_left' });
      expect(received).toHaveLength(1);
    },
  );

  it('continues calls that carry no secret', async () => {
    const answers = Promise.withResolvers<void>();
    const { baseUrl, received } = await scriptedServer((response, request) => {
      void answers.promise.then(() => json(200, { data: [], nextCursor: null, remaining: null })(response, request));
    });
    const list = sdk.createCockpit({ baseUrl }).apiKeys.list();
    const page = list.then(({ data }) => data);
    await vi.waitUntil(() => received.length === 1);
    leave();
    answers.resolve();
    expect(await page).toEqual([]);
  });
});
