import { autotask } from '../autotask/autotask.system.js';
import { connectwisePsa } from '../connectwise-psa/connectwise-psa.system.js';
import { dynamics365 } from '../dynamics-365/dynamics-365.system.js';
import { freshdesk } from '../freshdesk/freshdesk.system.js';
import { halopsa } from '../halopsa/halopsa.system.js';
import { jiraServiceManagement } from '../jira-service-management/jira-service-management.system.js';
import { salesforce } from '../salesforce/salesforce.system.js';
import { servicenow } from '../servicenow/servicenow.system.js';
import { zammad } from '../zammad/zammad.system.js';
import { zendesk } from '../zendesk/zendesk.system.js';
import { type SystemName, TICKETING_SYSTEMS, type TicketingSystem } from './ticketing-system.js';

const SYSTEMS: Readonly<Record<SystemName, TicketingSystem>> = {
  zendesk, servicenow, 'jira-service-management': jiraServiceManagement, freshdesk, 'connectwise-psa': connectwisePsa, autotask,
  halopsa, 'dynamics-365': dynamics365, salesforce, zammad,
};

/** `null`: a later version wrote it. */
export function ticketingSystemOf(name: string): TicketingSystem | null {
  return TICKETING_SYSTEMS.some((known) => known === name) ? SYSTEMS[name as SystemName] : null;
}
