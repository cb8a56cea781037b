import type { StorybookConfig } from '@storybook/web-components-vite';
import { mergeConfig } from 'vite';

const config: StorybookConfig = {
  stories: ['../src/**/*.mdx', '../src/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: '@storybook/web-components-vite',
  features: { sidebarOnboardingChecklist: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      // Everything of ours from its sources, so that nothing has to be built first.
      resolve: { conditions: ['cockpit-source', 'module', 'browser', 'development|production'] },
      optimizeDeps: {
        exclude: [
          // It finds its WebAssembly beside itself, where bundling ahead would not leave it.
          '@sqlite.org/sqlite-wasm',
          // The next directive of it that is used would be bundled, and the page loaded again, in the midst of tests.
          'lit',
          'lit-html',
          'lit-element',
          '@lit/reactive-element',
        ],
      },
      build: { target: 'es2022', chunkSizeWarningLimit: 2000 },
    }),
};
export default config;
