import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const MAIN = pathToFileURL(path.resolve(import.meta.dirname, '../dist/main.js')).href;

/** Runs a service whose start does this, until it ends by itself. */
async function ran(start: string): Promise<{ readonly code: unknown; readonly told: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', `import { failService, runService } from '${MAIN}'; await runService(async () => { const idle = setInterval(() => undefined, 1_000); ${start} return { close: async () => { clearInterval(idle); console.log('closed'); } }; });`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code, told };
}

describe('a service of which a part cannot go on', () => {
  it('is closed and ends with exit code 1', async () => {
    expect(await ran("setTimeout(() => failService('The consumer ended.'), 50);")).toEqual({ code: 1, told: 'The consumer ended.\nclosed\n' });
  });

  it('ends the same way where that happens while it is still being started', async () => {
    expect(await ran("failService('The consumer ended.');")).toEqual({ code: 1, told: 'The consumer ended.\nclosed\n' });
  });
});
