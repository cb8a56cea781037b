import { describe, expect, it } from 'vitest';
import { startedApp } from './app.js';
import { itForgets, itWorks } from './use-it.js';

describe('SvelteKit', async () => {
  const app = await startedApp({
    name: 'sveltekit',
    title: 'SvelteKit',
    framework: '@sveltejs/kit',
    copy: { sveltekit: '.', 'host/test/frameworks/fixtures/svelte-client': 'src' },
    entry: 'src/hooks.client.ts',
    start: () => ['build'],
    develop: (port) => ['--host', '127.0.0.1', '--port', port],
    types: {
      fixture: 'svelte.svelte',
      file: 'src/routes/WrongNames.svelte',
      check: ['npx', 'svelte-check', '--output', 'machine'],
      label: 'attributes, events',
    },
  });
  itWorks(app);
  itForgets(app.open, { isKept: false });

  it('sends a signed-in person’s page from the server, with its elements in it', async () => {
    const token = await app.demo.accessToken('bruno');
    const answer = await fetch(app.origin, { headers: { cookie: `ai-cockpit-one-session=${token}` } });
    const page = await answer.text();
    expect(page).toContain('Bruno’s profile');
    expect(page).toContain('<profile-tabs');
  });

  it('runs by the development command of its README', async () => {
    const served = await app.develop();
    expect(served).toMatch(/^200 <!doctype html>/i);
    expect(served).not.toMatch(/^[45]\d\d /m);
    expect(served).toMatch(/^200 \/?\S+$/m);
  });
});
