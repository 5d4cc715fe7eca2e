import { runService } from '@handoff/platform';
import { readConfig } from './config.js';
import { startRouting } from './start-routing.js';

await runService(async () => startRouting(readConfig()));
