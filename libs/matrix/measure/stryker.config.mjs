// `npm run mutation`: changes the rules in every small way that Stryker knows, and counts how many of the changes make a
// test fail. All that decides is changed; left out are the catalogues, where any other word would count as a change.
// A part of it: npm run mutation -- --mutate 'libs/matrix/src/agreement-*.ts'
// What has changed since the last run: npm run mutation -- --incremental

import path from 'node:path';

// Many mutants need a process of their own, which then need not read the sources anew.
process.env.NODE_COMPILE_CACHE ??= path.resolve('coverage/mutation/compiled');

export default {
  mutate: [
    'libs/matrix/src/**/*.ts',
    '!libs/matrix/src/**/*.spec.ts',
    '!libs/matrix/src/question.builder.ts',
    '!libs/matrix/src/messages/{en,tr}.ts',
  ],
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  mochaOptions: {
    require: ['./libs/matrix/measure/jest-words.mjs'],
    // The first test that fails ends the matter, so the costly ones come last.
    spec: ['libs/matrix/src/**/!(*.properties).spec.ts', 'libs/matrix/src/**/*.properties.spec.ts'],
  },
  testRunnerNodeArgs: ['--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  // Loops without end are found by counting; a time-out is for what else hangs, and must not strike where a machine is busy.
  timeoutMS: 60_000,
  concurrency: 2,
  ignorePatterns: ['.handoff', '.nx', 'coverage', 'dist', 'e2e', 'services', 'tools', 'bench', 'docs', 'deploy'],
  disableTypeChecks: false,
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { logTests: false, reportTests: false },
  htmlReporter: { fileName: 'coverage/mutation/matrix.html' },
  jsonReporter: { fileName: 'coverage/mutation/matrix.json' },
  incrementalFile: 'coverage/mutation/incremental.json',
  tempDirName: 'coverage/.stryker-tmp',
  thresholds: { high: 95, low: 90, break: 90 },
};
