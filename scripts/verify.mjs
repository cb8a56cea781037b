// Everything that has to hold before a change lands; `quick` leaves out what needs a build or a browser.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { engineNames, findChromium, installEngines } from './browsers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = `${root}.cache/results`;
const quick = process.argv[2] === 'quick';
const inEveryEngine = Boolean(process.env.CI) && process.env.CI !== 'false';

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/**
 * A check passes or fails as a whole; a suite counts its tests in a JSON file.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} command
 * @property {string} [cwd]
 * @property {boolean} [slow] Needs a build or a browser.
 * @property {string} [after] The step whose results it needs.
 * @property {number} [share] How many of the machine's places it takes: as many as it keeps busy. 1 by default.
 * @property {() => { passed: number, failed: number }} [counts]
 * @property {Record<string, string>} [env]
 */

const check = (name, command, more = {}) => ({ name, command, ...more });
const vitest = (name, cwd, more = {}) => ({
  ...check(name, `pnpm exec vitest run --reporter=default --reporter=json --outputFile=${results}/${name}.json`),
  cwd,
  ...more,
  counts: () => {
    const { numPassedTests, numTotalTests } = JSON.parse(readFileSync(`${results}/${name}.json`, 'utf8'));
    return { passed: numPassedTests, failed: numTotalTests - numPassedTests };
  },
});

const missing = quick ? [] : installEngines();
const needed = inEveryEngine ? engineNames : ['chromium'];
const lacking = missing.filter((name) => needed.includes(name));
if (lacking.length > 0) {
  const why = inEveryEngine ? 'With CI set, every engine has to run' : 'Tests need Chromium';
  console.error(`Not installed: ${lacking.join(', ')}. ${why}; scripts/browsers.mjs says where each is looked for.`);
  process.exit(1);
}

/** None where the engine is not there. */
const elements = (engine) =>
  missing.includes(engine)
    ? []
    : [
        {
          ...check(`elements-${engine}`, 'pnpm exec wtr', { cwd: 'packages/elements', slow: true, after: 'build' }),
          env: { BROWSERS: engine },
          counts: () => JSON.parse(readFileSync(`${results}/elements-${engine}.json`, 'utf8')),
        },
      ];

/** @type {readonly Step[]} */
const steps = [
  check('format', 'pnpm exec biome format .'),
  check('types', 'node scripts/typecheck.mjs'),
  // They read what the first makes of the elements.
  check('lint', 'pnpm exec eslint .', { after: 'types' }),
  check('unused', 'pnpm exec knip', { after: 'types' }),
  vitest('server', 'examples/server', { share: 2 }),
  vitest('sdk', 'packages/sdk'),
  check('build', 'pnpm run build', { slow: true, after: 'types' }),
  check('packages', 'pnpm run check:packages', { slow: true, after: 'build' }),
  check('size', 'pnpm exec size-limit', { slow: true, after: 'build' }),
  // What takes longest first, so that nothing long is left for the end.
  ...elements('webkit'),
  vitest('host', 'examples/host', { slow: true, after: 'packages', share: 2 }),
  ...elements('firefox'),
  vitest('stories', 'stories', { slow: true, after: 'build' }),
  ...elements('chromium'),
].filter(({ slow }) => !(quick && slow));

let passed = 0;
let failed = 0;
const failures = [];

/** @param {Step} step */
const run = async ({ name, command, cwd = '.', env, counts }) => {
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

  const counted = counts && existsSync(`${results}/${name}.json`) ? counts() : { passed: 0, failed: 0 };
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
  if (!isFine) failures.push({ name, said });
  console.log(`${isFine ? '✓' : '✗'} ${name}: ${facts.join(', ')}`);
};

/** One place more than there are cores, as each step waits at times. */
const places = availableParallelism() + 1;
const waiting = [...steps];
/** @type {Map<Step, Promise<void>>} */
const running = new Map();

const isReady = ({ after, share = 1 }) => {
  const taken = [...running.keys()].reduce((sum, other) => sum + (other.share ?? 1), 0);
  const awaited = [...waiting, ...running.keys()].some(({ name }) => name === after);
  return !awaited && (running.size === 0 || taken + share <= places);
};

while (waiting.length + running.size > 0) {
  for (let next = waiting.find(isReady); next; next = waiting.find(isReady)) {
    const step = next;
    waiting.splice(waiting.indexOf(step), 1);
    running.set(
      step,
      run(step).then(() => void running.delete(step)),
    );
  }
  await Promise.race(running.values());
}

if (missing.length > 0) console.log(`\nNot installed, and so without tests: ${missing.join(', ')}`);
for (const { name, said } of failures) console.log(`\n✗ ${name} failed, and said:\n\n${said.trim()}`);
if (failures.length > 0) console.log(`\nFailed: ${failures.map(({ name }) => name).join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
