import type { ReactNode } from 'react';
import { Icon } from '../design/icon.js';
import { Failed, Loading } from '../design/states.js';
import { At } from '../design/times.js';
import { useLanguage, useSay } from '../words/words.js';
import { partiesOnTheWay } from './parties.decision.js';
import { type ConsideredRow, type Explanation, type TicketWithStory, useExplanation, useRoutingTicket } from './ticket-queries.js';
import styles from './ticket.module.css';
import { WayPicture } from './way-picture.js';

/** Why the ticket lies where it lies: the way drawn, the reasons in their order, and every row that was looked at. */
export function WhyHere({ ticket }: { readonly ticket: TicketWithStory }): ReactNode {
  const say = useSay();
  const { data, error, refetch } = useExplanation(ticket.ticketId, ticket.ticketVersion, useLanguage());
  return (
    <section className={styles.card} aria-labelledby="why" >
      <h2 id="why" tabIndex={-1}>{say('why.title')}</h2>
      {ticket.ticketVersion === 0 ? <p className={styles.soft}>{say('why.undecided')}</p>
        : data !== undefined ? <Decided ticket={ticket} explanation={data} />
        : error === null ? <Loading rows={4} /> : <Failed error={error} onRetry={() => void refetch()} />}
    </section>
  );
}

function Decided({ ticket, explanation }: { readonly ticket: TicketWithStory; readonly explanation: Explanation }): ReactNode {
  const say = useSay();
  const { data: routing } = useRoutingTicket(ticket.ticketId, ticket.ticketVersion);
  const { reasons, row, variations, matrixVersion, decidedAt, isAsDecided, gaps = [] } = explanation;
  const escalationsDone = routing?.response?.next == null ? null : routing.response.steps.filter(({ step }) => step !== 'reminder').length;
  return (
    <>
      <WayPicture parties={partiesOnTheWay(explanation, { hasIt: ticket.hasIt, customerId: ticket.customerId, escalationsDone })} />
      <p className={styles.verdict}>{say('why.verdict', { queue: explanation.queue, row })}</p>
      <ol className={styles.reasons}>
        {reasons.map(({ code, text, source }) => <li key={`${code}${text}`}><p>{text}</p><small><code>{code}</code> · {source}</small></li>)}
      </ol>
      {gaps.length > 0 && <ul className={styles.gaps}>{gaps.map(({ code, key, reason, remedy }) => <li key={`${code}${key}`}><p>{reason}</p><small>{remedy}</small></li>)}</ul>}
      <dl className={styles.inline}>
        <div><dt>{say('why.row')}</dt><dd><code>{[row, ...variations].join(' + ')}</code></dd></div>
        <div><dt>{say('why.matrix')}</dt><dd><code>{matrixVersion}</code></dd></div>
        <div><dt>{say('why.decided')}</dt><dd><At at={decidedAt} /></dd></div>
      </dl>
      {!isAsDecided && <p className={styles.soft}>{say('why.otherNow')}</p>}
      <ConsideredRows rows={explanation.rows} />
    </>
  );
}

/** All rows of the matrix that were looked at, folded together. */
export function ConsideredRows({ rows }: { readonly rows: readonly ConsideredRow[] }): ReactNode {
  const say = useSay();
  return (
    <details className={styles.details}>
      <summary>{say('why.rows', { rows: rows.length, matched: rows.filter(({ matched }) => matched).length })}</summary>
      <ol className={styles.rows}>
        {rows.map(({ id, stage, matched, because }) => (
          <li key={`${stage}/${id}`} data-matched={matched}>
            <span className={styles.verdictMark} role="img" aria-label={say(matched ? 'why.matched' : 'why.notMatched')}><Icon name={matched ? 'check' : 'close'} /></span>
            <code>{stage}/{id}</code><span>{because}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
