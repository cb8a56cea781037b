import { describe, expect, it } from 'vitest';
import { complaintsOf } from './browser.js';
import { startedDemo } from './started-demo.js';

describe('the documentation of a host', () => {
  const demo = startedDemo();

  for (const host of ['ai-cockpit-one', 'aic-hub', 'aip-console']) {
    it(`names the address that its API answers at, whatever the port: ${host}`, async () => {
      const page = await demo.open();
      const complaints = complaintsOf(page);
      await page.goto(`/${host}/documentation/`);
      const address = `${demo.server.origin}/${host}/v1/integration/whoami`;
      await page.getByText(address).first().waitFor();
      expect(await page.locator('main').innerText()).not.toContain(':4400');
      expect((await fetch(address)).status).toBe(401);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  }
});
