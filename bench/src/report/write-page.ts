import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot, StartupError } from '@handoff/engines';
import { STAGES } from '../stages.js';
import { measuredIn } from './lines.js';
import { performancePage } from './performance-page.js';

/**
 * Writes docs/performance.md.
 * @param file with lines that `--json` printed.
 * @returns where the page is.
 * @throws StartupError where the file has no such line.
 */
export async function writePage(file: string): Promise<string> {
  const stages = measuredIn(await readFile(file, 'utf8'));
  if (stages.length === 0) throw new StartupError(`${file} has no line that --json printed. Measure first: npm run bench -- --json > ${file}`);
  const page = path.join(projectRoot(), 'docs/performance.md');
  await writeFile(page, performancePage({ stages, measures: Object.fromEntries(STAGES.map(({ name, measures }) => [name, measures])) }));
  return page;
}
