import type { Change, Instant, Severity, TicketFields } from '@handoff/contracts';
import type { IgnoredEvent, MapContext, ReportedTicket } from '../adapter.js';
import { attachmentsIn } from '../attachments.js';
import { CHARS_MAX, firstTextAt, instantAt, labelsOf, requesterOf, requiredText, requireObject, severityOf, textAt, told, valueAt, webUrlOf } from '../payload.js';
import { issueFromAutomation } from './jira.automation.js';

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
/** The ids that Jira gives to people: of Cloud, of servers, of old servers. */
const PERSON_IDS = ['accountId', 'key', 'name'] as const;

/** Reads a webhook of Jira, or the body of an automation. Comments carry few fields of the issue; what is not there is not told. */
export function mapJira(payload: unknown, context: MapContext): ReportedTicket | IgnoredEvent {
  requireObject(payload);
  if (valueAt(payload, 'webhookEvent') === undefined) {
    const automated = issueFromAutomation(payload);
    if (automated !== null) return mapIssue(automated.payload, automated.change, context);
  }
  const event = requiredText(payload, 'webhookEvent', CHARS_MAX.name);
  const kind = Object.hasOwn(CHANGES, event) ? CHANGES[event] : undefined;
  return kind === undefined ? { ignored: true, reason: `Events of type '${event}' change no ticket.` } : mapIssue(payload, kind, context);
}

function mapIssue(payload: unknown, kind: Change, context: MapContext): ReportedTicket {
  const externalId = requiredText(payload, 'issue.key', CHARS_MAX.name);
  if (kind === 'created') requiredText(payload, 'issue.fields.summary', CHARS_MAX.description);
  const change = changeOf(kind, payload);
  const actor = actorOf(payload);
  return {
    externalId,
    externalUrl: pageOf(payload, externalId),
    change,
    occurredAt: occurredAt(payload) ?? context.receivedAt.toISOString(),
    fields: fieldsOf(payload, context, change === 'created'),
    ...(actor === undefined ? {} : { actor }),
  };
}

/** When the issue was last changed. A deletion changes it no more, and comments come without its time: then theirs and the event's count. */
function occurredAt(payload: unknown): Instant | undefined {
  const isDeleted = valueAt(payload, 'webhookEvent') === 'jira:issue_deleted';
  const places = isDeleted ? ['timestamp'] : ['issue.fields.updated', 'comment.updated', 'comment.created', 'timestamp'];
  return places.map((path) => instantAt(valueAt(payload, path))).find((instant) => instant !== undefined);
}

/** The state that an issue was told in, for the key of an event that Jira does not name. */
export function stateOf(payload: unknown): { readonly externalId: string; readonly updatedAt: Instant } | undefined {
  const automated = typeof payload === 'object' && payload !== null ? issueFromAutomation(payload) : null;
  const externalId = textAt(automated?.payload, 'issue.key', CHARS_MAX.name);
  const updatedAt = instantAt(valueAt(automated?.payload, 'issue.fields.updated'));
  return typeof externalId === 'string' && updatedAt !== undefined ? { externalId, updatedAt } : undefined;
}

/** A comment may also come as an update: with a comment and nothing changed. A finished issue is closed, whatever changed in it. */
function changeOf(kind: Change, payload: unknown): Change {
  if (kind !== 'updated') return kind;
  const items = valueAt(payload, 'changelog.items');
  const hasChanges = Array.isArray(items) && items.length > 0;
  if (!hasChanges && typeof valueAt(payload, 'comment.body') === 'string') return 'commented';
  const status = 'issue.fields.status';
  // Old servers have no categories of statuses; a resolution is what they finish an issue by.
  const isDone = valueAt(payload, `${status}.statusCategory`) === undefined ? typeof valueAt(payload, 'issue.fields.resolution.name') === 'string' : /^done$/i.test(textAt(payload, `${status}.statusCategory.key`, CHARS_MAX.name) ?? '');
  return isDone ? 'closed' : 'updated';
}

function fieldsOf(payload: unknown, { severities }: MapContext, isNew: boolean): TicketFields {
  return told<TicketFields>({
    subject: textAt(payload, 'issue.fields.summary', CHARS_MAX.subject) ?? undefined,
    description: documentAt(payload, 'issue.fields.description', CHARS_MAX.description),
    status: textAt(payload, 'issue.fields.status.name', CHARS_MAX.status),
    severity: severityOf(textAt(payload, 'issue.fields.priority.name', CHARS_MAX.name), severities, SEVERITIES),
    requester: reporterOf(payload),
    labels: labelsOf(valueAt(payload, 'issue.fields.labels')),
    comment: commentOf(payload),
    // An issue always lists all of them: they are news when it is new.
    attachments: isNew ? attachmentsIn(valueAt(payload, 'issue.fields.attachment'), { names: ['filename'], urls: ['content'] }) : undefined,
  });
}

function reporterOf(payload: unknown): TicketFields['requester'] {
  const reporter = valueAt(payload, 'issue.fields.reporter');
  if (reporter === null) return null;
  if (typeof reporter !== 'object') return undefined;
  return { name: null, email: null, ...requesterOf(firstTextAt(reporter, ['displayName', 'name'], CHARS_MAX.name), textAt(reporter, 'emailAddress', CHARS_MAX.email)) };
}

function commentOf(payload: unknown): TicketFields['comment'] {
  const body = documentAt(payload, 'comment.body', CHARS_MAX.comment);
  if (typeof body !== 'string') return undefined;
  const jsdPublic = valueAt(payload, 'comment.jsdPublic');
  const isRestricted = (valueAt(payload, 'comment.visibility') ?? null) !== null;
  return {
    author: textAt(payload, 'comment.author.displayName', CHARS_MAX.name) ?? null,
    body,
    // Outside service projects there is no such mark; a comment for a group or role alone is never public.
    isPublic: !isRestricted && (jsdPublic === undefined || jsdPublic === true),
  };
}

function actorOf(payload: unknown): string | undefined {
  const places = ['user', 'comment.updateAuthor', 'comment.author'];
  return firstTextAt(payload, places.flatMap((place) => PERSON_IDS.map((id) => `${place}.${id}`)), CHARS_MAX.name) ?? undefined;
}

/** A text of Jira; newer interfaces send it as a document of nodes, each with its text or with further nodes. */
function documentAt(payload: unknown, path: string, charsMax: number): string | null | undefined {
  const value = valueAt(payload, path);
  if (typeof value !== 'object' || value === null) return textAt(payload, path, charsMax);
  const text = textOfNodes(value).replace(/\n{3,}/g, '\n\n').trim();
  return text === '' ? null : textAt({ text }, 'text', charsMax);
}

function textOfNodes(node: unknown): string {
  const text = valueAt(node, 'text');
  if (typeof text === 'string') return text;
  const type = textAt(node, 'type', CHARS_MAX.name);
  if (type === 'hardBreak') return '\n';
  const shown = firstTextAt(node, ['attrs.text', 'attrs.shortName'], CHARS_MAX.name) ?? '';
  const content = valueAt(node, 'content');
  const inner = Array.isArray(content) ? (content as unknown[]).map(textOfNodes).join('') : shown;
  return type === 'paragraph' || type === 'heading' || type === 'codeBlock' ? `${inner}\n` : inner;
}

/** The page of the issue: the agents' own for a service project, else the one below the site that `self` is of. Behind Atlassian's gateway `self` has another site. */
function pageOf(payload: unknown, key: string): string | null {
  const said = webUrlOf(textAt(payload, 'issue.url', CHARS_MAX.url));
  if (said !== null) return said;
  const self = textAt(payload, 'issue.self', CHARS_MAX.url);
  const end = self?.indexOf('/rest/') ?? -1;
  if (typeof self !== 'string' || end < 0 || !/^https?:\/\//i.test(self) || self.startsWith('https://api.atlassian.com/')) return null;
  return webUrlOf(`${self.slice(0, end)}/browse/${encodeURIComponent(key)}`);
}
