import { readdirSync } from 'node:fs';
import { defineConfig } from 'tsup';
import { minifyTemplates } from './minify-templates.js';

const tags = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(`src/${entry.name}`).includes('define.ts'))
  .map(({ name }) => name);

export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      ...Object.fromEntries(
        tags.flatMap((tag) => [
          [`${tag}/define`, `src/${tag}/define.ts`],
          [`${tag}/${tag}`, `src/${tag}/${tag}.ts`],
        ]),
      ),
    },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    dts: true,
    sourcemap: true,
    clean: true,
    splitting: true,
    esbuildPlugins: [minifyTemplates()],
  },
  {
    entry: { cdn: 'src/index.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    splitting: false,
    noExternal: [/.*/],
    define: { 'process.env.NODE_ENV': '"production"' },
    esbuildPlugins: [minifyTemplates()],
    esbuildOptions: (options) => {
      // Each of the two minifiers finds what the other leaves.
      options.minify = true;
      // Beside the file, in cdn.js.LEGAL.txt.
      options.legalComments = 'linked';
    },
    minify: 'terser',
    terserOptions: { module: true, ecma: 2020, compress: { passes: 3 } },
  },
]);
