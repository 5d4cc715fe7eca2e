import type { Change, Severity, TicketFields } from '@handoff/contracts';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { CHARS_MAX, instantOf, labelsOf, requiredText, severityOf, textAt, told, valueAt, webUrlOf } from '../payload.js';

const CHANGES: Readonly<Record<string, Change>> = {
  'jira:issue_created': 'created',
  'jira:issue_updated': 'updated',
  'jira:issue_deleted': 'closed',
  comment_created: 'commented',
  comment_updated: 'commented',
};

/** The names of Jira's own priority schemes, old and new. */
const SEVERITIES: Readonly<Record<string, Severity>> = {
  highest: 'A', critical: 'A', blocker: 'A', high: 'B', major: 'B', medium: 'B', low: 'C', minor: 'C', lowest: 'C', trivial: 'C',
};

/** Reads a webhook of Jira. Comments carry few fields of the issue; what is not there is not told. */
export function mapJira(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  const event = requiredText(payload, 'webhookEvent', CHARS_MAX.name);
  const kind = Object.hasOwn(CHANGES, event) ? CHANGES[event] : undefined;
  if (kind === undefined) return { ignored: true, reason: `Events of type '${event}' change no ticket.` };
  const externalId = requiredText(payload, 'issue.key', CHARS_MAX.name);
  if (kind === 'created') requiredText(payload, 'issue.fields.summary', CHARS_MAX.description);
  const change = changeOf(kind, payload);
  return {
    externalId,
    externalUrl: browseUrlOf(payload, externalId),
    change,
    occurredAt: instantOf(valueAt(payload, 'timestamp'), context.receivedAt),
    fields: fieldsOf(payload, context),
  };
}

/** Data Center reports a comment as an update with a comment and nothing changed. A finished issue is closed, whatever changed in it. */
function changeOf(kind: Change, payload: unknown): Change {
  if (kind !== 'updated') return kind;
  const items = valueAt(payload, 'changelog.items');
  const hasChanges = Array.isArray(items) && items.length > 0;
  if (!hasChanges && typeof valueAt(payload, 'comment.body') === 'string') return 'commented';
  return valueAt(payload, 'issue.fields.status.statusCategory.key') === 'done' ? 'closed' : 'updated';
}

function fieldsOf(payload: unknown, { severities }: MapContext): TicketFields {
  return told<TicketFields>({
    subject: textAt(payload, 'issue.fields.summary', CHARS_MAX.subject) ?? undefined,
    description: textAt(payload, 'issue.fields.description', CHARS_MAX.description),
    status: textAt(payload, 'issue.fields.status.name', CHARS_MAX.status),
    severity: severityOf(textAt(payload, 'issue.fields.priority.name', CHARS_MAX.name), severities, SEVERITIES),
    requester: requesterOf(payload),
    labels: labelsOf(valueAt(payload, 'issue.fields.labels')),
    comment: commentOf(payload),
  });
}

function requesterOf(payload: unknown): TicketFields['requester'] {
  const reporter = valueAt(payload, 'issue.fields.reporter');
  if (typeof reporter !== 'object') return undefined;
  if (reporter === null) return null;
  return { name: textAt(reporter, 'displayName', CHARS_MAX.name) ?? null, email: textAt(reporter, 'emailAddress', CHARS_MAX.email) ?? null };
}

function commentOf(payload: unknown): TicketFields['comment'] {
  const body = textAt(payload, 'comment.body', CHARS_MAX.comment);
  if (typeof body !== 'string') return undefined;
  const jsdPublic = valueAt(payload, 'comment.jsdPublic');
  const isRestricted = valueAt(payload, 'comment.visibility') !== undefined;
  return {
    author: textAt(payload, 'comment.author.displayName', CHARS_MAX.name) ?? null,
    body,
    // Outside service projects there is no such mark; a comment for a group or role alone is never public.
    isPublic: !isRestricted && (jsdPublic === undefined || jsdPublic === true),
  };
}

/** The page of the issue. `self` is its API address, whose beginning is that of the site, except behind Atlassian's gateway. */
function browseUrlOf(payload: unknown, key: string): string | null {
  const self = textAt(payload, 'issue.self', CHARS_MAX.url);
  const end = self?.indexOf('/rest/') ?? -1;
  if (typeof self !== 'string' || end < 0 || !/^https?:\/\//i.test(self) || self.startsWith('https://api.atlassian.com/')) return null;
  return webUrlOf(`${self.slice(0, end)}/browse/${encodeURIComponent(key)}`);
}
