import { readFile } from 'node:fs/promises';
import { minifyHTMLLiterals } from 'minify-literals';

/**
 * Takes the white space that only we read out of templates and style sheets, which no minifier of JavaScript touches.
 *
 * @returns {import('esbuild').Plugin}
 */
export const minifyTemplates = () => ({
  name: 'minify-templates',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]packages[\\/]elements[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const minified = await minifyHTMLLiterals(source, { fileName: path });
      return { contents: minified?.code ?? source, loader: 'ts' };
    });
  },
});
