import { Routing1700000001001 } from './000001-routing.js';
import { Routing1700000001002 } from './000002-directory-history.js';
import { Routing1700000001003 } from './000003-matrix-versions.js';
import { Routing1700000001004 } from './000004-imports.js';
import { Routing1700000001005 } from './000005-waiting-tickets.js';
import { Routing1700000001006 } from './000006-classification.js';
import { Routing1700000001007 } from './000007-key-conflicts.js';
import { Routing1700000001008 } from './000008-timers.js';
import { Routing1700000001009 } from './000009-health-notice-partners.js';
import { Replies1700000001010 } from './000010-replies.js';
import { LighterTickets1700000001011 } from './000011-lighter-tickets.js';
import { TicketCopies1700000001014 } from './000014-ticket-copies.js';
import { ServiceRequests1700000001016 } from './000016-service-requests.js';
import { MatrixAuthors1700000001060 } from './000060-matrix-authors.js';

/** In the order in which they run; a new one goes to the end. */
export const ROUTING_MIGRATIONS = [Routing1700000001001, Routing1700000001002, Routing1700000001003, Routing1700000001004, Routing1700000001005, Routing1700000001006, Routing1700000001007, Routing1700000001008, Routing1700000001009, LighterTickets1700000001011, Replies1700000001010, TicketCopies1700000001014, ServiceRequests1700000001016, MatrixAuthors1700000001060] as const;
