import { Console1700000003001 } from './000001-console.js';

/** In the order in which they run; a new one goes to the end. */
export const CONSOLE_MIGRATIONS = [Console1700000003001] as const;
