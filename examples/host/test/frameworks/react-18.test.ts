import { describe } from 'vitest';
import { itWorks } from './use-it.js';
import { reactApp } from './vite-app.js';

const versions = {
  react: '18.3.1',
  'react-dom': '18.3.1',
  '@types/react': '18.3.32',
  '@types/react-dom': '18.3.7',
};

describe('React 18', async () => itWorks(await reactApp('react-18', 'React 18 (Vite)', versions)));
