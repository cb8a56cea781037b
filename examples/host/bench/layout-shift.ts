// How much each product moves while it loads: the layout shift of its first load, and of each section shown later.
// `SIZES="1440x900 390x844"` measures other windows; `MOVED=1` tells what moved from where to where.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { launch } from '../test/browser.js';
import { loadsOf } from '../test/loads.js';
import { sumOf } from '../test/shifting-page.js';
import { freePort, StartedServer } from '../test/started-server.js';

const sizes = (process.env.SIZES ?? '1280x800 360x800').split(' ');
const dataDir = mkdtempSync(`${tmpdir()}/ai-cockpit-bench-`);
const server = new StartedServer(await freePort(), dataDir);
await server.start();
const browser = await launch();
const rows: object[] = [];
try {
  for (const size of sizes) {
    const [width = 0, height = 0] = size.split('x').map(Number);
    const open = (options: object) => browser.newPage({ locale: 'en-US', baseURL: server.origin, ...options });
    for await (const { product, part, shifts } of loadsOf(open, { width, height })) {
      rows.push({ size, product, part, shift: Number(sumOf(shifts).toFixed(4)), goal: '≤ 0.02' });
      if (process.env.MOVED) for (const shift of shifts) console.log(size, product, part, shift);
    }
  }
  console.table(rows);
} finally {
  await browser.close();
  await server.kill();
  rmSync(dataDir, { recursive: true, force: true });
}
