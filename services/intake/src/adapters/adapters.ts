import type { Adapter } from './adapter.js';
import { autotaskAdapter } from './autotask/autotask.adapter.js';
import { cloudEventsAdapter } from './cloudevents/cloudevents.adapter.js';
import { connectwiseAdapter } from './connectwise-psa/connectwise.adapter.js';
import { dynamicsAdapter } from './dynamics-365/dynamics.adapter.js';
import { freshdeskAdapter } from './freshdesk/freshdesk.adapter.js';
import { halopsaAdapter } from './halopsa/halopsa.adapter.js';
import { hubspotAdapter } from './hubspot/hubspot.adapter.js';
import { intercomAdapter } from './intercom/intercom.adapter.js';
import { jiraAdapter } from './jira-service-management/jira.adapter.js';
import { partnerCenterAdapter } from './partner-center/partner-center.adapter.js';
import { saasFulfilmentAdapter } from './saas-fulfilment/saas-fulfilment.adapter.js';
import { salesforceAdapter } from './salesforce/salesforce.adapter.js';
import { serviceNowAdapter } from './servicenow/servicenow.adapter.js';
import { standardWebhooksAdapter } from './standard-webhooks/standard-webhooks.adapter.js';
import { zammadAdapter } from './zammad/zammad.adapter.js';
import { zendeskAdapter } from './zendesk/zendesk.adapter.js';

/** Every ticketing system that can post to us. A new one is a folder and a line here. */
export const ADAPTERS: readonly Adapter[] = [
  autotaskAdapter,
  cloudEventsAdapter,
  connectwiseAdapter,
  dynamicsAdapter,
  freshdeskAdapter,
  halopsaAdapter,
  hubspotAdapter,
  intercomAdapter,
  jiraAdapter,
  partnerCenterAdapter,
  saasFulfilmentAdapter,
  salesforceAdapter,
  serviceNowAdapter,
  standardWebhooksAdapter,
  zammadAdapter,
  zendeskAdapter,
];

export const ADAPTER_NAMES: readonly string[] = ADAPTERS.map(({ name }) => name);

/** @throws Error for a name that is in no list: the database was changed by another version. */
export function adapterOf(name: string): Adapter {
  const adapter = ADAPTERS.find((candidate) => candidate.name === name);
  if (adapter === undefined) throw new Error(`No adapter is called '${name}'; this version has ${ADAPTER_NAMES.join(', ')}.`);
  return adapter;
}
