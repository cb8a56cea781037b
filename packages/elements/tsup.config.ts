import { readdirSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';
import { knownPlatform } from './known-platform.mjs';
import { languagesBeside } from './languages-beside.mjs';
import { minifyTemplates } from './minify-templates.mjs';

const tags = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(`src/${entry.name}`).includes('define.ts'))
  .map(({ name }) => name);

const languages = readdirSync('src/locales')
  .filter((name) => /^[a-z]{2}(-[A-Z]{2})?\.ts$/.test(name))
  .map((name) => name.replace('.ts', ''));

/** One file with all that it needs, save the languages. */
const single = (entry: Record<string, string>, outDir: string): Options => ({
  entry,
  outDir,
  format: ['esm'],
  target: 'es2022',
  platform: 'browser',
  splitting: false,
  noExternal: [/.*/],
  define: { 'process.env.NODE_ENV': '"production"' },
  esbuildPlugins: [languagesBeside(), minifyTemplates(), knownPlatform()],
  esbuildOptions: (options) => {
    // From the SDK's sources, of which less is left than of its chunks.
    options.conditions = ['cockpit-source'];
    options.charset = 'utf8';
    // Each of the two minifiers finds what the other leaves.
    options.minify = true;
    // Beside the file, in cdn.js.LEGAL.txt.
    options.legalComments = 'linked';
  },
  minify: 'terser',
  terserOptions: { module: true, ecma: 2020, compress: { passes: 3 } },
});

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
    esbuildPlugins: [languagesBeside(), minifyTemplates()],
  },
  {
    entry: Object.fromEntries(languages.map((language) => [`locales/${language}`, `src/locales/${language}.ts`])),
    format: ['esm'],
    target: 'es2022',
    splitting: false,
    esbuildOptions: (options) => {
      options.charset = 'utf8';
    },
  },
  {
    // The modules that name the elements are made from the manifest, beside this one.
    entry: { 'react/element-component': 'src/react/element-component.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'browser',
    splitting: false,
    // Its peer dependency on React's types would be everybody's.
    noExternal: ['@lit/react'],
  },
  single({ cdn: 'src/index.ts' }, 'dist'),
  // Not shipped: what .size-limit.json holds against its limit.
  single({ 'api-key-create': 'src/api-key-create/define.ts' }, '.cache/alone'),
]);
