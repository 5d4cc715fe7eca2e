import type { Change, Severity, TicketFields } from '@handoff/contracts';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantOf, requiredText, requireObject, severityOf, textAt, told, valueAt } from '../payload.js';

const CHANGES: Readonly<Record<string, Change>> = { create: 'created', update: 'updated', delete: 'closed' };
/** The status that means 'Complete' in every Autotask; a customer adds others beside it. */
const COMPLETE = '5';
const EVERYBODY = '1';
/** By the numbers that Autotask comes with, and by their words. */
const SEVERITIES: Readonly<Record<string, Severity>> = { 4: 'A', 1: 'B', 2: 'B', 3: 'C', critical: 'A', high: 'B', medium: 'B', low: 'C' };

/** Reads a webhook of Autotask, whose `Fields` have the names of the REST interface. It has only what was subscribed and what changed. */
export function mapAutotask(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(payload);
  const action = requiredText(payload, 'Action', CHARS_MAX.name);
  const type = (textAt(payload, 'EntityType', CHARS_MAX.name) ?? 'Ticket').toLowerCase();
  const change = Object.hasOwn(CHANGES, action.toLowerCase()) ? CHANGES[action.toLowerCase()] : undefined;
  const isNote = type === 'ticketnote';
  if (change === undefined) return { ignored: true, reason: `Webhooks with the action '${action}' change no ticket.` };
  if (type !== 'ticket' && !isNote) return { ignored: true, reason: `Webhooks about a '${type}' change no ticket.` };
  if (isNote && change === 'closed') return { ignored: true, reason: 'That a note was deleted changes no ticket.' };
  return isNote ? mapNote(payload, context) : mapTicket(payload, change, context);
}

function mapTicket(payload: unknown, said: Change, context: MapContext): ReportedTicket {
  const externalId = requiredText(payload, 'Id', CHARS_MAX.name);
  const ticket = valueAt(payload, 'Fields');
  const fields = said === 'closed' ? {} : fieldsOf(ticket, context);
  const isPartial = fields.subject === undefined || (said === 'created' && fields.description === undefined);
  return {
    ...envelopeOf(payload, context),
    externalId,
    change: said === 'updated' && isComplete(ticket) ? 'closed' : said,
    fields,
    ...(said !== 'closed' && isPartial ? { isThin: true } : {}),
  };
}

function mapNote(payload: unknown, context: MapContext): ReportedTicket {
  const externalId = requiredText(payload, 'Fields.ticketID', CHARS_MAX.name);
  const body = textAt(payload, 'Fields.description', CHARS_MAX.comment) ?? textAt(payload, 'Fields.title', CHARS_MAX.comment);
  const publish = textAt(payload, 'Fields.publish', CHARS_MAX.name);
  const isPublic = publish === EVERYBODY || publish?.toLowerCase() === 'all autotask users';
  return { ...envelopeOf(payload, context), externalId, change: 'commented', fields: typeof body === 'string' ? { comment: { author: null, body, isPublic } } : {}, isThin: true };
}

function envelopeOf(payload: unknown, { receivedAt }: MapContext): Pick<ReportedTicket, 'externalUrl' | 'occurredAt' | 'actor'> {
  const actor = textAt(payload, 'PersonID', CHARS_MAX.name);
  return {
    // A webhook does not say in which zone its Autotask is; a source gives the address by `ticketUrl`.
    externalUrl: null,
    occurredAt: instantOf(valueAt(payload, 'EventTime'), receivedAt),
    ...(typeof actor === 'string' ? { actor } : {}),
  };
}

function fieldsOf(ticket: unknown, { severities }: MapContext): TicketFields {
  return told<TicketFields>({
    subject: textAt(ticket, 'title', CHARS_MAX.subject) ?? undefined,
    description: textAt(ticket, 'description', CHARS_MAX.description),
    status: textAt(ticket, 'statusLabel', CHARS_MAX.status) ?? textAt(ticket, 'status', CHARS_MAX.status),
    severity: severityOf(textAt(ticket, 'priorityLabel', CHARS_MAX.name), severities, SEVERITIES) ?? severityOf(textAt(ticket, 'priority', CHARS_MAX.name), severities, SEVERITIES),
    requester: requesterOf(ticket),
  });
}

/** A webhook names the contact by a number alone; it was looked up where `contact` stands. */
function requesterOf(ticket: unknown): TicketFields['requester'] {
  const contact = valueAt(ticket, 'contact');
  if (typeof contact !== 'object' || contact === null) return undefined;
  const names = ['firstName', 'lastName'].map((path) => textAt(contact, path, CHARS_MAX.name)).filter((name) => typeof name === 'string');
  return { name: names.length === 0 ? null : names.join(' '), email: textAt(contact, 'emailAddress', CHARS_MAX.email) ?? null };
}

function isComplete(ticket: unknown): boolean {
  const status = textAt(ticket, 'status', CHARS_MAX.status);
  return [status, textAt(ticket, 'statusLabel', CHARS_MAX.status)].some((word) => word === COMPLETE || word?.toLowerCase() === 'complete');
}
