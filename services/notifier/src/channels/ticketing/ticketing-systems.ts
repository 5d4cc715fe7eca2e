import { freshdesk } from '../freshdesk/freshdesk.system.js';
import { servicenow } from '../servicenow/servicenow.system.js';
import { zammad } from '../zammad/zammad.system.js';
import { zendesk } from '../zendesk/zendesk.system.js';
import { type SystemName, TICKETING_SYSTEMS, type TicketingSystem } from './ticketing-system.js';

const SYSTEMS: Readonly<Record<SystemName, TicketingSystem>> = { zendesk, servicenow, freshdesk, zammad };

/** `null`: a later version wrote it. */
export function ticketingSystemOf(name: string): TicketingSystem | null {
  return TICKETING_SYSTEMS.some((known) => known === name) ? SYSTEMS[name as SystemName] : null;
}
