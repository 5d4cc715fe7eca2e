import type { Change, Instant, Severity, TicketFields } from '@handoff/contracts';
import type { MapContext, ReportedTicket } from '../adapter.js';
import { attachmentsIn } from '../attachments.js';
import { changeOfWord, CHARS_MAX, firstTextAt, instantAt, labelsOf, requesterOf, requireObject, requiredText, severityOf, textAt, told, valueAt, webUrlOf } from '../payload.js';
import { plainTextAt } from '../plain-text.js';

const SEVERITIES: Readonly<Record<string, Severity>> = { '3 high': 'A', high: 'A', 3: 'A', '2 normal': 'B', normal: 'B', 2: 'B', '1 low': 'C', low: 'C', 1: 'C' };
const CLOSED_STATES = /^(closed|merged|removed)\b/i;
/** Zammad does not say that a ticket is new. One with a single article that was last changed this soon after it was made, is. */
const NEW_FOR_MS = 5_000;

/** Reads the ticket and the article of a webhook; parts that a custom payload leaves out are not told. */
export function mapZammad(payload: unknown, { severities, receivedAt }: MapContext): ReportedTicket {
  requireObject(payload);
  const ticket = ticketIn(payload);
  const path = ticket === payload ? '' : 'ticket.';
  const externalId = requiredText(payload, `${path}id`, CHARS_MAX.name);
  const article = valueAt(payload, 'article');
  const status = firstTextAt(ticket, ['state', 'state.name'], CHARS_MAX.status);
  const change = changeOf(payload, { ticket, article, status });
  if (change === 'created') requiredText(payload, `${path}title`, CHARS_MAX.description);
  const actor = textAt(article, 'created_by_id', CHARS_MAX.name) ?? textAt(article, 'created_by.id', CHARS_MAX.name) ?? textAt(ticket, 'updated_by_id', CHARS_MAX.name) ?? textAt(ticket, 'updated_by.id', CHARS_MAX.name);
  return {
    externalId,
    externalUrl: pageOf(payload, externalId),
    change,
    occurredAt: instantAt(valueAt(ticket, 'updated_at')) ?? receivedAt.toISOString(),
    fields: told<TicketFields>({
      subject: textAt(ticket, 'title', CHARS_MAX.subject) ?? undefined,
      description: change === 'created' ? bodyOf(article, CHARS_MAX.description) : undefined,
      status,
      severity: severityOf(firstTextAt(ticket, ['priority.name', 'priority', 'priority_id'], CHARS_MAX.name), severities, SEVERITIES),
      requester: customerOf(valueAt(ticket, 'customer')),
      labels: tagsOf(valueAt(ticket, 'tags')),
      comment: change === 'created' ? undefined : commentOf(article),
      attachments: attachmentsIn(valueAt(article, 'attachments'), { names: ['filename'], urls: ['url'] }),
    }),
    ...(typeof actor === 'string' ? { actor } : {}),
  };
}

/** The state that a ticket was delivered in, for its key; `undefined` where it does not say when it was changed. */
export function stateOf(payload: unknown): { readonly externalId: string; readonly updatedAt: Instant } | undefined {
  const ticket = ticketIn(payload);
  const externalId = textAt(ticket, 'id', CHARS_MAX.name);
  const updatedAt = instantAt(valueAt(ticket, 'updated_at'));
  return typeof externalId === 'string' && updatedAt !== undefined ? { externalId, updatedAt } : undefined;
}

export function isNewTicket(ticket: unknown): boolean {
  const [createdAt, updatedAt] = ['created_at', 'updated_at'].map((name) => Date.parse(instantAt(valueAt(ticket, name)) ?? ''));
  const articles = Number(firstTextAt(ticket, ['article_count'], CHARS_MAX.name) ?? 1);
  return articles <= 1 && (updatedAt ?? Number.NaN) - (createdAt ?? Number.NaN) < NEW_FOR_MS;
}

function ticketIn(payload: unknown): unknown {
  const ticket = valueAt(payload, 'ticket');
  return typeof ticket === 'object' && ticket !== null ? ticket : payload;
}

function changeOf(payload: unknown, { ticket, article, status }: { ticket: unknown; article: unknown; status: string | null | undefined }): Change {
  const said = changeOfWord(firstTextAt(payload, ['change', 'event'], CHARS_MAX.name));
  if (said !== undefined && said !== 'updated') return said;
  if (said === undefined && isNewTicket(ticket)) return 'created';
  if (CLOSED_STATES.test(status ?? '')) return 'closed';
  return commentOf(article) === undefined ? 'updated' : 'commented';
}

function customerOf(customer: unknown): TicketFields['requester'] {
  if (customer === null) return null;
  if (typeof customer === 'string') return customer.includes('@') ? requesterOf(undefined, customer.slice(0, CHARS_MAX.email)) : requesterOf(customer.slice(0, CHARS_MAX.name), undefined);
  const email = firstTextAt(customer, ['email', 'login'], CHARS_MAX.email);
  return requesterOf(nameOf(customer), email?.includes('@') === true ? email : undefined);
}

/** What somebody wrote; Zammad's own articles, as confirmations of receipt, are no news. */
function commentOf(article: unknown): TicketFields['comment'] {
  const body = bodyOf(article, CHARS_MAX.comment);
  if (typeof body !== 'string' || /^system$/i.test(firstTextAt(article, ['sender', 'sender.name'], CHARS_MAX.name) ?? '')) return undefined;
  const from = textAt(article, 'from', CHARS_MAX.name)?.replace(/\s*<[^<>]*>\s*$/, '').replaceAll('"', '');
  return { author: (from === undefined || from === '' ? null : from) ?? nameOf(valueAt(article, 'created_by')) ?? null, body, isPublic: valueAt(article, 'internal') === false };
}

function bodyOf(article: unknown, charsMax: number): string | null | undefined {
  return /^text\/plain/i.test(textAt(article, 'content_type', CHARS_MAX.name) ?? '') ? textAt(article, 'body', charsMax) : plainTextAt(article, 'body', charsMax);
}

function nameOf(user: unknown): string | null | undefined {
  if (typeof user === 'string') return user.slice(0, CHARS_MAX.name);
  const names = ['firstname', 'lastname'].map((name) => textAt(user, name, CHARS_MAX.name)).filter((name) => typeof name === 'string');
  return names.length > 0 ? names.join(' ').slice(0, CHARS_MAX.name) : firstTextAt(user, ['fullname', 'login'], CHARS_MAX.name);
}

function tagsOf(tags: unknown): readonly string[] | undefined {
  return labelsOf(typeof tags === 'string' ? tags.slice(0, CHARS_MAX.description).split(',') : tags);
}

/** The page of a ticket, on the host that an attachment of it leads to. */
function pageOf(payload: unknown, id: string): string | null {
  const said = firstTextAt(payload, ['ticket.url', 'ticket.link', 'ticket_url', 'url', 'link'], CHARS_MAX.url);
  if (typeof said === 'string') return webUrlOf(said);
  const attachments = valueAt(payload, 'article.attachments');
  const urls = Array.isArray(attachments) ? (attachments as unknown[]).map((attachment) => textAt(attachment, 'url', CHARS_MAX.url) ?? '') : [];
  const origin = urls.map((url) => /^(https?:\/\/[^/?#]+)\/api\/v1\//.exec(url)?.[1]).find((found) => found !== undefined);
  return origin === undefined ? null : webUrlOf(`${origin}/#ticket/zoom/${encodeURIComponent(id)}`);
}
