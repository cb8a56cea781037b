// The style sheets of the demo's pages as they are shipped: what its build minifies, minified; its themes as they are.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const sources = fileURLToPath(new URL('../../../../examples/host/src/', import.meta.url));

const sheets = async () => {
  const { outputFiles } = await build({
    entryPoints: [`${sources}host.css`],
    bundle: true,
    write: false,
    target: 'es2022',
    minify: true,
  });
  const themes = globSync('pages/*/theme.css', { cwd: sources });
  return [outputFiles[0].text, ...themes.map((theme) => readFileSync(sources + theme, 'utf8'))];
};

/** Serves `/demo-style-sheets.js`, made when a test first asks for it. */
export const demoStyleSheets = () => ({
  name: 'demo-style-sheets',
  async serve({ path }) {
    if (path !== '/demo-style-sheets.js') return undefined;
    return { body: `export const sheets = ${JSON.stringify(await sheets())};`, type: 'js' };
  },
});
