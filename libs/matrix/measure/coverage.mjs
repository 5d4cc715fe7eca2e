// `npm run coverage:matrix`: runs the specs of the rules in this process, and fails unless they reach every branch,
// function and line of every source. V8 counts, which costs little; what a branch is, Istanbul defines.
import { globSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'acorn';
import { convert } from 'ast-v8-to-istanbul';
import coverage from 'istanbul-lib-coverage';
import report from 'istanbul-lib-report';
import reports from 'istanbul-reports';
import Mocha from 'mocha';
import './jest-words.mjs';

const sources = path.resolve(import.meta.dirname, '../src');
const files = globSync('**/*.ts', { cwd: sources }).map((file) => path.join(sources, file));
const isSpec = (file) => file.endsWith('.spec.ts');

const profiler = new Session();
profiler.connect();
await profiler.post('Profiler.enable');
await profiler.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

const mocha = new Mocha({ reporter: 'dot', timeout: 0 });
for (const file of files.filter(isSpec)) mocha.addFile(file);
await mocha.loadFilesAsync();
const failures = await new Promise((resolve) => mocha.run(resolve));
const { result: counted } = await profiler.post('Profiler.takePreciseCoverage');

const reached = coverage.createCoverageMap();
for (const file of files.filter((file) => !isSpec(file))) reached.merge(await reachedIn(file));
const { branches, functions, lines } = reached.getCoverageSummary();
const isFull = [branches, functions, lines].every(({ pct }) => pct === 100);
if (!isFull) reports.create('text', { skipFull: true }).execute(report.createContext({ coverageMap: reached }));
for (const [name, { covered, total }] of Object.entries({ branches, functions, lines })) {
  console.log(`${covered} of ${total} ${name}`);
}
console.log(`in ${process.uptime().toFixed(2)} s, from start to end`);
process.exitCode = failures === 0 && isFull ? 0 : 1;

/** What the specs reached of a source; nothing of one that they did not even load. */
async function reachedIn(file) {
  const url = pathToFileURL(file).href;
  // Types become blanks, so that every place is the place in the source.
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8'));
  const notLoaded = [{ functionName: '', isBlockCoverage: true, ranges: [{ startOffset: 0, endOffset: code.length, count: 0 }] }];
  const functions = counted.find((script) => script.url === url)?.functions ?? notLoaded;
  return convert({ code, ast: parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), coverage: { url, functions } });
}
