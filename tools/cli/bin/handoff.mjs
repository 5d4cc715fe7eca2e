#!/usr/bin/env node
import { existsSync } from 'node:fs';

const WRONG_USE = 2;
const program = new URL('../dist/main.js', import.meta.url);

if (existsSync(program)) {
  await import(program.href).catch(explain);
} else {
  fail('The handoff command is not built yet. Run `npm start` (installs, builds and starts everything) or `npm run build` in the project folder first.');
}

function explain(error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  fail(`The handoff command misses a part: ${error.message}. Run \`npm start\`, or \`npm install\` and \`npm run build\`, in the project folder first.`);
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = WRONG_USE;
}
