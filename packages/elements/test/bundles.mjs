// Dependencies of tests and elements, bundled into a few files, so that a page does not load 500 modules.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// One engine's tests may run beside another's.
const name = `bundles-${process.pid}`;
const folder = fileURLToPath(new URL(`../.cache/${name}/`, import.meta.url));
const serverEntry = fileURLToPath(new URL('../../../examples/server/src/in-page/index.ts', import.meta.url));

/** By what they are imported as; the server app brings its database with it. */
const entries = {
  '@ai-cockpit/example-server/in-page': serverEntry,
  ...Object.fromEntries(
    [
      '@ai-cockpit/sdk',
      '@ai-cockpit/sdk/contract',
      '@ai-cockpit/sdk/presets',
      '@open-wc/testing',
      'lit',
      'lit/directives/keyed.js',
      'lit/directives/repeat.js',
      'postcss',
    ].map((specifier) => [specifier, specifier]),
  ),
};
const fileOf = (specifier) => specifier.replaceAll(/\W+/g, '-');

export const bundles = () => ({
  name: 'bundles',
  async serverStart() {
    mkdirSync(folder, { recursive: true });
    await build({
      entryPoints: Object.entries(entries).map(([specifier, path]) => ({ in: path, out: fileOf(specifier) })),
      absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
      outdir: folder,
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      conditions: ['cockpit-source', 'development'],
      logLevel: 'warning',
    });
    const { resolve } = createRequire(serverEntry);
    cpSync(resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm'), `${folder}sqlite3.wasm`);
  },
  serverStop() {
    rmSync(folder, { recursive: true, force: true });
  },
  resolveImport({ source }) {
    return entries[source] && `/packages/elements/.cache/${name}/${fileOf(source)}.js`;
  },
});
