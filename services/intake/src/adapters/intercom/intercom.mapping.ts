import type { Change, Instant, Severity, TicketFields } from '@handoff/contracts';
import { z } from 'zod';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { attachmentsIn } from '../attachments.js';
import { CHARS_MAX, cleanText, firstTextAt, instantAt, labelsOf, requesterOf, requiredText, requireObject, severityOf, textAt, told, valueAt, webUrlOf } from '../payload.js';
import { plainText, plainTextAt } from '../plain-text.js';

export const SETTINGS = z.strictObject({
  /** Where Intercom hosts the workspace. */
  region: z.enum(['us', 'eu', 'au']).default('us'),
});

const SEVERITIES: Readonly<Record<string, Severity>> = { critical: 'A', urgent: 'A', high: 'B', priority: 'B', medium: 'B', normal: 'B', low: 'C' };
const TICKET_TOPIC = /^(ticket|conversation|conversation_part)\./;
const INBOX_HOSTS: Readonly<Record<string, string>> = { us: 'app.intercom.com', eu: 'app.eu.intercom.com', au: 'app.au.intercom.com' };
const SUBJECT_CHARS = 120;

/** Reads a notification about a ticket or a conversation. Tickets name their contacts by ids alone: who asks is read from the API. */
export function mapIntercom(delivered: unknown, { severities, receivedAt, settings }: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(delivered);
  const payload = isItem(delivered) ? notificationOf(delivered) : delivered;
  const topic = requiredText(payload, 'topic', CHARS_MAX.name).toLowerCase();
  if (!TICKET_TOPIC.test(topic)) return { ignored: true, reason: topic === 'ping' ? 'Intercom asks whether somebody listens.' : `Notifications about '${topic}' change no ticket.` };
  const item = itemIn(payload);
  const externalId = requiredText(payload, valueAt(payload, 'data.item.ticket') === item ? 'data.item.ticket.id' : 'data.item.id', CHARS_MAX.name);
  const status = statusOf(item);
  const change = changeOf(topic, item);
  const part = newestPart(payload);
  const comment = change === 'created' ? undefined : commentOf(part, topic);
  const requester = askerOf(item);
  const actor = textAt(part, 'author.id', CHARS_MAX.name) ?? textAt(item, 'source.author.id', CHARS_MAX.name);
  return {
    externalId,
    externalUrl: pageOf(payload, externalId, String(settings['region'] ?? 'us')),
    change,
    occurredAt: secondsAt(item, 'updated_at') ?? secondsAt(payload, 'created_at') ?? receivedAt.toISOString(),
    fields: told<TicketFields>({
      subject: subjectOf(item),
      description: textAt(item, 'ticket_attributes._default_description_', CHARS_MAX.description) ?? plainTextAt(item, 'source.body', CHARS_MAX.description) ?? undefined,
      status,
      severity: severityOfItem(item, severities),
      requester,
      labels: labelsOfItem(item),
      comment,
      attachments: attachmentsOf(comment, part),
    }),
    ...(typeof actor === 'string' ? { actor } : {}),
    ...(requester?.email == null && change !== 'closed' ? { isThin: true } : {}),
  };
}

/** What came with what somebody wrote. */
function attachmentsOf(comment: TicketFields['comment'], part: unknown): TicketFields['attachments'] {
  return comment === undefined ? undefined : attachmentsIn(valueAt(part, 'attachments'), { names: ['name'], urls: ['url'] });
}

/** A ticket or conversation as the API tells it, which scripts pass on. */
export function isItem(payload: unknown): boolean {
  return /^(ticket|conversation)$/.test(textAt(payload, 'type', CHARS_MAX.name) ?? '') && valueAt(payload, 'topic') === undefined;
}

/** A ticket or conversation of the API in the form of a notification. */
export function notificationOf(item: unknown): object {
  return { type: 'notification_event', topic: `${textAt(item, 'type', CHARS_MAX.name) ?? 'ticket'}.updated`, data: { item } };
}

export function secondsAt(value: unknown, path: string): Instant | undefined {
  const seconds = Number(textAt(value, path, CHARS_MAX.name) ?? Number.NaN);
  return seconds > 0 ? instantAt(seconds * 1_000) : undefined;
}

/** Notifications about a part carry the ticket beside it. */
function itemIn(payload: unknown): unknown {
  const ticket = valueAt(payload, 'data.item.ticket');
  return typeof ticket === 'object' && ticket !== null ? ticket : valueAt(payload, 'data.item');
}

function statusOf(item: unknown): string | null | undefined {
  return firstTextAt(item, ['ticket_state.internal_label', 'ticket_state.category', 'ticket_state', 'state'], CHARS_MAX.status);
}

function changeOf(topic: string, item: unknown): Change {
  if (/deleted$/.test(topic)) return 'closed';
  if (/^ticket\.created$|^conversation\.(user|admin|contact)\.(single\.)?created$/.test(topic)) return 'created';
  if (/\.(closed|resolved)$/.test(topic)) return 'closed';
  const state = firstTextAt(item, ['ticket_state.category', 'ticket_state', 'state'], CHARS_MAX.status) ?? '';
  if (/^(resolved|closed)$/i.test(state)) return 'closed';
  return /repl(ied|y)$|noted$|note\.created$/.test(topic) ? 'commented' : 'updated';
}

/** The title of a ticket or conversation, else how a conversation begins. */
function subjectOf(item: unknown): string | undefined {
  const title = firstTextAt(item, ['ticket_attributes._default_title_', 'title', 'source.subject'], CHARS_MAX.subject);
  if (typeof title === 'string') return cleanText(plainText(title), CHARS_MAX.subject);
  const [line] = (plainTextAt(item, 'source.body', CHARS_MAX.description) ?? '').split('\n');
  return line === undefined || line === '' ? undefined : cleanText(line, SUBJECT_CHARS);
}

/** Intercom knows no severity: an attribute of this name, or the mark of a conversation. */
function severityOfItem(item: unknown, severities: Readonly<Record<string, Severity>>): Severity | undefined {
  const attributes = ['ticket_attributes', 'custom_attributes'].flatMap((name) => Object.entries(valueAt(item, name) ?? {}));
  const word = attributes.find(([name, value]) => /^(severity|priority|urgency)$/i.test(name) && typeof value === 'string')?.[1] ?? valueAt(item, 'priority');
  return typeof word === 'string' ? severityOf(word, severities, SEVERITIES) : undefined;
}

function askerOf(item: unknown): TicketFields['requester'] {
  const contacts = valueAt(item, 'contacts.contacts') ?? valueAt(item, 'contacts');
  const contact = Array.isArray(contacts) ? contacts[0] as unknown : undefined;
  const author = /^(user|lead|contact)$/i.test(textAt(item, 'source.author.type', CHARS_MAX.name) ?? '') ? valueAt(item, 'source.author') : undefined;
  const [name, email] = (['name', 'email'] as const).map((key) => textAt(contact, key, CHARS_MAX[key]) ?? textAt(author, key, CHARS_MAX[key]));
  return requesterOf(name, email);
}

function labelsOfItem(item: unknown): readonly string[] | undefined {
  const tags = valueAt(item, 'tags.tags');
  const names = [textAt(item, 'ticket_type.name', CHARS_MAX.label), ...(Array.isArray(tags) ? (tags as unknown[]).map((tag) => textAt(tag, 'name', CHARS_MAX.label)) : [])];
  return names.some((name) => name !== undefined) ? labelsOf(names) : undefined;
}

function newestPart(payload: unknown): unknown {
  const lists = ['ticket_parts.ticket_parts', 'conversation_parts.conversation_parts'].map((path) => valueAt(itemIn(payload), path));
  const parts = lists.filter((list) => Array.isArray(list)).flat() as unknown[];
  return valueAt(payload, 'data.item.ticket_part') ?? valueAt(payload, 'data.item.conversation_part') ?? parts.at(-1);
}

/** What was written, where somebody replied or noted; Intercom writes HTML. */
function commentOf(part: unknown, topic: string): TicketFields['comment'] {
  const isNote = /note/.test(topic) || /note/i.test(textAt(part, 'part_type', CHARS_MAX.name) ?? '');
  if (!isNote && !/repl(ied|y)$|closed$|opened$|created$/.test(topic)) return undefined;
  const body = plainTextAt(part, 'body', CHARS_MAX.comment);
  if (typeof body !== 'string') return undefined;
  return { author: firstTextAt(part, ['author.name', 'author.email'], CHARS_MAX.name) ?? null, body, isPublic: !isNote };
}

function pageOf(payload: unknown, id: string, region: string): string | null {
  const workspace = textAt(payload, 'app_id', CHARS_MAX.name) ?? '';
  const host = INBOX_HOSTS[region];
  return host === undefined || !/^\w+$/.test(workspace) ? null : webUrlOf(`https://${host}/a/inbox/${workspace}/inbox/conversation/${encodeURIComponent(id)}`);
}
