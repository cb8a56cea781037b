import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { complaintsOf } from './browser.js';
import { startedDemo } from './started-demo.js';

describe('the documentation of a host', () => {
  const demo = startedDemo();

  for (const host of ['ai-cockpit-one', 'aic-hub', 'aip-console']) {
    it(`names the address of its API, on any port: ${host}`, async () => {
      const page = await demo.open();
      const complaints = complaintsOf(page);
      await page.goto(`/${host}/documentation/`);
      const address = `${demo.server.origin}/${host}/v1/integration/whoami`;
      await page.getByText(address).first().waitFor();
      expect(await page.locator('main').innerText()).not.toContain(':4400');
      expect((await fetch(address)).status).toBe(401);
      for (const shown of await page.locator('pre').allInnerTexts())
        expect(shown).toContain(`${demo.server.origin}/${host}/v1/`);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  }
});

describe('the examples for frameworks', () => {
  const examples = fileURLToPath(new URL('../../', import.meta.url));
  const files = globSync(['{angular,nextjs,react,sveltekit,vue}/*.{md,mjs,ts}', '{nextjs,sveltekit}/{app,src}/*.ts'], {
    cwd: examples,
  });

  it('each default address of the server can be replaced by AI_COCKPIT_SERVER', () => {
    const defaults = files.filter((file) => readFileSync(examples + file, 'utf8').includes(':4400')).sort();
    expect(defaults).toEqual(
      expect.arrayContaining(['angular/proxy.conf.mjs', 'react/README.md', 'vue/vite.config.ts']),
    );
    const fixed = defaults.filter((file) => !readFileSync(examples + file, 'utf8').includes('AI_COCKPIT_SERVER'));
    expect(fixed).toEqual([]);
  });
});
