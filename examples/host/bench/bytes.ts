import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));
const dist = `${packages}elements/dist/`;

const kilobytes = (bytes: number) => Number((bytes / 1000).toFixed(1));
const row = (what: string, code: Uint8Array) => ({
  what,
  'kB minified': kilobytes(code.length),
  'kB gzipped': kilobytes(gzipSync(code, { level: 9 }).length),
});

/** The bytes that a page downloads for a source and its imports; the languages are separate files. */
const bundle = async (source: string, resolveDir = dist): Promise<Uint8Array> => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    external: ['./locales/*'],
    logLevel: 'error',
    write: false,
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
};

export const bundleSizes = async () => {
  const tags = readdirSync(dist).filter((name) => existsSync(`${dist}${name}/define.js`));
  const rows = [
    row('ky by itself', await bundle(`export { default } from 'ky'`, `${packages}sdk`)),
    row('lit by itself', await bundle(`export { css, html, LitElement } from 'lit'`)),
    row('the SDK', await bundle(`export * from '@ai-cockpit/sdk'`)),
  ];
  for (const tag of tags) rows.push(row(`<${tag}>`, await bundle(`import './${tag}/define.js'`)));
  rows.push(row('all of them', await bundle(`import './index.js'`)));
  rows.push(row('cdn.js, as it ships', readFileSync(`${dist}cdn.js`)));
  return rows;
};
