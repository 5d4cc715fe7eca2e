import { isRecord, listAt, parsedJson, textAt } from '../json-reading.js';

/** What a service said instead of doing what it was asked. */
export interface Refusal {
  readonly status: number;
  /** Stable code of the problem document, else `http-<status>`. */
  readonly code: string;
  readonly detail: string;
  readonly fields: readonly { readonly field: string; readonly detail: string }[];
}

const EXCERPT_CHARS_MAX = 200;

/** Reads a problem document (RFC 9457), or makes do with whatever came instead. */
export function refusalOf(status: number, body: string): Refusal {
  const document = parsedJson(body);
  if (!isRecord(document)) return { status, code: `http-${status}`, detail: excerpt(body), fields: [] };
  return {
    status,
    code: textAt(document, 'code') ?? `http-${status}`,
    detail: textAt(document, 'detail') ?? textAt(document, 'title') ?? textAt(document, 'message') ?? 'No reason was given.',
    fields: listAt(document, 'errors').map((item) => ({ field: textAt(item, 'field') ?? '', detail: textAt(item, 'detail') ?? '' })),
  };
}

function excerpt(body: string): string {
  const text = body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
  if (text === '') return 'No reason was given.';
  return text.length <= EXCERPT_CHARS_MAX ? text : `${text.slice(0, EXCERPT_CHARS_MAX - 1)}…`;
}

/** The refusal as a sentence: who refused what, why, and what to do where that is known. */
export function refusalSentence(who: string, what: string, refusal: Refusal): string {
  const untold = refusal.fields.filter(({ detail }) => !refusal.detail.includes(detail));
  const fields = untold.map(({ field, detail }) => `\n  ${field}: ${detail}`).join('');
  return `${who} refused ${what} (${refusal.status} ${refusal.code}): ${ended(refusal.detail)}${remedy(refusal)}${fields}`;
}

function remedy({ status, code }: Refusal): string {
  if (code === 'token-required' || code === 'http-401') return ' Set HANDOFF_TOKEN or HANDOFF_TOKEN_FILE to the token of this installation.';
  if (status >= 500) return ' See what is wrong with: npx handoff doctor';
  return '';
}

const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** How long a `Retry-After` header asks to wait, in ms; `null` where there is none that can be read. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
