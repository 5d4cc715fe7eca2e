import { cut, entries, type Paint, safeLine, table, wrapped } from '../format.js';
import { listAt, textAt, valueAt } from '../json-reading.js';
import { decisionLines } from './decision-text.js';

const SUBJECT_CHARS_MAX = 48;
const GAP_INDENT = '    ';

/** A ticket with its decision and its notifications, for people. `notifications` is `null` where they could not be read. */
export function ticketLines(ticket: unknown, notifications: readonly unknown[] | null, paint: Paint): string[] {
  return [
    ...entries(
      [
        ['Ticket', `${textAt(ticket, 'ticketId') ?? '?'}, version ${textAt(ticket, 'ticketVersion') ?? '?'}`],
        ['Subject', textAt(ticket, 'subject')],
        ['Source', [textAt(ticket, 'source'), textAt(ticket, 'externalId'), textAt(ticket, 'externalUrl')].filter((part) => part !== null).join('  ')],
        ['Status', textAt(ticket, 'status')],
        ['Area', textAt(ticket, 'area') ?? 'not classified'],
        ['Severity', textAt(ticket, 'severity')],
        ['Decided', textAt(ticket, 'decidedAt')],
        ['Acknowledge by', textAt(ticket, 'acknowledgeBy')],
        ['Service request', serviceRequestText(valueAt(ticket, 'serviceRequest'))],
        ['Acknowledged', acknowledgedText(valueAt(ticket, 'response'))],
      ],
      paint,
    ),
    '',
    ...decisionLines(valueAt(ticket, 'decision'), paint),
    ...gapLines(listAt(valueAt(ticket, 'decision'), 'gaps'), paint),
    ...parkedLines(listAt(ticket, 'parked'), paint),
    ...(notifications === null ? [] : ['', ...notificationLines(notifications, paint)]),
  ];
}

/** Who works on it, or that nobody does although the time is over; `null` where there is nothing to say. */
function acknowledgedText(response: unknown): string | null {
  const said = listAt(response, 'acknowledgements').map((one) => `by ${textAt(one, 'by') ?? textAt(one, 'party') ?? 'somebody'} at ${textAt(one, 'at') ?? '?'}`);
  const overdueSince = textAt(response, 'overdueSince');
  const parts = overdueSince === null ? said : [...said, `overdue since ${overdueSince}`];
  return parts.length === 0 ? null : parts.join(', ');
}

/** The service request at Microsoft and how it stands there; `null` where none was opened. */
function serviceRequestText(serviceRequest: unknown): string | null {
  const number = textAt(serviceRequest, 'number');
  return number === null ? null : `${number}, ${textAt(serviceRequest, 'status') ?? 'not read yet'}`;
}

/** What the decision lacked, each with what to do about it. */
function gapLines(gaps: readonly unknown[], paint: Paint): string[] {
  if (gaps.length === 0) return [];
  const lines = gaps.flatMap((gap) => [
    `  - ${wrapped(textAt(gap, 'reason') ?? textAt(gap, 'code') ?? '', GAP_INDENT).join('\n')}`,
    ...wrapped(`Remedy: ${textAt(gap, 'remedy') ?? 'none was given'}`, GAP_INDENT).map((line, index) => (index === 0 ? GAP_INDENT + line : line)),
  ]);
  return ['', paint.bold('Missing'), ...lines];
}

function parkedLines(parked: readonly unknown[], paint: Paint): string[] {
  if (parked.length === 0) return [];
  const lines = parked.map((event) => `  - ${safeLine(`${textAt(event, 'code') ?? 'parked'}: ${textAt(event, 'detail') ?? 'no reason was given'}`)}`);
  return ['', paint.bad('Parked events wait behind a failure'), ...lines];
}

function notificationLines(notifications: readonly unknown[], paint: Paint): string[] {
  if (notifications.length === 0) return [`${paint.bold('Notifications')}  none`];
  return [paint.bold('Notifications'), ...notifications.flatMap((notification) => oneNotification(notification, paint))];
}

function oneNotification(notification: unknown, paint: Paint): string[] {
  const state = textAt(notification, 'state') ?? '?';
  const coloured = state === 'delivered' ? paint.good(state) : state === 'failed' ? paint.bad(state) : state;
  const to = [textAt(notification, 'partyName') ?? textAt(notification, 'destination'), textAt(notification, 'address')].filter((part) => part !== null).join(', ');
  const next = textAt(notification, 'nextAttemptAt');
  return [
    `  ${coloured}  ${safeLine(`${textAt(notification, 'purpose') ?? 'act'} by ${textAt(notification, 'channel') ?? '?'} to ${to}`)}`,
    ...listAt(notification, 'attempts').flatMap(attemptLines),
    ...(next === null || state !== 'pending' ? [] : [`      next attempt ${safeLine(next)}`]),
  ];
}

function attemptLines(attempt: unknown): string[] {
  const duration = textAt(attempt, 'durationMs');
  const said = [textAt(attempt, 'code'), textAt(attempt, 'detail')].filter((part) => part !== null).join(', ');
  const text = `attempt ${textAt(attempt, 'attempt') ?? '?'} ${textAt(attempt, 'at') ?? ''} ${textAt(attempt, 'outcome') ?? ''}${duration === null ? '' : ` in ${duration} ms`}${said === '' ? '' : `: ${said}`}`;
  return wrapped(text, '        ').map((line, index) => (index === 0 ? `      ${line}` : line));
}

/** A page of tickets as a table. */
export function ticketTable(items: readonly unknown[]): string[] {
  if (items.length === 0) return ['No ticket fits.'];
  const rows = items.map((item) =>
    [
      textAt(item, 'ticketId') ?? '?', textAt(item, 'queue') ?? '', textAt(item, 'source') ?? '', textAt(item, 'externalId') ?? '',
      textAt(item, 'area') ?? '-', textAt(item, 'severity') ?? '-', cut(textAt(item, 'subject') ?? '', SUBJECT_CHARS_MAX),
    ].map(safeLine),
  );
  return table([['TICKET', 'QUEUE', 'SOURCE', 'NAME THERE', 'AREA', 'SEV', 'SUBJECT'], ...rows]);
}
