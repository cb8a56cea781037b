import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

type Entry = string | { readonly default?: string; readonly node?: string };

interface Manifest {
  readonly name: string;
  readonly publishConfig: { readonly exports: Readonly<Record<string, Entry>> };
}

const root = (name: string) => fileURLToPath(new URL(`../../../packages/${name}/`, import.meta.url));

/** The compiler of an Angular application completes these modules before anything runs them. */
const needsCompiler = './angular';

/** The entries of a published package in Node; an entry with types alone has no module there. */
const entriesOf = (name: string): (readonly [name: string, path: string])[] => {
  const { publishConfig, ...manifest } = JSON.parse(readFileSync(`${root(name)}package.json`, 'utf8')) as Manifest;
  return Object.entries(publishConfig.exports).flatMap(([entry, to]) => {
    const file = typeof to === 'string' ? to : (to.node ?? to.default);
    return file?.endsWith('.js') && entry !== needsCompiler
      ? [[manifest.name + entry.slice(1), `${root(name)}${file}`] as const]
      : [];
  });
};

const tags = entriesOf('elements').flatMap(([name]) => /elements\/(\w+-[\w-]+)\.js$/.exec(name)?.[1] ?? []);

/** The globals and the defined tags of a new process after it has imported these modules. */
const afterImporting = (within: string, ...modules: readonly string[]): { globals: string[]; tags: string[] } => {
  const program = `
    const before = new Set(Reflect.ownKeys(globalThis));
    for (const module of ${JSON.stringify(modules)}) await import(module);
    const globals = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String);
    const { customElements } = globalThis;
    const tags = ${JSON.stringify(tags)}.filter((tag) => customElements?.get(tag));
    console.log(JSON.stringify({ globals, tags }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: root(within) });
  return JSON.parse(output.toString()) as { globals: string[]; tags: string[] };
};

describe('in Node, without a page', () => {
  /** Globals of libraries: Lit's versions, zod's registry, and Node's globals of `fetch`. */
  const libraries = new Set([
    ...afterImporting('elements', 'lit').globals,
    ...afterImporting('sdk', 'ky', 'zod/mini').globals,
  ]);

  it.each([...entriesOf('elements'), ...entriesOf('sdk')])('%s defines nothing and throws nothing', (_, module) => {
    const { globals, tags } = afterImporting('elements', module);
    expect(tags).toEqual([]);
    expect(globals.filter((name) => !libraries.has(name))).toEqual([]);
  });
});
