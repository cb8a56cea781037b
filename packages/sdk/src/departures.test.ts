import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCockpit } from './index.js';
import { profile } from './testing/examples.js';
import { json, scriptedServer } from './testing/scripted-server.js';

afterEach(() => vi.restoreAllMocks());

describe('a backend that names one person after another', () => {
  it.each([
    ['in its answers', (count: number) => ({ id: `person-${count}`, header: undefined })],
    ['in X-User-Id', (count: number) => ({ id: 'person', header: `person-${count}` })],
    ['in each of both', () => ({ id: 'person', header: 'another' })],
  ])('%s: tells a page that reads again at most 8 times, and says so on the console', async (_, named) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    let count = 0;
    const { baseUrl } = await scriptedServer((response, request) => {
      const { id, header } = named((count += 1));
      json(200, { ...profile, id }, header === undefined ? {} : { 'x-user-id': header })(response, request);
    });
    const cockpit = createCockpit({ baseUrl, retry: { limit: 0 } });
    let departures = 0;
    let told = 0;
    let reading: Promise<unknown> = Promise.resolve();
    const read = () => {
      reading = cockpit.profile.get().catch(() => undefined);
    };
    cockpit.changes.addEventListener('leave', () => (departures += 1));
    cockpit.changes.addEventListener('user', () => {
      told += 1;
      read();
    });
    read();
    for (let last; last !== reading; ) {
      last = reading;
      await last;
    }
    // As a page that people use goes on to read.
    for (let more = 0; more < 12; more += 1) await cockpit.profile.get().catch(() => undefined);
    expect(told).toBe(8);
    expect(departures).toBeGreaterThan(told);
    const text =
      warn.mock.calls.map(([text]) => String(text)).find((text) => text.startsWith(`The answers of ${baseUrl}`)) ?? '';
    expect(text).toContain('name one person after another');
    expect(text).not.toContain('person-');
    cockpit.close();
  });
});
