import 'reflect-metadata';
import { readSettings, runService } from '@handoff/platform';
import { intakeSettings } from './config.js';
import { startIntake } from './start-intake.js';

await runService(async () => startIntake(readSettings(intakeSettings, process.env)));
