import { cpSync, rmSync } from 'node:fs';
import { build, context } from 'esbuild';
import { minifyTemplates } from '../../packages/elements/minify-templates.mjs';
import { buildPages } from './build-pages.mjs';

rmSync('dist', { recursive: true, force: true });
buildPages('src/pages', 'src/layouts', 'dist');
cpSync('src/assets', 'dist/assets', { recursive: true });
cpSync('../../docs/images', 'dist/assets', { recursive: true });

const options = {
  entryPoints: ['src/host.ts', 'src/address.ts', 'src/host.css'],
  outdir: 'dist/assets',
  bundle: true,
  format: 'esm',
  // A language is a file of its own, asked for by whoever speaks it.
  splitting: true,
  target: 'es2022',
  minify: true,
  conditions: ['cockpit-source'],
  tsconfig: 'tsconfig.json',
  // As in the CDN file: what is tried here is what ships.
  plugins: [minifyTemplates()],
};
if (process.argv.includes('--watch')) await (await context(options)).watch();
else await build(options);
