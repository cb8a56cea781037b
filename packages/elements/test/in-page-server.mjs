// The server app and its database as one module for the tests' pages, so that a page does not load it in 300 parts.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// One engine's tests may run beside another's.
const name = `in-page-${process.pid}`;
const folder = fileURLToPath(new URL(`../.cache/${name}/`, import.meta.url));
const entry = fileURLToPath(new URL('../../../examples/server/src/in-page/index.ts', import.meta.url));
const { resolve } = createRequire(entry);

export const inPageServer = () => ({
  name: 'in-page-server',
  async serverStart() {
    mkdirSync(folder, { recursive: true });
    await build({
      entryPoints: [entry],
      outfile: `${folder}in-page.js`,
      bundle: true,
      format: 'esm',
      target: 'es2022',
      conditions: ['cockpit-source'],
      logLevel: 'warning',
    });
    cpSync(resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm'), `${folder}sqlite3.wasm`);
  },
  serverStop() {
    rmSync(folder, { recursive: true, force: true });
  },
  resolveImport({ source }) {
    return source === '@ai-cockpit/example-server/in-page' ? `/packages/elements/.cache/${name}/in-page.js` : undefined;
  },
});
