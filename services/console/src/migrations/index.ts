import { Console1700000003001 } from './000001-console.js';
import { SignIn1700000003010 } from './000010-sign-in.js';
import { TicketMeasures1700000003030 } from './000030-ticket-measures.js';
import { KeptOverdue1700000003032 } from './000032-kept-overdue.js';
import { FoundByFilters1700000003033 } from './000033-found-by-filters.js';
import { AttachedTickets1700000003031 } from './000031-attached-tickets.js';
import { QueueHours1700000003060 } from './000060-queue-hours.js';
import { OrdersOfStates1700000003061 } from './000061-orders-of-states.js';

/** In the order in which they run; a new one goes to the end. */
export const CONSOLE_MIGRATIONS = [Console1700000003001, SignIn1700000003010, TicketMeasures1700000003030, AttachedTickets1700000003031, KeptOverdue1700000003032, FoundByFilters1700000003033, QueueHours1700000003060, OrdersOfStates1700000003061] as const;
