// Everything that has to hold before a change lands; `quick` leaves out what needs a build or a browser.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { engineNames, findChromium, installEngines } from './browsers.mjs';
import { installNginx } from './nginx.mjs';
import { installPgBouncer } from './pgbouncer.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = `${root}.cache/results`;
const quick = process.argv[2] === 'quick';
const inEveryEngine = Boolean(process.env.CI) && process.env.CI !== 'false';

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** A check passes or fails as a whole; a suite counts its tests in a JSON file. */
const check = (name, command, { cwd = '.', slow = false } = {}) => ({ name, command, cwd, slow });
const vitest = (name, cwd, { slow = false, project } = {}) => ({
  ...check(
    name,
    `pnpm exec vitest run --reporter=default --reporter=json --outputFile=${results}/${name}.json${project ? ` --project=${project}` : ''}`,
    { cwd, slow },
  ),
  counts: () => {
    const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(`${results}/${name}.json`, 'utf8'));
    const failures = testResults.flatMap(({ name: file, message, assertionResults }) => [
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => ({ title: fullName, message: failureMessages.join('\n') })),
      // An error outside of a test.
      ...(message ? [{ title: relative(root, file), message }] : []),
    ]);
    return { passed: numPassedTests, failed: numTotalTests - numPassedTests, failures };
  },
});
const frameworks = {
  ...vitest('frameworks', '.', { slow: true }),
  command: 'node scripts/frameworks.mjs --built',
};
const elements = (engine) => ({
  ...check(`elements-${engine}`, 'pnpm exec wtr', { cwd: 'packages/elements', slow: true }),
  env: { BROWSERS: engine },
  counts: () => JSON.parse(readFileSync(`${results}/elements-${engine}.json`, 'utf8')),
});

/** The server's tests on PostgreSQL once more, behind a pooler. */
const pooled = { ...vitest('server-pooled', 'examples/server', { slow: true }), env: { POOLED: '1' } };
const hasPooler = quick || installPgBouncer() !== undefined;

const missing = quick
  ? []
  : [...installEngines(), ...(hasPooler ? [] : ['pgbouncer']), ...(installNginx() ? [] : ['nginx'])];
const needed = inEveryEngine ? [...engineNames, 'pgbouncer', 'nginx'] : ['chromium'];
const lacking = missing.filter((name) => needed.includes(name));
if (lacking.length > 0) {
  const why = inEveryEngine ? 'With CI set, all of these have to run' : 'Tests need Chromium';
  console.error(
    `Not installed: ${lacking.join(', ')}. ${why}; scripts/browsers.mjs and scripts/debian.mjs say where each is looked for.`,
  );
  process.exit(1);
}

/** One row after another, `atOnce` lists of a row beside each other. The steps of a list run in turn. */
const rows = [
  { atOnce: 1, lists: [check('format', 'pnpm exec biome format .')] },
  // The steps below read the elements' build and manifest.
  { atOnce: 1, lists: [check('manifest', 'pnpm exec cem analyze --quiet', { cwd: 'packages/elements' })] },
  {
    atOnce: 2,
    lists: [
      [
        check('types', 'node scripts/typecheck.mjs'),
        check('lint', 'pnpm run lint'),
        check('unused', 'pnpm exec knip'),
        check('build', 'pnpm run build', { slow: true }),
        check('packages', 'pnpm run check:packages', { slow: true }),
        check('size', 'pnpm exec size-limit', { slow: true }),
      ],
      [vitest('sdk', 'packages/sdk'), vitest('server', 'examples/server')],
    ],
  },
  {
    // Each spends part of its time waiting. The longest begin first, so that none is left to run alone.
    atOnce: 3,
    lists: [
      ...['webkit'].filter((name) => !missing.includes(name)).map(elements),
      vitest('host', 'examples/host', { slow: true }),
      ...['firefox'].filter((name) => !missing.includes(name)).map(elements),
      elements('chromium'),
      ...(hasPooler ? [pooled] : []),
      vitest('stories', 'stories', { slow: true, project: 'stories' }),
      vitest('pages', 'stories', { slow: true, project: 'pages' }),
    ],
  },
  // By itself: it installs packages and builds apps, as many at a time as there are processors here.
  { atOnce: 1, lists: [frameworks] },
];

let passed = 0;
let failed = 0;
const failures = [];
const times = [];
const begun = performance.now();

const run = async ({ name, command, cwd, env, counts }) => {
  console.log(`▸ ${name}`);
  const started = performance.now();
  const child = spawn(command, {
    cwd: `${root}${cwd}`,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: true,
    env: { ...process.env, CHROMIUM_PATH: findChromium() ?? '', TEST_RESULTS: `${results}/${name}.json`, ...env },
  });
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (data) => (said += data));
  const status = await new Promise((resolve) => child.on('close', resolve));

  const counted = counts && existsSync(`${results}/${name}.json`) ? counts() : { passed: 0, failed: 0, failures: [] };
  const ranNone = counts && counted.passed + counted.failed === 0;
  const isFine = status === 0 && counted.failed === 0 && !ranNone;
  // A suite that ends badly, or at once, without a failed test has failed all the same.
  const own = isFine ? { passed: counts ? 0 : 1, failed: 0 } : { passed: 0, failed: counted.failed > 0 ? 0 : 1 };
  passed += counted.passed + own.passed;
  failed += counted.failed + own.failed;
  const facts = [
    `${((performance.now() - started) / 1000).toFixed(1)} s`,
    ...(counts ? [`${counted.passed} of ${counted.passed + counted.failed} tests passed`] : []),
  ];
  if (!isFine) failures.push({ name, said, tests: counted.failures });
  console.log(`${isFine ? '✓' : '✗'} ${name}: ${facts.join(', ')}`);
  times.push(facts[0].padStart(8) + `  ${name}`);
};

const runRow = async ({ atOnce, lists }) => {
  const waiting = lists.map((list) => [list].flat().filter((step) => !(quick && step.slow)));
  const runWaiting = async () => {
    for (let list = waiting.shift(); list; list = waiting.shift()) for (const step of list) await run(step);
  };
  await Promise.all(Array.from({ length: atOnce }, runWaiting));
};
for (const row of rows) await runRow(row);

times.push(`${((performance.now() - begun) / 1000).toFixed(1)} s`.padStart(8) + '  in all');
console.log(`\n${times.join('\n')}`);
if (missing.length > 0) console.log(`\nNot installed, and so without tests: ${missing.join(', ')}`);
for (const { name, said } of failures) console.log(`\n✗ ${name} failed, and said:\n\n${said.trim()}`);
// Once more, in short: the end of a long log is what is read first, and sometimes all that is kept.
for (const { name, tests } of failures) {
  console.log(`\nFailed: ${name}`);
  for (const { title, message } of tests.slice(0, 20)) {
    const start = stripVTControlCharacters(message).split('\n', 8).join('\n    ').slice(0, 600);
    console.log(`  ✗ ${title}\n    ${start}`);
  }
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
