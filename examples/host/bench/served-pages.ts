import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { freePort, StartedServer } from '../test/started-server.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The benchmark's pages on a started server with data of its own. */
export const servedPages = async (): Promise<{ origin: string; close: () => Promise<void> }> => {
  const folder = mkdtempSync(`${tmpdir()}/ai-cockpit-bench-`);
  const pages = `${folder}/pages`;
  cpSync(`${root}examples/host/bench/pages`, pages, { recursive: true });
  cpSync(`${root}packages/elements/dist/cdn.js`, `${pages}/elements/cdn.js`);
  await build({
    entryPoints: [`${root}packages/sdk/dist/index.js`],
    outfile: `${pages}/sdk/sdk.js`,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  const server = new StartedServer(await freePort(), `${folder}/data`, { HOST_PAGES: pages });
  await server.start();
  return {
    origin: server.origin,
    close: async () => {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
