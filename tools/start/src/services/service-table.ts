import path from 'node:path';

/** One process that `npm start` keeps running. */
export interface ServiceEntry {
  /** Also the name of its database schema and role, and of its log file. */
  readonly name: string;
  readonly port: number;
  /** The environment variable that chooses another port. */
  readonly portVariable: string;
  /** The program, absolute. */
  readonly main: string;
}

export interface ServicePlan {
  readonly name: string;
  readonly portDefault: number;
  /** Relative to the project's folder. */
  readonly main: string;
}

/** Everything that a local run consists of, beside the engines. */
export const SERVICES: readonly ServicePlan[] = [
  { name: 'intake', portDefault: 8081, main: 'services/intake/dist/main.js' },
  { name: 'routing', portDefault: 8082, main: 'services/routing/dist/main.js' },
  { name: 'notifier', portDefault: 8083, main: 'services/notifier/dist/main.js' },
  { name: 'console', portDefault: 8080, main: 'services/console/dist/main.js' },
];

/** Resolves a plan for this project and environment. `readPort` throws when a variable holds no port. */
export function serviceEntries(
  plans: readonly ServicePlan[],
  rootDir: string,
  readPort: (variable: string, fallback: number) => number,
): ServiceEntry[] {
  return plans.map((plan) => {
    const portVariable = `${plan.name.toUpperCase()}_PORT`;
    return {
      name: plan.name,
      portVariable,
      port: readPort(portVariable, plan.portDefault),
      main: path.resolve(rootDir, plan.main),
    };
  });
}
