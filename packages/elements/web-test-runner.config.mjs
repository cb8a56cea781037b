import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter, summaryReporter } from '@web/test-runner';
import { bundles } from './test/bundles.mjs';
import { languageFaults } from './test/language-faults.mjs';
import { freePort } from './test/launchers/free-port.mjs';
import { launchersOf } from './test/launchers/launchers.mjs';

const flatten = ({ tests = [], suites = [] } = {}) => [...tests, ...suites.flatMap(flatten)];

/** Counts for the last line of a whole run. */
const countReporter = {
  stop({ sessions }) {
    if (!process.env.TEST_RESULTS) return;
    const tests = sessions.flatMap(({ testResults }) => flatten(testResults));
    const passed = tests.filter((test) => test.passed).length;
    const failed = tests.filter((test) => !test.passed).length;
    writeFileSync(process.env.TEST_RESULTS, JSON.stringify({ passed, failed }));
  },
};

export default {
  files: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  rootDir: fileURLToPath(new URL('../../', import.meta.url)),
  nodeResolve: { exportConditions: ['cockpit-source', 'browser', 'development'] },
  hostname: '127.0.0.1',
  // Of its own, as one engine's tests may run beside another's.
  port: await freePort(),
  concurrency: 1,
  middleware: [languageFaults],
  plugins: [
    bundles(),
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
  ],
  browsers: launchersOf(process.env.BROWSERS ?? 'chromium'),
  reporters: [
    summaryReporter(),
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    countReporter,
  ],
  // Far more than a test, or a file of them, takes, so that a busy machine fails none.
  testFramework: { config: { timeout: 240_000 } },
  browserStartTimeout: 60_000,
  testsFinishTimeout: 900_000,
};
