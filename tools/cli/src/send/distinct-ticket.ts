import { isRecord, type JsonRecord, textAt, valueAt } from '../json-reading.js';
import type { SigningScheme } from '../signing.js';

/** The ticket's name in its own system, as far as the payload shows it. */
export function externalIdOf(scheme: SigningScheme, payload: unknown): string | null {
  switch (scheme) {
    case 'jira': return textAt(payload, 'issue', 'key') ?? textAt(payload, 'issue', 'id');
    case 'zendesk': return textAt(payload, 'detail', 'id') ?? textAt(payload, 'ticket_id');
    case 'standard-webhooks': return textAt(payload, 'externalId');
  }
}

/** What makes one ticket distinct from every other that was or will be sent. */
export interface Distinction {
  /** Digits that nothing else has. */
  readonly digits: string;
  /** A UUID that nothing else has. */
  readonly eventId: string;
}

/**
 * The payload as another ticket's: the ids in it replaced, all else kept.
 * `null` where the payload has no id in the place where this system keeps it.
 */
export function distinctTicket(scheme: SigningScheme, payload: JsonRecord, distinction: Distinction): JsonRecord | null {
  switch (scheme) {
    case 'jira': return distinctIssue(payload, distinction);
    case 'zendesk': return distinctZendeskTicket(payload, distinction);
    case 'standard-webhooks': return textAt(payload, 'externalId') === null ? null : { ...payload, externalId: `${baseOf(textAt(payload, 'externalId'))}-${distinction.digits}` };
  }
}

function distinctIssue(payload: JsonRecord, { digits }: Distinction): JsonRecord | null {
  const issue = valueAt(payload, 'issue');
  if (!isRecord(issue)) return null;
  const { key, self } = issue;
  return {
    ...payload,
    issue: {
      ...issue,
      id: digits,
      ...(typeof key === 'string' ? { key: `${baseOf(key)}-${digits}` } : {}),
      ...(typeof self === 'string' ? { self: self.replace(/[^/]+$/, digits) } : {}),
    },
  };
}

/** `DEMO` of `DEMO-1`. */
const baseOf = (key: string | null): string => (key ?? '').replace(/-\d+$/, '');

/** Zendesk has two kinds of body: its own event, and one that the customer wrote for a trigger. */
function distinctZendeskTicket(payload: JsonRecord, { digits, eventId }: Distinction): JsonRecord | null {
  const detail = valueAt(payload, 'detail');
  if (isRecord(detail)) return { ...payload, id: eventId, subject: `zen:ticket:${digits}`, detail: { ...detail, id: digits } };
  if (textAt(payload, 'ticket_id') === null) return null;
  const url = payload['ticket_url'];
  return { ...payload, ticket_id: digits, ...(typeof url === 'string' ? { ticket_url: url.replace(/\d+$/, digits) } : {}) };
}

/** Digits for the nth ticket of a run; as a number they stay exact in JSON. `run` is from 1 to 90,000,000. */
export const distinctDigits = (run: number, nth: number): string => String(run * 100_000_000 + nth);

export const RUN_NUMBER_MAX = 90_000_000;
