import type { Change, Instant, Severity, TicketFields } from '@handoff/contracts';
import { z } from 'zod';
import type { MapContext, ReportedTicket } from '../adapter.js';
import { asUtc, changeOfWord, CHARS_MAX, firstTextAt, instantAt, labelsOf, outOfEnvelope, requesterOf, requireObject, requiredText, severityOf, told, valueAt, webUrlOf, withFoldedKeys } from '../payload.js';
import { plainTextAt } from '../plain-text.js';

export const SETTINGS = z.strictObject({
  /** Statuses are each customer's own; these mean that a ticket is closed. */
  closedStatusIds: z.array(z.int().min(1)).max(100).default([9]),
});

/** The priorities that HaloPSA comes with; each SLA may name its own. */
const SEVERITIES: Readonly<Record<string, Severity>> = { 1: 'A', critical: 'A', urgent: 'A', 2: 'B', high: 'B', 3: 'B', medium: 'B', normal: 'B', 4: 'C', low: 'C' };
const CLOSED_STATUS = /^(closed|resolved|completed|cancell?ed)\b/i;

const FIELDS = {
  id: ['ticket_id', 'id', 'faultid'],
  subject: ['summary', 'subject', 'title'],
  description: ['details', 'details_html', 'description'],
  status: ['status_name', 'statusname', 'status.name', 'status', 'status.shortname'],
  statusId: ['status_id', 'status.id', 'status'],
  priority: ['priority_name', 'priority.name', 'priority_description', 'priority', 'priority_id', 'priority.id'],
  requesterName: ['user_name', 'users_name', 'requester_name', 'user.name', 'reportedby'],
  requesterEmail: ['user_email', 'requester_email', 'email', 'user.emailaddress', 'emailaddress'],
  url: ['ticket_url', 'url', 'link'],
  updatedAt: ['last_update', 'lastactiondate', 'updated_at'],
  event: ['event', 'event_name', 'event_type', 'notification', 'notification_name', 'trigger'],
} as const;

/** Reads what HaloPSA posts: the ticket and its new actions, a ticket alone, or what a customer's integration method says. */
export function mapHalopsa(payload: unknown, { severities, receivedAt, settings }: MapContext): ReportedTicket {
  requireObject(payload);
  const ticket = ticketIn(payload);
  const externalId = requiredText(ticket, idFieldOf(ticket), CHARS_MAX.name);
  const action = actionIn(payload);
  const status = firstTextAt(ticket, FIELDS.status, CHARS_MAX.status);
  const comment = commentOf(action);
  const isClosed = CLOSED_STATUS.test(status ?? '') || SETTINGS.parse(settings).closedStatusIds.includes(Number(firstTextAt(ticket, FIELDS.statusId, CHARS_MAX.name))) || ticket['deleted'] === true;
  const change = changeOf(firstTextAt(ticket, FIELDS.event, CHARS_MAX.name), { isClosed, isCommented: comment !== undefined });
  if (change === 'created') requiredText(ticket, FIELDS.subject.find((name) => ticket[name] !== undefined) ?? FIELDS.subject[0], CHARS_MAX.description);
  const actor = actorOf(action ?? ticket['lastaction']);
  return {
    externalId,
    externalUrl: webUrlOf(firstTextAt(ticket, FIELDS.url, CHARS_MAX.url)),
    change,
    occurredAt: updatedAtOf(ticket) ?? receivedAt.toISOString(),
    fields: told<TicketFields>({
      subject: firstTextAt(ticket, FIELDS.subject, CHARS_MAX.subject) ?? undefined,
      description: FIELDS.description.map((name) => plainTextAt(ticket, name, CHARS_MAX.description)).find((text) => text !== undefined && text !== null),
      status: /^\d+$/.test(status ?? '') ? undefined : status,
      severity: severityOfTicket(ticket, severities),
      requester: requesterOf(firstTextAt(ticket, FIELDS.requesterName, CHARS_MAX.name), firstTextAt(ticket, FIELDS.requesterEmail, CHARS_MAX.email)),
      labels: categoriesOf(ticket),
      comment,
    }),
    ...(actor === undefined ? {} : { actor }),
  };
}

/** The state that a ticket was delivered in, for its key; `undefined` where it does not say when it was changed. */
export function stateOf(payload: unknown): { readonly externalId: string; readonly updatedAt: Instant } | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const ticket = ticketIn(payload);
  const externalId = firstTextAt(ticket, [idFieldOf(ticket)], CHARS_MAX.name);
  const updatedAt = updatedAtOf(ticket);
  return typeof externalId === 'string' && updatedAt !== undefined ? { externalId, updatedAt } : undefined;
}

function ticketIn(payload: object): Readonly<Record<string, unknown>> {
  return withFoldedKeys(outOfEnvelope(withFoldedKeys(payload), ['ticket', 'fault', 'faults', 'data']));
}

function idFieldOf(ticket: Readonly<Record<string, unknown>>): string {
  return FIELDS.id.find((name) => typeof firstTextAt(ticket, [name], CHARS_MAX.name) === 'string') ?? FIELDS.id[1];
}

function updatedAtOf(ticket: Readonly<Record<string, unknown>>): Instant | undefined {
  return FIELDS.updatedAt.map((name) => instantAt(asUtc(ticket[name]))).find((instant) => instant !== undefined);
}

/** The newest of the actions that were posted with the ticket. */
function actionIn(payload: object): unknown {
  const folded = withFoldedKeys(payload);
  const listed = folded['actions'] ?? folded['action'];
  const actions = (Array.isArray(listed) ? listed as unknown[] : [listed]).filter((action) => typeof action === 'object' && action !== null);
  return actions.toSorted((a, b) => Number(valueAt(b, 'id') ?? 0) - Number(valueAt(a, 'id') ?? 0))[0];
}

function changeOf(event: string | null | undefined, { isClosed, isCommented }: { isClosed: boolean; isCommented: boolean }): Change {
  // An action is what HaloPSA calls anything that is written on a ticket.
  const said = /\b(action|note|email)\b/i.test(event ?? '') ? 'commented' : changeOfWord(event);
  if (said === 'created' || said === 'closed') return said;
  if (isClosed) return 'closed';
  return said === 'commented' || (said === undefined && isCommented) ? 'commented' : 'updated';
}

function severityOfTicket(ticket: Readonly<Record<string, unknown>>, severities: Readonly<Record<string, Severity>>): Severity | undefined {
  const words = FIELDS.priority.flatMap((name) => firstTextAt(ticket, [name], CHARS_MAX.name) ?? []).flatMap((word) => [word, ...(/^p(?:riority)?\s*(\d)\b/i.exec(word)?.slice(1) ?? []), ...word.split(/\s*[-:]\s*/)]);
  return [severities, SEVERITIES].flatMap((table) => words.flatMap((word) => severityOf(word, table) ?? []))[0];
}

function categoriesOf(ticket: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const names = ['category_1', 'category_2', 'category_3', 'category_4'];
  return names.some((name) => Object.hasOwn(ticket, name)) ? labelsOf(names.map((name) => ticket[name])) : undefined;
}

function commentOf(action: unknown): TicketFields['comment'] {
  const body = ['note', 'note_html', 'emailbody', 'emailbody_html'].map((name) => plainTextAt(action, name, CHARS_MAX.comment)).find((text) => typeof text === 'string');
  if (typeof body !== 'string') return undefined;
  return { author: firstTextAt(action, ['who', 'actionby_name'], CHARS_MAX.name) ?? null, body, isPublic: valueAt(action, 'hiddenfromuser') === false };
}

/** The application that acted, else the agent: HaloPSA names both by ids, and 0 is nobody. */
function actorOf(action: unknown): string | undefined {
  const ids = ['actionby_application_id', 'actionby_agent_id', 'who_agentid'].map((name) => firstTextAt(action, [name], CHARS_MAX.name));
  return ids.find((id) => typeof id === 'string' && id !== '0') ?? undefined;
}
