import { describe } from 'vitest';
import { bundledPage } from './bundled-page.js';
import { itWorks } from './use-it.js';

describe('webpack', async () =>
  itWorks(await bundledPage({ name: 'webpack', title: 'webpack', framework: 'webpack' })));
