// Tries the packed packages in frameworks and bundlers, all or those named, and compares what it finds with the table in
// docs/frameworks.md. `--write` writes that table; `--built` takes the packages as they are built already.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const found = `${root}.cache/frameworks`;
const output = process.env.TEST_RESULTS ?? `${root}.cache/results/frameworks.json`;
const page = `${root}docs/frameworks.md`;
const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('--'));

const run = (command, ...words) =>
  spawnSync(command, words, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1;
const orEnd = (status) => status === 0 || process.exit(status);

rmSync(found, { recursive: true, force: true });
rmSync(output, { force: true });
mkdirSync(`${root}.cache/results`, { recursive: true });
orEnd(run(process.execPath, 'scripts/pack.mjs', ...words.filter((word) => word === '--built')));
orEnd(run('pnpm', '--silent', '--filter', '@ai-cockpit/example-server', 'run', 'build'));

const config = ['--config', 'vitest.frameworks.config.ts'];
const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${output}`];
const status = run(
  'pnpm',
  '--filter',
  '@ai-cockpit/example-host',
  'exec',
  'vitest',
  'run',
  ...config,
  ...reporters,
  ...names.map((name) => `/${name}.test.ts`),
);

/** In the order in which people look for theirs. */
const order = [
  'plain-html',
  'nextjs',
  'react-19',
  'react-18',
  'vue',
  'angular',
  'sveltekit',
  'solid',
  'webpack',
  'rspack',
  'rollup',
  'esbuild',
  'parcel',
];
const results = existsSync(found)
  ? readdirSync(found).map((file) => ({
      name: file.replace('.json', ''),
      ...JSON.parse(readFileSync(`${found}/${file}`, 'utf8')),
    }))
  : [];
results.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));

const kilobytes = (bytes) => (bytes > 0 ? `${(bytes / 1000).toFixed(0)} kB` : '–');
console.log();
for (const { title, version, works, types, firstLoad, seconds } of results)
  console.log(
    `${works ? '✓' : '✗'} ${title} ${version}: ${seconds.toFixed(0)} s, first load ${kilobytes(firstLoad)}, types: ${types}`,
  );

const [begin, end] = ['<!-- by `pnpm test:frameworks --write` -->', '<!-- until here -->'];
const written = readFileSync(page, 'utf8');
const [before = '', rest = ''] = written.split(begin);
const [table = '', after = ''] = rest.split(end);
const rows = new Map(
  table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .map((cells) => [cells[0], cells]),
);
const rowOf = ({ title, version, works, types, firstLoad }) => [
  title,
  version,
  works ? 'yes' : 'no',
  types,
  kilobytes(firstLoad),
];

const differences = [];
for (const result of results) {
  const now = rowOf(result);
  const [, , works, types, firstLoad] = rows.get(result.title) ?? [];
  if (now[2] !== works || now[3] !== types)
    differences.push(`${now.join(', ')}; there: ${(rows.get(result.title) ?? ['nothing']).join(', ')}`);
  else if (Math.abs(Number.parseInt(firstLoad) / (result.firstLoad / 1000) - 1) > 0.05)
    console.log(`docs/frameworks.md says ${firstLoad} of ${result.title}. Update it: pnpm test:frameworks --write`);
  rows.set(result.title, now);
}

const isWriting = words.includes('--write');
if (isWriting) {
  const header = ['Framework or bundler', 'Version', 'Works', 'Types check', 'First load'];
  const titles = new Map(results.map(({ title, name }) => [title, order.indexOf(name)]));
  const sorted = [...rows.values()].sort((a, b) => (titles.get(a[0]) ?? 0) - (titles.get(b[0]) ?? 0));
  const lines = [header, header.map(() => '---'), ...(names.length === 0 ? sorted : rows.values())];
  writeFileSync(
    page,
    `${before}${begin}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n${end}${after}`,
  );
  run('pnpm', 'exec', 'biome', 'format', '--write', page);
} else if (differences.length > 0) {
  console.error(`\ndocs/frameworks.md has another table. Found:\n${differences.join('\n')}`);
}

const { numPassedTests = 0, numFailedTests = 1 } = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : {};
console.log(`\n${numPassedTests} passed, ${numFailedTests} failed`);
process.exit(status || (!isWriting && differences.length > 0 ? 1 : 0));
