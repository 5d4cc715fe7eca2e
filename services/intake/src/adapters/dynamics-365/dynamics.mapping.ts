import type { Change, Severity, TicketFields } from '@handoff/contracts';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { CHARS_MAX, entryOf, instantOf, labelsOf, requiredText, requireObject, severityOf, textAt, told, valueAt, webUrlOf } from '../payload.js';

const CHANGES: Readonly<Record<string, Change>> = {
  create: 'created', update: 'updated', setstate: 'updated', setstatedynamicentity: 'updated', assign: 'updated', route: 'updated', merge: 'updated', close: 'closed', delete: 'closed',
};
/** By the numbers that Dynamics comes with, and by their words. It knows three priorities, so that the highest is critical. */
const SEVERITIES: Readonly<Record<string, Severity>> = { 1: 'A', 2: 'B', 3: 'C', critical: 'A', urgent: 'A', high: 'A', normal: 'B', medium: 'B', low: 'C' };
const STATUSES: Readonly<Record<string, string>> = { 1: 'In Progress', 2: 'On Hold', 3: 'Waiting for Details', 4: 'Researching', 5: 'Problem Solved', 6: 'Canceled', 1000: 'Information Provided', 2000: 'Merged' };
const ENVIRONMENTS = /^[a-z0-9-]+\.crm\d*\.(dynamics\.com|dynamics\.cn|microsoftdynamics\.us|appsplatform\.us)$/i;
const ACTIVE = '0';

/** Reads what the adapter made of an execution context: `incident` has the columns that it told. */
export function mapDynamics(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(payload);
  const table = requiredText(payload, 'PrimaryEntityName', CHARS_MAX.name);
  const message = requiredText(payload, 'MessageName', CHARS_MAX.name);
  const said = Object.hasOwn(CHANGES, message.toLowerCase()) ? CHANGES[message.toLowerCase()] : undefined;
  if (table.toLowerCase() !== 'incident') return { ignored: true, reason: `Webhooks about the table '${table}' change no ticket.` };
  if (said === undefined) return { ignored: true, reason: `The message '${message}' changes no ticket.` };
  const incident = valueAt(payload, 'incident');
  const externalId = idOf(payload);
  const fields = said === 'closed' ? {} : fieldsOf(incident, context);
  return {
    externalId,
    externalUrl: pageOf(payload, externalId),
    change: said === 'updated' && isClosed(incident) ? 'closed' : said,
    occurredAt: instantOf(valueAt(incident, 'modifiedon') ?? valueAt(payload, 'OperationCreatedOn'), context.receivedAt),
    fields,
    ...actorOf(payload),
    ...(isThin(said, fields) ? { isThin: true } : {}),
  };
}

/** Ids are written in several ways; the ticket is one. */
function idOf(payload: unknown): string {
  const isNamed = typeof textAt(payload, 'PrimaryEntityId', CHARS_MAX.name) === 'string' || typeof textAt(payload, 'incident.incidentid', CHARS_MAX.name) !== 'string';
  const id = requiredText(payload, isNamed ? 'PrimaryEntityId' : 'incident.incidentid', CHARS_MAX.name);
  const [, guid] = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i.exec(id) ?? [];
  return guid?.toLowerCase() ?? id;
}

function isThin(said: Change, { subject, description }: TicketFields): boolean {
  return said !== 'closed' && (subject === undefined || (said === 'created' && description === undefined));
}

function actorOf(payload: unknown): Pick<ReportedTicket, 'actor'> {
  const actor = textAt(payload, 'InitiatingUserId', CHARS_MAX.name);
  return typeof actor === 'string' ? { actor } : {};
}

function fieldsOf(incident: unknown, { severities }: MapContext): TicketFields {
  const [priorityWord, priority] = ['prioritycode.label', 'prioritycode.value'].map((path) => textAt(incident, path, CHARS_MAX.name));
  const labels = ['casetypecode.label', 'subjectid.name'].map((path) => valueAt(incident, path));
  return told<TicketFields>({
    subject: textAt(incident, 'title', CHARS_MAX.subject) ?? undefined,
    description: textAt(incident, 'description', CHARS_MAX.description),
    status: statusOf(incident),
    severity: severityOf(priorityWord, severities, SEVERITIES) ?? severityOf(priority, severities, SEVERITIES),
    requester: requesterOf(incident),
    labels: labels.every((label) => label === undefined) ? undefined : labelsOf(labels),
  });
}

function statusOf(incident: unknown): string | undefined {
  const number = textAt(incident, 'statuscode.value', CHARS_MAX.status);
  return textAt(incident, 'statuscode.label', CHARS_MAX.status) ?? (typeof number === 'string' ? entryOf(STATUSES, number) ?? number : undefined);
}

function isClosed(incident: unknown): boolean {
  const state = textAt(incident, 'statecode.value', CHARS_MAX.name);
  return typeof state === 'string' && state !== ACTIVE;
}

/** The contact of the case, else a customer that is a person: an account asks nothing by itself. */
function requesterOf(incident: unknown): TicketFields['requester'] {
  const isPerson = textAt(incident, 'customerid.table', CHARS_MAX.name) === 'contact';
  const name = textAt(incident, 'primarycontactid.name', CHARS_MAX.name) ?? (isPerson ? textAt(incident, 'customerid.name', CHARS_MAX.name) : undefined);
  const email = textAt(incident, 'emailaddress', CHARS_MAX.email) ?? textAt(incident, 'contact.emailaddress1', CHARS_MAX.email);
  return name === undefined && email === undefined ? undefined : { name: name ?? null, email: email ?? null };
}

/** The case in the environment that the webhook says it comes from. */
function pageOf(payload: unknown, id: string): string | null {
  const environment = textAt(payload, 'environment', CHARS_MAX.url);
  if (typeof environment !== 'string' || !ENVIRONMENTS.test(environment)) return null;
  return webUrlOf(`https://${environment}/main.aspx?${new URLSearchParams({ etn: 'incident', id, pagetype: 'entityrecord' }).toString()}`);
}
