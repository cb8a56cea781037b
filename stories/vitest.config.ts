import { fileURLToPath } from 'node:url';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArguments, findChromium } from '../scripts/browsers.mjs';

/** Every story is drawn, played and judged by axe. */
const stories = {
  plugins: [
    storybookTest({ configDir: fileURLToPath(new URL('.storybook', import.meta.url)), disableAddonDocs: true }),
  ],
  test: {
    name: 'stories',
    // Far more than anything takes, so that a busy machine fails no test.
    testTimeout: 300_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      api: { host: '127.0.0.1' },
      provider: playwright({
        launchOptions: { executablePath: findChromium(), args: chromiumArguments },
        // Colours are measured as they come to rest.
        contextOptions: { reducedMotion: 'reduce' as const },
      }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
};

/** Every page of documentation is opened, as the static build has it. */
const pages = {
  test: {
    name: 'pages',
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/static-build.ts',
    testTimeout: 300_000,
  },
};

export default defineConfig({ test: { projects: [stories, pages] } });
