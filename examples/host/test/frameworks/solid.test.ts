import { describe } from 'vitest';
import { itWorks } from './use-it.js';
import { viteApp } from './vite-app.js';

describe('Solid', async () =>
  itWorks(
    await viteApp({
      name: 'solid',
      title: 'Solid (Vite)',
      framework: 'solid-js',
      copy: {
        'host/test/frameworks/fixtures/solid': '.',
        'react/src/page.css': 'src/page.css',
        'angular/src/session.ts': 'src/session.ts',
      },
      entry: 'src/main.tsx',
      types: {
        fixture: 'solid.tsx',
        file: 'src/wrong-names.tsx',
        check: ['npx', 'tsc'],
        label: 'attributes, properties, event members',
      },
    }),
  ));
