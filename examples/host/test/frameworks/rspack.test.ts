import { describe } from 'vitest';
import { bundledPage } from './bundled-page.js';
import { itWorks } from './use-it.js';

describe('Rspack', async () =>
  itWorks(await bundledPage({ name: 'rspack', title: 'Rspack', framework: '@rspack/core' })));
