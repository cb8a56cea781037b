// Fails where an entry of a package declares a value that its module does not export, or the other way round.
import { join } from 'node:path';
import ts from 'typescript';
import { entriesOf, exportsOf } from './package-entries.mjs';

const options = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ESNext,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  skipLibCheck: true,
  noEmit: true,
};

/** The compiler's errors for a type that is used as a value. */
const isTypeAlone = new Set([1361, 1362, 2693]);

/** For each entry, what a program may use as a value, by the compiler's word on a program that uses every name so. */
const declaredValues = (entries) => {
  const declarations = ts.createProgram(
    entries.map(({ types }) => types),
    options,
  );
  const checker = declarations.getTypeChecker();
  const programs = new Map(
    entries.map(({ types }, index) => {
      const module = checker.getSymbolAtLocation(declarations.getSourceFile(types));
      const names = checker.getExportsOfModule(module).map(({ name }) => name);
      const from = `./${types.replace(/\.d\.ts$/, '.js')}`;
      const text = names.map((name) => `import { ${name} } from '${from}'; void ${name};`).join('\n');
      return [join(process.cwd(), `every-name-${index}.ts`), { names, text: `${text}\nexport {};` }];
    }),
  );

  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => programs.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const program = programs.get(path);
    return program ? ts.createSourceFile(path, program.text, options.target) : getSourceFile(path, ...rest);
  };
  const all = ts.createProgram([...programs.keys()], options, host);
  return [...programs].map(([path, { names }]) => {
    const diagnostics = all.getSemanticDiagnostics(all.getSourceFile(path));
    const unexpected = diagnostics.find(({ code }) => !isTypeAlone.has(code));
    if (unexpected) throw new Error(ts.flattenDiagnosticMessageText(unexpected.messageText, '\n'));
    const lines = new Set(diagnostics.map(({ file, start }) => file.getLineAndCharacterOfPosition(start).line));
    return names.filter((_, line) => !lines.has(line));
  });
};

const lacking = (names, others) => names.filter((name) => !others.includes(name)).join(', ');

const entries = process.argv.slice(2).flatMap(entriesOf);
const values = declaredValues(entries);
const faults = new Set();
for (const [index, { name, modules }] of entries.entries()) {
  // An entry without a module has types only.
  const exports = modules.length > 0 ? await Promise.all(modules.map(exportsOf)) : [[]];
  for (const exported of exports) {
    const [missing, undeclared] = [lacking(values[index], exported), lacking(exported, values[index])];
    if (missing) faults.add(`${name} declares as values what it does not export: ${missing}`);
    if (undeclared) faults.add(`${name} exports what it does not declare: ${undeclared}`);
  }
}
for (const fault of faults) console.error(fault);
process.exit(faults.size > 0 ? 1 : 0);
