import { runService } from '@handoff/platform';
import { readConfig } from './config.js';
import { startConsole } from './start-console.js';

await runService(async () => startConsole(readConfig()));
