import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter, summaryReporter } from '@web/test-runner';
import { bundles } from './test/bundles.mjs';
import { languageFaults } from './test/language-faults.mjs';
import { freePort } from './test/launchers/free-port.mjs';
import { launchersOf } from './test/launchers/launchers.mjs';
import { demoStyleSheets } from './test/shipped/demo-style-sheets.mjs';
import { shippedElements } from './test/shipped/shipped-elements.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const flatten = ({ tests = [], suites = [] } = {}, titles = []) => [
  ...tests.map((test) => ({ ...test, title: [...titles, test.name].join(' > ') })),
  ...suites.flatMap((suite) => flatten(suite, [...titles, suite.name])),
];

/** Counts and failures for the summary of a whole run. */
const resultReporter = {
  stop({ sessions }) {
    if (!process.env.TEST_RESULTS) return;
    const tests = sessions.flatMap(({ testFile, testResults }) => flatten(testResults, [relative(root, testFile)]));
    const failed = tests.filter((test) => !test.passed && !test.skipped);
    const failures = [
      ...failed.map(({ title, error }) => ({ title, message: error?.message ?? '' })),
      ...sessions.flatMap(({ testFile, errors }) =>
        errors.map(({ message }) => ({ title: relative(root, testFile), message })),
      ),
    ];
    const passed = tests.filter((test) => test.passed).length;
    writeFileSync(process.env.TEST_RESULTS, JSON.stringify({ passed, failed: tests.length - passed, failures }));
  },
};

export default {
  files: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  rootDir: root,
  nodeResolve: { exportConditions: ['cockpit-source', 'browser', 'development'] },
  hostname: '127.0.0.1',
  // Of its own, as one engine's tests may run beside another's.
  port: await freePort(),
  concurrency: 1,
  middleware: [languageFaults],
  plugins: [
    bundles(),
    shippedElements(),
    demoStyleSheets(),
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
  ],
  browsers: launchersOf(process.env.BROWSERS ?? 'chromium'),
  reporters: [
    summaryReporter(),
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    resultReporter,
  ],
  // Far more than a test, or a file of them, takes, so that a busy machine fails none.
  testFramework: { config: { timeout: 240_000 } },
  browserStartTimeout: 60_000,
  testsFinishTimeout: 900_000,
};
