import type { Change } from '@handoff/contracts';
import { changeOfWord, CHARS_MAX, firstTextAt, instantAt, outOfEnvelope, textAt, valueAt, withFoldedKeys } from '../payload.js';

/** An issue whose last change is this close to its creation is new: an automation does not say what set it off. */
const NEW_FOR_MS = 5_000;
const KEYS = ['issue_key', 'issuekey', 'key'] as const;

export interface AutomatedIssue {
  /** In the form of a webhook. */
  readonly payload: object;
  readonly change: Change;
}

/**
 * The body of "Send web request" in Jira's automation: Jira's own issue data, alone or as `issue`, or what the customer wrote
 * with smart values. `null`: there is no issue in it.
 */
export function issueFromAutomation(payload: object): AutomatedIssue | null {
  const around = outOfEnvelope(payload, ['data']);
  const inner = valueAt(around, 'issue');
  const issue = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : around;
  const whole = typeof valueAt(issue, 'fields') === 'object' && valueAt(issue, 'fields') !== null ? issue : writtenIssue({ ...around, ...issue });
  if (typeof firstTextAt(whole, ['key'], CHARS_MAX.name) !== 'string') return null;
  const comment = valueAt(around, 'comment');
  const body = typeof comment === 'string' ? { body: comment, author: { displayName: textAt(around, 'commentAuthor', CHARS_MAX.name) }, jsdPublic: valueAt(around, 'commentIsPublic') !== false } : comment;
  const hasComment = typeof valueAt(body, 'body') === 'string' && valueAt(body, 'body') !== '';
  const said = changeOfWord(firstTextAt(withFoldedKeys(around), ['change', 'event', 'event_type', 'issue_event_type_name'], CHARS_MAX.name));
  return {
    payload: { issue: whole, ...(hasComment ? { comment: body } : {}), ...(valueAt(around, 'user') === undefined ? {} : { user: valueAt(around, 'user') }) },
    change: said ?? (isNew(whole) ? 'created' : 'updated'),
  };
}

function isNew(issue: unknown): boolean {
  const [created, updated] = ['fields.created', 'fields.updated'].map((path) => Date.parse(instantAt(valueAt(issue, path)) ?? ''));
  return (updated ?? Number.NaN) - (created ?? Number.NaN) < NEW_FOR_MS;
}

/** An issue from single values. */
function writtenIssue(body: object): object {
  const said = withFoldedKeys(body);
  const named = (name: string): object => (typeof said[name] === 'string' ? { [name]: { name: said[name] } } : said[name] === undefined ? {} : { [name]: said[name] });
  const reporter = { displayName: firstTextAt(said, ['reporter_name', 'reporter.displayName', 'reporter'], CHARS_MAX.name), emailAddress: firstTextAt(said, ['reporter_email', 'reporter.emailAddress'], CHARS_MAX.email) };
  const category = firstTextAt(said, ['status_category', 'status.statusCategory.key'], CHARS_MAX.name);
  const fields = {
    ...(said as object), summary: firstTextAt(said, ['summary', 'subject', 'title'], CHARS_MAX.description), ...named('status'), ...named('priority'),
    ...(Object.values(reporter).some((value) => value !== undefined) ? { reporter } : {}),
    ...(typeof category === 'string' && typeof said['status'] === 'string' ? { status: { name: said['status'], statusCategory: { key: category } } } : {}),
  };
  return { key: firstTextAt(said, KEYS, CHARS_MAX.name), self: said['self'], url: firstTextAt(said, ['url', 'issue_url', 'link'], CHARS_MAX.url), fields };
}
