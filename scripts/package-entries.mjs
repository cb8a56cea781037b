import { readFileSync } from 'node:fs';
import { build } from 'esbuild';

/** What a package offers to import, as it is published: the declarations of each entry, and its modules. */
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
