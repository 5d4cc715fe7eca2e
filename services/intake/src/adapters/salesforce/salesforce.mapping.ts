import { type Change, CHANGES, type Severity, type TicketFields } from '@handoff/contracts';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { CHARS_MAX, firstTextAt, instantOf, labelsOf, requesterOf, requiredText, requireObject, severityOf, textAt, told, valueAt, webUrlOf } from '../payload.js';

/** Salesforce comes with three priorities, so that the highest is critical. */
const SEVERITIES: Readonly<Record<string, Severity>> = { critical: 'A', urgent: 'A', high: 'A', medium: 'B', normal: 'B', low: 'C' };
const HOSTS = /^https:\/\/([a-z0-9-]+\.)+(salesforce\.com|salesforce\.mil|force\.com|sfcrmproducts\.cn)(?=[/?#]|$)/i;

/** Reads a case, or a comment on one, by the names of Salesforce's fields: from an outbound message, a callout, a change event or its REST interface. */
export function mapSalesforce(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(payload);
  const type = firstTextAt(payload, ['type', 'Case.attributes.type'], CHARS_MAX.name) ?? 'Case';
  if (type === 'CaseComment') return mapComment(payload, context);
  return type === 'Case' ? mapCase(payload, context) : { ignored: true, reason: `Webhooks about '${type}' change no ticket.` };
}

function mapCase(payload: unknown, context: MapContext): ReportedTicket {
  const externalId = wholeId(requiredText(payload, 'Case.Id', CHARS_MAX.name));
  const record = valueAt(payload, 'Case');
  const fields = fieldsOf(record, context);
  const change = changeOf(payload);
  const isPartial = fields.subject === undefined || (change === 'created' && fields.description === undefined);
  return {
    externalId,
    externalUrl: pageOf(payload, externalId),
    change,
    occurredAt: instantOf(valueAt(record, 'LastModifiedDate') ?? valueAt(payload, 'occurredAt'), context.receivedAt),
    fields,
    ...actorOf(payload, 'Case.LastModifiedById'),
    ...(isPartial && valueAt(record, 'IsDeleted') !== true ? { isThin: true } : {}),
  };
}

function mapComment(payload: unknown, context: MapContext): ReportedTicket {
  const externalId = wholeId(requiredText(payload, 'CaseComment.ParentId', CHARS_MAX.name));
  const body = textAt(payload, 'CaseComment.CommentBody', CHARS_MAX.comment);
  return {
    externalId,
    externalUrl: pageOf(payload, externalId),
    change: 'commented',
    occurredAt: instantOf(valueAt(payload, 'CaseComment.LastModifiedDate') ?? valueAt(payload, 'CaseComment.CreatedDate'), context.receivedAt),
    fields: typeof body === 'string' ? { comment: { author: null, body, isPublic: isTrue(valueAt(payload, 'CaseComment.IsPublished')) } } : {},
    ...actorOf(payload, 'CaseComment.CreatedById'),
    isThin: true,
  };
}

/** What the payload says, else what its record shows: a case that nobody has changed since it was made is new. */
function changeOf(payload: unknown): Change {
  const said = textAt(payload, 'change', CHARS_MAX.name)?.toLowerCase();
  const change = CHANGES.find((candidate) => candidate === said);
  if (change !== undefined && change !== 'updated') return change;
  if (isTrue(valueAt(payload, 'Case.IsClosed')) || isTrue(valueAt(payload, 'Case.IsDeleted')) || textAt(payload, 'Case.Status', CHARS_MAX.status)?.toLowerCase() === 'closed') return 'closed';
  const [made, modified] = ['Case.CreatedDate', 'Case.LastModifiedDate'].map((path) => valueAt(payload, path));
  return change === undefined && typeof made === 'string' && made === modified ? 'created' : 'updated';
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function fieldsOf(record: unknown, { severities }: MapContext): TicketFields {
  const labels = ['Type', 'Reason'].map((path) => valueAt(record, path));
  return told<TicketFields>({
    subject: textAt(record, 'Subject', CHARS_MAX.subject) ?? undefined,
    description: textAt(record, 'Description', CHARS_MAX.description),
    status: textAt(record, 'Status', CHARS_MAX.status),
    severity: severityOf(textAt(record, 'Priority', CHARS_MAX.name), severities, SEVERITIES),
    requester: requesterOf(firstTextAt(record, ['Contact.Name', 'SuppliedName'], CHARS_MAX.name), firstTextAt(record, ['ContactEmail', 'Contact.Email', 'SuppliedEmail'], CHARS_MAX.email)),
    labels: labels.every((label) => label === undefined) ? undefined : labelsOf(labels),
  });
}

function actorOf(payload: unknown, path: string): Pick<ReportedTicket, 'actor'> {
  const actor = firstTextAt(payload, ['actorId', path], CHARS_MAX.name);
  return typeof actor === 'string' ? { actor: wholeId(actor) } : {};
}

/** The page of a record, on the host that the payload says it comes from. */
function pageOf(payload: unknown, id: string): string | null {
  const origin = HOSTS.exec(textAt(payload, 'url', CHARS_MAX.url) ?? '')?.[0];
  return origin === undefined ? null : webUrlOf(`${origin}/${encodeURIComponent(id)}`);
}

const SUFFIXES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** An id of 18 characters from one of 15, which differ by upper and lower case alone; anything else as it is. The last three say which letters are capitals. */
export function wholeId(id: string): string {
  if (!/^[a-zA-Z0-9]{15}$/.test(id)) return id;
  const suffix = [0, 5, 10].map((begin) => {
    const capitals = [...id.slice(begin, begin + 5)].reduce((bits, character, index) => bits + (/[A-Z]/.test(character) ? 1 << index : 0), 0);
    return SUFFIXES.charAt(capitals);
  });
  return `${id}${suffix.join('')}`;
}
