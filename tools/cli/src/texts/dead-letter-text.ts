import { cut, entries, type Entry, type Paint, safeLine, table } from '../format.js';
import { listAt, textAt, valueAt } from '../json-reading.js';

const DETAIL_CHARS_MAX = 60;
const VALUE_CHARS_MAX = 4_000;

/** Events that were set aside, one a line. */
export function deadLetterTable(items: readonly unknown[]): string[] {
  if (items.length === 0) return ['Nothing is set aside.'];
  const rows = items.map((item) => [
    textAt(item, 'id') ?? '?', textAt(item, 'service') ?? '?', textAt(item, 'state') ?? '?', textAt(item, 'reason') ?? '?', textAt(item, 'type') ?? '-',
    textAt(item, 'ticketId') ?? '-', textAt(item, 'behind') ?? '0', textAt(item, 'nextRetryAt') ?? '-', cut(textAt(item, 'detail') ?? '', DETAIL_CHARS_MAX),
  ].map(safeLine));
  return table([['ID', 'SERVICE', 'STATE', 'REASON', 'TYPE', 'TICKET', 'BEHIND', 'NEXT RETRY', 'DETAIL'], ...rows]);
}

/** One whole. */
export function deadLetterLines(letter: unknown, paint: Paint): string[] {
  const settled = textAt(letter, 'settled', 'at');
  const list: Entry[] = [
    ['Event', [textAt(letter, 'type') ?? 'of no type', textAt(letter, 'eventId')].filter((part) => part !== null).join('  ')],
    ['Ticket', textAt(letter, 'ticketId')],
    ['Set aside by', `${textAt(letter, 'service') ?? '?'} at ${textAt(letter, 'setAsideAt') ?? '?'}`],
    ['Came from', `${textAt(letter, 'topic') ?? '?'}, partition ${textAt(letter, 'partition') ?? '?'}, offset ${textAt(letter, 'offset') ?? '?'}`],
    ['State', stateWords(letter)],
    ['Reason', `${textAt(letter, 'reason') ?? '?'}: ${textAt(letter, 'detail') ?? ''}`],
    ['Error', textAt(letter, 'errorName')],
    ['Retries', `${textAt(letter, 'attempts') ?? '0'} so far`],
    ['Behind it', `${textAt(letter, 'behind') ?? '0'} later events of its ticket`],
    ['Settled', settled === null ? null : [settled, textAt(letter, 'settled', 'by'), textAt(letter, 'settled', 'note')].filter((part) => part !== null).join(', ')],
    ['Headers', ...listAt(letter, 'headers').map((header) => `${textAt(header, 'name') ?? '?'}: ${shown(header)}`)],
    ['History', ...listAt(letter, 'history').map(historyWords)],
    ['Value', shown(valueAt(letter, 'value'))],
    ['Edited value', valueAt(letter, 'editedValue') === null ? null : shown(valueAt(letter, 'editedValue'))],
  ];
  return entries(list, paint);
}

function stateWords(letter: unknown): string {
  const state = textAt(letter, 'state') ?? '?';
  switch (state) {
    case 'retrying': return `retrying, next at ${textAt(letter, 'nextRetryAt') ?? '?'}`;
    case 'waiting': return `waiting behind ${textAt(letter, 'waitsFor') ?? '?'}`;
    case 'dead': return `dead since ${textAt(letter, 'deadAt') ?? '?'}: retry it, or discard it`;
    default: return state;
  }
}

function historyWords(entry: unknown): string {
  const why = [textAt(entry, 'code'), textAt(entry, 'by'), textAt(entry, 'note')].filter((part) => part !== null);
  return [textAt(entry, 'at') ?? '?', textAt(entry, 'what') ?? '?', ...why].join('  ');
}

function shown(bytes: unknown): string {
  const text = textAt(bytes, 'text');
  if (text === null) return 'none';
  return cut(textAt(bytes, 'encoding') === 'base64' ? `${text} (base64)` : text, VALUE_CHARS_MAX);
}
