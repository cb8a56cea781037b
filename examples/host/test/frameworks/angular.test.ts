import { describe, expect, it } from 'vitest';
import { startedApp } from './app.js';
import { itForgets, itWorks } from './use-it.js';

describe('Angular', async () => {
  const app = await startedApp({
    name: 'angular',
    title: 'Angular',
    framework: '@angular/core',
    copy: { angular: '.' },
    entry: 'src/main.ts',
    pages: 'dist/browser',
    develop: (port) => ['--host', '127.0.0.1', '--port', port],
    types: {
      fixture: 'angular.ts',
      file: 'src/wrong-names.ts',
      check: ['npx', 'ngc', '-p', 'tsconfig.json', '--noEmit'],
      label: 'properties, event members',
    },
  });
  itWorks(app);
  itForgets(app.open);

  it('runs by the development command of its README', async () => {
    const served = await app.develop();
    expect(served).toMatch(/^200 <!doctype html>/i);
    expect(served).not.toMatch(/^[45]\d\d /m);
    expect(served).toMatch(/^200 \/?\S+$/m);
  });
});
