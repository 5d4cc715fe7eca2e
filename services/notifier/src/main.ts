import 'reflect-metadata';
import { runService } from '@handoff/platform';
import { readConfig } from './config.js';
import { startNotifier } from './start-notifier.js';

await runService(async () => startNotifier(readConfig()));
