import { type AppDescription, startedApp } from './app.js';

/** An app behind Vite's own server, which hands on to the reference server what is for the API. */
export const viteApp = (description: Omit<AppDescription, 'start'>) =>
  startedApp({
    ...description,
    start: (port) => [
      'node_modules/vite/bin/vite.js',
      ...['preview', '--host', '127.0.0.1', '--port', port, '--strictPort', '--logLevel', 'warn'],
    ],
  });

/** The example for React with either version of React. */
export const reactApp = (name: string, title: string, versions: Readonly<Record<string, string>> = {}) =>
  viteApp({
    name,
    title,
    framework: 'react',
    copy: { react: '.' },
    versions: { typescript: '6.0.3', ...versions },
    entry: 'src/main.tsx',
    types: { fixture: 'react.tsx', file: 'src/wrong-names.tsx', check: ['npx', 'tsc'], label: 'props, events' },
  });
