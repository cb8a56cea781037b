import { describe } from 'vitest';
import { bundledPage } from './bundled-page.js';
import { itWorks } from './use-it.js';

describe('esbuild', async () =>
  itWorks(await bundledPage({ name: 'esbuild', title: 'esbuild', framework: 'esbuild' })));
