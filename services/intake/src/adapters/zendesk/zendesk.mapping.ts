import type { Change, Severity, TicketFields } from '@handoff/contracts';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { attachmentsIn } from '../attachments.js';
import { changeOfWord, CHARS_MAX, firstTextAt, instantAt, labelsOf, outOfEnvelope, requesterOf, requiredText, requireObject, severityOf, textAt, told, valueAt, webUrlOf, withFoldedKeys, wordOf } from '../payload.js';

const TICKET_EVENT = 'zen:event-type:ticket.';
const SEVERITIES: Readonly<Record<string, Severity>> = { urgent: 'A', high: 'B', normal: 'B', low: 'C' };
const CLOSED_STATUSES: ReadonlySet<string> = new Set(['solved', 'closed', 'deleted']);
const CLOSING_EVENTS: ReadonlySet<string> = new Set(['soft_deleted', 'permanently_deleted', 'marked_as_spam', 'merged']);

/** What bodies of triggers say, by the names of Zendesk's own examples and of others, after their keys were folded. */
const TRIGGER = {
  id: ['ticket_id', 'id'],
  subject: ['ticket_title', 'ticket_subject', 'title', 'subject'],
  description: ['ticket_description', 'description'],
  status: ['ticket_status', 'status'],
  priority: ['ticket_priority', 'priority'],
  url: ['ticket_url', 'link', 'ticket_link', 'url'],
  tags: ['tags', 'ticket_tags'],
  updatedAt: ['updated_at', 'ticket_updated_at', 'last_updated_at'],
  requesterName: ['requester_full_name', 'requester_name', 'ticket_requester_name', 'requester.name'],
  requesterEmail: ['requester_email', 'ticket_requester_email', 'requester.email'],
  actor: ['actor_id', 'current_user_id', 'current_user.id', 'current_user_email'],
  comment: ['ticket_latest_comment', 'latest_comment', 'comment', 'comment.body'],
  commentAuthor: ['ticket_latest_comment_author', 'latest_comment_author', 'comment.author', 'current_user_name'],
  isPublic: ['ticket_latest_comment_is_public', 'latest_comment_is_public', 'is_public', 'comment.is_public'],
} as const;

export function isEventSubscription(payload: unknown): boolean {
  const type = valueAt(payload, 'type');
  return typeof type === 'string' && type.startsWith('zen:event-type:');
}

/** A ticket as the API tells it, which scripts pass on. */
export function isRecord(payload: unknown): boolean {
  return ['id', 'requester_id', 'updated_at'].every((name) => valueAt(payload, name) !== undefined);
}

/** A ticket of the API in the form of an event. */
export function eventOfRecord(record: object): object {
  return { type: `${TICKET_EVENT}read`, time: valueAt(record, 'updated_at'), detail: record };
}

export function mapZendesk(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(payload);
  if (isEventSubscription(payload)) return mapEvent(payload, context);
  return isRecord(payload) ? mapEvent(eventOfRecord(payload), context) : mapTrigger(payload, context);
}

function mapEvent(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  const type = requiredText(payload, 'type', CHARS_MAX.name);
  if (!type.startsWith(TICKET_EVENT)) return { ignored: true, reason: `Events of type '${type}' change no ticket.` };
  const externalId = requiredText(payload, 'detail.id', CHARS_MAX.name);
  const change = changeOfEvent(type.slice(TICKET_EVENT.length), textAt(payload, 'detail.status', CHARS_MAX.status));
  if (change === 'created') requiredText(payload, 'detail.subject', CHARS_MAX.description);
  const requester = requesterOf(textAt(payload, 'detail.requester.name', CHARS_MAX.name), textAt(payload, 'detail.requester.email', CHARS_MAX.email));
  const actor = firstTextAt(payload, ['event.actor_id', 'detail.actor_id'], CHARS_MAX.name);
  return {
    externalId,
    externalUrl: pageOf(textAt(payload, 'detail.url', CHARS_MAX.url), externalId),
    change,
    occurredAt: instantAt(valueAt(payload, 'detail.updated_at')) ?? instantAt(valueAt(payload, 'time')) ?? context.receivedAt.toISOString(),
    fields: told<TicketFields>({
      subject: textAt(payload, 'detail.subject', CHARS_MAX.subject) ?? undefined,
      description: textAt(payload, 'detail.description', CHARS_MAX.description),
      status: textAt(payload, 'detail.status', CHARS_MAX.status),
      severity: severityOf(textAt(payload, 'detail.priority', CHARS_MAX.name), context.severities, SEVERITIES),
      requester,
      labels: labelsOf(valueAt(payload, 'detail.tags')),
      comment: change === 'commented' ? commentOfEvent(payload) : undefined,
      attachments: attachmentsIn(valueAt(payload, 'event.comment.attachments'), { names: ['filename', 'file_name'], urls: ['content_url', 'url'] }),
    }),
    ...(typeof actor === 'string' ? { actor } : {}),
    // An event names who asks by a number alone.
    ...(change === 'created' && requester === undefined ? { isThin: true } : {}),
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
 * The body of a trigger or automation is what the customer wrote. A trigger does not say what happened, unless its body
 * has `"change": "created"` (or updated, commented, closed) in it.
 */
function mapTrigger(payload: object, context: MapContext): ReportedTicket {
  const body = withFoldedKeys(outOfEnvelope(withFoldedKeys(payload), ['ticket']));
  const externalId = requiredText(body, TRIGGER.id.find((name) => body[name] !== undefined) ?? TRIGGER.id[0], CHARS_MAX.name);
  const status = firstTextAt(body, TRIGGER.status, CHARS_MAX.status);
  const change = changeOfTrigger(body, status);
  if (change === 'created') requiredText(body, TRIGGER.subject.find((name) => body[name] !== undefined) ?? TRIGGER.subject[0], CHARS_MAX.description);
  const actor = firstTextAt(body, TRIGGER.actor, CHARS_MAX.name);
  return {
    externalId,
    externalUrl: webUrlOf(firstTextAt(body, TRIGGER.url, CHARS_MAX.url)),
    change,
    occurredAt: TRIGGER.updatedAt.map((name) => instantAt(body[name])).find((instant) => instant !== undefined) ?? context.receivedAt.toISOString(),
    fields: told<TicketFields>({
      subject: firstTextAt(body, TRIGGER.subject, CHARS_MAX.subject) ?? undefined,
      description: firstTextAt(body, TRIGGER.description, CHARS_MAX.description),
      status,
      severity: severityOf(firstTextAt(body, TRIGGER.priority, CHARS_MAX.name), context.severities, SEVERITIES),
      requester: requesterOf(firstTextAt(body, TRIGGER.requesterName, CHARS_MAX.name), firstTextAt(body, TRIGGER.requesterEmail, CHARS_MAX.email)),
      labels: labelsOf(TRIGGER.tags.map((name) => body[name]).find((tags) => tags !== undefined)),
      comment: commentOfTrigger(body),
    }),
    ...(typeof actor === 'string' ? { actor } : {}),
  };
}

function changeOfTrigger(body: Readonly<Record<string, unknown>>, status: string | null | undefined): Change {
  const said = changeOfWord(firstTextAt(body, ['change', 'event', 'event_type'], CHARS_MAX.name));
  if (said !== undefined && said !== 'updated') return said;
  if (isClosed(status)) return 'closed';
  return said === undefined && status?.toLowerCase() === 'new' ? 'created' : 'updated';
}

function commentOfTrigger(body: Readonly<Record<string, unknown>>): TicketFields['comment'] {
  const text = firstTextAt(body, TRIGGER.comment, CHARS_MAX.comment);
  if (typeof text !== 'string') return undefined;
  const isPublic = TRIGGER.isPublic.map((name) => valueAt(body, name)).find((value) => value !== undefined);
  return { author: firstTextAt(body, TRIGGER.commentAuthor, CHARS_MAX.name) ?? null, body: text, isPublic: /^true$/i.test(wordOf(isPublic)) };
}

function isClosed(status: string | null | undefined): boolean {
  return typeof status === 'string' && CLOSED_STATUSES.has(status.toLowerCase());
}

/** The agents' page of a ticket. Webhooks have no address in them; the API tells its own, whose host is that of the page. */
function pageOf(apiUrl: string | null | undefined, id: string): string | null {
  const origin = /^(https:\/\/[^/?#]+)\/api\//.exec(apiUrl ?? '')?.[1];
  return origin === undefined ? null : webUrlOf(`${origin}/agent/tickets/${encodeURIComponent(id)}`);
}
