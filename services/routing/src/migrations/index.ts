import { Routing1700000001001 } from './000001-routing.js';

/** In the order in which they run; a new one goes to the end. */
export const ROUTING_MIGRATIONS = [Routing1700000001001] as const;
