import { backlogStage } from './backlog/backlog.bench.js';
import { compareStage } from './compare/compare.bench.js';
import { consoleStage } from './console/console.bench.js';
import { destinationsStage } from './destinations/destinations.bench.js';
import { intakeStage } from './intake/intake.bench.js';
import { matrixStage } from './matrix/matrix.bench.js';
import { notifierStage } from './notifier/notifier.bench.js';
import { pathStage } from './path/path.bench.js';
import { poisonStage } from './poison/poison.bench.js';
import { routingStage } from './routing/routing.bench.js';
import type { Stage } from './stage.js';

/** Everything that can be measured, in the order in which it is. */
export const STAGES: readonly Stage[] = [matrixStage, compareStage, intakeStage, routingStage, notifierStage, destinationsStage, pathStage, poisonStage, backlogStage, consoleStage];
