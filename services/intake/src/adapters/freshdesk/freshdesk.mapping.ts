import type { Change, Severity, TicketFields } from '@handoff/contracts';
import type { MapContext, ReportedTicket } from '../adapter.js';
import { asUtc, changeOfWord, CHARS_MAX, cleanText, firstTextAt, instantAt, labelsOf, outOfEnvelope, requesterOf, requireObject, requiredText, severityOf, textAt, told, webUrlOf, withFoldedKeys } from '../payload.js';
import { plainTextAt } from '../plain-text.js';

const SEVERITIES: Readonly<Record<string, Severity>> = { urgent: 'A', 4: 'A', high: 'B', 3: 'B', medium: 'B', 2: 'B', low: 'C', 1: 'C' };
/** The statuses that Freshdesk comes with, by the numbers of its API; further ones are the account's own. */
export const STATUSES: Readonly<Record<string, string>> = { 2: 'Open', 3: 'Pending', 4: 'Resolved', 5: 'Closed', 6: 'Waiting on Customer', 7: 'Waiting on Third Party' };
export const PRIORITIES: Readonly<Record<string, string>> = { 1: 'Low', 2: 'Medium', 3: 'High', 4: 'Urgent' };
const CLOSED_STATUSES: ReadonlySet<string> = new Set(['resolved', 'closed']);
const ENVELOPES: readonly (readonly string[])[] = [['freshdesk_webhook', 'data'], ['ticket']];

/** The fields by the names of Freshdesk's simple content (`ticket_subject`), of its API (`subject`) and of public templates. */
const FIELDS = {
  id: ['ticket_id', 'id'],
  subject: ['ticket_subject', 'subject', 'title'],
  description: ['ticket_description_text', 'description_text', 'ticket_description', 'description'],
  status: ['ticket_status', 'status'],
  priority: ['ticket_priority', 'priority'],
  url: ['ticket_url', 'url', 'ticket_portal_url', 'portal_url'],
  tags: ['ticket_tags', 'tags'],
  updatedAt: ['ticket_updated_at', 'updated_at', 'ticket_modified_on', 'modified_on', 'event_time'],
  requesterName: ['requester_name', 'ticket_requester_name', 'ticket_contact_name', 'contact_name', 'requester.name', 'contact.name'],
  requesterEmail: ['requester_email', 'ticket_requester_email', 'ticket_contact_email', 'contact_email', 'ticket_from_email', 'requester.email', 'contact.email', 'email'],
  publicComment: ['ticket_latest_public_comment', 'latest_public_comment', 'comment'],
  privateComment: ['ticket_latest_private_comment', 'latest_private_comment', 'private_note'],
  performer: ['event_performer_email', 'event_performer_id', 'event_performer.email', 'actor.email', 'actor.id'],
} as const;

/** What an event of Freshdesk says, for its key. `updatedAt` is as it was written. */
export interface FreshdeskEvent {
  readonly ticketId: string;
  readonly triggeredEvent: string | null;
  readonly updatedAt: string | null;
}

export function eventOf(payload: unknown): FreshdeskEvent | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const ticket = ticketIn(payload);
  const ticketId = firstTextAt(ticket, FIELDS.id, CHARS_MAX.name);
  if (typeof ticketId !== 'string') return null;
  return { ticketId, triggeredEvent: textAt(ticket, 'triggered_event', CHARS_MAX.url) ?? null, updatedAt: firstTextAt(ticket, FIELDS.updatedAt, CHARS_MAX.name) ?? null };
}

/** Reads the body of a rule: ours, Freshdesk's simple content, or what a customer wrote in similar words. */
export function mapFreshdesk(payload: unknown, { severities, receivedAt }: MapContext): ReportedTicket {
  requireObject(payload);
  const ticket = ticketIn(payload);
  const externalId = requiredText(ticket, FIELDS.id.find((name) => typeof textAt(ticket, name, CHARS_MAX.name) === 'string') ?? FIELDS.id[0], CHARS_MAX.name);
  const status = wordOf(firstTextAt(ticket, FIELDS.status, CHARS_MAX.status), STATUSES);
  const triggered = triggeredIn(ticket);
  const change = changeOf(ticket, triggered, status);
  if (change === 'created') requiredText(ticket, FIELDS.subject.find((name) => ticket[name] !== undefined) ?? FIELDS.subject[0], CHARS_MAX.description);
  const actor = firstTextAt(ticket, FIELDS.performer, CHARS_MAX.name);
  return {
    externalId,
    externalUrl: webUrlOf(firstTextAt(ticket, FIELDS.url, CHARS_MAX.url)),
    change,
    occurredAt: FIELDS.updatedAt.map((name) => instantAt(asUtc(ticket[name]))).find((instant) => instant !== undefined) ?? receivedAt.toISOString(),
    fields: told<TicketFields>({
      subject: firstTextAt(ticket, FIELDS.subject, CHARS_MAX.subject) ?? undefined,
      description: htmlAt(ticket, FIELDS.description, CHARS_MAX.description),
      status,
      severity: severityOf(wordOf(firstTextAt(ticket, FIELDS.priority, CHARS_MAX.name), PRIORITIES), severities, SEVERITIES),
      requester: requesterOf(firstTextAt(ticket, FIELDS.requesterName, CHARS_MAX.name), firstTextAt(ticket, FIELDS.requesterEmail, CHARS_MAX.email)),
      labels: tagsOf(FIELDS.tags.map((name) => ticket[name]).find((value) => value !== undefined)),
      comment: commentOf(ticket, triggered),
    }),
    ...(typeof actor === 'string' ? { actor } : {}),
  };
}

function ticketIn(payload: object): Readonly<Record<string, unknown>> {
  return ENVELOPES.reduce((inner, names) => withFoldedKeys(outOfEnvelope(inner, names)), withFoldedKeys(payload));
}

/**
 * What set the rule off, as Freshdesk writes it: `{ticket_action:created}`, `{status:{from:2,to:4}}`, `{note_type:public}`.
 * It looks like JSON and is none. `null`: the body does not say.
 */
function triggeredIn(ticket: Readonly<Record<string, unknown>>): string | null {
  return textAt(ticket, 'triggered_event', CHARS_MAX.url)?.replace(/["'\s]/g, '').toLowerCase() ?? null;
}

function changeOf(ticket: Readonly<Record<string, unknown>>, triggered: string | null, status: string | null | undefined): Change {
  const said = changeOfWord(/ticket_action:(\w+)/.exec(triggered ?? '')?.[1]) ?? changeOfWord(firstTextAt(ticket, ['change', 'event', 'event_type'], CHARS_MAX.name));
  if (said === 'created' || said === 'closed') return said;
  const isClosing = /status:\{from:\w*,to:[45]\}/.test(triggered ?? '') || ticket['deleted'] === true;
  if (isClosing || CLOSED_STATUSES.has(status?.toLowerCase() ?? '')) return 'closed';
  return said === 'commented' || isCommented(triggered) ? 'commented' : 'updated';
}

function isCommented(triggered: string | null): boolean {
  return /note_type:|reply_sent:|customer_reply|requester_repl/.test(triggered ?? '');
}

/** The newest comment stands in every body; it is news only where a note or reply set the rule off, or nothing says what did. */
function commentOf(ticket: Readonly<Record<string, unknown>>, triggered: string | null): TicketFields['comment'] {
  if (triggered !== null && !isCommented(triggered)) return undefined;
  const isPrivate = /note_type:private/.test(triggered ?? '');
  const body = htmlAt(ticket, isPrivate ? FIELDS.privateComment : FIELDS.publicComment, CHARS_MAX.comment);
  if (typeof body !== 'string') return undefined;
  return { author: firstTextAt(ticket, ['event_performer_name', 'event_performer.name', 'actor.name', 'comment_author'], CHARS_MAX.name) ?? null, body, isPublic: !isPrivate };
}

function htmlAt(ticket: Readonly<Record<string, unknown>>, names: readonly string[], charsMax: number): string | null | undefined {
  const found = names.map((name) => plainTextAt(ticket, name, charsMax)).filter((text) => text !== undefined);
  return found.find((text) => text !== null) ?? found[0];
}

/** Tags may have spaces in them, and stand with commas between them in a text. */
function tagsOf(value: unknown): readonly string[] | undefined {
  return labelsOf(typeof value === 'string' ? cleanText(value, CHARS_MAX.description).split(',') : value);
}

export function wordOf(text: string | null | undefined, words: Readonly<Record<string, string>>): string | null | undefined {
  return typeof text === 'string' && Object.hasOwn(words, text) ? words[text] : text;
}
