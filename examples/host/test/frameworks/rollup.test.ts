import { describe } from 'vitest';
import { bundledPage } from './bundled-page.js';
import { itWorks } from './use-it.js';

describe('Rollup', async () => itWorks(await bundledPage({ name: 'rollup', title: 'Rollup', framework: 'rollup' })));
