import type * as Sdk from '@ai-cockpit/sdk';
import type { Browser } from 'playwright-core';
import { median, ratio } from './statistics.js';

declare global {
  /** Put there by the page's module. */
  var sdk: typeof Sdk;
}

const rows = 100;
const calls = 300;

/** The SDK's checked and typed list against `fetch` and `JSON.parse`, call by call in turns. */
export const listCall = async (browser: Browser, origin: string) => {
  const context = await browser.newContext();
  await context.request.post(`${origin}/ai-cockpit-one/demo/session`, { data: { user: 'ana' } });
  const page = await context.newPage();
  await page.goto(`${origin}/sdk/`);
  const measured = await page.evaluate(
    async ({ rows, calls }) => {
      const baseUrl = `${location.origin}/ai-cockpit-one/v1`;
      const cockpit = globalThis.sdk.createCockpit({ baseUrl });
      const { organization } = await cockpit.policy();
      if (!organization) throw new Error('Ana is in no organization.');
      const { apiKeys } = cockpit.organization(organization.id);
      for (let number = 0; number < rows; number += 1) {
        const { secret } = await apiKeys.create({ description: `Key ${number}` });
        secret?.dispose();
      }
      const url = `${baseUrl}/organizations/${organization.id}/api-keys?limit=${rows}`;
      const bare = async () => {
        const answer = await fetch(url, { credentials: 'include' });
        const page = JSON.parse(await answer.text()) as { data: unknown[] };
        return page.data.length;
      };
      const sdk = async () => (await apiKeys.list({ limit: rows })).data.length;

      const time = async (list: () => Promise<number>) => {
        const started = performance.now();
        const length = await list();
        if (length !== rows) throw new Error(`A list of ${length}, not ${rows}.`);
        return performance.now() - started;
      };
      const times = { bare: [] as number[], sdk: [] as number[] };
      for (let call = 0; call < calls; call += 1) {
        times.bare.push(await time(bare));
        times.sdk.push(await time(sdk));
      }
      // Before that, the engine has not yet compiled what it runs often.
      return { bare: times.bare.slice(calls / 6), sdk: times.sdk.slice(calls / 6) };
    },
    { rows, calls },
  );
  await context.close();
  const baseline = median(measured.bare);
  const row = (what: string, values: number[], goal: string) => ({
    what,
    'median ms': Number(median(values).toFixed(2)),
    'times fetch': ratio(median(values), baseline),
    goal,
  });
  return [row('fetch and JSON.parse', measured.bare, ''), row('SDK: apiKeys.list', measured.sdk, '≤ 1.2')];
};
