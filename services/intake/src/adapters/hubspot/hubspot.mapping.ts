import type { Change, Severity, TicketFields } from '@handoff/contracts';
import { z } from 'zod';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { CHARS_MAX, entryOf, instantOf, requesterOf, requiredText, requireObject, severityOf, textAt, told, valueAt } from '../payload.js';
import { SIGNATURE_VERSIONS } from './hubspot.signature.js';

export const SETTINGS = z.strictObject({
  /** The account whose events count, where an app is installed in several. */
  portalId: z.coerce.string().regex(/^\d{1,15}$/, 'must be the number of an account').optional(),
  /** Further properties of tickets that are read, so that the mapping can use them. */
  properties: z.array(z.string().regex(/^[a-z0-9_]{1,100}$/, 'must be the internal name of a property')).max(50).default([]),
  /** Signatures that count; the first two are weak. */
  signatures: z.array(z.enum(SIGNATURE_VERSIONS)).min(1).default(['v3']),
});

const TICKETS = '0-5';
const CHANGES: Readonly<Record<string, Change>> = { creation: 'created', propertychange: 'updated', associationchange: 'updated', restore: 'updated', merge: 'updated', deletion: 'closed', privacydeletion: 'closed' };
const SEVERITIES: Readonly<Record<string, Severity>> = { urgent: 'A', high: 'B', medium: 'B', low: 'C' };
/** The stages of the pipeline that every account begins with; others have numbers of their own. */
const STAGES: Readonly<Record<string, string>> = { 1: 'New', 2: 'Waiting on contact', 3: 'Waiting on us', 4: 'Closed' };
const CLOSED_STAGE = '4';

/** Reads an event about a ticket; `ticket` has the properties that are known, under HubSpot's names. */
export function mapHubspot(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(payload);
  const type = requiredText(payload, 'subscriptionType', CHARS_MAX.name);
  const said = changeSaid(type, payload);
  if (said === undefined) return { ignored: true, reason: `Events of type '${type}' change no ticket.` };
  const portalId = textAt(payload, 'portalId', CHARS_MAX.name);
  const { portalId: ours } = SETTINGS.parse(context.settings);
  if (ours !== undefined && portalId !== ours) return { ignored: true, reason: `The event is of the account '${portalId ?? ''}', and this source is for '${ours}'.` };
  const externalId = requiredText(payload, idPathOf(payload), CHARS_MAX.name);
  const ticket = valueAt(payload, 'ticket');
  const change = valueAt(payload, 'isMerged') === true || (said === 'updated' && isClosed(ticket)) ? 'closed' : said;
  const actor = textAt(payload, 'sourceId', CHARS_MAX.name);
  return {
    externalId,
    externalUrl: pageOf(portalId, externalId),
    change,
    occurredAt: instantOf(valueAt(payload, 'occurredAt'), context.receivedAt),
    fields: said === 'closed' ? {} : fieldsOf(ticket, context),
    ...(typeof actor === 'string' ? { actor } : {}),
    ...(said === 'closed' ? {} : { isThin: true }),
  };
}

function changeSaid(type: string, payload: unknown): Change | undefined {
  const [object, event = ''] = type.toLowerCase().split('.');
  const isTicket = object === 'ticket' || (object === 'object' && textAt(payload, 'objectTypeId', CHARS_MAX.name) === TICKETS);
  return isTicket && Object.hasOwn(CHANGES, event) ? CHANGES[event] : undefined;
}

/** An association has no object of its own, but two ends, and says which of them is the ticket. */
function idPathOf(payload: unknown): 'objectId' | 'fromObjectId' | 'toObjectId' {
  const association = textAt(payload, 'associationType', CHARS_MAX.name);
  if (typeof association !== 'string' || typeof textAt(payload, 'objectId', CHARS_MAX.name) === 'string') return 'objectId';
  return association.startsWith('TICKET_TO_') ? 'fromObjectId' : 'toObjectId';
}

function pageOf(portalId: string | null | undefined, id: string): string | null {
  return typeof portalId === 'string' && /^\d+$/.test(portalId) ? `https://app.hubspot.com/contacts/${portalId}/record/${TICKETS}/${encodeURIComponent(id)}` : null;
}

function fieldsOf(ticket: unknown, { severities }: MapContext): TicketFields {
  const stage = textAt(ticket, 'hs_pipeline_stage', CHARS_MAX.status);
  return told<TicketFields>({
    subject: textAt(ticket, 'subject', CHARS_MAX.subject) ?? undefined,
    description: textAt(ticket, 'content', CHARS_MAX.description),
    status: textAt(ticket, 'stage.label', CHARS_MAX.status) ?? (typeof stage === 'string' ? entryOf(STAGES, stage) ?? stage : undefined),
    severity: severityOf(textAt(ticket, 'hs_ticket_priority', CHARS_MAX.name), severities, SEVERITIES),
    requester: contactOf(valueAt(ticket, 'contact')),
  });
}

function contactOf(contact: unknown): TicketFields['requester'] {
  if (typeof contact !== 'object' || contact === null) return undefined;
  const names = ['firstname', 'lastname'].map((path) => textAt(contact, path, CHARS_MAX.name)).filter((name) => typeof name === 'string');
  return requesterOf(names.length === 0 ? null : names.join(' '), textAt(contact, 'email', CHARS_MAX.email));
}

function isClosed(ticket: unknown): boolean {
  const state = textAt(ticket, 'stage.state', CHARS_MAX.name);
  if (typeof state === 'string') return state.toUpperCase() === 'CLOSED';
  return textAt(ticket, 'hs_pipeline_stage', CHARS_MAX.name) === CLOSED_STAGE || typeof textAt(ticket, 'closed_date', CHARS_MAX.name) === 'string';
}
