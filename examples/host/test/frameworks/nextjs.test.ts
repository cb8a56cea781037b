import { describe, expect, it } from 'vitest';
import { startedApp } from './app.js';
import { itForgets, itWorks } from './use-it.js';

describe('Next.js', async () => {
  const app = await startedApp({
    name: 'nextjs',
    title: 'Next.js',
    framework: 'next',
    copy: { nextjs: '.' },
    entry: 'app/profile-page.tsx',
    start: (port) => ['node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1', '--port', port],
    develop: (port) => ['--hostname', '127.0.0.1', '--port', port],
    types: {
      fixture: 'react.tsx',
      file: 'app/wrong-names.tsx',
      check: ['npx', 'tsc', '--noEmit', '--incremental', 'false'],
      label: 'props, events',
    },
  });
  itWorks(app);
  itForgets(app.open, { isKept: false });

  it('sends a signed-in person’s page from the server, with its elements in it', async () => {
    const token = await app.demo.accessToken('bruno');
    const answer = await fetch(app.origin, { headers: { cookie: `ai-cockpit-one-session=${token}` } });
    const page = await answer.text();
    expect(page).toMatch(/Bruno(<!-- -->)?’s profile/);
    expect(page).toContain('<profile-tabs');
  });

  it('runs by the development command of its README', async () => {
    const served = await app.develop();
    expect(served).toMatch(/^200 <!doctype html>/i);
    expect(served).not.toMatch(/^[45]\d\d /m);
    expect(served).toMatch(/^200 \/?\S+$/m);
  });
});
