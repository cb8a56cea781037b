import { type AppDescription, startedApp } from './app.js';

/** The page of examples/plain-html as a bundler builds it, from the least configuration that it takes. */
export const bundledPage = (description: Pick<AppDescription, 'name' | 'title' | 'framework'>) =>
  startedApp({
    ...description,
    copy: {
      'plain-html/src': 'src',
      'host/test/frameworks/fixtures/page': 'src',
      [`host/test/frameworks/fixtures/${description.name}`]: '.',
    },
    entry: 'src/main.js',
    pages: 'dist',
  });
