// The elements as they are shipped: their templates and style sheets minified by the same plugins as in the build.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { languagesBeside } from '../../languages-beside.mjs';
import { minifyTemplates } from '../../minify-templates.mjs';

const bundle = async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../src/index.ts', import.meta.url))],
    tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['cockpit-source'],
    plugins: [languagesBeside(), minifyTemplates()],
    logLevel: 'warning',
  });
  return outputFiles[0].text;
};

let body;

/** Serves `/shipped-elements.js`, made when a test first asks for it. */
export const shippedElements = () => ({
  name: 'shipped-elements',
  async serve({ path }) {
    if (path !== '/shipped-elements.js') return undefined;
    body ??= await bundle();
    return { body, type: 'js' };
  },
});
