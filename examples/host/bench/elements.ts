// The cost of the elements: bytes, time and memory, each beside its baseline, in one run of one Chromium.
import { launch } from '../test/browser.js';
import { bundleSizes } from './bytes.js';
import { firstUsefulPaint } from './first-paint.js';
import { memoryAfterRounds } from './memory.js';
import { listCall } from './list-call.js';
import { longList } from './long-list.js';
import { servedPages } from './served-pages.js';

const show = (title: string, rows: object[]): void => {
  console.log(`\n${title}`);
  console.table(rows);
};

show('Bytes, as a host’s bundler (esbuild) makes them of one import', await bundleSizes());

const pages = await servedPages();
const browser = await launch();
try {
  console.log(`\nChromium ${browser.version()}`);
  for (const network of ['this machine', '9 Mbit/s, 85 ms'] as const) {
    show(
      `First useful paint: navigation to a filled-in profile form, ${network}, nothing cached`,
      await firstUsefulPaint(browser, pages.origin, network),
    );
  }
  show('A list of 100 API keys, over HTTP', await listCall(browser, pages.origin));
  show('A list of 10,000 API keys: a task of 50 ms or more is one that a person notices', await longList(browser));
  show('Memory while <profile-tabs> comes and goes, after collection', await memoryAfterRounds(browser, pages.origin));
} finally {
  await browser.close();
  await pages.close();
}
