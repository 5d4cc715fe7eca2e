import type { Change, Instant, Severity, TicketFields } from '@handoff/contracts';
import { z } from 'zod';
import type { MapContext, ReportedTicket } from '../adapter.js';
import { asUtc, changeOfWord, CHARS_MAX, firstTextAt, instantAt, labelsOf, outOfEnvelope, requesterOf, requireObject, requiredText, severityOf, textAt, told, webUrlOf, withFoldedKeys, wordOf } from '../payload.js';

export const SETTINGS = z.strictObject({
  /** The table whose records are the tickets. */
  table: z.string().regex(/^[a-z][a-z0-9_]{0,79}$/, 'must be the name of a table, as incident').default('incident'),
});

const ENVELOPES = ['record', 'incident', 'ticket', 'data', 'payload'] as const;
const SEVERITIES: Readonly<Record<string, Severity>> = { 1: 'A', critical: 'A', 2: 'B', high: 'B', 3: 'B', moderate: 'B', 4: 'C', low: 'C', 5: 'C', planning: 'C' };
/** The states of incidents as ServiceNow comes with them. Other tables number theirs otherwise. */
const INCIDENT_STATES: Readonly<Record<string, string>> = { 1: 'New', 2: 'In Progress', 3: 'On Hold', 6: 'Resolved', 7: 'Closed', 8: 'Canceled' };
const CLOSED_STATE = /^(resolved|closed|cancell?ed)\b/i;
export const SYS_ID = /^[0-9a-f]{32}$/i;
/** The head of a journal's entry as ServiceNow prints it: `2026-11-02 08:00:00 - Ada Brown (Additional comments)`. */
const JOURNAL_HEAD = /^\d[^\n]{3,39}? - ([^\n]{1,256}) \([^()\n]{1,64}\)\n/m;

/** The fields in the spellings of the Table API and of customers' scripts, the surer first; keys are folded, and `caller.email` is `caller_email`. */
const FIELDS = {
  id: ['number', 'ticket_number', 'incident_number', 'case_number', 'sys_id', 'ticket_id', 'id'],
  updatedAt: ['sys_updated_on', 'updated_on', 'updated_at', 'last_updated'],
  createdAt: ['sys_created_on', 'opened_at', 'created_on', 'created_at'],
  subject: ['short_description', 'subject', 'title', 'summary'],
  description: ['description', 'details'],
  state: ['state', 'incident_state', 'status'],
  change: ['change', 'operation', 'event', 'event_type', 'action'],
  url: ['url', 'ticket_url', 'incident_url', 'record_url'],
  actor: ['sys_updated_by', 'updated_by', 'actor'],
  callerName: ['caller_name', 'caller_id_name', 'requester_name', 'caller', 'caller_id', 'contact'],
  callerEmail: ['caller_email', 'caller_id_email', 'requester_email', 'contact_email', 'email'],
  comment: ['comment', 'comment_body', 'comments', 'additional_comments', 'latest_comment'],
  workNote: ['work_note', 'work_notes'],
  commentAuthor: ['comment_author', 'commented_by'],
} as const;

/** A record as plain fields. */
interface PlainRecord {
  /** As ServiceNow stores them: ids, numbers, times in UTC. */
  readonly stored: Readonly<Record<string, unknown>>;
  /** As people see them; a reference of which only the id is known is not there. */
  readonly shown: Readonly<Record<string, unknown>>;
}

/** Reads a record: the body of our script, one of the Table API, or what a customer's script sends in similar words. */
export function mapServiceNow(payload: unknown, { severities, receivedAt, settings }: MapContext): ReportedTicket {
  requireObject(payload);
  const { stored, shown } = plainRecord(payload);
  const table = textAt(stored, 'sys_class_name', CHARS_MAX.name) ?? String(settings['table'] ?? 'incident');
  const externalId = requiredText(stored, FIELDS.id.find((name) => typeof textAt(stored, name, CHARS_MAX.name) === 'string') ?? FIELDS.id[0], CHARS_MAX.name);
  const status = statusOf(shown, table);
  const comment = commentOf(stored, shown);
  const requester = callerOf(shown);
  const change = changeOf(stored, { status, isCommented: comment !== undefined });
  if (change === 'created') requiredText(stored, FIELDS.subject.find((name) => stored[name] !== undefined) ?? FIELDS.subject[0], CHARS_MAX.description);
  const actor = firstTextAt(stored, FIELDS.actor, CHARS_MAX.name);
  return {
    externalId,
    externalUrl: webUrlOf(firstTextAt(stored, FIELDS.url, CHARS_MAX.url)) ?? pageOf(payload, stored, table),
    change,
    occurredAt: instantIn(stored, FIELDS.updatedAt) ?? (change === 'created' ? instantIn(stored, FIELDS.createdAt) : undefined) ?? receivedAt.toISOString(),
    fields: told<TicketFields>({
      subject: firstTextAt(stored, FIELDS.subject, CHARS_MAX.subject) ?? undefined,
      description: firstTextAt(stored, FIELDS.description, CHARS_MAX.description),
      status,
      severity: severityOfRecord(stored, shown, severities),
      requester,
      labels: categoriesOf(shown),
      comment,
    }),
    ...(typeof actor === 'string' ? { actor } : {}),
    // The caller is told by an id alone.
    ...(requester === undefined && change !== 'closed' && typeof textAt(stored, 'caller_id', CHARS_MAX.name) === 'string' ? { isThin: true } : {}),
  };
}

/**
 * The state that a record was told in, for its key; `undefined` where it does not say when it was changed. ServiceNow tells
 * times to the second, and counts changes: the count stands in for the milliseconds, so that two changes of one second stay two.
 */
export function stateOf(payload: unknown): { readonly externalId: string; readonly updatedAt: Instant } | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { stored } = plainRecord(payload);
  const externalId = firstTextAt(stored, FIELDS.id, CHARS_MAX.name);
  const updatedAt = updatedAtOf(stored);
  return typeof externalId === 'string' && updatedAt !== undefined ? { externalId, updatedAt } : undefined;
}

function updatedAtOf(stored: PlainRecord['stored']): Instant | undefined {
  const at = instantIn(stored, FIELDS.updatedAt);
  const changes = Number(textAt(stored, 'sys_mod_count', CHARS_MAX.name));
  if (at === undefined || !at.endsWith('.000Z') || !Number.isSafeInteger(changes) || changes < 0) return at;
  return at.replace('.000Z', `.${String(changes % 1_000).padStart(3, '0')}Z`);
}

function instantIn(stored: PlainRecord['stored'], names: readonly string[]): Instant | undefined {
  return names.map((name) => instantAt(asUtc(stored[name]))).find((instant) => instant !== undefined);
}

/** The Table API sends a field as text, as `{ link, value }`, or as `{ display_value, value }`; scripts also nest objects. */
function plainRecord(payload: object): PlainRecord {
  const stored: [string, unknown][] = [];
  const shown: [string, unknown][] = [];
  for (const [key, value] of Object.entries(withFoldedKeys(outOfEnvelope(payload, ENVELOPES)))) {
    const name = key.replaceAll('.', '_');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      stored.push([name, value]);
      shown.push([name, value]);
      continue;
    }
    const inner = withFoldedKeys(value);
    const isField = Object.hasOwn(inner, 'value') || Object.hasOwn(inner, 'display_value');
    if (isField) stored.push([name, inner['value'] ?? inner['display_value']]);
    if (Object.hasOwn(inner, 'display_value')) shown.push([name, inner['display_value']]);
    for (const [innerKey, each] of isField ? [] : Object.entries(inner)) {
      stored.push([`${name}_${innerKey}`, each]);
      shown.push([`${name}_${innerKey}`, each]);
    }
  }
  // Of two fields of one name the first counts.
  return { stored: Object.fromEntries(stored.reverse()), shown: Object.fromEntries(shown.reverse()) };
}

function statusOf(shown: PlainRecord['shown'], table: string): string | null | undefined {
  const state = firstTextAt(shown, FIELDS.state, CHARS_MAX.status);
  return typeof state === 'string' && table === 'incident' && Object.hasOwn(INCIDENT_STATES, state) ? INCIDENT_STATES[state] : state;
}

function changeOf(stored: PlainRecord['stored'], { status, isCommented }: { status: string | null | undefined; isCommented: boolean }): Change {
  const said = changeOfWord(firstTextAt(stored, FIELDS.change, CHARS_MAX.name));
  if (said !== undefined && said !== 'updated') return said;
  const isInactive = /^(false|0)$/i.test(wordOf(stored['active']));
  if (isInactive || CLOSED_STATE.test(status ?? '')) return 'closed';
  if (said === undefined && wordOf(stored['sys_mod_count']) === '0') return 'created';
  return isCommented ? 'commented' : 'updated';
}

/** By the priority as number or word, as `1`, `Critical` or `1 - Critical`; else by impact and urgency, as ServiceNow itself derives it. */
function severityOfRecord(stored: PlainRecord['stored'], shown: PlainRecord['shown'], severities: Readonly<Record<string, Severity>>): Severity | undefined {
  const words = [shown, stored].flatMap((fields) => textAt(fields, 'priority', CHARS_MAX.name) ?? []).flatMap((word) => [word, ...word.split(' - ')]);
  const [impact, urgency] = ['impact', 'urgency'].map((name) => Number(/^[1-3]/.exec(textAt(stored, name, CHARS_MAX.name) ?? '')?.[0]));
  const derived = String((impact ?? 0) + (urgency ?? 0) - 1);
  for (const table of [severities, SEVERITIES]) {
    const severity = words.map((word) => severityOf(word, table)).find((found) => found !== undefined) ?? (words.length === 0 ? severityOf(derived, table) : undefined);
    if (severity !== undefined) return severity;
  }
  return undefined;
}

function callerOf(shown: PlainRecord['shown']): TicketFields['requester'] {
  const email = firstTextAt(shown, FIELDS.callerEmail, CHARS_MAX.email) ?? undefined;
  const name = FIELDS.callerName.map((each) => textAt(shown, each, CHARS_MAX.name)).find((each) => typeof each === 'string' && !SYS_ID.test(each));
  return name?.includes('@') === true ? requesterOf(undefined, email ?? name) : requesterOf(name, email);
}

function categoriesOf(shown: PlainRecord['shown']): readonly string[] | undefined {
  const tags = firstTextAt(shown, ['sys_tags', 'tags', 'labels'], CHARS_MAX.url)?.split(',') ?? [];
  const labels = labelsOf([shown['category'], shown['subcategory'], ...tags]) ?? [];
  return labels.length > 0 || Object.hasOwn(shown, 'category') ? labels : undefined;
}

/** The newest comment for the caller, else the newest work note, which only agents see. */
function commentOf(stored: PlainRecord['stored'], shown: PlainRecord['shown']): TicketFields['comment'] {
  const publicText = firstTextAt(shown, FIELDS.comment, CHARS_MAX.comment);
  const journal = publicText ?? firstTextAt(shown, FIELDS.workNote, CHARS_MAX.comment);
  if (typeof journal !== 'string') return undefined;
  const head = JOURNAL_HEAD.exec(journal);
  const text = head?.index === 0 ? journal.slice(head[0].length) : journal;
  const body = text.slice(0, head?.index === 0 ? JOURNAL_HEAD.exec(text)?.index : undefined).trim();
  const author = firstTextAt(shown, FIELDS.commentAuthor, CHARS_MAX.name) ?? (head?.index === 0 ? head[1] : null) ?? null;
  const isPrivate = /^(false|0)$/i.test(wordOf(stored['comment_is_public']));
  return body === '' ? undefined : { author, body, isPublic: typeof publicText === 'string' && !isPrivate };
}

/** The page of a record, where one of its references leads to its instance. */
function pageOf(payload: object, stored: PlainRecord['stored'], table: string): string | null {
  const id = textAt(stored, 'sys_id', CHARS_MAX.name);
  if (typeof id !== 'string' || !SYS_ID.test(id)) return null;
  const links = Object.values(payload).flatMap((value) => textAt(value, 'link', CHARS_MAX.url) ?? []);
  const origin = links.map((link) => /^(https:\/\/[^/?#]+)\/api\/now\//.exec(link)?.[1]).find((found) => found !== undefined);
  return origin === undefined ? null : webUrlOf(`${origin}/nav_to.do?uri=${encodeURIComponent(`${table}.do?sys_id=${id}`)}`);
}
