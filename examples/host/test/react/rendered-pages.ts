import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

export type ReactVersion = 18 | 19;

const pages = fileURLToPath(new URL('pages', import.meta.url));

/** In React's development mode, which is the one that warns, and with the built package, which is what hosts get. */
const bundle = async (version: ReactVersion, options: BuildOptions): Promise<void> => {
  const alias = { react: 'react-18', 'react-dom': 'react-dom-18' };
  await build({
    bundle: true,
    jsx: 'automatic',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"development"' },
    ...(version === 18 && { alias }),
    ...options,
  });
};

const htmlOf = (content: string) => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>React</title><script type="module" src="../client.js"></script></head>
  <body><div id="root">${content}</div></body>
</html>`;

interface Rendered {
  /** The content of each page as the server has rendered it, by the page's name. */
  readonly contents: Readonly<Record<string, string>>;
  /** Everything that the server has printed while it imported and rendered. */
  readonly printed: string;
}

/** Renders the pages in a Node process of their own, and writes them with the script that hydrates them. */
const writeInto = async (folder: string, version: ReactVersion): Promise<Rendered> => {
  // React's server is CommonJS, which finds Node's own modules by `require`.
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  const server = `${folder}/server.mjs`;
  await bundle(version, {
    entryPoints: [`${pages}/server.tsx`],
    outfile: server,
    platform: 'node',
    format: 'esm',
    banner,
  });
  await bundle(version, { entryPoints: [`${pages}/client.tsx`], outfile: `${folder}/client.js`, format: 'esm' });

  const program = `const { pages } = await import(process.argv[1]); console.log(JSON.stringify(pages));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program, server], {
    encoding: 'utf8',
  });
  const lines = stdout.trim().split('\n');
  const contents = JSON.parse(lines.pop() ?? '') as Record<string, string>;
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(`${folder}/${name}`);
    writeFileSync(`${folder}/${name}/index.html`, htmlOf(content));
  }
  return { contents, printed: [...lines, stderr].join('\n') };
};

/** The pages of this folder, rendered by a server in a version of React, for the tests of one file. */
export const renderedPages = (version: ReactVersion) => {
  const folder = mkdtempSync(`${tmpdir()}/ai-cockpit-react-`);
  let rendered: Rendered;
  beforeAll(async () => {
    rendered = await writeInto(folder, version);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    get contents() {
      return rendered.contents;
    },
    get printed() {
      return rendered.printed;
    },
  };
};
