import { type Change, CHANGES, type Severity, type TicketFields } from '@handoff/contracts';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantOf, labelsOf, requesterOf, requiredText, requireObject, severityOf, textAt, told, valueAt, webUrlOf } from '../payload.js';

const TICKET_EVENT = 'zen:event-type:ticket.';
const SEVERITIES: Readonly<Record<string, Severity>> = { urgent: 'A', high: 'B', normal: 'B', low: 'C' };
const CLOSED_STATUSES: ReadonlySet<string> = new Set(['solved', 'closed', 'deleted']);
const CLOSING_EVENTS: ReadonlySet<string> = new Set(['soft_deleted', 'permanently_deleted', 'marked_as_spam', 'merged']);

export function isEventSubscription(payload: unknown): boolean {
  const type = valueAt(payload, 'type');
  return typeof type === 'string' && type.startsWith('zen:event-type:');
}

export function mapZendesk(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(payload);
  return isEventSubscription(payload) ? mapEvent(payload, context) : mapTrigger(payload, context);
}

function mapEvent(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  const type = requiredText(payload, 'type', CHARS_MAX.name);
  if (!type.startsWith(TICKET_EVENT)) return { ignored: true, reason: `Events of type '${type}' change no ticket.` };
  const externalId = requiredText(payload, 'detail.id', CHARS_MAX.name);
  const change = changeOfEvent(type.slice(TICKET_EVENT.length), textAt(payload, 'detail.status', CHARS_MAX.status));
  if (change === 'created') requiredText(payload, 'detail.subject', CHARS_MAX.description);
  return {
    externalId,
    // The envelope names the account by a number only; a source gives its address by `ticketUrl`.
    externalUrl: null,
    change,
    occurredAt: instantOf(valueAt(payload, 'time'), context.receivedAt),
    fields: told<TicketFields>({
      subject: textAt(payload, 'detail.subject', CHARS_MAX.subject) ?? undefined,
      description: textAt(payload, 'detail.description', CHARS_MAX.description),
      status: textAt(payload, 'detail.status', CHARS_MAX.status),
      severity: severityOf(textAt(payload, 'detail.priority', CHARS_MAX.name), context.severities, SEVERITIES),
      labels: labelsOf(valueAt(payload, 'detail.tags')),
      comment: change === 'commented' ? commentOfEvent(payload) : undefined,
    }),
  };
}

function changeOfEvent(name: string, status: string | null | undefined): Change {
  if (name === 'created') return 'created';
  if (name === 'comment_added') return 'commented';
  return CLOSING_EVENTS.has(name) || isClosed(status) ? 'closed' : 'updated';
}

function commentOfEvent(payload: unknown): TicketFields['comment'] {
  const body = textAt(payload, 'event.comment.body', CHARS_MAX.comment);
  if (typeof body !== 'string') return undefined;
  const author = textAt(payload, 'event.comment.author.name', CHARS_MAX.name) ?? textAt(payload, 'event.comment.author.id', CHARS_MAX.name);
  return { author: author ?? null, body, isPublic: valueAt(payload, 'event.comment.is_public') === true };
}

/**
 * The body of a trigger or automation is what the customer wrote; these are the names that Zendesk's own examples use.
 * A trigger does not say what happened, unless its body has `"change": "created"` (or updated, commented, closed) in it.
 */
function mapTrigger(payload: unknown, context: MapContext): ReportedTicket {
  const externalId = requiredText(payload, 'ticket_id', CHARS_MAX.name);
  const status = textAt(payload, 'ticket_status', CHARS_MAX.status);
  const change = changeOfTrigger(payload, status);
  if (change === 'created') requiredText(payload, 'ticket_title', CHARS_MAX.description);
  return {
    externalId,
    externalUrl: webUrlOf(textAt(payload, 'ticket_url', CHARS_MAX.url) ?? textAt(payload, 'link', CHARS_MAX.url)),
    change,
    occurredAt: instantOf(valueAt(payload, 'updated_at'), context.receivedAt),
    fields: told<TicketFields>({
      subject: textAt(payload, 'ticket_title', CHARS_MAX.subject) ?? undefined,
      description: textAt(payload, 'ticket_description', CHARS_MAX.description),
      status,
      severity: severityOf(textAt(payload, 'ticket_priority', CHARS_MAX.name), context.severities, SEVERITIES),
      requester: requesterOf(textAt(payload, 'requester_full_name', CHARS_MAX.name), textAt(payload, 'requester_email', CHARS_MAX.email)),
      labels: labelsOf(valueAt(payload, 'tags')),
      comment: commentOfTrigger(payload),
    }),
  };
}

function changeOfTrigger(payload: unknown, status: string | null | undefined): Change {
  const said = textAt(payload, 'change', CHARS_MAX.name)?.toLowerCase();
  const change = CHANGES.find((candidate) => candidate === said);
  if (change !== undefined) return change;
  if (isClosed(status)) return 'closed';
  return status?.toLowerCase() === 'new' ? 'created' : 'updated';
}

function commentOfTrigger(payload: unknown): TicketFields['comment'] {
  const body = textAt(payload, 'ticket_latest_comment', CHARS_MAX.comment);
  if (typeof body !== 'string') return undefined;
  const isPublic = valueAt(payload, 'ticket_latest_comment_is_public');
  return { author: textAt(payload, 'ticket_latest_comment_author', CHARS_MAX.name) ?? null, body, isPublic: isPublic === true || isPublic === 'true' };
}

function isClosed(status: string | null | undefined): boolean {
  return typeof status === 'string' && CLOSED_STATUSES.has(status.toLowerCase());
}
