// `npm test`: every tier, the coverage of the rules and the linter. The last line is "N passed, N failed".
// `npm test -- --with-engines` runs only what needs Kafka and PostgreSQL. Other arguments go to Jest
// (npm test -- services/routing); coverage and linter then stay out.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const onlyWithEngines = process.argv.includes('--with-engines');
const jestArgs = process.argv.slice(2).filter((argument) => argument !== '--with-engines');
const reports = mkdtempSync(path.join(tmpdir(), 'handoff-test-'));

let running;
let interrupted;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted ??= signal;
    running?.kill(signal);
  });
}

const tally = { unit: newCount(), int: newCount(), e2e: newCount(), coverage: newCount(), lint: newCount() };
try {
  // By itself Jest leaves one core alone, which is half of two.
  if (!onlyWithEngines) await runJest('unit', ['--selectProjects', 'unit', '--maxWorkers=100%']);
  // One run for both, one file at a time: they share the engines.
  if (!interrupted) await runJest('int', ['--selectProjects', 'int', 'e2e', '--runInBand']);
  if (!onlyWithEngines && jestArgs.length === 0) {
    const ofRules = ['--disable-warning=ExperimentalWarning', 'libs/matrix/measure/coverage.mjs'];
    await check('coverage', 'the rules are not covered in full (npm run coverage:matrix)', ofRules);
    await check('lint', 'the linter has complaints (npm run lint)', ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.']);
    await check('lint', "the types of the console's page do not fit (npm run build:page)", ['node_modules/.bin/tsc', '-p', 'services/console/page']);
    await check('lint', 'a boundary is no longer guarded (node tools/planted-violations.mjs)', ['tools/planted-violations.mjs']);
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}
report();

function newCount() {
  return { passed: 0, failed: 0, skipped: 0, broken: [] };
}

async function runJest(tier, args) {
  const file = path.join(reports, `${tier}.json`);
  const exitCode = await node([
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    // With engines all files run in one process, which keeps the modules of each.
    '--max-old-space-size=8192',
    path.join(root, 'node_modules/jest/bin/jest.js'),
    ...args,
    '--passWithNoTests',
    '--json',
    `--outputFile=${file}`,
    ...jestArgs,
  ]);
  const before = tally.unit.failed + tally.int.failed + tally.e2e.failed;
  if (existsSync(file)) for (const suite of JSON.parse(readFileSync(file, 'utf8')).testResults) count(suite);
  const counted = tally.unit.failed + tally.int.failed + tally.e2e.failed - before;
  if (exitCode !== 0 && counted === 0) {
    tally[tier].failed += 1;
    tally[tier].broken.push(`the ${tier} run itself ended with exit code ${exitCode}`);
  }
}

function count(suite) {
  const tier = /\.(int|e2e)\.spec\.ts$/.exec(suite.name)?.[1] ?? 'unit';
  const name = path.relative(root, suite.name);
  for (const test of suite.assertionResults) {
    if (test.status === 'passed') tally[tier].passed += 1;
    else if (test.status === 'failed') {
      tally[tier].failed += 1;
      tally[tier].broken.push(`${name}: ${test.fullName}`);
    } else tally[tier].skipped += 1;
  }
  const failedInside = suite.assertionResults.some((test) => test.status === 'failed');
  if (suite.status === 'failed' && !failedInside) {
    tally[tier].failed += 1;
    tally[tier].broken.push(`${name}: the file could not run`);
  }
}

async function check(tier, complaint, args) {
  if (interrupted) return;
  const exitCode = await node(args);
  if (exitCode === 0) tally[tier].passed += 1;
  else {
    tally[tier].failed += 1;
    tally[tier].broken.push(complaint);
  }
}

/** Runs a Node program to its end, showing what it prints. */
function node(args) {
  return new Promise((resolve) => {
    running = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    running.once('error', () => resolve(1));
    running.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

function report() {
  const tiers = Object.entries(tally);
  const total = (what) => tiers.reduce((sum, [, tier]) => sum + tier[what], 0);
  console.log('');
  for (const [name, { passed, failed, skipped }] of tiers) {
    if (passed + failed + skipped === 0) continue;
    console.log(`${name.padEnd(8)} ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  }
  for (const [name, { broken }] of tiers) for (const line of broken) console.log(`failed (${name}): ${line}`);
  if (interrupted) console.log(`Interrupted by ${interrupted}: not everything ran.`);
  const none = total('passed') + total('failed') === 0;
  if (none) console.log('No test ran.');
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
  process.exitCode = total('failed') > 0 || none || interrupted ? 1 : 0;
}
