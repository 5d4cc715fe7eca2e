import type { ReportedTicket } from '../adapter.js';
import { keptForApi } from '../kept-for-api.js';
import { CHARS_MAX, instantOf, requiredText, textAt, valueAt } from '../payload.js';
import { changedSince, readTicket } from '../read-tickets.js';
import type { PollQuery, ReadContext, ReadTicket, SourceApi } from '../source-api.js';
import { mapHubspot, SETTINGS } from './hubspot.mapping.js';

const PROPERTIES = ['subject', 'content', 'hs_ticket_priority', 'hs_pipeline', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_lastmodifieddate', 'createdate', 'closed_date', 'source_type'];
const PAGE_SIZE = 100;
/** HubSpot's search learns of changes late. */
const SEARCH_LAG_MS = 300_000;

interface Stage {
  readonly label: unknown;
  /** `OPEN` or `CLOSED`. */
  readonly state: unknown;
}

/** HubSpot's CRM interface, version 3. An app has about 100 requests in ten seconds. */
export const hubspotApi: SourceApi = {
  auth: ['bearer'],
  hosts: /^api\.hubapi\.com$/,
  requestsPerSecondMax: 8,
  complete,
  updatedSince,
};

async function complete({ externalId, externalUrl, change }: ReportedTicket, context: ReadContext): Promise<ReadTicket | null> {
  const query = new URLSearchParams({ properties: propertiesOf(context).join(','), associations: 'contacts' });
  const object = await context.api.get(`/crm/v3/objects/tickets/${encodeURIComponent(externalId)}?${query.toString()}`);
  if (typeof object !== 'object' || object === null) return null;
  return { ...await read(object, change === 'created', context), externalUrl };
}

async function* updatedSince({ since }: PollQuery, context: ReadContext): AsyncIterable<ReadTicket> {
  const found = changedSince<unknown>({
    since: new Date(Math.max(0, since.getTime() - SEARCH_LAG_MS)), pageSize: PAGE_SIZE,
    idOf: (object) => requiredText(object, 'id', CHARS_MAX.name),
    updatedAtOf: (object) => updatedAtOf(object, context),
    read: async (from, page) => {
      const search = {
        filterGroups: [{ filters: [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(from.getTime()) }] }],
        sorts: [{ propertyName: 'hs_lastmodifieddate', direction: 'ASCENDING' }],
        properties: ['hs_lastmodifieddate'], limit: PAGE_SIZE, after: String((page - 1) * PAGE_SIZE),
      };
      return listAt(await context.api.post('/crm/v3/objects/tickets/search', search), 'results');
    },
  });
  for await (const object of found) {
    const [externalId, updatedAt] = [requiredText(object, 'id', CHARS_MAX.name), updatedAtOf(object, context)];
    const isNew = Date.parse(instantOf(valueAt(object, 'createdAt'), new Date(0))) >= since.getTime();
    // The search knows no associations.
    const ticket = await complete({ externalId, externalUrl: null, change: isNew ? 'created' : 'updated', occurredAt: updatedAt, fields: {} }, context);
    // It may have gone on since it was indexed; a poll that ends here must find the others all the same.
    if (ticket !== null) yield { ...ticket, updatedAt };
  }
}

async function read(object: object, isNew: boolean, context: ReadContext): Promise<ReadTicket> {
  const properties = valueAt(object, 'properties');
  const [stage, contact] = [await stageOf(properties, context), await contactOf(object, context)];
  const ticket = { ...(typeof properties === 'object' ? properties : {}), ...(stage === undefined ? {} : { stage }), ...(contact === undefined ? {} : { contact }) };
  const { portalId } = SETTINGS.parse(context.settings);
  const updatedAt = updatedAtOf(object, context);
  const payload = { subscriptionType: 'ticket.propertyChange', objectId: valueAt(object, 'id'), ...(portalId === undefined ? {} : { portalId }), occurredAt: updatedAt, ticket };
  return readTicket(mapHubspot(payload, context), { payload, updatedAt, isNew });
}

async function contactOf(object: object, { api }: ReadContext): Promise<unknown> {
  const id = textAt(listAt(object, 'associations.contacts.results')[0], 'id', CHARS_MAX.name);
  if (typeof id !== 'string') return undefined;
  return valueAt(await api.get(`/crm/v3/objects/contacts/${encodeURIComponent(id)}?properties=firstname,lastname,email`), 'properties');
}

function propertiesOf({ settings }: ReadContext): readonly string[] {
  return [...new Set([...PROPERTIES, ...SETTINGS.parse(settings).properties])];
}

function updatedAtOf(object: unknown, { now }: ReadContext): string {
  return instantOf(valueAt(object, 'properties.hs_lastmodifieddate') ?? valueAt(object, 'updatedAt'), now);
}

/** What a stage is called, and whether a ticket in it is done: each account has pipelines of its own. */
const stagesOf = keptForApi(async (api): Promise<ReadonlyMap<string, Stage>> => {
  const stages = listAt(await api.get('/crm/v3/pipelines/tickets'), 'results').flatMap((pipeline) => listAt(pipeline, 'stages'));
  return new Map(stages.map((stage) => [textAt(stage, 'id', CHARS_MAX.name) ?? '', { label: valueAt(stage, 'label'), state: valueAt(stage, 'metadata.ticketState') }]));
});

async function stageOf(properties: unknown, context: ReadContext): Promise<Stage | undefined> {
  const id = textAt(properties, 'hs_pipeline_stage', CHARS_MAX.name);
  return typeof id === 'string' ? (await stagesOf(context)).get(id) : undefined;
}

function listAt(value: unknown, path: string): readonly unknown[] {
  const list = valueAt(value, path);
  return Array.isArray(list) ? (list as unknown[]) : [];
}
