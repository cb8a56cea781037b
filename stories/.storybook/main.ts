import type { StorybookConfig } from '@storybook/web-components-vite';
import { mergeConfig } from 'vite';

const config: StorybookConfig = {
  stories: ['../src/**/*.mdx', '../src/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: '@storybook/web-components-vite',
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      // Everything of ours from its sources, so that nothing has to be built first.
      resolve: { conditions: ['cockpit-source', 'module', 'browser', 'development|production'] },
      // It finds its WebAssembly beside itself, where bundling ahead would not leave it.
      optimizeDeps: { exclude: ['@sqlite.org/sqlite-wasm'] },
      build: { target: 'es2022', chunkSizeWarningLimit: 2000 },
    }),
};
export default config;
