import { benchMatrix } from './matrix/matrix.bench.js';

/** What can be measured: a name as written on the command line, and what runs it. */
const BENCHMARKS: Readonly<Record<string, () => void | Promise<void>>> = {
  matrix: benchMatrix,
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  console.error(`There is no benchmark '${unknown.join("', '")}': use ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(2);
}
for (const name of names.length === 0 ? Object.keys(BENCHMARKS) : names) await BENCHMARKS[name]?.();
