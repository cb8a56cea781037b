import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

/** The entries of a package as published: the declarations and the module of each. */
export const entriesOf = (folder) => {
  const { name, publishConfig } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  return Object.entries(publishConfig.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([path, { types, ...modules }]) => ({
      name: path.replace('.', name),
      types: `${folder}/${types}`,
      modules: Object.values(modules).map((module) => `${folder}/${module}`),
    }));
};

/** The names that a module exports, found without running it: some run in browsers alone. */
export const exportsOf = async (module) => {
  const { metafile } = await build({
    entryPoints: [module],
    bundle: true,
    packages: 'external',
    format: 'esm',
    target: 'es2022',
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  return Object.values(metafile.outputs)[0].exports;
};
