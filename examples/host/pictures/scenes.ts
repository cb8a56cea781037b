import type { Page } from 'playwright-core';

/** A `POST` below the system's base URL, as whoever the scene is of. */
export type Ask = (path: string, data: object) => Promise<unknown>;

interface Scene {
  user: string;
  /** The steps before the picture is taken. */
  setUp?: (ask: Ask) => Promise<void>;
  /** Until the page shows what the picture is of. */
  show: (page: Page) => Promise<void>;
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** One a product. */
export const scenes: Readonly<Record<string, Scene>> = {
  'ai-cockpit-one': {
    user: 'ana',
    setUp: async (ask) => {
      const keys = '/organizations/acme/api-keys';
      await ask(keys, { description: 'Sprint planning agent', module: 'agents' });
      await ask(keys, { description: 'Warehouse export', expiresAt: inDays(9) });
      await ask(keys, { description: 'Nightly report', module: 'reports', expiresAt: inDays(90) });
    },
    show: async (page) => {
      await page.getByRole('tab', { name: 'API keys' }).click();
      await page.getByRole('rowheader', { name: /Nightly report/ }).waitFor();
    },
  },
  'aic-hub': {
    user: 'carla',
    setUp: async (ask) => {
      await ask('/provider-tokens', {
        provider: 'jira',
        values: { site: 'acme.atlassian.net', email: 'carla@acme.example', token: 'not-a-token-of-anybody' },
      });
    },
    show: async (page) => {
      await page.getByRole('tab', { name: 'Provider tokens' }).click();
      await page.getByText('Businessmap').first().waitFor();
    },
  },
  duplocloud: {
    user: 'bruno',
    show: async (page) => {
      await page.getByRole('rowheader').first().waitFor();
    },
  },
  'environment-operations-center': {
    user: 'dora',
    setUp: async (ask) => {
      await ask('/api-keys', { expiresInDays: 90 });
    },
    show: async (page) => {
      await page.getByLabel('First name').waitFor();
      await page.getByRole('heading', { name: 'API token' }).waitFor();
    },
  },
  'aip-console': {
    user: 'carla',
    setUp: async (ask) => {
      await ask('/api-keys', {});
    },
    show: async (page) => {
      await page.getByText('API key', { exact: false }).first().waitFor();
      await page.waitForTimeout(500);
    },
  },
};
