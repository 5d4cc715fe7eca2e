import { Link } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import type { ShownTicket } from '../api/server-types.js';
import { Badge, type Tone } from '../design/parts.js';
import { Ago, useNow, useTimes } from '../design/times.js';
import { QueueName } from '../show-queues/queue-name.js';
import { useSay } from '../words/words.js';
import type { Left } from './ticket-list.decision.js';
import styles from './tickets.module.css';

const DUE_SOON_MS = 30 * 60_000;

export interface TicketRowProps {
  readonly ticket: ShownTicket;
  readonly left: Left | undefined;
  readonly index: number;
  readonly startPx: number;
  readonly isFocused: boolean;
  readonly isSelected: boolean;
  readonly failure: string | undefined;
  /** Whether the queue says anything: in a list of one queue it does not. */
  readonly hasQueue: boolean;
  readonly onFocus: (id: string) => void;
  readonly onSelect: (id: string) => void;
}

/** Remembered: a change of one ticket renders one row. */
export const TicketRow = memo(function TicketRow({ ticket, left, index, startPx, isFocused, isSelected, failure, onFocus, onSelect }: TicketRowProps): ReactNode {
  const say = useSay();
  const { ticketId, subject, externalId, severity, queue, customerId, offerId, changedAt } = ticket;
  return (
    <div role="row" aria-rowindex={index + 2} aria-selected={isSelected} tabIndex={isFocused ? 0 : -1} data-ticket={ticketId} data-left={left?.why} className={styles.row} style={{ translate: `0 ${startPx}px` }} onFocus={() => onFocus(ticketId)}>
      <span role="gridcell" className={styles.check}><input type="checkbox" tabIndex={-1} checked={isSelected} onChange={() => onSelect(ticketId)} aria-label={say('tickets.selectOne', { subject: subject ?? externalId })} /></span>
      <span role="gridcell" className={styles.severity}><SeverityMark severity={severity} /></span>
      <span role="gridcell" className={styles.subject}>
        <Link to="/tickets/$ticketId" params={{ ticketId }} tabIndex={-1} className={styles.subjectLink}>{subject ?? say('tickets.noSubject')}</Link>
        <span className={styles.id}>{externalId}</span>
        {failure !== undefined && <span className={styles.failure} title={failure}>{say('tickets.failed', { problem: failure })}</span>}
      </span>
      <span role="gridcell" className={styles.queue}>{left === undefined ? <QueueName queue={queue} /> : <span className={styles.leftNote}>{leftNote(left, ticket, say)}</span>}</span>
      <span role="gridcell" className={styles.state}><StateBadge ticket={ticket} /></span>
      <span role="gridcell" className={styles.due}><Due ticket={ticket} /></span>
      <span role="gridcell" className={styles.customer}>{[customerId, offerId].filter(Boolean).join(' · ') || '–'}</span>
      <span role="gridcell" className={styles.changed}><Ago at={changedAt} /></span>
    </div>
  );
});

const STATE_TONES: Readonly<Record<ShownTicket['state'], Tone>> = { received: 'plain', waiting: 'info', escalated: 'warn', acknowledged: 'good', closed: 'plain' };

export function StateBadge({ ticket: { state, undelivered } }: { readonly ticket: Pick<ShownTicket, 'state' | 'undelivered'> }): ReactNode {
  const say = useSay();
  return (
    <>
      <Badge tone={STATE_TONES[state]} hasDot>{say(`state.${state}`)}</Badge>
      {undelivered > 0 && <Badge tone="bad">{say('tickets.undelivered', { undelivered })}</Badge>}
    </>
  );
}

export function SeverityMark({ severity }: { readonly severity: string | null }): ReactNode {
  const say = useSay();
  if (severity === null) return <span className={styles.mark} role="img" aria-label={say('severity.none')} title={say('severity.none')}>–</span>;
  return <span className={styles.mark} data-severity={severity} role="img" aria-label={say('severity.is', { severity })} title={say('severity.is', { severity })}>{severity}</span>;
}

function Due({ ticket: { dueAt } }: { readonly ticket: ShownTicket }): ReactNode {
  const times = useTimes();
  const now = useNow();
  if (dueAt === null) return <span className={styles.soft}>–</span>;
  const leftMs = Date.parse(dueAt) - now;
  return <time dateTime={dueAt} title={times.full(dueAt)} data-due={leftMs < 0 ? 'missed' : leftMs < DUE_SOON_MS ? 'soon' : 'later'} className={styles.dueTime}>{times.distance(dueAt, now)}</time>;
}

function leftNote(left: Left, { state }: ShownTicket, say: ReturnType<typeof useSay>): string {
  switch (left.why) {
    case 'moved': return say('tickets.movedTo', { queue: left.queue ?? say('queue.undecided') });
    case 'state': return say('tickets.nowState', { state: say(`state.${state}`) });
    case 'changed': return say('tickets.noLonger');
  }
}
