// Part of the build of a package. The bundler of declarations forgets which classes a module exports as types alone:
// a program that uses one as a value is then told so by its bundler, or at run time, and not by its compiler.
import { readFileSync, writeFileSync } from 'node:fs';
import { entriesOf, exportsOf } from './package-entries.mjs';

for (const { types, modules } of entriesOf('.')) {
  const [module] = modules;
  if (!module || !types.includes('/dist/')) continue;
  const values = new Set(await exportsOf(module));
  const nameOf = (specifier) => specifier.split(' as ').at(-1);
  const declarations = readFileSync(types, 'utf8').replace(
    /^export \{ (.+) \}( from .+)?;$/gm,
    (_, specifiers, from = '') =>
      `export { ${specifiers
        .split(', ')
        .map((it) => (it.startsWith('type ') || values.has(nameOf(it)) ? it : `type ${it}`))
        .join(', ')} }${from};`,
  );
  writeFileSync(types, declarations);
}
