// Everything that has to hold before a change lands; `quick` leaves out what needs a build or a browser.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium, installChromium } from './browsers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = `${root}.cache/results`;
const quick = process.argv[2] === 'quick';

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** A check passes or fails as a whole; a suite counts its tests in a JSON file. */
const check = (name, command, { cwd = '.', slow = false } = {}) => ({ name, command, cwd, slow });
const vitest = (name, cwd, { slow = false } = {}) => ({
  ...check(name, `pnpm exec vitest run --reporter=default --reporter=json --outputFile=${results}/${name}.json`, {
    cwd,
    slow,
  }),
  counts: () => {
    const { numPassedTests, numTotalTests } = JSON.parse(readFileSync(`${results}/${name}.json`, 'utf8'));
    return { passed: numPassedTests, failed: numTotalTests - numPassedTests };
  },
});
const elements = {
  ...check('elements', 'pnpm exec wtr', { cwd: 'packages/elements', slow: true }),
  counts: () => JSON.parse(readFileSync(`${results}/elements.json`, 'utf8')),
};

const steps = [
  check('format', 'pnpm exec biome format .'),
  check('types', 'node scripts/typecheck.mjs'),
  check('lint', 'pnpm exec eslint .'),
  check('unused', 'pnpm exec knip'),
  vitest('sdk', 'packages/sdk'),
  vitest('server', 'examples/server'),
  check('build', 'pnpm run build', { slow: true }),
  check('packages', 'pnpm run check:packages', { slow: true }),
  check('size', 'pnpm exec size-limit', { slow: true }),
  elements,
  vitest('host', 'examples/host', { slow: true }),
].filter(({ slow }) => !(quick && slow));

if (!quick) installChromium();
const chromium = findChromium();
if (!quick && !chromium) {
  console.error('No Chromium was found. Install one, or name it in CHROMIUM_PATH.');
  process.exit(1);
}

let passed = 0;
let failed = 0;
const failures = [];
for (const { name, command, cwd, counts } of steps) {
  const started = performance.now();
  console.log(`\n▸ ${name}`);
  const { status } = spawnSync(command, {
    cwd: `${root}${cwd}`,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: true,
    env: { ...process.env, CHROMIUM_PATH: chromium ?? '', TEST_RESULTS: results },
  });
  const counted = counts && existsSync(`${results}/${name}.json`) ? counts() : { passed: 0, failed: 0 };
  // A suite that ends badly without a failed test has failed all the same.
  const own = status === 0 ? { passed: counts ? 0 : 1, failed: 0 } : { passed: 0, failed: counted.failed > 0 ? 0 : 1 };
  passed += counted.passed + own.passed;
  failed += counted.failed + own.failed;
  if (status !== 0 || counted.failed > 0) failures.push(name);
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}

if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
