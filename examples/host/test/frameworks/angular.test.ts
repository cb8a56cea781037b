import { describe } from 'vitest';
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
    types: {
      fixture: 'angular.ts',
      file: 'src/wrong-names.ts',
      check: ['npx', 'ngc', '-p', 'tsconfig.json', '--noEmit'],
      label: 'properties, event members',
    },
  });
  itWorks(app);
  itForgets(app.open);
});
