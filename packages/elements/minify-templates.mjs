import { readFile } from 'node:fs/promises';
import { minifyHTMLLiterals } from 'minify-literals';

/** The first template that begins with a space and goes on in the same line. */
const leadingSpace = /\bhtml` (?=\S)[^\n]*/;

/**
 * Removes the white space of templates and style sheets that only their readers need, which no minifier of JavaScript
 * touches. It would remove a space at the beginning of a template too, on which words depend: that is an error.
 *
 * @returns {import('esbuild').Plugin}
 */
export const minifyTemplates = () => ({
  name: 'minify-templates',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]packages[\\/]elements[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const [lineText] = leadingSpace.exec(source) ?? [];
      if (lineText) {
        const text = "A template cannot begin with a space, which is removed in what ships: write ${' '}";
        return { errors: [{ text, location: { file: path, lineText } }] };
      }
      const minified = await minifyHTMLLiterals(source, { fileName: path });
      return { contents: minified?.code ?? source, loader: 'ts' };
    });
  },
});
