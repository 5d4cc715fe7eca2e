import 'reflect-metadata';
import { runService } from '@handoff/platform';
import { readConfig } from './config.js';
import { startIntake } from './start-intake.js';

await runService(async () => startIntake(readConfig()));
