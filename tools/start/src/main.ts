import { projectRoot, StartupError } from '@handoff/engines';
import { run } from './run.js';
import { SERVICES } from './services/service-table.js';
import { listenForStop } from './stop-requests.js';

// The terminal may be closed while we stop: what nobody can read is not worth dying for.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const say = (line: string): void => console.log(line);

try {
  await run({ rootDir: projectRoot(), env: process.env, services: SERVICES, say, ...listenForStop(say) });
  say('Stopped.');
  process.exit(0);
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  process.exit(1);
}
